"""The machine stood still before it could give an answer again: what was said or decided meanwhile counts."""

import sqlite3
from contextlib import closing

import pytest
from agency import Agency
from fakes import comment
from test_services_repeating import ASKED, answered, office, tick

from bot.clock import FakeClock
from bot.domain.case import CaseStatus
from bot.domain.outgoing import Notice, PublicReply
from bot.store.database import Database

AUTHOR, MESSAGE = "tg:9001", "501"


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    return await office(database, clock)


async def asked(town: Agency) -> int:
    """Somebody asks the very same after the answer; the timer has not fired yet."""
    await answered(town)
    return await town.receive(comment(ASKED, message=MESSAGE, author=AUTHOR, at=town.clock.now()))


async def waits_for_a_person(town: Agency, case: int) -> None:
    before = len(town.wire.of(PublicReply))
    await tick(town)
    assert (await town.case(case)).status is CaseStatus.NEW
    assert len(town.wire.of(PublicReply)) == before


async def is_told_of(town: Agency, case: int) -> None:
    await waits_for_a_person(town, case)
    assert [what.params["of"] for what in town.wire.of(Notice) if what.what == "asked_again"] == [1]


@pytest.mark.parametrize("words", ["Kapan lampu merah di simpang empat menyala?", f"{ASKED} Air juga mati."])
async def test_whoever_writes_other_words_before_the_timer_gets_no_answer_to_the_old_ones(
    town: Agency, words: str
) -> None:
    case = await asked(town)
    await town.receive(comment(words, message=MESSAGE, author=AUTHOR, at=town.clock.now()))
    await waits_for_a_person(town, case)


async def test_whoever_asks_one_thing_more_before_the_timer_gets_no_half_answer(town: Agency) -> None:
    case = await asked(town)
    more = comment("Satu lagi, lampunya juga mati.", message="502", author=AUTHOR, at=town.clock.now())
    assert (await town.intake.receive(more, town.cause())).case == case
    await town.receive(comment(f"{ASKED} 🙏", message=MESSAGE, author=AUTHOR, at=town.clock.now()))
    await waits_for_a_person(town, case)


async def test_during_a_freeze_nothing_is_approved_that_would_leave_at_its_end(town: Agency) -> None:
    case = await asked(town)
    with closing(sqlite3.connect(town.database.path)) as beside:
        beside.execute("INSERT INTO hold (run, step, scope, at) VALUES (1, 'tahan', 'replies', 0)")
        beside.commit()
    await is_told_of(town, case)


async def test_under_the_lock_nothing_is_approved_that_would_leave_at_its_end(town: Agency) -> None:
    case = await asked(town)
    await town.team.lock(town.tap("sari", 0))
    await is_told_of(town, case)
    for name in ("ratna", "eko"):
        await town.team.unlock(town.tap(name, 0))
    await town.settle()
    assert len(town.wire.of(PublicReply)) == 1


async def test_who_asked_no_more_than_the_first_is_answered_however_late(town: Agency) -> None:
    case = await asked(town)
    town.clock.advance(1800)
    await tick(town)
    assert (await town.case(case)).status is CaseStatus.ANSWERED
