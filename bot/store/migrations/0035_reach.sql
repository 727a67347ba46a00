-- How far a comment went, as far as a file or the replies to it tell; where a file's comment was written.
ALTER TABLE comment ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN answers TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN reacted INTEGER NOT NULL DEFAULT 0;
-- Who answered it: each of them once, in the order of the index.
CREATE INDEX comment_answers ON comment (platform, thread, answers, author_key) WHERE answers <> '';

-- Where an answer is being corrected: when that began, what was corrected before, and what it took up; for whoever
-- takes it back at once.
ALTER TABLE amended ADD COLUMN at INTEGER;
ALTER TABLE amended ADD COLUMN was INTEGER;
ALTER TABLE amended ADD COLUMN opened TEXT NOT NULL DEFAULT '[]';
