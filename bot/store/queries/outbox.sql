-- name: put_outgoing(key, lane, recipient, kind, fields, redraws, public, not_before, queued_at)<!
INSERT INTO outbox (key, lane, recipient, kind, fields, redraws, public, not_before, queued_at)
VALUES (:key, :lane, :recipient, :kind, :fields, :redraws, :public, :not_before, :queued_at)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: card_of(id)^
-- Whose card shows this case, its own or that of the one it stands behind, and whether that waits in the digest.
SELECT card.id, card.waits FROM case_
LEFT JOIN cluster_member AS member ON member.case_id = case_.id AND NOT member.shown
JOIN case_ AS card ON card.id = coalesce(member.lead, case_.id)
WHERE case_.id = :id;

-- name: raise_redraw(redraws, lane, not_before)!
-- Without a time of its own it says nothing about when.
UPDATE outbox SET lane = min(lane, :lane), not_before = min(not_before, coalesce(:not_before, not_before)) WHERE state = 'queued' AND redraws = :redraws AND redraws <> '';

-- name: outbox_heads(now, first, last)
-- The first waiting row of every recipient and lane; one recipient's queue hides nobody else's. It leaps from
-- pair to pair in the index: reading all rows would make every send of a long queue as dear as the queue is long.
WITH RECURSIVE pair (recipient, lane) AS (
    SELECT * FROM (SELECT recipient, lane FROM outbox WHERE state = 'queued' ORDER BY recipient, lane LIMIT 1)
    UNION ALL
    SELECT
        (SELECT recipient FROM outbox WHERE state = 'queued'
            AND (outbox.recipient, outbox.lane) > (pair.recipient, pair.lane) ORDER BY recipient, lane LIMIT 1),
        (SELECT lane FROM outbox WHERE state = 'queued'
            AND (outbox.recipient, outbox.lane) > (pair.recipient, pair.lane) ORDER BY recipient, lane LIMIT 1)
    FROM pair WHERE pair.recipient IS NOT NULL
)
SELECT head.id, head.recipient, head.lane, head.redraws, EXISTS (SELECT 1 FROM card WHERE subject = head.redraws) AS edit
FROM pair JOIN outbox AS head ON pair.lane BETWEEN :first AND :last AND head.id = (
    SELECT id FROM outbox WHERE state = 'queued' AND recipient = pair.recipient AND lane = pair.lane
        AND not_before <= :now AND NOT (public AND (EXISTS (SELECT 1 FROM public_lock)
            OR kind <> 'Receipt' AND EXISTS (SELECT 1 FROM hold
                WHERE scope = 'replies' AND run IS NOT json_extract(outbox.fields, '$.run'))
            OR EXISTS (SELECT 1 FROM crisis_mode) AND (kind = 'PublicReply' AND NOT EXISTS (
                SELECT 1 FROM draft WHERE draft.id = json_extract(outbox.fields, '$.draft') AND draft.private)
            OR kind IN ('PublicWarning', 'CarryOut') AND NOT ifnull(json_extract(outbox.fields, '$.undo'), 0)
                AND NOT EXISTS (SELECT 1 FROM measure WHERE measure.id = json_extract(outbox.fields, '$.measure')
                    AND measure.ground = 'personal_data' AND measure.remedy IN ('move', 'delete'))))) ORDER BY id LIMIT 1)
ORDER BY head.lane, head.id LIMIT 500;

-- name: anything_waits(first, last)$
SELECT 1 FROM outbox WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'queued'
    AND lane BETWEEN :first AND :last LIMIT 1;

-- name: take_outgoing(id, at)^
-- /kunci holds from its COMMIT on, also for a row that was chosen just before; so does a run's freeze, for all
-- public words but the run's own, and /siaga for single replies, but none to somebody at risk, and for measures,
-- but not what gives something back nor what takes a citizen's personal data out of public sight.
UPDATE outbox SET state = 'sending', tries = tries + 1, sent_at = :at
WHERE id = :id AND state = 'queued' AND NOT (public AND (EXISTS (SELECT 1 FROM public_lock)
    OR kind <> 'Receipt' AND EXISTS (SELECT 1 FROM hold
        WHERE scope = 'replies' AND run IS NOT json_extract(outbox.fields, '$.run'))
    OR EXISTS (SELECT 1 FROM crisis_mode) AND (kind = 'PublicReply' AND NOT EXISTS (
        SELECT 1 FROM draft WHERE draft.id = json_extract(outbox.fields, '$.draft') AND draft.private)
    OR kind IN ('PublicWarning', 'CarryOut') AND NOT ifnull(json_extract(outbox.fields, '$.undo'), 0)
        AND NOT EXISTS (SELECT 1 FROM measure WHERE measure.id = json_extract(outbox.fields, '$.measure')
            AND measure.ground = 'personal_data' AND measure.remedy IN ('move', 'delete'))))) RETURNING *;

