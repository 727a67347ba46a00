-- What people wrote at the review of a closed run. Their words stand here and not in the journal.
CREATE TABLE review_answer (
    run      INTEGER NOT NULL REFERENCES run (id),
    question TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (run, question)
);
-- What a run said to the public, word by word: a step that begins anew forgets its earlier words, this does not.
CREATE TABLE said (
    run         INTEGER NOT NULL REFERENCES run (id),
    step        TEXT    NOT NULL,
    attempt     INTEGER NOT NULL,
    channel     TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    authors     TEXT    NOT NULL,
    approvers   TEXT    NOT NULL,
    approved_at INTEGER,
    link        TEXT    NOT NULL,
    answered    INTEGER NOT NULL,
    PRIMARY KEY (run, step, attempt, channel)
);
-- A report asks what was opened since when; a contribution record what one person did since when.
CREATE INDEX run_opened ON run (opened_at);
CREATE INDEX journal_actor ON journal (actor, at);
CREATE INDEX timeline_at ON timeline (at);
