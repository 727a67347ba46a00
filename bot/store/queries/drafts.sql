-- name: add_draft(case_id, comment_id, revision, version, state, text, authors, created_at, template_id, template_version, template_text, slots, snippets, private, hands_over)<!
INSERT INTO draft (case_id, comment_id, revision, version, state, text, authors, created_at, template_id, template_version,
    template_text, slots, snippets, private, hands_over, level, approved_sha, note, posted_message)
VALUES (:case_id, :comment_id, :revision, :version, :state, :text, :authors, :created_at, :template_id, :template_version,
    :template_text, :slots, :snippets, :private, :hands_over, 0, '', '', '')
RETURNING id;

-- name: get_draft(id)^
SELECT * FROM draft WHERE id = :id;

-- name: live_draft(case_id)^
SELECT draft.* FROM draft_place JOIN draft ON draft.id = draft_place.draft
WHERE draft_place.case_id = :case_id AND draft_place.live;

-- name: last_draft(case_id)^
SELECT draft.* FROM draft_place JOIN draft ON draft.id = draft_place.draft
WHERE draft_place.case_id = :case_id ORDER BY draft.id DESC LIMIT 1;

-- name: save_draft(id, comment_id, revision, version, state, text, authors, template_id, template_version, template_text, slots, snippets, level, submitted_at, expires_at, decided_by, decided_at, approved_as, approved_sha, note, posted_at, posted_message, also, posted_to, left_out, hands_over, agreed_by)!
UPDATE draft SET comment_id = :comment_id, revision = :revision, version = :version, state = :state, text = :text,
    authors = :authors, template_id = :template_id, template_version = :template_version, template_text = :template_text,
    slots = :slots, snippets = :snippets, level = :level,
    submitted_at = :submitted_at, expires_at = :expires_at, decided_by = :decided_by, decided_at = :decided_at,
    approved_as = :approved_as, approved_sha = :approved_sha, note = :note, posted_at = :posted_at,
    posted_message = :posted_message, also = :also, posted_to = :posted_to, left_out = :left_out,
    hands_over = :hands_over, agreed_by = :agreed_by
WHERE id = :id;

-- name: decide_template(template_id, version, sha256, state, person, at)!
INSERT INTO template_decision (template_id, version, sha256, state, person, at)
VALUES (:template_id, :version, :sha256, :state, :person, :at)
ON CONFLICT (template_id, version, sha256) DO UPDATE SET state = excluded.state, person = excluded.person, at = excluded.at;

-- name: template_decisions()
SELECT * FROM template_decision;
