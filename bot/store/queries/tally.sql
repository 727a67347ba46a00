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

-- name: forget_spikes(before)!
DELETE FROM spike WHERE at < :before;

-- name: spike_at(key)$
SELECT at FROM spike WHERE key = :key;

-- name: note_spike(key, at)!
INSERT INTO spike (key, at) VALUES (:key, :at) ON CONFLICT (key) DO UPDATE SET at = excluded.at;

-- name: oldest_case_since(since)$
-- A case that is older than all that came since: what joined a cluster since has a higher number.
SELECT case_id FROM comment WHERE received_at >= :since ORDER BY received_at, id LIMIT 1;

-- name: grown_clusters(oldest, since, least)
-- Their own walk through the newest cases only.
SELECT lead FROM cluster_member
WHERE case_id >= :oldest AND at >= :since AND EXISTS (
    SELECT 1 FROM comment WHERE comment.case_id = cluster_member.case_id AND comment.platform <> 'csv')
GROUP BY lead HAVING count(*) >= :least ORDER BY lead;

-- name: cluster_growth(lead, width, since, until)
SELECT at / :width AS bucket, count(*) AS n FROM cluster_member
WHERE lead = :lead AND at >= :since AND at < :until GROUP BY bucket;
