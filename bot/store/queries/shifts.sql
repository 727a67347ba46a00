-- "+id" sorts by it and still looks by the index of what is open.
-- name: add_override(rota, begins, ends, person, instead_of, set_by, set_at, swap)$
INSERT INTO override (rota, begins, ends, person, instead_of, set_by, set_at, swap)
VALUES (:rota, :begins, :ends, :person, :instead_of, :set_by, :set_at, :swap) RETURNING id;

-- name: overrides_after(at)
SELECT * FROM override WHERE cancelled_at IS NULL AND ends > :at ORDER BY +id;

-- name: cancel_override(id, at)$
UPDATE override SET cancelled_at = :at WHERE id = :id AND cancelled_at IS NULL AND ends > :at RETURNING id;

-- name: add_leave(person, begins, ends, stand_in, set_by, set_at)$
INSERT INTO leave_ (person, begins, ends, stand_in, set_by, set_at)
VALUES (:person, :begins, :ends, :stand_in, :set_by, :set_at) RETURNING id;

-- name: leaves_after(at)
SELECT * FROM leave_ WHERE cancelled_at IS NULL AND ends > :at ORDER BY +id;

-- name: cancel_leave(id, at)$
UPDATE leave_ SET cancelled_at = :at WHERE id = :id AND cancelled_at IS NULL AND ends > :at RETURNING id;

-- name: add_swap(giver, taker, rota, begins, ends, back_rota, back_begins, back_ends, asked_by, asked_at, expires_at, agreed, state)$
INSERT INTO swap (giver, taker, rota, begins, ends, back_rota, back_begins, back_ends, asked_by, asked_at, expires_at, agreed, state)
VALUES (:giver, :taker, :rota, :begins, :ends, :back_rota, :back_begins, :back_ends, :asked_by, :asked_at, :expires_at, :agreed, :state) RETURNING id;

-- name: save_swap(id, agreed, state)!
UPDATE swap SET agreed = :agreed, state = :state WHERE id = :id;

-- name: get_swap(id)^
SELECT * FROM swap WHERE id = :id;

-- name: swaps_asked(at)
SELECT * FROM swap WHERE state = 'asked' AND expires_at > :at ORDER BY +id;

-- name: ask_reach(round, person, at)!
INSERT INTO reach_test (round, person, asked_at) VALUES (:round, :person, :at) ON CONFLICT (round, person) DO NOTHING;

-- name: answer_reach(round, person, at)$
UPDATE reach_test SET answered_at = coalesce(answered_at, :at) WHERE round = :round AND person = :person RETURNING round;

-- name: reach_round(round)
SELECT person, answered_at FROM reach_test WHERE round = :round ORDER BY person;

-- name: write_handover(rota, begins, person, at, text)!
INSERT INTO handover_note (rota, begins, person, written_at, text) VALUES (:rota, :begins, :person, :at, :text)
ON CONFLICT (rota, begins, person) DO UPDATE SET written_at = excluded.written_at, text = excluded.text;

-- name: handover_notes(rota, begins)
SELECT person, text FROM handover_note WHERE rota = :rota AND begins = :begins ORDER BY written_at;
