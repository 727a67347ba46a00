-- name: keep_update(update_id, raw, received_at)<!
INSERT INTO inbox (update_id, raw, received_at) VALUES (:update_id, :raw, :received_at)
ON CONFLICT (update_id) DO NOTHING RETURNING seq;

-- name: updates_after(seq, limit_)
SELECT seq, update_id, raw FROM inbox WHERE state = 'new' AND seq > :seq ORDER BY seq LIMIT :limit_;

-- name: updates_done(ids)!
UPDATE inbox SET state = 'done' WHERE update_id IN (SELECT value FROM json_each(:ids));

-- name: update_dead(update_id, error)!
UPDATE inbox SET state = 'dead', error = :error WHERE update_id = :update_id;

-- name: update_failed(update_id, error)!
UPDATE inbox SET tries = tries + 1, error = :error WHERE update_id = :update_id;

-- name: inbox_health()^
SELECT count(*) AS pending, min(received_at) AS oldest, (SELECT count(*) FROM inbox WHERE state = 'dead') AS dead
FROM inbox WHERE state = 'new';

-- name: drop_presses()!
UPDATE inbox SET state = 'done' WHERE state = 'new' AND json_extract(raw, '$.callback_query') IS NOT NULL;

-- name: forget_updates(before)
-- A thousand at a time: one large DELETE would hold up everybody.
DELETE FROM inbox WHERE seq IN (
    SELECT seq FROM inbox WHERE state = 'done' AND received_at < :before ORDER BY seq LIMIT 1000)
RETURNING seq;
