-- name: board_groups(now)
-- One walk through the index of open cases; nothing else of them is read.
SELECT status, assignee, labels, waits, count(*) AS n, min(opened_at) AS oldest, sum(due_at <= :now) AS late
FROM case_ WHERE status IN ('new', 'assigned', 'drafted', 'snoozed') GROUP BY status, assignee, labels, waits;

-- name: board_emergencies(limit_)
-- Nobody's first, the newest of them first; each with its card, or where the citizen wrote it.
SELECT case_.id, case_.assignee, case_.sensitive, card.chat_id, card.message_id,
    (SELECT link FROM comment WHERE comment.case_id = case_.id ORDER BY comment.id DESC LIMIT 1) AS link
FROM case_ LEFT JOIN card ON card.subject = 'case:' || case_.id
WHERE case_.urgency = 0 AND case_.status IN ('new', 'assigned', 'drafted', 'snoozed')
ORDER BY case_.assignee IS NOT NULL, case_.id DESC LIMIT :limit_;

-- name: board_emergency_count()^
SELECT count(*) AS cases, coalesce(sum(comments), 0) AS comments FROM case_
WHERE urgency = 0 AND status IN ('new', 'assigned', 'drafted', 'snoozed');

-- name: board_units()
SELECT unit, count(*) AS n FROM case_ INDEXED BY case_unit
WHERE unit <> '' AND assignee IS NULL AND status IN ('new', 'assigned', 'drafted', 'snoozed') GROUP BY unit;

-- name: board_next_due(now, limit_)
SELECT id, due_at FROM case_ INDEXED BY case_due WHERE due_at IS NOT NULL AND due_at > :now AND status IN ('new', 'assigned', 'drafted')
ORDER BY due_at LIMIT :limit_;

-- name: board_drawn()$
SELECT sent_at FROM outbox WHERE kind = 'BoardCard' AND sent_at IS NOT NULL ORDER BY id DESC LIMIT 1;

-- name: case_waits(id)$
SELECT waits FROM case_ WHERE id = :id;

-- name: carded_since(since)$
SELECT count(*) FROM case_ WHERE carded_at IS NOT NULL AND carded_at > :since;

-- name: give_card(id, at)!
UPDATE case_ SET waits = 0, carded_at = :at WHERE id = :id;

-- name: put_in_digest(id)!
UPDATE case_ SET waits = 1 WHERE id = :id;

-- name: digest_cases(limit_)
SELECT * FROM case_ INDEXED BY case_waits WHERE waits AND status IN ('new', 'assigned', 'drafted', 'snoozed')
ORDER BY urgency, opened_at LIMIT :limit_;

-- name: digest_count()$
SELECT count(*) FROM case_ WHERE waits AND status IN ('new', 'assigned', 'drafted', 'snoozed');

-- name: board_unread()$
SELECT count(*) FROM inbox WHERE state = 'new';

-- name: newest_message(chat_id)$
SELECT max(message_id) FROM outbox WHERE chat_id = :chat_id AND message_id IS NOT NULL;

-- name: pinned(chat_id)$
SELECT message_id FROM pin WHERE chat_id = :chat_id;

-- name: keep_pin(chat_id, message_id)!
INSERT INTO pin (chat_id, message_id) VALUES (:chat_id, :message_id)
ON CONFLICT (chat_id) DO UPDATE SET message_id = excluded.message_id;

-- name: crisis_mode()^
SELECT person, at FROM crisis_mode WHERE id = 1;

-- name: set_crisis_mode(person, at)!
INSERT INTO crisis_mode (id, person, at) VALUES (1, :person, :at) ON CONFLICT (id) DO NOTHING;

-- name: lift_crisis_mode()!
DELETE FROM crisis_mode WHERE id = 1;

-- name: queue_page(assignee, free, late, bare, units, label, platform, now, limit_, offset_, most)
-- Two halves, each in the order of an index; what sleeps comes last. Of those that stand
-- behind one card, the first alone, and only where that card's own case is done. `most` is limit and offset together.
SELECT * FROM (SELECT * FROM case_ INDEXED BY case_waiting WHERE status IN ('new', 'assigned', 'drafted')
    AND (:assignee = '' OR assignee = :assignee) AND (NOT :free OR assignee IS NULL) AND (NOT :late OR due_at <= :now)
    AND NOT EXISTS (SELECT 1 FROM cluster_member AS own JOIN case_ AS lead ON lead.id = own.lead
        WHERE own.case_id = case_.id AND NOT own.shown
        AND (lead.status IN ('new', 'assigned', 'drafted', 'snoozed') OR EXISTS (
            SELECT 1 FROM cluster_member AS before JOIN case_ AS other ON other.id = before.case_id
            WHERE before.lead = own.lead AND before.case_id < own.case_id AND NOT before.shown
            AND other.status IN ('new', 'assigned', 'drafted'))))
    AND (:units = '' OR unit IN (SELECT value FROM json_each(:units)))
    AND (NOT :bare OR waits) AND (:label = '' OR instr(labels, json_quote(:label)))
    AND (:platform = '' OR EXISTS (SELECT 1 FROM comment WHERE comment.case_id = case_.id AND platform = :platform))
    ORDER BY urgency, opened_at LIMIT :most)
UNION ALL
SELECT * FROM (SELECT * FROM case_ INDEXED BY case_asleep WHERE status = 'snoozed'
    AND (:assignee = '' OR assignee = :assignee) AND (NOT :free OR assignee IS NULL) AND (NOT :late OR due_at <= :now)
    AND (:units = '' OR unit IN (SELECT value FROM json_each(:units)))
    AND (NOT :bare OR waits) AND (:label = '' OR instr(labels, json_quote(:label)))
    AND (:platform = '' OR EXISTS (SELECT 1 FROM comment WHERE comment.case_id = case_.id AND platform = :platform))
    ORDER BY urgency, opened_at LIMIT :most)
LIMIT :limit_ OFFSET :offset_;

-- name: bare_of(ids)
SELECT id FROM case_ WHERE id IN (SELECT value FROM json_each(:ids)) AND waits;
