-- name: add_comment(case_id, platform, thread, message, revision, author_key, author_name, text, link, context, media, written_at, received_at, verdict, network, answers, seen, reacted)<!
INSERT INTO comment (case_id, platform, thread, message, revision, author_key, author_name, text, link, context, media,
    written_at, received_at, verdict, network, answers, seen, reacted)
VALUES (:case_id, :platform, :thread, :message, :revision, :author_key, :author_name, :text, :link, :context, :media,
    :written_at, :received_at, :verdict, :network, :answers, :seen, :reacted)
RETURNING id;

-- name: latest_revision(platform, thread, message)^
SELECT * FROM comment WHERE platform = :platform AND thread = :thread AND message = :message
ORDER BY revision DESC LIMIT 1;

-- name: latest_in_chat(platform, from_, to_, message)^
-- Whatever thread it stands in: asked of every message that does not tell its own, also of each new one.
SELECT * FROM comment WHERE platform = :platform AND message = :message AND thread > :from_ AND thread < :to_
ORDER BY revision DESC, id DESC LIMIT 1;

-- name: get_comment(id)^
SELECT * FROM comment WHERE id = :id;

-- name: comments_of_case(case_id)
SELECT * FROM comment WHERE case_id = :case_id ORDER BY id;

-- name: latest_by_author(platform, thread, author_key)^
-- The index holds only those with a key, and serves only a query that says so.
SELECT comment.* FROM comment JOIN case_ ON case_.id = comment.case_id
WHERE comment.author_key = :author_key AND comment.author_key <> '' AND comment.platform = :platform
  AND comment.thread = :thread
  AND case_.status IN ('new', 'assigned', 'drafted', 'snoozed', 'answered')
ORDER BY comment.written_at DESC, comment.id DESC LIMIT 1;

-- name: recent_comments(since, limit_)
SELECT * FROM comment WHERE received_at >= :since ORDER BY received_at DESC, id DESC LIMIT :limit_;

-- name: recent_of_label(label, since, limit_)
SELECT * FROM comment WHERE received_at >= :since
  AND EXISTS (SELECT 1 FROM json_each(comment.verdict, '$[0]') AS sure WHERE sure.value = :label)
  AND NOT EXISTS (SELECT 1 FROM comment AS later WHERE later.platform = comment.platform
    AND later.thread = comment.thread AND later.message = comment.message AND later.revision > comment.revision)
ORDER BY received_at DESC, id DESC LIMIT :limit_;

-- name: map_post(chat_id, thread, channel, post, text, link)!
INSERT INTO post_thread (chat_id, thread, channel, post, text, link)
VALUES (:chat_id, :thread, :channel, :post, :text, :link)
ON CONFLICT (chat_id, thread) DO UPDATE SET text = excluded.text, link = excluded.link;

-- name: post_of(chat_id, thread)^
SELECT * FROM post_thread WHERE chat_id = :chat_id AND thread = :thread;
