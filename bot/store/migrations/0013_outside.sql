-- Signed events of other systems: which one has come, and what it said, so that it counts once.
CREATE TABLE event (
    source      TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    sha256      TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE INDEX event_received ON event (received_at);

-- When each connector was last heard. Silence counts from `since`, which leaves out the time in which the bot
-- itself was away; `silent` while a playbook has opened because of it.
CREATE TABLE life (
    connector TEXT    PRIMARY KEY,
    heard_at  INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    silent    INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
