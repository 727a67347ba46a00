"""The store fails while many are taken up for one answer: nobody is left in a draft that nobody sees."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest
from agency import PLAIN, Agency, short
from fakes import FixedDuty, later
from test_services_clusters import COPIES, spread
from test_services_correcting import RIGHT, WRONG, S, approved, asked, opened, said, statuses

from bot.clock import FakeClock
from bot.domain.errors import UnusableTemplate
from bot.domain.reply import DraftState
from bot.store.database import Database


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    return await opened(database, clock, most=3)


async def dies(monkeypatch: pytest.MonkeyPatch, press: Awaitable[object]) -> None:
    """Whoever is to approve cannot be read: all else of the press is written by then."""

    async def find(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as dead:
        dead.setattr(FixedDuty, "find", find)
        with pytest.raises(OSError, match="disk"):
            await press


async def test_later_askers_are_asked_about_when_the_same_press_comes_again(
    town: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = await spread(town, 1)
    await approved(town, await asked(town, lead, WRONG))
    for number in (2, 3):
        await town.receive(COPIES[number], at=later(7200 + number))
    tap = await town.on("joko", lead)
    await dies(monkeypatch, town.answering.answer_rest(tap))
    assert await statuses(town, range(lead, lead + 4)) == {S.ANSWERED: 2, S.NEW: 2}
    draft = await town.answering.answer_rest(tap)
    assert (draft.state, len(draft.targets)) == (DraftState.WAITING, 2)
    assert (await town.answering.answer_rest(tap)).id == draft.id, "delivered twice it asks once"
    await approved(town, draft)
    assert await said(town, range(lead, lead + 4)) == {WRONG: 4}


async def test_whoever_still_has_the_old_words_gets_the_better_ones_when_the_same_press_comes_again(
    town: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = await spread(town, 4)
    await approved(town, await asked(town, lead, WRONG))
    await approved(town, await town.answering.answer_rest(await town.on("sari", lead)))
    await town.answering.correcting.correct_all(await town.on("sari", lead))
    await approved(town, await asked(town, lead, RIGHT))
    assert await said(town, range(lead, lead + 5)) == {RIGHT: 4, WRONG: 1}
    tap = await town.on("sari", lead)
    await dies(monkeypatch, town.answering.correcting.correct_rest(tap))
    assert await statuses(town, range(lead, lead + 5)) == {S.ANSWERED: 5}
    draft = await town.answering.correcting.correct_rest(tap)
    assert draft is not None
    assert draft.state is DraftState.WAITING
    await approved(town, draft)
    assert await said(town, range(lead, lead + 5)) == {RIGHT: 5}


async def test_a_refusal_is_said_and_not_taken_for_a_press_that_was_done(town: Agency) -> None:
    lead = await spread(town, 1)
    draft = await town.replies.use_template(await town.on("sari", lead), short(PLAIN))
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    await approved(town, await town.approvals.submit(await town.at("sari", draft.id)))
    number = await town.receive(COPIES[2], at=later(7200))
    before = await town.case(number)
    town.clock.advance(timedelta(days=400).total_seconds())
    tap = replace(await town.on("sari", lead), cause="u:77")
    with pytest.raises(UnusableTemplate) as refused:
        await town.answering.answer_rest(tap)
    assert await town.case(number) == before
    assert await town.team.denied("sari", refused.value, f"case:{lead}", "u:77")
