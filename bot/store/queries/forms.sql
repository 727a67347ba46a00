-- name: get_form(run, step, attempt, person)$
SELECT answers FROM form WHERE run = :run AND step = :step AND attempt = :attempt AND person = :person;

-- name: put_form(run, step, attempt, person, answers, at)!
INSERT INTO form (run, step, attempt, person, answers, at) VALUES (:run, :step, :attempt, :person, :answers, :at)
ON CONFLICT (run, step, attempt, person) DO UPDATE SET answers = excluded.answers, at = excluded.at;

-- name: drop_forms(run, step, attempt)!
DELETE FROM form WHERE run = :run AND step = :step AND attempt = :attempt;
