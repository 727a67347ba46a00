-- name: link_person(person, telegram_id, at)!
INSERT INTO person_link (person, telegram_id, linked_at) VALUES (:person, :telegram_id, :at)
ON CONFLICT (person) DO UPDATE SET telegram_id = excluded.telegram_id, linked_at = excluded.linked_at, reachable = 1;

-- name: unlink_telegram(telegram_id)!
DELETE FROM person_link WHERE telegram_id = :telegram_id;

-- name: links()
SELECT person_link.person, telegram_id, reachable, suspension.person IS NOT NULL AS suspended
FROM person_link LEFT JOIN suspension ON suspension.person = person_link.person;

-- name: link_of(telegram_id)
SELECT person_link.person, telegram_id, reachable, suspension.person IS NOT NULL AS suspended
FROM person_link LEFT JOIN suspension ON suspension.person = person_link.person WHERE telegram_id = :telegram_id;

-- name: set_reachable(person, reachable)!
UPDATE person_link SET reachable = :reachable WHERE person = :person;

-- name: suspend(person, why, at)!
INSERT INTO suspension (person, why, at) VALUES (:person, :why, :at)
ON CONFLICT (person) DO UPDATE SET why = excluded.why;

-- name: unsuspend(person)!
DELETE FROM suspension WHERE person = :person;

-- name: add_invitation(sha256, person, expires_at)!
INSERT INTO invitation (sha256, person, expires_at) VALUES (:sha256, :person, :expires_at);

-- name: use_invitation(sha256, at)$
UPDATE invitation SET used_at = :at WHERE sha256 = :sha256 AND used_at IS NULL AND expires_at > :at RETURNING person;

-- name: add_alias(old_id, new_id)!
INSERT INTO chat_alias (old_id, new_id) VALUES (:old_id, :new_id)
ON CONFLICT (old_id) DO UPDATE SET new_id = excluded.new_id;

-- name: aliases()
SELECT old_id, new_id FROM chat_alias;

-- name: lock_public(person, at)!
INSERT INTO public_lock (id, person, at) VALUES (1, :person, :at) ON CONFLICT (id) DO UPDATE SET unlock_by = NULL;

-- name: ask_unlock(person)!
UPDATE public_lock SET unlock_by = :person WHERE id = 1;

-- name: unlock_public()!
DELETE FROM public_lock WHERE id = 1;

-- name: public_lock()^
SELECT * FROM public_lock WHERE id = 1;
