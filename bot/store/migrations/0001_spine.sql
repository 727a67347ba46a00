-- Times are UTC: seconds (INTEGER) where people and timers read them, never text.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta VALUES ('clean_stop', 'yes');
-- Strangers stand in the journal, which keeps every line, by a keyed name: without this key it means nothing.
INSERT INTO meta VALUES ('pepper', lower(hex(randomblob(16))));

CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id   INTEGER NOT NULL UNIQUE,
    raw         TEXT    NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'dead')),
    tries       INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    error       TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX inbox_open ON inbox (seq) WHERE state = 'new';
CREATE INDEX inbox_dead ON inbox (seq) WHERE state = 'dead';

CREATE TABLE post_thread (
    chat_id INTEGER NOT NULL,
    thread  INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    post    INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    link    TEXT    NOT NULL,
    PRIMARY KEY (chat_id, thread)
);

CREATE TABLE case_ (
    id            INTEGER PRIMARY KEY,
    version       INTEGER NOT NULL,
    status        TEXT    NOT NULL,
    verdict       TEXT    NOT NULL,
    urgency       INTEGER NOT NULL,
    reasons       TEXT    NOT NULL,
    opened_at     INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    assignee      TEXT,
    panel         TEXT    NOT NULL,
    panel_by      TEXT,
    sensitive     INTEGER NOT NULL,
    comments      INTEGER NOT NULL,
    snoozed_until INTEGER,
    close_reason  TEXT,
    closed_by     TEXT,
    answered_at   INTEGER,
    merged_into   INTEGER REFERENCES case_ (id)
);
CREATE INDEX case_queue ON case_ (urgency, opened_at) WHERE status IN ('new', 'assigned', 'drafted', 'snoozed');

CREATE TABLE comment (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES case_ (id),
    platform    TEXT    NOT NULL,
    thread      TEXT    NOT NULL,
    message     TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    author_key  TEXT    NOT NULL,
    author_name TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    link        TEXT    NOT NULL,
    context     TEXT    NOT NULL,
    media       TEXT    NOT NULL,
    written_at  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    verdict     TEXT    NOT NULL,
    UNIQUE (platform, thread, message, revision)
);
CREATE INDEX comment_case ON comment (case_id);
CREATE INDEX comment_received ON comment (received_at);
CREATE INDEX comment_author ON comment (author_key, platform, thread, written_at) WHERE author_key <> '';

CREATE TABLE correction (
    case_id INTEGER NOT NULL REFERENCES case_ (id),
    comment INTEGER NOT NULL REFERENCES comment (id),
    person  TEXT    NOT NULL,
    labels  TEXT    NOT NULL,
    was     TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (comment, person)
);

CREATE TABLE draft (
    id             INTEGER PRIMARY KEY,
    case_id        INTEGER NOT NULL REFERENCES case_ (id),
    comment_id     INTEGER NOT NULL REFERENCES comment (id),
    revision       INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    text           TEXT    NOT NULL,
    authors        TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    template_id    TEXT    NOT NULL,
    template_version INTEGER NOT NULL,
    template_text  TEXT    NOT NULL,
    slots          TEXT    NOT NULL,
    level          INTEGER NOT NULL,
    submitted_at   INTEGER,
    expires_at     INTEGER,
    decided_by     TEXT,
    decided_at     INTEGER,
    approved_as    TEXT,
    approved_sha   TEXT    NOT NULL,
    note           TEXT    NOT NULL,
    posted_at      INTEGER,
    posted_message TEXT    NOT NULL,
    -- The other comments of a set: [[case, comment, revision], …], and how each comment of the set ended.
    also           TEXT    NOT NULL DEFAULT '[]',
    posted_to      TEXT    NOT NULL DEFAULT '[]',
    left_out       TEXT    NOT NULL DEFAULT '[]',
    -- The second lock on four eyes: the row itself refuses words that nobody, or only their author, approved.
    -- IS and coalesce, because a CHECK lets NULL through.
    CHECK (state NOT IN ('approved', 'posted') OR coalesce(
        decided_by <> '' AND approved_sha <> '' AND CASE approved_as
            WHEN 'text' THEN instr(authors, json_quote(decided_by)) = 0 AND also = '[]'
            WHEN 'set' THEN instr(authors, json_quote(decided_by)) = 0 AND also <> '[]'
            WHEN 'closed_template' THEN template_id <> '' AND text = template_text AND also = '[]'
            ELSE approved_as IS 'alone' END, 0))
);
-- Which cases a draft answers, kept by the triggers below.
CREATE TABLE draft_place (
    draft   INTEGER NOT NULL REFERENCES draft (id),
    case_id INTEGER NOT NULL REFERENCES case_ (id),
    live    INTEGER NOT NULL,
    PRIMARY KEY (draft, case_id)
);
CREATE INDEX draft_place_case ON draft_place (case_id, draft);
-- A case has one draft on its way at a time, its own or one that it shares.
CREATE UNIQUE INDEX draft_live ON draft_place (case_id) WHERE live;
CREATE TRIGGER draft_begins AFTER INSERT ON draft
BEGIN
    INSERT INTO draft_place (draft, case_id, live)
    VALUES (new.id, new.case_id, new.state IN ('writing', 'waiting', 'approved'));
