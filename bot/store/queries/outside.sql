-- name: get_event(source, id)$
SELECT sha256 FROM event WHERE source = :source AND id = :id;

-- name: keep_event(source, id, sha256, received_at)!
INSERT INTO event (source, id, sha256, received_at) VALUES (:source, :id, :sha256, :received_at);

-- name: forget_events(before)
DELETE FROM event WHERE (source, id) IN (
    SELECT source, id FROM event WHERE received_at < :before LIMIT 1000) RETURNING id;

-- name: lives()
SELECT connector, heard_at, since, silent FROM life ORDER BY connector;

-- name: get_life(connector)^
SELECT connector, heard_at, since, silent FROM life WHERE connector = :connector;

-- name: heard(connector, at)!
-- What was said earlier than what was heard last says nothing new.
INSERT INTO life (connector, heard_at, since) VALUES (:connector, :at, :at)
ON CONFLICT (connector) DO UPDATE SET heard_at = excluded.heard_at, since = max(since, excluded.since), silent = 0
WHERE excluded.heard_at > heard_at;

-- name: fell_silent(connector)!
UPDATE life SET silent = 1 WHERE connector = :connector;

-- name: excuse_silence(seconds)!
UPDATE life SET since = since + :seconds;
