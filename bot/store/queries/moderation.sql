-- name: add_measure(case_id, comment, version, state, protected, rule, rule_name, rule_url, ground, remedy, days, words, dry, proposed_by, decided_by, undone_by, opened_at, updated_at, expires_at, decided_at, until, message, outgoing, error)<!
INSERT INTO measure (case_id, comment, version, state, protected, rule, rule_name, rule_url, ground, remedy, days, words,
    dry, proposed_by, decided_by, undone_by, opened_at, updated_at, expires_at, decided_at, until, message, outgoing, error)
VALUES (:case_id, :comment, :version, :state, :protected, :rule, :rule_name, :rule_url, :ground, :remedy, :days, :words,
    :dry, :proposed_by, :decided_by, :undone_by, :opened_at, :updated_at, :expires_at, :decided_at, :until, :message,
    :outgoing, :error)
RETURNING id;

-- name: get_measure(id)^
SELECT * FROM measure WHERE id = :id;

-- name: save_measure(id, version, state, protected, rule, rule_name, rule_url, ground, remedy, days, words, dry, decided_by, undone_by, updated_at, expires_at, decided_at, until, message, outgoing, error)!
UPDATE measure SET version = :version, state = :state, protected = :protected, rule = :rule, rule_name = :rule_name,
    rule_url = :rule_url, ground = :ground, remedy = :remedy, days = :days, words = :words, dry = :dry,
    decided_by = :decided_by, undone_by = :undone_by, updated_at = :updated_at, expires_at = :expires_at,
    decided_at = :decided_at, until = :until, message = :message, outgoing = :outgoing, error = :error
WHERE id = :id;

-- name: last_measure(case_id)^
SELECT * FROM measure WHERE case_id = :case_id ORDER BY id DESC LIMIT 1;

-- name: measures_decided(since, until)
SELECT * FROM measure WHERE decided_at >= :since AND decided_at < :until ORDER BY id;

-- name: keep_measure_evidence(measure, comment, revision, author, text, media, link, written_at, sha256, kept_at)!
INSERT INTO measure_evidence (measure, comment, revision, author, text, media, link, written_at, sha256, kept_at)
VALUES (:measure, :comment, :revision, :author, :text, :media, :link, :written_at, :sha256, :kept_at)
ON CONFLICT DO NOTHING;

-- name: evidence_of_measure(measure)
SELECT * FROM measure_evidence WHERE measure = :measure ORDER BY revision, comment;
