-- name: add_bulk(cause, person, place, kind, argument, state, at, left_out)<!
INSERT INTO bulk (cause, person, place, kind, argument, state, at, left_out)
VALUES (:cause, :person, :place, :kind, :argument, :state, :at, :left_out) ON CONFLICT (cause) DO NOTHING RETURNING id;

-- name: add_bulk_cases(bulk, cases)!
INSERT INTO bulk_case (bulk, case_id, version)
SELECT :bulk, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:cases);

-- name: get_bulk(id)^
SELECT bulk.*, (SELECT count(*) FROM bulk_case WHERE bulk = bulk.id) AS cases,
    (SELECT count(*) FROM bulk_case WHERE bulk = bulk.id AND how = 'done') AS done,
    (SELECT count(*) FROM bulk_case WHERE bulk = bulk.id AND how = 'skipped') AS skipped
FROM bulk WHERE id = :id;

-- name: save_bulk(id, state, due_at)!
UPDATE bulk SET state = :state, due_at = :due_at WHERE id = :id;

-- name: bulk_cases(bulk, how, limit_)
-- Newest first, as the search showed them.
SELECT case_id, version FROM bulk_case WHERE bulk = :bulk AND (how = :how OR :how = '*')
ORDER BY case_id DESC LIMIT :limit_;

-- name: bulk_behind(bulk)$
-- Who stands behind the cards that are to be closed, and is not listed as well.
SELECT count(*) FROM bulk_case JOIN cluster_member ON cluster_member.lead = bulk_case.case_id
JOIN case_ ON case_.id = cluster_member.case_id
WHERE bulk_case.bulk = :bulk AND bulk_case.how = '' AND NOT cluster_member.shown AND NOT case_.sensitive
  AND case_.status IN ('new', 'assigned', 'snoozed') AND NOT EXISTS (
    SELECT 1 FROM bulk_case AS own WHERE own.bulk = :bulk AND own.case_id = cluster_member.case_id);

-- name: bulk_took_along(bulk)$
SELECT ifnull(sum(behind), 0) FROM bulk_case WHERE bulk = :bulk;

-- name: bulk_case_ended(bulk, case_id, how, behind)!
UPDATE bulk_case SET how = :how, behind = :behind WHERE bulk = :bulk AND case_id = :case_id;

-- name: forget_bulks(before)!
DELETE FROM bulk WHERE at < :before AND state <> 'waiting';
