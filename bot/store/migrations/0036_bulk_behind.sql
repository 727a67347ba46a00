-- How many stood behind a card and were closed with it: the card of the whole act counts them, and read the journal for it.
ALTER TABLE bulk_case ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
UPDATE bulk_case SET behind = coalesce((
    SELECT json_extract(journal.canonical, '$[5].behind') FROM journal
    WHERE journal.cause <> '' AND journal.cause = 'bulk:' || bulk_case.bulk || ':' || bulk_case.case_id
      AND journal.action = 'close'), 0)
WHERE how = 'done';
