-- name: add_request(unit, claim, case_id, question, asked_by, asked_at, due_at, state)<!
INSERT INTO data_request (unit, claim, case_id, question, asked_by, asked_at, due_at, state)
VALUES (:unit, :claim, :case_id, :question, :asked_by, :asked_at, :due_at, :state)
RETURNING id;

-- name: get_request(id)^
SELECT * FROM data_request WHERE id = :id;

-- name: save_request(id, state, answer, answered_by, answered_at)!
UPDATE data_request SET state = :state, answer = :answer, answered_by = :answered_by, answered_at = :answered_at
WHERE id = :id;

-- name: requests_of_claim(claim)
SELECT * FROM data_request WHERE claim = :claim AND claim IS NOT NULL ORDER BY id;

-- name: requests_of_case(case_id)
SELECT * FROM data_request WHERE case_id = :case_id AND case_id IS NOT NULL ORDER BY id;
