-- To whom the words of a reply hand the matter: once they stand in public, the case is not ours any more.
ALTER TABLE draft ADD COLUMN hands_over TEXT NOT NULL DEFAULT '';
-- The number under which SP4N-LAPOR! has the matter, as people typed it.
ALTER TABLE case_ ADD COLUMN lapor TEXT NOT NULL DEFAULT '';
CREATE INDEX case_lapor ON case_ (lapor, id) WHERE lapor <> '';
-- The unit that a case is for; whoever of it takes the case has it.
ALTER TABLE case_ ADD COLUMN unit TEXT NOT NULL DEFAULT '';
CREATE INDEX case_unit ON case_ (unit, urgency, opened_at)
    WHERE unit <> '' AND status IN ('new', 'assigned', 'drafted', 'snoozed');
