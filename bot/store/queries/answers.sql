-- name: takeable_members(lead, person, limit_)
-- Those behind this card for whom this person may still take up the words, the longest waiting first.
SELECT cluster_member.case_id FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive AND case_.urgency > 0
  AND case_.status IN ('new', 'assigned', 'snoozed') AND (case_.assignee IS NULL OR case_.assignee = :person)
  AND NOT EXISTS (SELECT 1 FROM draft_place WHERE draft_place.case_id = case_.id AND draft_place.live)
ORDER BY cluster_member.case_id LIMIT :limit_;

-- name: count_free(lead)$
-- How many wait behind this card without words on their way.
SELECT count(*) FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive AND case_.urgency > 0
  AND case_.status IN ('new', 'assigned', 'snoozed')
  AND NOT EXISTS (SELECT 1 FROM draft_place WHERE draft_place.case_id = case_.id AND draft_place.live);

-- name: holder_behind(lead, person)$
-- Somebody else who has one of them.
SELECT case_.assignee FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive AND case_.urgency > 0
  AND case_.status IN ('assigned', 'snoozed') AND case_.assignee <> :person
  AND NOT EXISTS (SELECT 1 FROM draft_place WHERE draft_place.case_id = case_.id AND draft_place.live)
ORDER BY cluster_member.case_id LIMIT 1;

-- name: answered_members(lead, draft, limit_)
-- Behind this card, with words that are no newer than that draft: who has the oldest ones first.
SELECT cluster_member.case_id, (
    SELECT max(draft_place.draft) FROM draft_place WHERE draft_place.case_id = cluster_member.case_id) AS last
FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive
  AND case_.status = 'answered' AND last <= max(:draft, coalesce(
    (SELECT amended.draft FROM amended WHERE amended.lead = cluster_member.case_id), 0))
ORDER BY last, cluster_member.case_id LIMIT :limit_;

-- name: count_answered(lead, draft)$
SELECT count(*) FROM cluster_member JOIN case_ ON case_.id = cluster_member.case_id
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown AND NOT case_.sensitive AND case_.status = 'answered'
  AND (SELECT max(draft_place.draft) FROM draft_place WHERE draft_place.case_id = cluster_member.case_id)
    <= max(:draft, coalesce((SELECT amended.draft FROM amended WHERE amended.lead = cluster_member.case_id), 0));

-- name: newest_draft()$
SELECT max(id) FROM draft;

-- name: put_amended(lead, draft, at, opened)!
INSERT INTO amended (lead, draft, at, opened) VALUES (:lead, :draft, :at, :opened)
ON CONFLICT (lead) DO UPDATE SET was = amended.draft, draft = excluded.draft, at = excluded.at, opened = excluded.opened;

-- name: get_amended(lead)$
SELECT draft FROM amended WHERE lead = :lead;

-- name: get_begun(lead)^
SELECT at, opened FROM amended WHERE lead = :lead AND at IS NOT NULL;

-- name: drop_amended(lead)!
DELETE FROM amended WHERE lead = :lead AND was IS NULL;

-- name: restore_amended(lead)!
UPDATE amended SET draft = was, was = NULL, at = NULL, opened = '[]' WHERE lead = :lead;

-- name: pass_on_amended(lead)!
-- Its card will stand behind another: whoever got the old words under it has them still.
INSERT INTO amended (lead, draft)
SELECT cluster_member.case_id, amended.draft FROM cluster_member JOIN amended ON amended.lead = cluster_member.lead
WHERE cluster_member.lead = :lead AND NOT cluster_member.shown
ON CONFLICT (lead) DO UPDATE SET draft = max(amended.draft, excluded.draft);

-- name: correction_of(lead, draft)^
-- The first words that stood on this card after those of that draft.
SELECT draft.* FROM draft_place JOIN draft ON draft.id = draft_place.draft
WHERE draft_place.case_id = :lead AND draft_place.draft > :draft AND NOT draft_place.live
  AND draft.state IN ('approved', 'posted') ORDER BY draft_place.draft LIMIT 1;

-- name: drafts_behind(lead)
-- What waits for a decision, or leaves, for a case and for those behind its card. From the few drafts that live.
SELECT draft.* FROM draft WHERE draft.state IN ('waiting', 'approved') AND NOT draft.private
  AND draft.id IN (SELECT draft_place.draft FROM draft_place WHERE draft_place.live)
  AND (draft.case_id = :lead OR EXISTS (SELECT 1 FROM cluster_member
    WHERE cluster_member.case_id = draft.case_id AND cluster_member.lead = :lead AND NOT cluster_member.shown))
ORDER BY draft.id;
