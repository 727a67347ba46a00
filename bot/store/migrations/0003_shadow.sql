-- What a second model says of a comment where it disagrees. The words stay where they are: with the comment.
CREATE TABLE shadow (
    comment INTEGER NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
    model   TEXT    NOT NULL,
    labels  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (comment, model)
);
CREATE INDEX correction_at ON correction (at);
CREATE INDEX shadow_age ON shadow (at);
-- How far each second model has read, and how often it agreed.
CREATE TABLE shadow_progress (
    model    TEXT    NOT NULL PRIMARY KEY,
    last     INTEGER NOT NULL,
    compared INTEGER NOT NULL DEFAULT 0,
    since    INTEGER NOT NULL
);
