-- Forms of playbook steps while somebody fills them; what was answered stands in the run.
CREATE TABLE form (
    run     INTEGER NOT NULL REFERENCES run (id),
    step    TEXT    NOT NULL,
    attempt INTEGER NOT NULL,
    person  TEXT    NOT NULL,
    answers TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (run, step, attempt, person)
);
