-- name: export_after(since, until, received, id, limit_)
-- Oldest first, page by page; of each comment the text that stands, and the latest answer that its case got.
SELECT comment.*, case_.verdict AS case_verdict, case_.status, case_.urgency, case_.assignee, case_.sensitive,
    case_.due_at, answer.text AS answer, answer.posted_at, answer.decided_by
FROM comment JOIN case_ ON case_.id = comment.case_id
LEFT JOIN draft AS answer ON answer.id = (
    SELECT draft.id FROM draft_place JOIN draft ON draft.id = draft_place.draft
    WHERE draft_place.case_id = case_.id AND draft.state = 'posted' ORDER BY draft.posted_at DESC, draft.id DESC LIMIT 1)
WHERE comment.received_at >= :since AND comment.received_at < :until
  AND (comment.received_at, comment.id) > (:received, :id)
  AND NOT EXISTS (SELECT 1 FROM comment AS later WHERE later.platform = comment.platform
    AND later.thread = comment.thread AND later.message = comment.message AND later.revision > comment.revision)
ORDER BY comment.received_at, comment.id LIMIT :limit_;
