-- Until when the citizen is to have a first answer; nothing once they have it, or where nothing was promised.
ALTER TABLE case_ ADD COLUMN due_at INTEGER;
