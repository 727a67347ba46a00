-- name: import_moved(sha256, file, comments, far, moved_at)!
INSERT INTO importing (sha256, file, comments, far, moved_at) VALUES (:sha256, :file, :comments, :far, :moved_at)
ON CONFLICT (sha256) DO UPDATE SET file = excluded.file, far = excluded.far, moved_at = excluded.moved_at;

-- name: import_over(sha256, file)!
-- A corrected file is another one under the same name: what was cut off of the wrong one is settled with it.
DELETE FROM importing WHERE sha256 = :sha256 OR file = :file;

-- name: imports_under_way()
SELECT file, comments, far, moved_at FROM importing ORDER BY moved_at;

-- name: forget_imports(before)!
DELETE FROM importing WHERE moved_at < :before;
