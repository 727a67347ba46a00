-- What the team says among itself about a case. Citizens never read it; the journal holds its fingerprint.
CREATE TABLE note (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_ (id),
    person  TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX note_case ON note (case_id, id);
-- Where two must agree: who did first. The row still names one who decided, and that is another.
ALTER TABLE draft ADD COLUMN agreed_by TEXT NOT NULL DEFAULT '';
CREATE TRIGGER draft_needs_another BEFORE UPDATE OF state ON draft
WHEN new.state = 'approved' AND new.agreed_by <> '' AND new.agreed_by = new.decided_by
BEGIN
    SELECT RAISE(ABORT, 'the second to agree is the first');
END;
