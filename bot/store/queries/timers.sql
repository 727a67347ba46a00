-- name: set_timer(subject, step, attempt, epoch, kind, seq, due_at)!
INSERT INTO timer (subject, step, attempt, epoch, kind, seq, due_at)
VALUES (:subject, :step, :attempt, :epoch, :kind, :seq, :due_at)
ON CONFLICT (subject, step, attempt, epoch, kind, seq) DO UPDATE SET due_at = excluded.due_at, done = '';

-- name: due_timers(now, limit_)
SELECT * FROM timer WHERE done = '' AND due_at <= :now ORDER BY due_at, id LIMIT :limit_;

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
