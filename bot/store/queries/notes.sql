-- name: add_note(case_id, person, text, at)<!
INSERT INTO note (case_id, person, text, at) VALUES (:case_id, :person, :text, :at) RETURNING id;

-- name: last_notes(case_id, limit_)
SELECT person, text, at FROM note WHERE case_id = :case_id ORDER BY id DESC LIMIT :limit_;

-- name: count_notes(case_id)$
SELECT count(*) FROM note WHERE case_id = :case_id;
