-- name: write_entry(at, actor, action, subject, cause, canonical)!
INSERT INTO journal (at, actor, action, subject, cause, canonical, hash)
VALUES (:at, :actor, :action, :subject, :cause, :canonical,
    chain(coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1),
                   '0000000000000000000000000000000000000000000000000000000000000000'), :canonical));

-- name: chain_after(seq, limit_)
SELECT seq, canonical, hash FROM journal WHERE seq > :seq ORDER BY seq LIMIT :limit_;

-- name: entries_about(subject)
SELECT * FROM journal WHERE subject = :subject ORDER BY seq;

-- name: has_cause(cause, action)$
SELECT 1 FROM journal WHERE cause = :cause AND action = :action LIMIT 1;

-- name: journal_head()^
SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1;
