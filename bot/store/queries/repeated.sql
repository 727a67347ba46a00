-- name: put_repeated(draft, lead)!
INSERT INTO repeated (draft, lead) VALUES (:draft, :lead);

-- name: count_repeated(lead)$
SELECT count(*) FROM repeated JOIN draft ON draft.id = repeated.draft
WHERE repeated.lead = :lead AND draft.state IN ('approved', 'posted');

-- name: repeats_under_way(lead)
SELECT draft.* FROM repeated JOIN draft ON draft.id = repeated.draft
WHERE repeated.lead = :lead AND draft.state = 'approved' ORDER BY draft.id;

-- name: stop_repeating(lead, person, at)!
INSERT INTO repeat_stopped (lead, person, at) VALUES (:lead, :person, :at) ON CONFLICT (lead) DO NOTHING;

-- name: repeat_stopped(lead)$
SELECT person FROM repeat_stopped WHERE lead = :lead;
