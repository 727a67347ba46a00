-- A partial index serves only a query that repeats its condition word for word; hence the doubled ones.

-- name: keep_update(update_id, raw, received_at)<!
INSERT INTO inbox (update_id, raw, received_at) VALUES (:update_id, :raw, :received_at)
ON CONFLICT (update_id) DO NOTHING RETURNING seq;

-- name: claim_updates(limit_)
UPDATE inbox SET state = 'taken', tries = tries + 1
WHERE seq IN (SELECT seq FROM inbox WHERE state IN ('new', 'taken') AND state = 'new' ORDER BY seq LIMIT :limit_)
RETURNING seq, update_id, raw, tries;

-- name: updates_done(ids)!
UPDATE inbox SET state = 'done' WHERE update_id IN (SELECT value FROM json_each(:ids));

-- name: update_dead(update_id, error)!
UPDATE inbox SET state = 'dead', error = :error WHERE update_id = :update_id;

-- name: update_failed(update_id, error)!
UPDATE inbox SET tries = tries + 1, error = :error WHERE update_id = :update_id;

-- name: release_taken()!
-- What was being worked on when the process died is worked on again.
UPDATE inbox SET state = 'new' WHERE state IN ('new', 'taken') AND state = 'taken';

-- name: inbox_health()^
SELECT count(*) AS pending, min(received_at) AS oldest, (SELECT count(*) FROM inbox WHERE state = 'dead') AS dead
FROM inbox WHERE state IN ('new', 'taken');

-- name: forget_updates(before)!
DELETE FROM inbox WHERE state = 'done' AND received_at < :before;
