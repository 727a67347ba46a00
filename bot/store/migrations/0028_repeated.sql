-- Answers that the bot gave by itself to those who asked the same after the first one was answered.
CREATE TABLE repeated (
    draft INTEGER NOT NULL PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
    lead  INTEGER NOT NULL REFERENCES case_ (id) ON DELETE CASCADE
);
CREATE INDEX repeated_lead ON repeated (lead);
-- Cases whose answer a person wants repeated no more.
CREATE TABLE repeat_stopped (
    lead   INTEGER NOT NULL PRIMARY KEY REFERENCES case_ (id) ON DELETE CASCADE,
    person TEXT    NOT NULL,
    at     INTEGER NOT NULL
);