END;
CREATE TRIGGER draft_moves AFTER UPDATE OF state, also, posted_to, left_out ON draft
BEGIN
    DELETE FROM draft_place WHERE draft = new.id;
    INSERT INTO draft_place (draft, case_id, live)
    SELECT new.id, listed.case_id, new.state IN ('writing', 'waiting', 'approved')
        AND listed.comment NOT IN (SELECT value FROM json_each(new.posted_to))
        AND listed.comment NOT IN (SELECT value FROM json_each(new.left_out))
    FROM (
        SELECT new.case_id AS case_id, new.comment_id AS comment
        UNION ALL
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(new.also)
    ) AS listed;
END;

CREATE TABLE template_decision (
    template_id TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('approved', 'retired')),
    person      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (template_id, version, sha256)
);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,
    lane       INTEGER NOT NULL,
    recipient  TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    fields     TEXT    NOT NULL,
    redraws    TEXT    NOT NULL,
    public     INTEGER NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'queued',
    tries      INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    queued_at  INTEGER NOT NULL,
    sent_at    INTEGER,
    chat_id    INTEGER,
    message_id INTEGER,
    error      TEXT    NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX outbox_redraw ON outbox (redraws) WHERE state = 'queued' AND redraws <> '';
CREATE INDEX outbox_waiting ON outbox (recipient, lane, id) WHERE state = 'queued';
CREATE INDEX outbox_reply ON outbox (recipient) WHERE kind = 'PublicReply';
CREATE INDEX outbox_unsettled ON outbox (lane, state) WHERE state IN ('queued', 'sending', 'uncertain');
CREATE INDEX outbox_message ON outbox (chat_id, message_id) WHERE message_id IS NOT NULL;

-- Where a live card stands now.
CREATE TABLE card (
    subject    TEXT    NOT NULL,
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    shown      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (subject)
);

CREATE TABLE journal (
    -- AUTOINCREMENT remembers how many lines there were, so that a cut-off end is noticed too.
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    actor  TEXT    NOT NULL,
    action TEXT    NOT NULL,
    subject TEXT   NOT NULL,
    cause  TEXT    NOT NULL,
    canonical TEXT NOT NULL,
    hash   TEXT    NOT NULL
);
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_cause ON journal (cause) WHERE cause <> '';
CREATE TRIGGER journal_keeps_updates BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_deletes BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE person_link (
    person      TEXT    NOT NULL PRIMARY KEY,
    telegram_id INTEGER NOT NULL UNIQUE,
    linked_at   INTEGER NOT NULL,
    reachable   INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE suspension (
    person TEXT    NOT NULL PRIMARY KEY,
    why    TEXT    NOT NULL,
    at     INTEGER NOT NULL
);
CREATE TABLE invitation (
    sha256     TEXT    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
);
CREATE TABLE chat_alias (
    old_id INTEGER NOT NULL PRIMARY KEY,
    new_id INTEGER NOT NULL
);

-- /kunci: one row while locked. /buka: who has asked for it so far.
CREATE TABLE public_lock (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    person TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    unlock_by TEXT
);

CREATE TABLE timer (
    id      INTEGER PRIMARY KEY,
    subject TEXT    NOT NULL,
    step    TEXT    NOT NULL DEFAULT '',
    attempt INTEGER NOT NULL DEFAULT 0,
    epoch   INTEGER NOT NULL DEFAULT 0,
    kind    TEXT    NOT NULL,
    seq     INTEGER NOT NULL DEFAULT 0,
    due_at  INTEGER NOT NULL,
    done    TEXT    NOT NULL DEFAULT '' CHECK (done IN ('', 'fired', 'stale', 'cancelled')),
    UNIQUE (subject, step, attempt, epoch, kind, seq)
);
CREATE INDEX timer_due ON timer (due_at) WHERE done = '';

CREATE TABLE playbook_version (
    sha256  TEXT    NOT NULL PRIMARY KEY,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    text    TEXT    NOT NULL
);

CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    playbook     TEXT    NOT NULL,
    playbook_sha TEXT    NOT NULL REFERENCES playbook_version (sha256),
    kind         TEXT    NOT NULL CHECK (kind IN ('real', 'drill')),
    group_key    TEXT    NOT NULL,
    phase        TEXT    NOT NULL,
    paging       TEXT    NOT NULL,
    epoch        INTEGER NOT NULL,
    owner        TEXT,
    opened_at    INTEGER NOT NULL,
    resolved_at  INTEGER,
    state        TEXT    NOT NULL,
    version      INTEGER NOT NULL
);
-- One run per group while it is going on.
CREATE UNIQUE INDEX run_going_on ON run (kind, group_key) WHERE phase IN ('open', 'monitoring');

CREATE TABLE evidence (
    run     INTEGER NOT NULL REFERENCES run (id),
    comment INTEGER NOT NULL REFERENCES comment (id),
    sha256  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (run, comment)
);

CREATE TABLE timeline (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES run (id),
    at     INTEGER NOT NULL,
    what   TEXT    NOT NULL,
    params TEXT    NOT NULL
);
CREATE INDEX timeline_run ON timeline (run, id);
