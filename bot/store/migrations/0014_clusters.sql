-- Cases that say the same as another one, the lead. `shown`: it has a card of its own all the same. `via`: the
-- lead with which it came, where two such groups were put together.
CREATE TABLE cluster_member (
    case_id INTEGER NOT NULL PRIMARY KEY REFERENCES case_ (id),
    lead    INTEGER NOT NULL REFERENCES case_ (id),
    how     TEXT    NOT NULL CHECK (how IN ('exact', 'near', 'person')),
    share   REAL    NOT NULL,
    shown   INTEGER NOT NULL,
    via     INTEGER,
    person  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    CHECK (case_id <> lead)
);
CREATE INDEX cluster_lead ON cluster_member (lead, case_id);
-- What is only alike, for a person to judge. `why`: what speaks against it.
CREATE TABLE cluster_offer (
    case_id INTEGER NOT NULL REFERENCES case_ (id),
    lead    INTEGER NOT NULL REFERENCES case_ (id),
    share   REAL    NOT NULL,
    why     TEXT    NOT NULL,
    PRIMARY KEY (case_id, lead)
);
CREATE INDEX cluster_offered ON cluster_offer (lead, why);
