-- The words of comments, in plain spelling: written a little after the comment, by whoever keeps the index
-- (services/word_index), taken away at once with it. A life at risk is never in it.
CREATE VIRTUAL TABLE comment_words USING fts5 (words, name, tokenize = 'unicode61 remove_diacritics 2');

-- How far the index reaches (`filled`, the last comment), in which spelling, and how much left it since its
-- old pages were last written anew: until then the words of what left still lie in them.
CREATE TABLE word_index (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    made_by  TEXT    NOT NULL DEFAULT '',
    filled   INTEGER NOT NULL DEFAULT 0,
    dropped  INTEGER NOT NULL DEFAULT 0,
    swept    INTEGER NOT NULL DEFAULT 0,
    swept_at INTEGER NOT NULL DEFAULT 0,
    sweeping INTEGER
);
INSERT INTO word_index (id) VALUES (1);

CREATE TRIGGER words_leave AFTER DELETE ON comment
BEGIN
    DELETE FROM comment_words WHERE rowid = old.id;
    -- Where the newest comments leave, their numbers are given again.
    UPDATE word_index SET dropped = dropped + 1, filled = min(filled, coalesce((SELECT max(id) FROM comment), 0));
END;
CREATE TRIGGER words_lose_the_name AFTER UPDATE OF author_name ON comment
WHEN old.author_name <> '' AND new.author_name = ''
BEGIN
    UPDATE comment_words SET name = '' WHERE rowid = new.id AND name <> '';
    UPDATE word_index SET dropped = dropped + 1;
END;
CREATE TRIGGER words_are_for_few AFTER UPDATE OF sensitive ON case_
WHEN new.sensitive AND NOT old.sensitive
BEGIN
    DELETE FROM comment_words WHERE rowid IN (SELECT id FROM comment WHERE case_id = new.id);
    UPDATE word_index SET dropped = dropped + 1;
END;

-- A search that somebody turns the pages of: a button has no room for its words. Kept for a day.
CREATE TABLE search (
    id     INTEGER PRIMARY KEY,
    person TEXT    NOT NULL,
    wanted TEXT    NOT NULL,
    pages  TEXT    NOT NULL,
    at     INTEGER NOT NULL
);
CREATE INDEX search_at ON search (at);

-- The queue in its order, without sorting all that waits.
CREATE INDEX case_waiting ON case_ (urgency, opened_at) WHERE status IN ('new', 'assigned', 'drafted');
CREATE INDEX case_asleep ON case_ (urgency, opened_at) WHERE status = 'snoozed';

-- /status counts by state, /cari reads one state from its newest case on.
CREATE INDEX case_status ON case_ (status, id);
CREATE INDEX case_opened ON case_ (opened_at);

-- What a purge looks for, from the oldest on; and where it asks, of all that leaves, what still points there.
CREATE INDEX case_done ON case_ (updated_at, id) WHERE status IN ('answered', 'closed', 'handed_over', 'merged');
CREATE INDEX outbox_settled ON outbox (queued_at, id) WHERE state IN ('sent', 'failed', 'dropped');
CREATE INDEX comment_named ON comment (received_at, id) WHERE author_name <> '' OR author_key <> '';
CREATE INDEX case_merged ON case_ (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX correction_case ON correction (case_id);
CREATE INDEX draft_case ON draft (case_id);
CREATE INDEX draft_comment ON draft (comment_id);
CREATE INDEX evidence_comment ON evidence (comment);
CREATE INDEX snapshot_comment ON snapshot (comment);

-- Somebody's year is counted from the index alone.
DROP INDEX journal_actor;
CREATE INDEX journal_actor ON journal (actor, at, action, subject);

-- An act on many cases: what somebody saw before saying yes, and how far it is. What was done stands in the
-- journal, case by case; these rows are dropped after a day.
CREATE TABLE bulk (
    id       INTEGER PRIMARY KEY,
    cause    TEXT    NOT NULL UNIQUE,
    person   TEXT    NOT NULL,
    place    TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    argument TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    due_at   INTEGER,
    left_out TEXT    NOT NULL
);
CREATE INDEX bulk_at ON bulk (at);
CREATE TABLE bulk_case (
    bulk    INTEGER NOT NULL REFERENCES bulk (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    how     TEXT    NOT NULL DEFAULT '' CHECK (how IN ('', 'done', 'skipped')),
    PRIMARY KEY (bulk, case_id)
) WITHOUT ROWID;

-- Claims by their words, in the same spelling; those whose statement is new or changed wait for it.
CREATE VIRTUAL TABLE claim_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE claim_unwritten (claim INTEGER PRIMARY KEY);
INSERT INTO claim_unwritten SELECT id FROM claim;
CREATE TRIGGER claim_is_new AFTER INSERT ON claim
BEGIN INSERT OR IGNORE INTO claim_unwritten (claim) VALUES (new.id); END;
CREATE TRIGGER claim_is_reworded AFTER UPDATE OF statement ON claim WHEN old.statement <> new.statement
BEGIN INSERT OR IGNORE INTO claim_unwritten (claim) VALUES (new.id); END;
CREATE TRIGGER claim_leaves AFTER DELETE ON claim
BEGIN
    DELETE FROM claim_words WHERE rowid = old.id;
    DELETE FROM claim_unwritten WHERE claim = old.id;
END;
