-- What a freeze step holds back, until a person releases it.
CREATE TABLE hold (
    run   INTEGER NOT NULL REFERENCES run (id),
    step  TEXT    NOT NULL,
    scope TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (run, step)
);

-- Evidence as it was at a moment: the hash is of the words as they were written, the text is masked.
CREATE TABLE snapshot (
    run     INTEGER NOT NULL REFERENCES run (id),
    step    TEXT    NOT NULL,
    attempt INTEGER NOT NULL,
    comment INTEGER NOT NULL REFERENCES comment (id),
    at      INTEGER NOT NULL,
    sha256  TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    link    TEXT    NOT NULL,
    PRIMARY KEY (run, step, attempt, comment)
);
CREATE TRIGGER snapshot_keeps_updates BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed'); END;
