-- A message that does not tell its thread is found by its number; the unique index begins with the thread.
CREATE INDEX comment_number ON comment (platform, message, thread);
