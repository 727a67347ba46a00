-- name: count_replies(platform, thread, message, author_key, most)$
-- Whoever answered it, each once; the index tells them in its order, so that it stops at the most that is asked for.
SELECT count(*) FROM (SELECT DISTINCT author_key FROM comment INDEXED BY comment_answers
    WHERE platform = :platform AND thread = :thread AND answers = :message AND answers <> ''
    AND author_key <> '' AND author_key <> :author_key LIMIT :most);

-- name: save_reach(id, seen, reacted)!
UPDATE comment SET seen = :seen, reacted = :reacted WHERE id = :id;

-- name: networks_of(comments)
-- Where the comments of a file were written that one text answers.
SELECT DISTINCT network FROM comment WHERE id IN (SELECT value FROM json_each(:comments)) AND network <> '';
