-- The register of claims: what circulates, what was found out, which comments tell it.
CREATE TABLE claim (
    id             INTEGER PRIMARY KEY,
    version        INTEGER NOT NULL,
    statement      TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    type           TEXT    NOT NULL DEFAULT '',
    finding        TEXT    NOT NULL DEFAULT '',
    proposed_by    TEXT,
    confirmed_by   TEXT,
    basis          TEXT    NOT NULL DEFAULT '',
    template       TEXT    NOT NULL DEFAULT '',
    first_seen     INTEGER NOT NULL,
    opened_at      INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    opened_by      TEXT    NOT NULL,
    corrected_at   INTEGER,
    corrected_link TEXT    NOT NULL DEFAULT '',
    reference      TEXT    NOT NULL DEFAULT '',
    seen           INTEGER NOT NULL DEFAULT 1
);
-- `seen`: 0 while it is known from an imported list alone; lists show what circulates here.
CREATE INDEX claim_listed ON claim (seen, status, updated_at DESC);
CREATE UNIQUE INDEX claim_reference ON claim (reference) WHERE reference <> '';

CREATE TABLE claim_source (
    claim INTEGER NOT NULL REFERENCES claim (id),
    place INTEGER NOT NULL,
    url   TEXT    NOT NULL,
    PRIMARY KEY (claim, place)
);

-- A comment tells one claim, or denies it. `added_by`: a person, or the bot where it is a copy.
CREATE TABLE claim_comment (
    comment  INTEGER PRIMARY KEY REFERENCES comment (id),
    claim    INTEGER NOT NULL REFERENCES claim (id),
    score    REAL    NOT NULL,
    how      TEXT    NOT NULL,
    stance   TEXT    NOT NULL,
    added_by TEXT    NOT NULL,
    at       INTEGER NOT NULL
);
CREATE INDEX claim_comment_claim ON claim_comment (claim, at DESC);

-- What a unit was asked for outside of a playbook, and what it answered.
CREATE TABLE data_request (
    id          INTEGER PRIMARY KEY,
    unit        TEXT    NOT NULL,
    claim       INTEGER REFERENCES claim (id),
    case_id     INTEGER REFERENCES case_ (id),
    question    TEXT    NOT NULL,
    asked_by    TEXT    NOT NULL,
    asked_at    INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    answer      TEXT    NOT NULL DEFAULT '',
    answered_by TEXT,
    answered_at INTEGER
);
CREATE INDEX data_request_claim ON data_request (claim) WHERE claim IS NOT NULL;
CREATE INDEX data_request_case ON data_request (case_id) WHERE case_id IS NOT NULL;
