-- What became of one page in Telegram is asked when its turn comes to leave by another way.
CREATE INDEX IF NOT EXISTS outbox_page ON outbox (recipient) WHERE kind = 'PageCard';
