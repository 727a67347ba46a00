-- The templates of a reply after its first one: [[id, version], …].
ALTER TABLE draft ADD COLUMN snippets TEXT NOT NULL DEFAULT '[]';
