-- Who was given the words of somebody at risk: they alone read and answer that case. `playbook` named them.
CREATE TABLE companion (
    case_id  INTEGER NOT NULL REFERENCES case_ (id),
    person   TEXT    NOT NULL,
    playbook TEXT    NOT NULL,
    PRIMARY KEY (case_id, person)
);
-- Until now only the messages told who that was; every one of them was sent by a run of one playbook.
INSERT INTO companion (case_id, person, playbook)
SELECT DISTINCT json_extract(fields, '$.case'), json_extract(fields, '$.person'), coalesce((
    SELECT playbook_version.id FROM evidence
    JOIN comment ON comment.id = evidence.comment
    JOIN run ON run.id = evidence.run
    JOIN playbook_version ON playbook_version.sha256 = run.playbook_sha
    WHERE comment.case_id = json_extract(outbox.fields, '$.case') ORDER BY run.id DESC LIMIT 1), '')
FROM outbox WHERE kind = 'Original';

ALTER TABLE draft ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
