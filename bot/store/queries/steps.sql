-- name: hold(run, step, scope, at)!
INSERT INTO hold (run, step, scope, at) VALUES (:run, :step, :scope, :at) ON CONFLICT (run, step) DO NOTHING;

-- name: release_hold(run, step)!
DELETE FROM hold WHERE run = :run AND step = :step;

-- name: holds_of(run)
SELECT step, scope, at FROM hold WHERE run = :run ORDER BY at, step;

-- name: replies_held()$
SELECT EXISTS (SELECT 1 FROM hold WHERE scope = 'replies');

-- name: keep_snapshot(run, step, attempt, comment, at, sha256, text, link)!
INSERT INTO snapshot (run, step, attempt, comment, at, sha256, text, link)
VALUES (:run, :step, :attempt, :comment, :at, :sha256, :text, :link)
ON CONFLICT (run, step, attempt, comment) DO NOTHING;

-- name: snapshot_of(run)
SELECT step, attempt, comment, at, sha256, text, link FROM snapshot WHERE run = :run ORDER BY at, comment;

-- name: count_evidence(run, since)$
-- Who denies the rumour is not one more who tells it.
SELECT count(*) FROM evidence JOIN comment ON comment.id = evidence.comment
WHERE evidence.run = :run AND comment.received_at >= :since AND NOT EXISTS (
    SELECT 1 FROM claim_comment AS told WHERE told.comment = evidence.comment AND told.stance = 'denies');

-- name: copy_evidence(run, to, at)!
INSERT INTO evidence (run, comment, sha256, at) SELECT :to, comment, sha256, :at FROM evidence WHERE run = :run
ON CONFLICT (run, comment) DO NOTHING;
