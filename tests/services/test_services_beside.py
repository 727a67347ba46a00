"""A card is drawn from little while nothing but comments belongs to its case, and from all of it as soon as
anything does.
"""

import sqlite3
from contextlib import closing

import pytest
from agency import Agency
from fakes import comment, later

from bot.domain.case import CaseId
from bot.services.beside import NOTHING_YET, Beside, beside


async def things(agency: Agency, case: int) -> Beside:
    read = agency.database.read
    found = await read.cases.get(CaseId(case))
    assert found is not None
    return await beside(
        read, found, (await read.comments.of_case(CaseId(case)))[-1], agency.clusters.kinship.of
    )


async def test_beside_a_case_that_just_came_there_is_nothing(agency: Agency) -> None:
    case = await agency.receive(comment("Air mati", message="1", author="tg:9"))
    assert await things(agency, case) is NOTHING_YET
    assert await agency.receive(comment("di Melati", message="2", author="tg:9", at=later(5))) == case
    assert await things(agency, case) is NOTHING_YET, "what the citizen adds is no more than comments"


async def test_a_draft_is_there_also_when_it_was_rejected(agency: Agency) -> None:
    draft = await agency.waiting()
    assert (await things(agency, draft.case_id)).draft == await agency.draft(draft.id)
    await agency.approvals.reject(await agency.at("ratna", draft.id))
    assert (await things(agency, draft.case_id)).draft == await agency.draft(draft.id)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO draft_place VALUES (9, 1, 0)",
        "INSERT INTO cluster_member VALUES (1, 2, 'exact', 1, 0, NULL, '', 0)",
        "INSERT INTO cluster_member VALUES (2, 1, 'exact', 1, 0, NULL, '', 0)",
        "INSERT INTO cluster_offer VALUES (1, 2, 0.5, '')",
        "INSERT INTO cluster_offer VALUES (2, 1, 0.5, 'denial')",
        "INSERT INTO claim_comment VALUES (1, 7, 1, 'exact', 'tells', 'bot', 0)",
        """INSERT INTO data_request (case_id, unit, question, asked_by, asked_at, due_at, state)
        VALUES (1, 'bpbd', '?', 'sari', 0, 0, 'open')""",
        """INSERT INTO measure (case_id, comment, version, state, protected, proposed_by, opened_at,
        updated_at) VALUES (1, 1, 1, 'choosing', 0, 'sari', 0, 0)""",
        "INSERT INTO note (case_id, person, text, at) VALUES (1, 'sari', 'sudah ditelepon', 0)",
    ],
)
async def test_whatever_a_card_may_show_makes_it_read_everything(agency: Agency, sql: str) -> None:
    comments = agency.database.read.comments
    case = await agency.receive(comment("Air mati", message="1", author="tg:9"))
    kept = (await agency.comments(case))[-1]
    assert (case, kept.id) == (1, 1)
    assert await comments.are_all(CaseId(case), kept.id)
    with closing(sqlite3.connect(agency.database.path)) as beside_it, beside_it:
        beside_it.execute(sql)  # foreign keys are not held on this connection
    assert not await comments.are_all(CaseId(case), kept.id)
