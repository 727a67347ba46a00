-- A timer that could not be fired is tried again later: how often it failed, and when it was due at first.
ALTER TABLE timer ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE timer ADD COLUMN was_due INTEGER;
