-- name: put_member(case_id, lead, how, share, shown, via, person, at)!
INSERT INTO cluster_member (case_id, lead, how, share, shown, via, person, at)
VALUES (:case_id, :lead, :how, :share, :shown, :via, :person, :at)
ON CONFLICT (case_id) DO UPDATE SET lead = excluded.lead, how = excluded.how, share = excluded.share,
    shown = excluded.shown, via = excluded.via, person = excluded.person, at = excluded.at;

-- name: cluster_member(case_id)^
SELECT * FROM cluster_member WHERE case_id = :case_id;

-- name: drop_member(case_id)!
DELETE FROM cluster_member WHERE case_id = :case_id;

-- name: show_member(case_id)!
UPDATE cluster_member SET shown = 1 WHERE case_id = :case_id;

-- name: move_members(old, new)!
UPDATE cluster_member SET lead = :new, via = coalesce(via, :old) WHERE lead = :old;

-- name: move_members_back(lead, via)!
UPDATE cluster_member SET lead = :via, via = NULL WHERE lead = :lead AND via = :via;

-- name: newest_members(lead, limit_)
SELECT * FROM cluster_member WHERE lead = :lead ORDER BY case_id DESC LIMIT :limit_;

-- name: unanswered_members(lead, limit_)
-- Those that wait behind the card of their lead, the longest waiting first.
SELECT cluster_member.case_id FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive
  AND case_.status IN ('new', 'assigned', 'snoozed')
ORDER BY cluster_member.case_id LIMIT :limit_;

-- name: count_cluster(lead)^
-- What the card tells. A writer without an account counts as one for each comment.
WITH part (case_id, share) AS (
    SELECT :lead, NULL UNION ALL SELECT case_id, share FROM cluster_member WHERE lead = :lead
), said AS (
    SELECT comment.id, comment.platform, comment.author_key, comment.written_at
    FROM part JOIN comment ON comment.case_id = part.case_id WHERE comment.revision = 0
)
SELECT
    (SELECT count(*) FROM said) AS comments,
    (SELECT count(DISTINCT platform || iif(author_key <> '', author_key, '/' || id)) FROM said) AS accounts,
    (SELECT avg(share) FROM part) AS share,
    (SELECT min(written_at) FROM said) AS first,
    (SELECT max(n) FROM (SELECT count(*) AS n FROM said GROUP BY written_at / 60)) AS peak,
    (SELECT count(*) FROM cluster_member WHERE lead = :lead) AS members,
    (SELECT count(*) FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
        WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive
        AND case_.status IN ('new', 'assigned', 'snoozed')) AS waiting,
    (SELECT count(*) FROM cluster_offer WHERE lead = :lead AND why = 'denial') AS denials;

-- name: close_behind(lead, status, reason, person, at)
UPDATE case_ SET status = :status, close_reason = :reason, closed_by = :person, version = version + 1,
    updated_at = :at, snoozed_until = NULL, due_at = NULL, panel = 'main', panel_by = NULL
WHERE id IN (SELECT case_id FROM cluster_member WHERE lead = :lead AND NOT shown)
  AND NOT sensitive AND status IN ('new', 'assigned', 'snoozed')
RETURNING id;

-- name: show_members(lead)!
UPDATE cluster_member SET shown = 1 WHERE lead = :lead;

-- name: put_offer(case_id, lead, share, why)!
INSERT INTO cluster_offer (case_id, lead, share, why) VALUES (:case_id, :lead, :share, :why)
ON CONFLICT (case_id, lead) DO UPDATE SET share = excluded.share, why = excluded.why;

-- name: offers_of(case_id, limit_)
SELECT cluster_offer.* FROM cluster_offer JOIN case_ ON case_.id = cluster_offer.lead
WHERE cluster_offer.case_id = :case_id AND cluster_offer.why <> 'refused' AND NOT case_.sensitive
  AND case_.status IN ('new', 'assigned', 'drafted', 'snoozed', 'answered')
ORDER BY cluster_offer.share DESC LIMIT :limit_;

-- name: refused_offers(case_id)
SELECT lead FROM cluster_offer WHERE case_id = :case_id AND why = 'refused';

-- name: first_comment_since(since)^
SELECT id FROM comment WHERE received_at >= :since ORDER BY received_at, id LIMIT 1;

-- name: texts_since(after, limit_)
SELECT comment.id, comment.text, comment.platform, comment.thread,
    coalesce(cluster_member.lead, comment.case_id) AS lead
FROM comment JOIN case_ ON case_.id = comment.case_id
LEFT JOIN cluster_member ON cluster_member.case_id = comment.case_id
WHERE comment.id > :after AND NOT case_.sensitive ORDER BY comment.id LIMIT :limit_;
