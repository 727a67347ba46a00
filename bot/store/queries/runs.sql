-- name: keep_playbook(sha256, id, version, text)!
INSERT INTO playbook_version (sha256, id, version, text) VALUES (:sha256, :id, :version, :text)
ON CONFLICT (sha256) DO NOTHING;

-- name: begin_run(playbook, playbook_sha, kind, group_key, opened_at)<!
INSERT INTO run (playbook, playbook_sha, kind, group_key, phase, paging, epoch, opened_at, state, version)
VALUES (:playbook, :playbook_sha, :kind, :group_key, 'open', 'unacked', 0, :opened_at, '', 0)
RETURNING id;

-- name: save_run(id, phase, paging, epoch, owner, resolved_at, state)!
UPDATE run SET phase = :phase, paging = :paging, epoch = :epoch, owner = :owner, resolved_at = :resolved_at,
    state = :state, version = version + 1
WHERE id = :id;

-- name: get_run(id)^
SELECT run.id, run.state, playbook_version.sha256, playbook_version.text FROM run
JOIN playbook_version ON playbook_version.sha256 = run.playbook_sha WHERE run.id = :id;

-- name: run_of_group(kind, group_key)^
-- The latest of its group: going on, or closed and perhaps to be opened again.
SELECT run.id, run.state, playbook_version.sha256, playbook_version.text FROM run
JOIN playbook_version ON playbook_version.sha256 = run.playbook_sha
WHERE run.kind = :kind AND run.group_key = :group_key ORDER BY run.id DESC LIMIT 1;

-- name: group_goes_on(group_key)$
SELECT EXISTS (SELECT 1 FROM run WHERE kind = 'real' AND group_key = :group_key AND phase IN ('open', 'monitoring'));

-- name: run_with_case(playbook, case_id)^
SELECT run.id, run.state, playbook_version.sha256, playbook_version.text FROM run
JOIN playbook_version ON playbook_version.sha256 = run.playbook_sha
WHERE run.kind = 'real' AND run.playbook = :playbook AND run.phase IN ('open', 'monitoring') AND EXISTS (
    SELECT 1 FROM comment JOIN evidence ON evidence.run = run.id AND evidence.comment = comment.id
    WHERE comment.case_id = :case_id)
ORDER BY run.id DESC LIMIT 1;

-- name: group_closed_at(group_key)$
SELECT max(resolved_at) FROM run WHERE kind = 'real' AND group_key = :group_key;

-- name: runs_going_on()
SELECT run.id, run.state, playbook_version.sha256, playbook_version.text FROM run
JOIN playbook_version ON playbook_version.sha256 = run.playbook_sha
WHERE run.phase IN ('open', 'monitoring') ORDER BY run.id;

-- name: playbooks_going_on()
SELECT DISTINCT playbook FROM run WHERE phase IN ('open', 'monitoring') AND kind = 'real';

-- name: add_evidence(run, comment, sha256, at)!
INSERT INTO evidence (run, comment, sha256, at) VALUES (:run, :comment, :sha256, :at)
ON CONFLICT (run, comment) DO NOTHING;

-- name: evidence_of(run)
SELECT comment, at FROM evidence WHERE run = :run ORDER BY at, comment;

-- name: add_timeline(run, at, what, params)!
INSERT INTO timeline (run, at, what, params) VALUES (:run, :at, :what, :params);

-- name: timeline_of(run, without, limit_)
SELECT at, what, params FROM (
    SELECT id, at, what, params FROM timeline WHERE run = :run AND what <> :without ORDER BY id DESC LIMIT :limit_) ORDER BY id;

-- name: last_drills()
-- When each playbook was last practised; what was called off is no practice.
SELECT playbook, max(opened_at) AS opened_at FROM run
WHERE kind = 'drill' AND coalesce(json_extract(nullif(state, ''), '$.outcome'), '') <> 'false_alarm' GROUP BY playbook;

-- name: topic_of(run, chat_id)$
SELECT thread_id FROM topic WHERE run = :run AND chat_id = :chat_id;

-- name: keep_topic(run, chat_id, thread_id)!
INSERT INTO topic (run, chat_id, thread_id) VALUES (:run, :chat_id, :thread_id)
ON CONFLICT (run, chat_id) DO UPDATE SET thread_id = excluded.thread_id;

-- name: set_meta(key, value)!
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: get_meta(key)$
SELECT value FROM meta WHERE key = :key;
