-- A new case gets a card of its own, or waits in the digest until somebody looks. Cases of before have cards.
ALTER TABLE case_ ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_ ADD COLUMN carded_at INTEGER;
-- For counting without reading verdicts: a verdict begins with its certain labels.
ALTER TABLE case_ ADD COLUMN labels TEXT GENERATED ALWAYS AS (json_extract(verdict, '$[0]')) VIRTUAL;
CREATE INDEX case_board ON case_ (status, assignee, labels, waits, opened_at, due_at)
    WHERE status IN ('new', 'assigned', 'drafted', 'snoozed');
CREATE INDEX case_waits ON case_ (urgency, opened_at)
    WHERE waits AND status IN ('new', 'assigned', 'drafted', 'snoozed');
CREATE INDEX case_due ON case_ (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX case_carded ON case_ (carded_at) WHERE carded_at IS NOT NULL;
-- When the board was last drawn: an emergency hurries it, but not past what Telegram allows.
CREATE INDEX outbox_board ON outbox (id) WHERE kind = 'BoardCard';
-- The board's message that the bot pinned: it stands at the top, however much is written.
CREATE TABLE pin (
    chat_id    INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL
);
-- While it is in force nothing goes to citizens but what a playbook says, and such words need two people.
CREATE TABLE crisis_mode (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    person TEXT    NOT NULL,
    at     INTEGER NOT NULL
);
-- How many comments came within five minutes, per label and topic; when people last heard that they were many.
CREATE TABLE tally (
    key    TEXT    NOT NULL,
    bucket INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (key, bucket)
) WITHOUT ROWID;
CREATE INDEX tally_bucket ON tally (bucket);
CREATE TABLE spike (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
