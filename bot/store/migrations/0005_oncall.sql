-- What people agreed on beside the rota of the configuration. Ends that are over are history and stay.
CREATE TABLE override (
    id           INTEGER PRIMARY KEY,
    rota         TEXT    NOT NULL,
    begins       INTEGER NOT NULL,
    ends         INTEGER NOT NULL,
    person       TEXT    NOT NULL,
    instead_of   TEXT,
    set_by       TEXT    NOT NULL,
    set_at       INTEGER NOT NULL,
    swap         INTEGER REFERENCES swap (id),
    cancelled_at INTEGER
);
CREATE INDEX override_open ON override (ends) WHERE cancelled_at IS NULL;

CREATE TABLE leave_ (
    id           INTEGER PRIMARY KEY,
    person       TEXT    NOT NULL,
    begins       INTEGER NOT NULL,
    ends         INTEGER NOT NULL,
    stand_in     TEXT,
    set_by       TEXT    NOT NULL,
    set_at       INTEGER NOT NULL,
    cancelled_at INTEGER
);
CREATE INDEX leave_open ON leave_ (ends) WHERE cancelled_at IS NULL;

CREATE TABLE swap (
    id          INTEGER PRIMARY KEY,
    giver       TEXT    NOT NULL,
    taker       TEXT    NOT NULL,
    rota        TEXT    NOT NULL,
    begins      INTEGER NOT NULL,
    ends        INTEGER NOT NULL,
    back_rota   TEXT,
    back_begins INTEGER,
    back_ends   INTEGER,
    asked_by    TEXT    NOT NULL,
    asked_at    INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    agreed      TEXT    NOT NULL,
    state       TEXT    NOT NULL
);
CREATE INDEX swap_asked ON swap (expires_at) WHERE state = 'asked';

-- "Can you be reached?", once a month: `round` is the year and month.
CREATE TABLE reach_test (
    round       INTEGER NOT NULL,
    person      TEXT    NOT NULL,
    asked_at    INTEGER NOT NULL,
    answered_at INTEGER,
    PRIMARY KEY (round, person)
);

-- What somebody wants the next shift to know, by the moment at which the shift changes.
CREATE TABLE handover_note (
    rota       TEXT    NOT NULL,
    begins     INTEGER NOT NULL,
    person     TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    PRIMARY KEY (rota, begins, person)
);
