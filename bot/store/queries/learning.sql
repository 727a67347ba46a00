-- name: corrected_comments(since, until)
-- The labels were given to the case as it stood: all that the citizen had written in it, each in its last words.
SELECT correction.comment AS comment, correction.case_id AS case_id, correction.person AS person, correction.labels AS labels, correction.at AS at,
    case_.sensitive AS sensitive, said.text AS text, said.verdict AS verdict
FROM correction
JOIN comment AS newest ON newest.id = correction.comment
JOIN case_ ON case_.id = newest.case_id
JOIN comment AS said ON said.case_id = newest.case_id AND said.id <= newest.id
WHERE correction.at >= :since AND correction.at < :until AND NOT EXISTS (
    SELECT 1 FROM comment AS later WHERE later.platform = said.platform AND later.thread = said.thread
        AND later.message = said.message AND later.id > said.id AND later.id <= newest.id)
ORDER BY correction.at, correction.comment, correction.person, said.id;

-- name: shadow_position(model)$
SELECT last FROM shadow_progress WHERE model = :model;

-- name: newest_comment()$
SELECT coalesce(max(id), 0) FROM comment;

-- name: begin_shadow(model, last, since)!
INSERT INTO shadow_progress (model, last, since) VALUES (:model, :last, :since) ON CONFLICT (model) DO NOTHING;

-- name: move_shadow(model, last, compared)!
UPDATE shadow_progress SET last = :last, compared = compared + :compared WHERE model = :model;

-- name: add_shadow(comment, model, labels, at)!
INSERT INTO shadow (comment, model, labels, at) VALUES (:comment, :model, :labels, :at)
ON CONFLICT (comment, model) DO UPDATE SET labels = excluded.labels, at = excluded.at;

-- name: comments_after(last, limit_)
SELECT id, text, verdict FROM comment WHERE id > :last ORDER BY id LIMIT :limit_;

-- name: forget_shadow(before, most)!
DELETE FROM shadow WHERE at < :before OR rowid IN (
    SELECT rowid FROM shadow ORDER BY at DESC, comment DESC LIMIT -1 OFFSET :most);

-- name: shadow_models()
SELECT model, compared, since FROM shadow_progress ORDER BY since, model;

-- name: disagreements(model)
SELECT shadow.comment AS comment, shadow.labels AS labels, shadow.at AS at, comment.text AS text,
    comment.verdict AS verdict, comment.case_id AS case_id, case_.sensitive AS sensitive
FROM shadow JOIN comment ON comment.id = shadow.comment JOIN case_ ON case_.id = comment.case_id
WHERE shadow.model = :model ORDER BY shadow.comment DESC;
