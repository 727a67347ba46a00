-- Everything here goes in the order in which one thing points to another. What is done: no case that is open,
-- no run that goes on, and nothing that an incident still holds as evidence.

-- name: old_runs(before, limit_)
SELECT id FROM run WHERE phase NOT IN ('open', 'monitoring') AND coalesce(resolved_at, opened_at) < :before
ORDER BY id LIMIT :limit_;

-- name: drop_run_evidence(ids)!
DELETE FROM evidence WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_snapshots(ids)!
DELETE FROM snapshot WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_said(ids)!
DELETE FROM said WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_holds(ids)!
DELETE FROM hold WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_timeline(ids)!
DELETE FROM timeline WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_topics(ids)!
DELETE FROM topic WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_forms(ids)!
DELETE FROM form WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_reviews(ids)!
DELETE FROM review_answer WHERE run IN (SELECT value FROM json_each(:ids));

-- name: drop_run_timers(ids)!
DELETE FROM timer WHERE subject IN (SELECT kind || value FROM json_each(:ids)
    CROSS JOIN (SELECT 'run:' AS kind UNION ALL SELECT 'page:' UNION ALL SELECT 'drill:'));

-- name: drop_run_cards(ids)!
DELETE FROM card WHERE subject IN (SELECT 'run:' || value FROM json_each(:ids)
    UNION SELECT card.subject FROM json_each(:ids) AS one JOIN card
        ON card.subject > 'page:' || one.value || ':' AND card.subject < 'page:' || one.value || ';');

-- name: drop_runs(ids)!
DELETE FROM run WHERE id IN (SELECT value FROM json_each(:ids));

-- name: old_timers(before, limit_)
-- What stands by itself and is over. Timers of runs, cases, drafts and measures leave with those.
SELECT timer.id FROM (VALUES ('bulk'), ('claims'), ('data'), ('gaps'), ('handover'), ('heartbeat'), ('measure:audit'),
    ('page:0'), ('reach'), ('schedule'), ('swap'), ('templates'), ('weekly')) AS kind CROSS JOIN timer
    ON timer.subject >= kind.column1 AND timer.subject < kind.column1 || ';'
WHERE timer.done <> '' AND timer.due_at < :before LIMIT :limit_;

-- name: drop_timers(ids)!
DELETE FROM timer WHERE id IN (SELECT value FROM json_each(:ids));

-- name: old_cases(before, limit_)
-- One that shares its words with a case that stays is kept with it. From the oldest on, by index: an hour in which
-- nothing is due reads nothing.
SELECT id FROM case_ INDEXED BY case_done
WHERE status IN ('answered', 'closed', 'handed_over', 'merged') AND updated_at < :before
AND NOT EXISTS (SELECT 1 FROM case_ AS part WHERE part.merged_into = case_.id)
AND NOT EXISTS (SELECT 1 FROM comment WHERE comment.case_id = case_.id
    AND (EXISTS (SELECT 1 FROM evidence WHERE evidence.comment = comment.id)
        OR EXISTS (SELECT 1 FROM snapshot WHERE snapshot.comment = comment.id)))
AND NOT EXISTS (
    SELECT 1 FROM draft_place AS own JOIN draft_place AS shared ON shared.draft = own.draft
    JOIN case_ AS other ON other.id = shared.case_id
    WHERE own.case_id = case_.id AND other.id <> case_.id AND (other.updated_at >= :before
        OR other.status NOT IN ('answered', 'closed', 'handed_over', 'merged')
        OR EXISTS (SELECT 1 FROM comment WHERE comment.case_id = other.id
            AND (EXISTS (SELECT 1 FROM evidence WHERE evidence.comment = comment.id)
                OR EXISTS (SELECT 1 FROM snapshot WHERE snapshot.comment = comment.id)))))
ORDER BY updated_at, id LIMIT :limit_;

