"""Many comments at once: few cards, nothing lost, every emergency on the board within seconds."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from agency import Agency
from fakes import verdict

from bot.domain.attention import CardBudget
from bot.domain.case import CaseStatus, CloseReason
from bot.domain.outgoing import CaseCard, IncidentCard
from bot.domain.outgoing_board import BoardCard, DigestCard
from bot.domain.priority import Urgency
from bot.services.attention import Attention

CARDS = 12


@pytest.fixture
def agency(agency: Agency) -> Agency:
    """At most twelve cards in ten minutes."""
    made = Agency(
        agency.database, agency.clock, agency.policy, attention=Attention(CardBudget(CARDS), live=True)
    )
    made.reads.known = {"tolong": verdict("emergency"), "katanya": verdict("hoax"), "mati": verdict(
        "complaint", topics=("bunuh-diri",)
    )}  # fmt: skip
    return made


async def cards(agency: Agency) -> list[int]:
    return [row.what.case for row in await agency.queued(CaseCard) if isinstance(row.what, CaseCard)]


async def storm(agency: Agency, count: int) -> None:
    """Ten minutes of comments: two in a hundred cry for help, one in ten spreads a rumour."""
    for number in range(count):
        word = "tolong" if number % 50 == 0 else "katanya" if number % 10 == 0 else "kapan"
        await agency.receive(f"{word} nomor {number}")
        agency.clock.advance(600 / count)


async def test_a_storm_brings_few_cards_and_nothing_is_lost(agency: Agency) -> None:
    await storm(agency, 150)
    digest = agency.database.read.digest
    assert len(await cards(agency)) <= CARDS
    assert await digest.count() + len(await cards(agency)) == 150
    counts = Counter(case.priority.urgency for case in await digest.first(200))
    shown = [(await agency.case(number)).priority.urgency for number in await cards(agency)]
    assert sum(urgency > Urgency.HIGH for urgency in shown) <= CARDS // 2
    assert counts[Urgency.EMERGENCY] == 0, "the last places were kept for them"
    groups = await agency.database.read.board.groups(agency.clock.now())
    assert sum(group.count for group in groups) == 150


async def test_every_emergency_is_due_on_the_board_within_four_seconds(agency: Agency) -> None:
    for number in range(8):
        before = agency.clock.now()
        await agency.receive(f"tolong nomor {number}")
        heads = await agency.database.read.outbox.heads(before + timedelta(seconds=4))
        assert any(head.recipient == "board" and head.lane == 0 for head in heads)
        await agency.outbox.drain()
        agency.clock.advance(1)
    assert len(await agency.queued(BoardCard)) <= 4, "eight in eight seconds are a few edits"
    cases, _ = await agency.database.read.board.emergency_count()
    assert cases == 8


async def test_somebody_at_risk_has_a_card_whatever_was_used_up(agency: Agency) -> None:
    await storm(agency, 60)
    case = await agency.receive("rasanya ingin mati saja")
    assert case in await cards(agency)


async def test_what_waits_and_is_closed_leaves_the_digest_and_comes_back_when_reopened(
    agency: Agency,
) -> None:
    await storm(agency, 30)
    waiting = (await agency.database.read.digest.first(1))[0]
    await agency.triage.close(await agency.on("sari", waiting.id), CloseReason.NO_REPLY_NEEDED)
    count = await agency.database.read.digest.count()
    assert waiting.id not in {case.id for case in await agency.database.read.digest.first(200)}
    assert waiting.id not in await cards(agency), "no card comes for a case that is over"
    await agency.triage.reopen(await agency.on("sari", waiting.id))
    assert (await agency.case(waiting.id)).status is CaseStatus.NEW
    assert await agency.database.read.digest.count() == count + 1


async def test_when_the_window_is_over_new_cases_have_cards_again_and_old_ones_wait_for_a_person(
    agency: Agency,
) -> None:
    await storm(agency, 60)
    waited = await agency.database.read.digest.count()
    agency.clock.advance(600)
    case = await agency.receive("kapan loket buka?")
    assert case in await cards(agency)
    assert await agency.database.read.digest.count() == waited
    found = await agency.triage.digest.open_next(agency.tap("sari", 0))
    assert found in await cards(agency)
    assert len(await agency.queued(DigestCard)) >= 1


async def test_emergencies_are_on_the_board_in_time_while_every_other_card_wants_to_change(
    agency: Agency,
) -> None:
    """Two minutes in which one comes every three seconds, with Telegram's limits on."""
    others = [await agency.receive(f"kapan nomor {number}") for number in range(5)]
    async with agency.database.transaction() as tx:
        await tx.outbox.put("board", BoardCard(), agency.clock.now())
    for _ in range(30):
        await agency.outbox.drain()
        agency.clock.advance(3)
    for second in range(120):
        if second % 3 == 0:
            await agency.receive(f"tolong nomor {second}")
        async with agency.database.transaction() as tx:
            for case in others:
                await tx.outbox.put(f"changed:{second}:{case}", CaseCard(case), agency.clock.now())
            await tx.outbox.put(f"fed:{second}", IncidentCard(1, fed=True), agency.clock.now())
        await agency.outbox.drain()
        agency.clock.advance(1)
    drawn = [one.at for one in agency.wire.sent if isinstance(one.what, BoardCard) and one.lane == 0]
    assert len(drawn) >= 29
    assert max(later - sooner for sooner, later in pairwise(drawn)) <= 5, "none waits longer"
    changed = [one for one in agency.wire.sent if isinstance(one.what, CaseCard | IncidentCard)]
    assert len(changed) > len(drawn), "and the others have what is left"


async def test_the_card_of_somebody_at_risk_waits_behind_no_other_emergency(agency: Agency) -> None:
    for number in range(12):
        await agency.receive(f"tolong nomor {number}")
    for _ in range(25):
        await agency.outbox.drain()
        agency.clock.advance(1)
    case = await agency.receive("rasanya ingin mati saja")
    for number in range(12):
        await agency.receive(f"tolong lagi nomor {number}")
    await agency.outbox.drain()
    assert case in [one.what.case for one in agency.wire.sent if isinstance(one.what, CaseCard)]
