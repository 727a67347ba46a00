-- name: word_hits(match, below, above, limit_, labels, statuses, since, until, like_)
-- A verdict begins with its list of labels: looking into the text costs a tenth of reading it as JSON.
-- Newest first. Those that the filters leave out are told too, so that whoever asks knows how far it has looked.
SELECT comment.id AS id, comment.case_id AS case_id, NOT case_.sensitive
    AND comment.received_at >= :since AND comment.received_at < :until
    AND (:statuses = '[]' OR case_.status IN (SELECT value FROM json_each(:statuses)))
    AND (:like_ = 0 OR comment.case_id = :like_ OR EXISTS (
        SELECT 1 FROM cluster_member WHERE cluster_member.case_id = comment.case_id AND lead = :like_))
    AND (:labels = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:labels) AS wanted
        WHERE instr(substr(case_.verdict, 1, instr(case_.verdict, ']')), json_quote(wanted.value)) = 0)) AS fits
FROM (SELECT rowid AS id FROM comment_words WHERE comment_words MATCH :match AND rowid < :below AND rowid >= :above
    ORDER BY rowid DESC LIMIT :limit_) AS hit
CROSS JOIN comment ON comment.id = hit.id CROSS JOIN case_ ON case_.id = comment.case_id
ORDER BY comment.id DESC;

-- name: newest_hit(match, case_id, until)$
-- The newest comment of a case that has the words: there, and nowhere else, the case is shown.
SELECT id FROM comment WHERE case_id = :case_id AND received_at < :until AND EXISTS (
    SELECT 1 FROM comment_words WHERE comment_words MATCH :match AND rowid = comment.id)
ORDER BY id DESC LIMIT 1;

-- name: case_hits(below, above, limit_, labels)
SELECT id, id AS case_id, NOT sensitive AND (:labels = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:labels) AS wanted
        WHERE instr(substr(verdict, 1, instr(verdict, ']')), json_quote(wanted.value)) = 0)) AS fits
FROM case_ WHERE id < :below AND id >= :above ORDER BY id DESC LIMIT :limit_;

-- name: case_hits_in(status, below, above, limit_, labels)
SELECT id, id AS case_id, NOT sensitive AND (:labels = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:labels) AS wanted
        WHERE instr(substr(verdict, 1, instr(verdict, ']')), json_quote(wanted.value)) = 0)) AS fits
FROM case_ WHERE status = :status AND id < :below AND id >= :above ORDER BY id DESC LIMIT :limit_;

-- name: first_since(since)$
-- Numbers of comments go up with the time at which they came.
SELECT id FROM comment WHERE received_at >= :since ORDER BY received_at, id LIMIT 1;

-- name: case_hits_like(like_, below, above, limit_, labels, statuses)
SELECT case_.id AS id, case_.id AS case_id, NOT sensitive
    AND (:statuses = '[]' OR status IN (SELECT value FROM json_each(:statuses)))
    AND (:labels = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:labels) AS wanted
        WHERE instr(substr(verdict, 1, instr(verdict, ']')), json_quote(wanted.value)) = 0)) AS fits
FROM (SELECT :like_ AS id UNION ALL SELECT case_id FROM cluster_member WHERE lead = :like_) AS part
CROSS JOIN case_ ON case_.id = part.id WHERE part.id < :below AND part.id >= :above ORDER BY part.id DESC LIMIT :limit_;

-- name: lead_of(case_id)$
SELECT lead FROM cluster_member WHERE case_id = :case_id;

-- name: first_opened(since)$
SELECT id FROM case_ WHERE opened_at >= :since ORDER BY opened_at, id LIMIT 1;

-- name: keep_search(person, wanted, pages, at)<!
INSERT INTO search (person, wanted, pages, at) VALUES (:person, :wanted, :pages, :at) RETURNING id;

-- name: get_search(id)^
SELECT * FROM search WHERE id = :id;

-- name: page_search(id, pages)!
UPDATE search SET pages = :pages WHERE id = :id;

-- name: forget_searches(before)!
DELETE FROM search WHERE at < :before;

-- name: index_state()^
SELECT made_by, filled, dropped, swept, swept_at, sweeping, coalesce((SELECT max(id) FROM comment), 0) AS newest,
    EXISTS (SELECT 1 FROM claim_unwritten) AS claims
FROM word_index;

-- name: unwritten(limit_)
SELECT comment.id AS id, CASE WHEN case_.sensitive THEN '' ELSE comment.text END AS text,
    CASE WHEN case_.sensitive THEN '' ELSE comment.author_name END AS name
FROM comment JOIN case_ ON case_.id = comment.case_id
WHERE comment.id > (SELECT filled FROM word_index) ORDER BY comment.id LIMIT :limit_;

-- name: write_words(id, words, name)!
INSERT OR REPLACE INTO comment_words (rowid, words, name) VALUES (:id, :words, :name);

-- name: words_filled(filled)!
UPDATE word_index SET filled = :filled;

-- name: words_anew(made_by)!
UPDATE word_index SET made_by = :made_by, filled = 0;

-- name: unwritten_claims(limit_)
SELECT claim.id AS id, claim.statement AS text FROM claim_unwritten CROSS JOIN claim ON claim.id = claim_unwritten.claim
ORDER BY claim_unwritten.claim LIMIT :limit_;

-- name: write_claim_words(id, words)!
INSERT OR REPLACE INTO claim_words (rowid, words) VALUES (:id, :words);

-- name: claim_written(id)!
DELETE FROM claim_unwritten WHERE claim = :id;

-- name: claims_anew()!
INSERT OR IGNORE INTO claim_unwritten SELECT id FROM claim;

-- name: claims_with(match, limit_)
-- Newest first; those of an imported list too, since somebody asks for them by their words.
SELECT claim.id AS id, claim.statement AS statement
FROM (SELECT rowid AS id FROM claim_words WHERE claim_words MATCH :match ORDER BY rowid DESC LIMIT :limit_) AS hit
CROSS JOIN claim ON claim.id = hit.id ORDER BY claim.id DESC;

-- name: begin_sweep()!
UPDATE word_index SET sweeping = dropped;

-- name: end_sweep(at)!
UPDATE word_index SET swept = sweeping, swept_at = :at, sweeping = NULL WHERE sweeping IS NOT NULL;

-- name: merge_words(pages)!
-- A negative number begins: every old page is to be written anew. Positive ones go on, so many pages at a time.
INSERT INTO comment_words (comment_words, rank) VALUES ('merge', :pages);

-- name: changes_so_far()$
SELECT total_changes();
