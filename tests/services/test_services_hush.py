"""Quiet hours are looked at when a message leaves: what may wait makes no sound, what may not does."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from fakes import comment, verdict
from watch_house import PEOPLE, ROTAS, SARI, SEVEN, WatchHouse

from bot.clock import FakeClock
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.outgoing import (
    TRIAGE,
    CaseCard,
    DraftCard,
    Lane,
    Notice,
    Outgoing,
    OutgoingId,
    PageCard,
    Prompt,
    Queued,
    SendState,
    recipient,
    to_person,
)
from bot.domain.people import PersonId
from bot.domain.priority import Priority, Urgency
from bot.domain.quiet import QuietHours
from bot.domain.reply import Draft, DraftId, DraftState
from bot.domain.rota import Override
from bot.services.hush import Hush
from bot.services.oncall import OnCall
from bot.services.people import Directory
from bot.store.database import Database

NIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""Monday 23.00 in Jakarta. Sari has the day and the night; Made sleeps."""
MADE = PersonId("made")


@pytest.fixture
def house(database: Database, clock: FakeClock) -> WatchHouse:
    clock.advance((NIGHT - clock.now()).total_seconds())
    made = WatchHouse(database, clock)
    people = {person: replace(known, quiet=QuietHours(time(22), time(5))) for person, known in PEOPLE.items()}
    made.oncall = OnCall(database, Directory(people), ROTAS, made.oncall.hours)
    return made


async def hushed(house: WatchHouse, what: Outgoing) -> bool:
    row = Queued(OutgoingId(1), what, Lane.APPROVAL, recipient(what), SendState.SENDING, 1)
    return await Hush(house.database, house.oncall, house.clock).covers(row)


async def draft(house: WatchHouse, urgency: Urgency, *, sensitive: bool = False) -> DraftId:
    now = house.clock.now()
    case = Case(
        CaseId(0), 1, CaseStatus.DRAFTED, verdict("question"), Priority(urgency, ()), now, now,
        sensitive=sensitive,
    )  # fmt: skip
    async with house.database.transaction() as tx:
        number = await tx.cases.add(case)
        about = await tx.comments.add(comment(), number, verdict("question"))
        written = Draft(
            id=DraftId(0), case_id=number, comment_id=about, revision=1, text="Baik.",
            authors=(SARI,), state=DraftState.WAITING, version=1, created_at=now,
        )  # fmt: skip
        return await tx.drafts.add(written)


async def test_a_notice_waits_silently_and_a_life_or_an_incident_does_not(house: WatchHouse) -> None:
    for what in ("suspended", "swap_asked", "draft_returned", "reach_silent"):
        assert await hushed(house, Notice(to_person(MADE), what))
    for what in ("care_expired", "no_companion", "playbook_notify", "lost_place"):
        assert not await hushed(house, Notice(to_person(MADE), what))
    assert await hushed(house, Prompt(to_person(MADE), "return_note", MADE, "return:1:1"))
    assert not await hushed(house, PageCard(1, MADE, 1))
    assert not await hushed(house, Notice(TRIAGE, "suspended"))
    assert not await hushed(house, CaseCard(CaseId(1)))


async def test_it_is_the_readers_own_night_and_nobodys_who_is_on_call(house: WatchHouse) -> None:
    notice = Notice(to_person(SARI), "suspended")
    assert not await hushed(house, notice)  # Sari has the shift
    async with house.database.transaction() as tx:
        taken = Override("medsos", SEVEN, NIGHT.replace(hour=23), MADE, SARI)
        await tx.shifts.put_in(taken, "ratna", NIGHT)
    assert await hushed(house, notice)
    assert not await hushed(house, Notice(to_person(MADE), "suspended"))
    house.clock.advance(6 * 3600)  # 05.00
    assert not await hushed(house, notice)
    assert not await hushed(house, Notice(to_person(PersonId("mantan")), "suspended"))


async def test_a_draft_wakes_a_coordinator_only_for_an_emergency_or_a_life(house: WatchHouse) -> None:
    ratna = PersonId("ratna")
    assert await hushed(house, DraftCard(await draft(house, Urgency.HIGH), ratna))
    assert not await hushed(house, DraftCard(await draft(house, Urgency.EMERGENCY), ratna))
    assert not await hushed(house, DraftCard(await draft(house, Urgency.LOW, sensitive=True), ratna))
    assert await hushed(house, DraftCard(DraftId(999), ratna))