-- name: get_outgoing(id)^
SELECT * FROM outbox WHERE id = :id;

-- name: settle_outgoing(id, state, sent_at, chat_id, message_id, error)!
UPDATE outbox SET state = :state, sent_at = :sent_at, chat_id = :chat_id, message_id = :message_id, error = :error
WHERE id = :id;

-- name: looked_at(kind, run, step, attempt, place, state, at)!
-- Somebody has looked what became of these words, so nothing waits for a look any more.
UPDATE outbox SET state = :state, sent_at = :at, error = ''
WHERE lane = 2 AND state IN ('queued', 'sending', 'uncertain') AND state = 'uncertain' AND kind = :kind
    AND json_extract(fields, '$.run') = :run AND json_extract(fields, '$.step') = :step
    AND json_extract(fields, '$.attempt') = :attempt
    AND coalesce(json_extract(fields, '$.channel'), json_extract(fields, '$.comment')) = :place;

-- name: requeue_outgoing(id, not_before, error)!
UPDATE outbox SET state = 'queued', not_before = :not_before, error = :error
WHERE id = :id AND NOT EXISTS (
    SELECT 1 FROM outbox AS other WHERE other.redraws <> '' AND other.state = 'queued' AND other.id <> :id
      AND other.redraws = (SELECT redraws FROM outbox WHERE id = :id));

-- name: drop_superseded(id)!
UPDATE outbox SET state = 'dropped', error = 'superseded' WHERE id = :id AND state = 'sending';

-- name: unsettled()
SELECT * FROM outbox WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'sending' ORDER BY id;

-- name: doubt_public()
-- Waited when a backup was made, and may have left since.
UPDATE outbox SET state = 'sending' WHERE state = 'queued' AND public RETURNING id;

-- name: outgoing_at(chat_id, message_id)^
SELECT * FROM outbox WHERE chat_id = :chat_id AND message_id = :message_id ORDER BY id DESC LIMIT 1;

-- name: next_due(first, last)$
SELECT min(not_before) FROM outbox WHERE state = 'queued' AND lane BETWEEN :first AND :last;

-- name: outbox_health()
SELECT lane, state, count(*) AS n, min(queued_at) AS oldest FROM outbox
WHERE state IN ('queued', 'sending', 'uncertain') GROUP BY lane, state;

-- name: get_card(subject)^
SELECT * FROM card WHERE subject = :subject;

-- name: put_card(subject, chat_id, message_id, shown)!
INSERT INTO card (subject, chat_id, message_id, shown) VALUES (:subject, :chat_id, :message_id, :shown)
ON CONFLICT (subject) DO UPDATE SET chat_id = excluded.chat_id, message_id = excluded.message_id, shown = excluded.shown;

-- name: cards_of(prefix)
-- One that is on its way counts too: it was drawn from what was true before.
SELECT subject FROM card WHERE subject >= :prefix AND subject < :prefix || char(1114111)
UNION SELECT redraws FROM outbox WHERE lane IN (0, 1, 2, 3, 4) AND state IN ('queued', 'sending', 'uncertain')
    AND state = 'sending' AND redraws >= :prefix AND redraws < :prefix || char(1114111)
ORDER BY 1;

-- name: reply_of(recipient)^
SELECT * FROM outbox WHERE kind = 'PublicReply' AND recipient = :recipient ORDER BY id DESC LIMIT 1;

-- name: unsure_replies(case_id)
-- Of all that was ever drafted for a case, also what was given up since: it may stand there all the same.
-- Two halves, since with OR it would read every reply that ever was.
SELECT outbox.* FROM draft_place JOIN outbox
    ON outbox.kind = 'PublicReply' AND outbox.recipient = 'draft:' || draft_place.draft
WHERE draft_place.case_id = :case_id AND outbox.state IN ('sending', 'uncertain')
UNION ALL
SELECT outbox.* FROM draft_place JOIN outbox
    ON outbox.kind = 'PublicReply' AND outbox.recipient > 'draft:' || draft_place.draft || ':'
        AND outbox.recipient < 'draft:' || draft_place.draft || ';'
WHERE draft_place.case_id = :case_id AND outbox.state IN ('sending', 'uncertain');

-- name: page_of(recipient, run, epoch, repeat)^
SELECT * FROM outbox WHERE kind = 'PageCard' AND recipient = :recipient AND json_extract(fields, '$.run') = :run
    AND json_extract(fields, '$.epoch') = :epoch AND json_extract(fields, '$.repeat') = :repeat ORDER BY id DESC LIMIT 1;

-- name: oldest_page()$
-- Since when a page has been waiting for Telegram.
SELECT min(queued_at) FROM outbox WHERE lane = 0 AND state IN ('queued', 'sending', 'uncertain') AND kind = 'PageCard';
