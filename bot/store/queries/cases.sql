-- name: add_case(version, status, verdict, urgency, reasons, opened_at, updated_at, assignee, panel, panel_by, sensitive, comments, due_at)<!
INSERT INTO case_ (version, status, verdict, urgency, reasons, opened_at, updated_at, assignee, panel, panel_by, sensitive, comments, due_at)
VALUES (:version, :status, :verdict, :urgency, :reasons, :opened_at, :updated_at, :assignee, :panel, :panel_by, :sensitive, :comments, :due_at)
RETURNING id;

-- name: get_case(id)^
SELECT * FROM case_ WHERE id = :id;

-- name: save_case(id, version, status, verdict, urgency, reasons, updated_at, assignee, panel, panel_by, sensitive, comments, snoozed_until, close_reason, closed_by, answered_at, merged_into, due_at, unit, lapor)!
UPDATE case_ SET version = :version, status = :status, verdict = :verdict, urgency = :urgency, reasons = :reasons,
    updated_at = :updated_at, assignee = :assignee, panel = :panel, panel_by = :panel_by, sensitive = :sensitive,
    comments = :comments, snoozed_until = :snoozed_until, close_reason = :close_reason, closed_by = :closed_by,
    answered_at = :answered_at, merged_into = :merged_into, due_at = :due_at,
    unit = :unit, lapor = :lapor
WHERE id = :id;

-- name: stands_beside(case_id, newest)$
-- One leap in an index for each that a card may show; the first that is there is enough.
SELECT 1 FROM case_ WHERE id = :case_id AND (EXISTS (SELECT 1 FROM draft_place WHERE case_id = :case_id)
    OR EXISTS (SELECT 1 FROM cluster_member WHERE lead = :case_id)
    OR EXISTS (SELECT 1 FROM cluster_member WHERE case_id = :case_id)
    OR EXISTS (SELECT 1 FROM cluster_offer WHERE lead = :case_id)
    OR EXISTS (SELECT 1 FROM cluster_offer WHERE case_id = :case_id)
    OR EXISTS (SELECT 1 FROM claim_comment WHERE comment = :newest)
    OR EXISTS (SELECT 1 FROM data_request WHERE case_id = :case_id AND case_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM measure WHERE case_id = :case_id)
    OR EXISTS (SELECT 1 FROM note WHERE case_id = :case_id));

-- name: queue(limit_)
-- Two halves, each in the order of an index: with many waiting nothing is sorted. Of those that stand behind one
-- card, the first alone, and only where that card's own case is done.
SELECT * FROM (SELECT * FROM case_ INDEXED BY case_waiting WHERE status IN ('new', 'assigned', 'drafted')
    AND NOT EXISTS (SELECT 1 FROM cluster_member AS own JOIN case_ AS lead ON lead.id = own.lead
        WHERE own.case_id = case_.id AND NOT own.shown
        AND (lead.status IN ('new', 'assigned', 'drafted', 'snoozed') OR EXISTS (
            SELECT 1 FROM cluster_member AS before JOIN case_ AS other ON other.id = before.case_id
            WHERE before.lead = own.lead AND before.case_id < own.case_id AND NOT before.shown
            AND other.status IN ('new', 'assigned', 'drafted'))))
    ORDER BY urgency, opened_at LIMIT :limit_)
UNION ALL
SELECT * FROM (SELECT * FROM case_ INDEXED BY case_asleep WHERE status = 'snoozed'
    ORDER BY urgency, opened_at LIMIT :limit_)
LIMIT :limit_;

-- name: oldest_waiting()$
-- One leap in the index per urgency.
SELECT min(at) FROM (SELECT (SELECT opened_at FROM case_ INDEXED BY case_waiting
    WHERE status IN ('new', 'assigned', 'drafted') AND urgency = level.value ORDER BY opened_at LIMIT 1) AS at
    FROM json_each('[0,1,2,3]') AS level);

-- name: count_cases()
SELECT status, count(*) AS n FROM case_ GROUP BY status;

-- name: cases_with_lapor(lapor, limit_)
SELECT id FROM case_ WHERE lapor = :lapor AND lapor <> '' ORDER BY id DESC LIMIT :limit_;

-- name: at_risk_of(platform, thread, author_key, since)^
-- The index holds only comments with a key, and serves only a query that says so.
SELECT case_.* FROM comment JOIN case_ ON case_.id = comment.case_id
WHERE comment.author_key = :author_key AND comment.author_key <> '' AND comment.platform = :platform
  AND comment.thread = :thread AND case_.sensitive AND case_.status <> 'merged'
  AND (case_.status NOT IN ('closed', 'handed_over') OR case_.updated_at >= :since)
ORDER BY case_.id DESC LIMIT 1;

-- name: cases_of_author(author_key, but, most)
-- The index holds only comments with a key, and serves only a query that says so. It is read from its end.
SELECT case_.id AS id, case_.status AS status, case_.urgency AS urgency, case_.answered_at AS answered_at,
    min(own.written_at) AS since
FROM (SELECT case_id, written_at FROM comment WHERE author_key = :author_key AND author_key <> ''
    ORDER BY platform DESC, thread DESC, written_at DESC LIMIT :most) AS own
CROSS JOIN case_ ON case_.id = own.case_id
WHERE case_.id <> :but AND NOT case_.sensitive AND case_.status <> 'merged'
  AND NOT EXISTS (  -- what stands on the very same card
    SELECT 1 FROM (SELECT coalesce((SELECT lead FROM cluster_member WHERE case_id = :but AND NOT shown), :but) AS lead) AS card
    WHERE case_.id = card.lead
      OR EXISTS (SELECT 1 FROM cluster_member WHERE case_id = case_.id AND lead = card.lead AND NOT shown))
GROUP BY case_.id ORDER BY case_.id;

-- name: name_companion(case_id, person, playbook)!
INSERT INTO companion (case_id, person, playbook) VALUES (:case_id, :person, :playbook)
ON CONFLICT (case_id, person) DO UPDATE SET playbook = excluded.playbook;

-- name: companions(case_id)
-- Not whom the config dropped since. Who left the group, or blocked the bot, is still one of two pairs of eyes.
SELECT person, playbook FROM companion WHERE case_id = :case_id
  AND person NOT IN (SELECT person FROM suspension WHERE why = 'dropped')
ORDER BY person;

-- name: add_correction(case_id, comment, person, labels, was, at)!
INSERT INTO correction (case_id, comment, person, labels, was, at)
VALUES (:case_id, :comment, :person, :labels, :was, :at)
ON CONFLICT (comment, person) DO UPDATE SET labels = excluded.labels, at = excluded.at;
