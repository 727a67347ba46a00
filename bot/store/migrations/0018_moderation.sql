-- Measures against comments: who proposed and who confirmed what, on which house rule. `ground`, `remedy` and
-- `state`: see domain/moderation and domain/measure. The rule stands here in full, because the config changes.
CREATE TABLE measure (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES case_ (id),
    comment     INTEGER NOT NULL REFERENCES comment (id),
    version     INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    protected   INTEGER NOT NULL,
    rule        TEXT    NOT NULL DEFAULT '',
    rule_name   TEXT    NOT NULL DEFAULT '',
    rule_url    TEXT    NOT NULL DEFAULT '',
    ground      TEXT    NOT NULL DEFAULT '',
    remedy      TEXT    NOT NULL DEFAULT '',
    days        INTEGER NOT NULL DEFAULT 0,
    words       TEXT    NOT NULL DEFAULT '',
    dry         INTEGER NOT NULL DEFAULT 0,
    proposed_by TEXT    NOT NULL,
    decided_by  TEXT,
    undone_by   TEXT,
    opened_at   INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    decided_at  INTEGER,
    until       INTEGER,
    message     INTEGER NOT NULL DEFAULT 0,
    outgoing    INTEGER NOT NULL DEFAULT 0,
    error       TEXT    NOT NULL DEFAULT '',
    -- Two persons, always.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK (state NOT IN ('confirmed', 'done', 'unsure', 'failed', 'undoing', 'undone') OR decided_by IS NOT NULL),
    -- Criticism is not taken away for its tone, and nobody is silenced for the data in it.
    CHECK (NOT protected OR ground <> 'abuse' OR remedy IN ('', 'warn')),
    CHECK (NOT protected OR ground <> 'personal_data' OR remedy NOT IN ('restrict', 'ban'))
);
CREATE INDEX measure_case ON measure (case_id);
CREATE INDEX measure_comment ON measure (comment);
CREATE INDEX measure_decided ON measure (decided_at) WHERE decided_at IS NOT NULL;
-- One matter at a time.
CREATE UNIQUE INDEX measure_live ON measure (case_id) WHERE state IN ('choosing', 'proposed', 'confirmed', 'unsure');

-- What stood there when the measure was proposed: every revision, with the hash of its whole text. Personal
-- data in it is masked here as on cards.
CREATE TABLE measure_evidence (
    measure    INTEGER NOT NULL REFERENCES measure (id),
    comment    INTEGER NOT NULL REFERENCES comment (id),
    revision   INTEGER NOT NULL,
    author     TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    media      TEXT    NOT NULL,
    link       TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    kept_at    INTEGER NOT NULL,
    PRIMARY KEY (measure, comment)
);
CREATE INDEX measure_evidence_comment ON measure_evidence (comment);
CREATE TRIGGER measure_evidence_stays BEFORE UPDATE OF measure, comment, revision, text, media, link, written_at, sha256,
    kept_at ON measure_evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence is never changed');
END;
