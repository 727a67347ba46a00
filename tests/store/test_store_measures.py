"""What the database itself refuses of a measure, whoever asks it to."""

import sqlite3
from dataclasses import replace

import pytest
from fakes import MORNING, comment, verdict

from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.comment import CommentId
from bot.domain.measure import Measure, MeasureId, State
from bot.domain.moderation import Ground, Remedy, Rule
from bot.domain.people import PersonId
from bot.domain.priority import assess
from bot.services.moderation_rows import Exhibit
from bot.store.database import Database

SPAM, TONE = Rule("spam", "Tidak beriklan", Ground.SPAM), Rule("bahasa", "Bahasa", Ground.ABUSE)


@pytest.fixture
async def begun(agency_case: tuple[Database, CaseId, CommentId]) -> tuple[Database, Measure]:
    database, case, kept = agency_case
    measure = Measure(
        MeasureId(0), case, kept, 1, State.CHOOSING, PersonId("ani"), MORNING, MORNING,
        protected=True, rule=SPAM, remedy=Remedy.DELETE,
    )  # fmt: skip
    async with database.transaction() as tx:
        number = await tx.measures.add(measure)
    return database, replace(measure, id=number)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.CONFIRMED},
        {"state": State.DONE, "decided_by": PersonId("ani")},
        {"rule": TONE},
        {"rule": TONE, "remedy": Remedy.BAN},
        {"rule": Rule("d", "D", Ground.PERSONAL_DATA), "remedy": Remedy.BAN},
    ],
)
async def test_no_row_says_that_criticism_went_by_one_person_or_for_its_tone(
    begun: tuple[Database, Measure], wrong: dict[str, object]
) -> None:
    database, measure = begun
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await tx.measures.save(replace(measure, **wrong))
    assert await database.read.measures.get(measure.id) == measure


async def test_two_persons_may_and_evidence_stays_as_it_is(begun: tuple[Database, Measure]) -> None:
    database, measure = begun
    shown = Exhibit(measure.comment, 0, "Toni", "Iklan", "", "", MORNING, "ab" * 32, MORNING)
    async with database.transaction() as tx:
        await tx.measures.save(replace(measure, state=State.DONE, decided_by=PersonId("kori")))
        await tx.measures.keep(measure.id, [shown])
        await tx.measures.keep(measure.id, [replace(shown, text="lain")])
    assert await database.read.measures.evidence(measure.id) == [shown]
    with sqlite3.connect(database.path) as beside, pytest.raises(sqlite3.IntegrityError, match="evidence"):
        beside.execute("UPDATE measure_evidence SET text = 'lain'")


@pytest.fixture
async def agency_case(database: Database) -> tuple[Database, CaseId, CommentId]:
    from_citizen = comment("Iklan")
    async with database.transaction() as tx:
        found = verdict("spam")
        weight = assess(found, sensitive=False)
        new = Case(CaseId(0), 1, CaseStatus.NEW, found, weight, MORNING, MORNING)
        case = await tx.cases.add(new)
        kept = await tx.comments.add(from_citizen, case, found)
    return database, case, kept
