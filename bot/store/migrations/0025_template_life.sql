-- Templates that people proposed in the chat, every version of each; the others stand in files. Who approved which
-- words is in template_decision, as for those. Nothing points to the draft: a template outlives the reply it came from.
CREATE TABLE own_template (
    id          TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    labels      TEXT    NOT NULL,
    topics      TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    owner       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    valid_until TEXT    NOT NULL,
    proposed_by TEXT    NOT NULL,
    proposed_at INTEGER NOT NULL,
    declined_by TEXT,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;

-- One row for each template of a reply that stands under a comment; kept by the trigger below.
CREATE TABLE template_use (
    draft       INTEGER NOT NULL REFERENCES draft (id),
    comment     INTEGER NOT NULL REFERENCES comment (id),
    template_id TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    edited      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (draft, comment, template_id)
) WITHOUT ROWID;
CREATE INDEX template_use_of ON template_use (template_id, at);
CREATE INDEX template_use_comment ON template_use (comment);
CREATE TRIGGER template_used AFTER UPDATE OF posted_to ON draft
WHEN new.template_id <> '' AND new.posted_to <> old.posted_to AND new.posted_at IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO template_use (draft, comment, template_id, version, edited, at)
    SELECT new.id, stands.value, made.id, made.version, new.text <> new.template_text, new.posted_at
    FROM json_each(new.posted_to) AS stands, (
        SELECT new.template_id AS id, new.template_version AS version
        UNION ALL
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(new.snippets)
    ) AS made;
END;
