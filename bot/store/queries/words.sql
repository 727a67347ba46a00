-- name: add_own_template(id, version, title, labels, topics, text, owner, source, valid_until, proposed_by, proposed_at)!
INSERT INTO own_template (id, version, title, labels, topics, text, owner, source, valid_until, proposed_by, proposed_at)
VALUES (:id, :version, :title, :labels, :topics, :text, :owner, :source, :valid_until, :proposed_by, :proposed_at);

-- name: decline_own_template(id, version, person)!
UPDATE own_template SET declined_by = :person WHERE id = :id AND version = :version AND declined_by IS NULL;

-- name: own_templates()
SELECT * FROM own_template ORDER BY id, version;

-- name: own_template_versions(id)$
SELECT max(version) FROM own_template WHERE id = :id;

-- name: template_figures(id, since, within)^
-- How often its words stood in public, how often edited, and how often the same citizen wrote again soon after.
SELECT count(*) AS used, coalesce(sum(edited), 0) AS edited, max(template_use.at) AS last, coalesce(sum(EXISTS (
    SELECT 1 FROM comment AS answered JOIN comment AS again INDEXED BY comment_author ON again.author_key = answered.author_key
    WHERE answered.id = template_use.comment AND answered.author_key <> '' AND again.author_key <> ''
        AND again.received_at > template_use.at AND again.received_at <= template_use.at + :within
        AND (again.platform, again.thread, again.message) <> (answered.platform, answered.thread, answered.message))), 0) AS again
FROM template_use WHERE template_id = :id AND at >= :since;

-- name: template_last_used(id)$
SELECT max(at) FROM template_use WHERE template_id = :id;

-- name: template_approved_since(id)$
SELECT min(at) FROM template_decision WHERE template_id = :id AND state = 'approved';
