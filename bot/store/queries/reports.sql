-- name: last_run()$
SELECT max(id) FROM run;

-- name: runs_opened(since, until)
SELECT id FROM run WHERE opened_at >= :since AND opened_at < :until ORDER BY opened_at, id;

-- name: evidence_moments(run)
SELECT comment.written_at AS at FROM evidence JOIN comment ON comment.id = evidence.comment
WHERE evidence.run = :run;

-- name: evidence_after(run, written, id, limit_)
-- Oldest first, page by page; `guarded`: of a case that only named people read.
SELECT evidence.sha256, evidence.at AS kept_at, comment.*, case_.sensitive AS guarded FROM evidence
JOIN comment ON comment.id = evidence.comment JOIN case_ ON case_.id = comment.case_id
WHERE evidence.run = :run AND (comment.written_at, comment.id) > (:written, :id)
ORDER BY comment.written_at, comment.id LIMIT :limit_;

-- name: replies_of_run(run, since)
-- Approved words that stand in public under a case of the run, since it was opened.
SELECT DISTINCT draft.* FROM evidence
JOIN comment ON comment.id = evidence.comment
JOIN draft_place ON draft_place.case_id = comment.case_id
JOIN draft ON draft.id = draft_place.draft
WHERE evidence.run = :run AND draft.state = 'posted' AND draft.posted_at >= :since ORDER BY draft.posted_at, draft.id;

-- name: deeds_of(person, since, until, actions)
-- Outside incidents, each deed on each thing once.
SELECT action, count(DISTINCT subject) AS times FROM journal
WHERE actor = :person AND at >= :since AND at < :until AND action IN (SELECT value FROM json_each(:actions))
    AND NOT (subject >= 'run:' AND subject < 'run;') GROUP BY action;

-- name: parts_of(person, since, until)
-- What somebody did in runs, as their stories tell it.
SELECT run, what, json_extract(params, '$.step') AS step, count(*) AS times FROM timeline
WHERE at >= :since AND at < :until AND :person IN (json_extract(params, '$.person'), json_extract(params, '$.by'))
GROUP BY run, what, step ORDER BY run;

-- name: journal_head()^
SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1;

-- name: keep_said(run, step, attempt, channel, at, text, source, authors, approvers, approved_at, link, answered)!
-- Where nobody was sure and a person looked, the second word about it is the better one.
INSERT INTO said (run, step, attempt, channel, at, text, source, authors, approvers, approved_at, link, answered)
VALUES (:run, :step, :attempt, :channel, :at, :text, :source, :authors, :approvers, :approved_at, :link, :answered)
ON CONFLICT (run, step, attempt, channel) DO UPDATE SET link = excluded.link, answered = excluded.answered;

-- name: said_by(run)
SELECT * FROM said WHERE run = :run ORDER BY at, step, channel;

-- name: keep_answer(run, question, person, text, at)!
INSERT INTO review_answer (run, question, person, text, at) VALUES (:run, :question, :person, :text, :at)
ON CONFLICT (run, question) DO UPDATE SET person = excluded.person, text = excluded.text, at = excluded.at;

-- name: answers_of(run)
SELECT question, person, text, at FROM review_answer WHERE run = :run ORDER BY at, question;
