-- name: write_entry(at, actor, action, subject, cause, canonical)!
INSERT INTO journal (at, actor, action, subject, cause, canonical, hash)
VALUES (:at, :actor, :action, :subject, :cause, :canonical,
    chain(coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1),
                   '0000000000000000000000000000000000000000000000000000000000000000'), :canonical));

-- name: chain_after(seq, limit_)
SELECT seq, canonical, hash, CASE WHEN json_valid(canonical) THEN
    json_extract(canonical, '$[0]') IS at AND json_extract(canonical, '$[1]') IS actor
    AND json_extract(canonical, '$[2]') IS action AND json_extract(canonical, '$[3]') IS subject
    AND json_extract(canonical, '$[4]') IS cause ELSE 0 END AS agrees
FROM journal WHERE seq > :seq ORDER BY seq LIMIT :limit_;

-- name: entries_about(subject)
SELECT * FROM journal WHERE subject = :subject ORDER BY seq;

-- name: entries_of(subject, action)
SELECT at, actor, cause, json_extract(canonical, '$[5]') AS detail FROM journal
WHERE subject = :subject AND action = :action ORDER BY seq;

-- name: has_cause(cause, action)$
SELECT 1 FROM journal WHERE cause = :cause AND cause <> '' AND action = :action LIMIT 1;

-- name: was_done(cause, actor)$
-- Something that this very command of this person did; a refusal that was written down is none.
SELECT 1 FROM journal WHERE cause = :cause AND cause <> '' AND actor = :actor
    AND action <> 'denied' AND json_extract(canonical, '$[5].refused') IS NULL LIMIT 1;

-- name: subjects_since(seq, action)
-- What was done so since this line, each once; a look a minute reads the lines of that minute.
SELECT DISTINCT subject FROM journal WHERE seq > :seq AND action = :action ORDER BY seq;

-- name: journal_length()$
-- How many lines were ever written.
SELECT seq FROM sqlite_sequence WHERE name = 'journal';
