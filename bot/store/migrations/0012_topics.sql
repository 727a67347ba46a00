-- Where the crisis chat is a forum: the topic of each incident there.
CREATE TABLE topic (
    run       INTEGER NOT NULL REFERENCES run (id),
    chat_id   INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    PRIMARY KEY (run, chat_id)
);
