-- name: count_comment(key, bucket)!
INSERT INTO tally (key, bucket, n) VALUES (:key, :bucket, 1) ON CONFLICT (key, bucket) DO UPDATE SET n = n + 1;

-- name: tally_keys(since)
SELECT DISTINCT key FROM tally INDEXED BY tally_bucket WHERE bucket >= :since;

-- name: tally_of(key, first, last)
SELECT bucket, n FROM tally WHERE key = :key AND bucket BETWEEN :first AND :last;

-- name: first_bucket()$
SELECT min(bucket) FROM tally;

-- name: forget_tally(before)!
DELETE FROM tally WHERE bucket < :before;

-- name: spike_at(key)$
SELECT at FROM spike WHERE key = :key;

-- name: note_spike(key, at)!
INSERT INTO spike (key, at) VALUES (:key, :at) ON CONFLICT (key) DO UPDATE SET at = excluded.at;