-- name: drop_case_corrections(ids)!
DELETE FROM correction WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_companions(ids)!
DELETE FROM companion WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_timers(ids)!
DELETE FROM timer WHERE subject IN (
    SELECT 'case:' || value FROM json_each(:ids)
    UNION SELECT 'draft:' || draft.id FROM draft WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_cards(ids)!
DELETE FROM card WHERE subject IN (SELECT 'case:' || value FROM json_each(:ids)
    UNION SELECT card.subject FROM json_each(:ids) AS one JOIN card
        ON card.subject > 'original:' || one.value || ':' AND card.subject < 'original:' || one.value || ';'
    UNION SELECT card.subject FROM json_each(:ids) AS one JOIN draft ON draft.case_id = one.value JOIN card
        ON card.subject > 'draft:' || draft.id || ':' AND card.subject < 'draft:' || draft.id || ';');

-- name: drop_case_notes(ids)!
DELETE FROM note WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_places(ids)!
DELETE FROM draft_place WHERE case_id IN (SELECT value FROM json_each(:ids))
OR draft IN (SELECT id FROM draft WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_template_uses(ids)!
DELETE FROM template_use WHERE draft IN (SELECT id FROM draft WHERE case_id IN (SELECT value FROM json_each(:ids)))
OR comment IN (SELECT id FROM comment WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_drafts(ids)!
DELETE FROM draft WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_claims(ids)!
DELETE FROM claim_comment WHERE comment IN (
    SELECT id FROM comment WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_clusters(ids)!
DELETE FROM cluster_member WHERE case_id IN (SELECT value FROM json_each(:ids))
OR lead IN (SELECT value FROM json_each(:ids));

-- name: drop_case_amended(ids)!
DELETE FROM amended WHERE lead IN (SELECT value FROM json_each(:ids));

-- name: drop_case_offers(ids)!
DELETE FROM cluster_offer WHERE case_id IN (SELECT value FROM json_each(:ids))
OR lead IN (SELECT value FROM json_each(:ids));

-- name: part_claim_requests(ids)!
-- What a unit answered about a claim stays with the claim.
UPDATE data_request SET case_id = NULL WHERE claim IS NOT NULL AND case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_requests(ids)!
DELETE FROM data_request WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_evidence(ids)!
DELETE FROM measure_evidence WHERE measure IN (
    SELECT id FROM measure WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_measure_timers(ids)!
DELETE FROM timer WHERE subject IN (
    SELECT 'measure:' || measure.id FROM measure WHERE case_id IN (SELECT value FROM json_each(:ids)));

-- name: drop_case_measure_cards(ids)!
DELETE FROM card WHERE EXISTS (SELECT 1 FROM measure WHERE measure.case_id IN (SELECT value FROM json_each(:ids))
    AND (card.subject = 'measure:' || measure.id OR card.subject LIKE 'measure:' || measure.id || ':%'));

-- name: drop_case_measures(ids)!
DELETE FROM measure WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_case_comments(ids)!
DELETE FROM comment WHERE case_id IN (SELECT value FROM json_each(:ids));

-- name: drop_cases(ids)!
DELETE FROM case_ WHERE id IN (SELECT value FROM json_each(:ids));

-- name: old_outgoing(before, limit_)
SELECT id FROM outbox INDEXED BY outbox_settled
WHERE state IN ('sent', 'failed', 'dropped') AND queued_at < :before ORDER BY queued_at, id LIMIT :limit_;

-- name: drop_outgoing(ids)!
DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(:ids));

-- name: old_names(before, limit_)
SELECT comment.id AS id FROM comment INDEXED BY comment_named CROSS JOIN case_ ON case_.id = comment.case_id
WHERE comment.received_at < :before AND (comment.author_name <> '' OR comment.author_key <> '')
AND case_.status IN ('answered', 'closed', 'handed_over', 'merged')
AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.comment = comment.id)
AND NOT EXISTS (SELECT 1 FROM snapshot WHERE snapshot.comment = comment.id)
ORDER BY comment.received_at, comment.id LIMIT :limit_;

-- name: mask_names(ids)!
UPDATE comment SET author_name = '', author_key = '' WHERE id IN (SELECT value FROM json_each(:ids));

-- name: mask_evidence(ids)!
UPDATE measure_evidence SET author = '' WHERE comment IN (SELECT value FROM json_each(:ids));
