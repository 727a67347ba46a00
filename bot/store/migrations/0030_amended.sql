-- Where an answer is being corrected: words of this draft and of any before it are those that were wrong.
CREATE TABLE amended (
    lead  INTEGER NOT NULL PRIMARY KEY REFERENCES case_ (id),
    draft INTEGER NOT NULL
);
