-- name: set_timer(subject, step, attempt, epoch, kind, seq, due_at)!
INSERT INTO timer (subject, step, attempt, epoch, kind, seq, due_at)
VALUES (:subject, :step, :attempt, :epoch, :kind, :seq, :due_at)
ON CONFLICT (subject, step, attempt, epoch, kind, seq) DO UPDATE
SET due_at = excluded.due_at, done = '', failed = 0, was_due = NULL;

-- name: due_timers(now, limit_)
SELECT * FROM timer WHERE done = '' AND due_at <= :now ORDER BY due_at, id LIMIT :limit_;

-- name: put_timer_off(id, again_at)!
UPDATE timer SET was_due = coalesce(was_due, due_at), due_at = :again_at, failed = failed + 1
WHERE id = :id AND done = '';

-- name: timer_done(id, done)!
UPDATE timer SET done = :done WHERE id = :id AND done = '';

-- name: timers_fired(ids)!
UPDATE timer SET done = 'fired' WHERE id IN (SELECT value FROM json_each(:ids)) AND done = '';

-- name: cancel_timers(subject, kind)!
UPDATE timer SET done = 'cancelled' WHERE subject = :subject AND kind = :kind AND done = '';

-- name: cancel_all_timers(subject)!
UPDATE timer SET done = 'cancelled' WHERE subject = :subject AND done = '';

-- name: next_timer()$
SELECT min(due_at) FROM timer WHERE done = '';

-- name: open_timers(subject)
SELECT * FROM timer WHERE subject = :subject AND done = '' ORDER BY due_at;

-- name: cancel_ladder(subject, epoch)!
UPDATE timer SET done = 'cancelled' WHERE subject = :subject AND step = '' AND epoch <= :epoch AND done = '';
