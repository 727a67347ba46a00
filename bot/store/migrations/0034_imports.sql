-- A file of comments that is coming in (`tanggap import`): which, how far, and when it went on last. A row goes
-- when its file is in; one that stays belongs to an import that was cut off, and whoever looks is told.
CREATE TABLE importing (
    sha256 TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    comments INTEGER NOT NULL,
    far INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT;
