-- name: add_claim(version, statement, status, type, finding, proposed_by, confirmed_by, basis, template, first_seen, opened_at, updated_at, opened_by, corrected_at, corrected_link, reference, seen)<!
INSERT INTO claim (version, statement, status, type, finding, proposed_by, confirmed_by, basis, template, first_seen,
    opened_at, updated_at, opened_by, corrected_at, corrected_link, reference, seen)
VALUES (:version, :statement, :status, :type, :finding, :proposed_by, :confirmed_by, :basis, :template, :first_seen,
    :opened_at, :updated_at, :opened_by, :corrected_at, :corrected_link, :reference, :seen)
RETURNING id;

-- name: get_claim(id)^
SELECT claim.*, (SELECT json_group_array(url) FROM (SELECT url FROM claim_source WHERE claim = claim.id
    ORDER BY place)) AS sources FROM claim WHERE id = :id;

-- name: save_claim(id, version, statement, status, type, finding, proposed_by, confirmed_by, basis, template, first_seen, updated_at, corrected_at, corrected_link)!
UPDATE claim SET version = :version, statement = :statement, status = :status, type = :type, finding = :finding,
    proposed_by = :proposed_by, confirmed_by = :confirmed_by, basis = :basis, template = :template,
    first_seen = :first_seen, updated_at = :updated_at, corrected_at = :corrected_at, corrected_link = :corrected_link
WHERE id = :id;

-- name: drop_claim_sources(claim)!
DELETE FROM claim_source WHERE claim = :claim;

-- name: add_claim_sources(claim, urls)!
INSERT INTO claim_source (claim, place, url) SELECT :claim, key, value FROM json_each(:urls);

-- name: claims_listed(statuses, finding, limit_, skip)
SELECT claim.*, (SELECT json_group_array(url) FROM (SELECT url FROM claim_source WHERE claim = claim.id
    ORDER BY place)) AS sources FROM claim
WHERE seen = 1 AND status IN (SELECT value FROM json_each(:statuses)) AND (:finding = '' OR finding = :finding)
ORDER BY updated_at DESC, id DESC LIMIT :limit_ OFFSET :skip;

-- name: count_claims()
SELECT status, count(*) AS n FROM claim WHERE seen = 1 GROUP BY status;

-- name: claims_after(after, limit_)
SELECT claim.*, (SELECT json_group_array(url) FROM (SELECT url FROM claim_source WHERE claim = claim.id
    ORDER BY place)) AS sources FROM claim WHERE id > :after ORDER BY id LIMIT :limit_;

-- name: claim_by_reference(reference)^
SELECT claim.*, (SELECT json_group_array(url) FROM (SELECT url FROM claim_source WHERE claim = claim.id
    ORDER BY place)) AS sources FROM claim WHERE reference = :reference AND reference <> '';

-- name: put_claim_comment(comment, claim, score, how, stance, added_by, at)!
INSERT INTO claim_comment (comment, claim, score, how, stance, added_by, at)
VALUES (:comment, :claim, :score, :how, :stance, :added_by, :at)
ON CONFLICT (comment) DO UPDATE SET claim = excluded.claim, score = excluded.score, how = excluded.how,
    stance = excluded.stance, added_by = excluded.added_by, at = excluded.at;

-- name: see_claim(id, first_seen)!
UPDATE claim SET seen = 1, first_seen = min(first_seen, :first_seen) WHERE id = :id;

-- name: take_claim_comment(comment)!
DELETE FROM claim_comment WHERE comment = :comment;

-- name: claim_of_comment(comment)^
SELECT * FROM claim_comment WHERE comment = :comment;

-- name: claims_of_comments(comments)
SELECT claim_comment.* FROM json_each(:comments) AS one JOIN claim_comment ON claim_comment.comment = one.value;

-- name: newest_of_claim(claim, limit_)
-- What somebody at risk wrote is shown to nobody here, also where it was found out later.
SELECT claim_comment.claim AS of_claim, score, how, stance, added_by, comment.*
FROM claim_comment JOIN comment ON comment.id = claim_comment.comment JOIN case_ ON case_.id = comment.case_id
WHERE claim_comment.claim = :claim AND NOT case_.sensitive
ORDER BY claim_comment.at DESC, comment.id DESC LIMIT :limit_;

-- name: tally_claim(claim, since)^
SELECT coalesce(sum(stance = 'tells'), 0) AS tells, coalesce(sum(stance = 'denies'), 0) AS denies,
    count(DISTINCT nullif(comment.author_key, '')) AS accounts, max(comment.received_at) AS last,
    coalesce(sum(stance = 'tells' AND comment.received_at >= :since), 0) AS fresh
FROM claim_comment JOIN comment ON comment.id = claim_comment.comment WHERE claim_comment.claim = :claim;

-- name: told_since(claim, since, most)$
SELECT count(*) FROM (SELECT 1 FROM claim_comment WHERE claim = :claim AND at >= :since AND stance = 'tells' LIMIT :most);

-- name: texts_of_claim(claim, limit_)
SELECT comment.text AS text FROM claim_comment JOIN comment ON comment.id = claim_comment.comment
JOIN case_ ON case_.id = comment.case_id
WHERE claim_comment.claim = :claim AND stance = 'tells' AND NOT case_.sensitive
ORDER BY claim_comment.at LIMIT :limit_;

-- name: run_with_claim(claim, playbook)$
-- The incident that goes on and holds one of this claim's first comments as evidence.
SELECT run.group_key FROM run WHERE run.phase IN ('open', 'monitoring') AND run.kind = 'real'
  AND run.playbook = :playbook AND EXISTS (
    SELECT 1 FROM (SELECT comment FROM claim_comment WHERE claim = :claim ORDER BY at LIMIT 50) AS own
    JOIN evidence ON evidence.run = run.id AND evidence.comment = own.comment)
ORDER BY run.id DESC LIMIT 1;

-- name: claims_of_run(run)
SELECT DISTINCT claim_comment.claim FROM evidence JOIN claim_comment ON claim_comment.comment = evidence.comment
WHERE evidence.run = :run AND claim_comment.stance = 'tells' LIMIT 2;

-- name: runs_of_claim(claim)
-- By the name of its group, which ends with the claim, or by one of its first comments.
SELECT id FROM run WHERE phase IN ('open', 'monitoring') AND kind = 'real' AND (
    substr(group_key, instr(group_key, '/')) = '/claim:' || :claim
    OR EXISTS (SELECT 1 FROM (SELECT comment FROM claim_comment WHERE claim = :claim ORDER BY at LIMIT 50) AS own
        JOIN evidence ON evidence.run = run.id AND evidence.comment = own.comment))
ORDER BY id;
