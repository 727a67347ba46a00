"""The one way out: in order, at the pace of each chat, and never twice to the public."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from agency import ACCOUNTS, Agency, Restarts
from fakes import CRISIS_CHAT, TRIAGE_CHAT, comment
from queueing import notice, only, page, put, running, until

from bot.domain.case import CaseId
from bot.domain.comment import Platform
from bot.domain.lane import Lane
from bot.domain.outgoing import (
    CaseCard,
    Notice,
    PageCard,
    PublicReply,
    SendState,
    Timeline,
    to_chat,
    to_person,
)
from bot.domain.people import PersonId
from bot.services.delivery import Impossible, Moved, NothingToSay, NotSent, TooMany, Unsure


async def test_the_same_command_queues_one_message(agency: Agency) -> None:
    async with agency.database.transaction() as tx:
        for _ in range(2):
            await tx.outbox.put("update:1:x", notice(1), agency.clock.now())
    assert len(await agency.queued(Notice)) == 1


async def test_a_chat_gets_its_messages_in_order_and_the_urgent_ones_first(agency: Agency) -> None:
    await put(agency, CaseCard(CaseId(1)), *(notice(n) for n in range(4)), CaseCard(CaseId(2), urgent=True))
    await agency.settle()
    said = [one.what.what if isinstance(one.what, Notice) else one.what for one in agency.wire.sent]
    assert said == [CaseCard(CaseId(2), urgent=True), "n0", "n1", "n2", "n3", CaseCard(CaseId(1))]
    assert [one.chat_id for one in agency.wire.sent] == [TRIAGE_CHAT] * 6


async def test_ten_changes_of_a_card_are_one_message_and_the_most_urgent_lane_counts(agency: Agency) -> None:
    await put(agency, notice(1))
    await put(agency, *(CaseCard(CaseId(1), urgent=n == 4) for n in range(10)))
    await agency.settle()
    assert [one.lane for one in agency.wire.sent] == [Lane.CRISIS, Lane.APPROVAL]


async def test_a_change_while_the_card_is_on_its_way_is_drawn_afterwards(agency: Agency) -> None:
    gate = agency.wire.hold[CaseCard] = asyncio.Event()
    await put(agency, CaseCard(CaseId(1)))
    sending = asyncio.create_task(agency.outbox.drain())
    await until(lambda: bool(agency.wire.tried))
    await put(agency, CaseCard(CaseId(1)), CaseCard(CaseId(1)))
    assert len(agency.wire.tried) == 1
    gate.set()
    await sending
    await agency.settle()
    assert len(agency.wire.sent) == 2


async def test_a_card_refused_for_now_gives_way_to_its_newer_drawing(agency: Agency) -> None:
    agency.wire.answers[CaseCard] = [NotSent("cut")]
    gate = agency.wire.hold[CaseCard] = asyncio.Event()
    await put(agency, CaseCard(CaseId(1)))
    sending = asyncio.create_task(agency.outbox.drain())
    await until(lambda: bool(agency.wire.tried))
    await put(agency, CaseCard(CaseId(1)))
    gate.set()
    await sending
    await agency.settle()
    assert await agency.state_of(CaseCard) == [SendState.DROPPED, SendState.SENT]


async def test_a_crisis_card_behind_three_hundred_routine_ones_leaves_first(agency: Agency) -> None:
    await put(agency, *(CaseCard(CaseId(n)) for n in range(1, 301)))
    for _ in range(30):
        await agency.outbox.drain()
        agency.clock.advance(1)
    routine = len(agency.wire.sent)
    assert 10 <= routine <= 18
    asked = agency.clock.monotonic()
    await put(agency, Timeline(1, "opened"), CaseCard(CaseId(999), urgent=True), page())
    while len([s for s in agency.wire.sent if s.lane == Lane.CRISIS]) < 3:
        await agency.outbox.drain()
        agency.clock.advance(0.25)
        assert agency.clock.monotonic() - asked < 60
    waited = {type(s.what): s.at - asked for s in agency.wire.sent if s.lane == Lane.CRISIS}
    assert waited[PageCard] == 0
    assert max(waited.values()) <= 4
    assert len(agency.wire.sent) - routine <= 5


async def test_a_minute_carries_no_more_than_the_group_allows(agency: Agency) -> None:
    await put(agency, *(notice(n) for n in range(60)))
    for _ in range(240):
        await agency.outbox.drain()
        agency.clock.advance(0.5)
    times = [one.at for one in agency.wire.sent]
    assert len(times) > 25
    for start in times:
        assert sum(start <= at < start + 60 for at in times) <= 18


async def test_drawing_a_standing_card_again_is_counted_as_an_edit(agency: Agency) -> None:
    """Edits have places of their own: a full minute of new messages does not hold them."""
    await put(agency, CaseCard(CaseId(1)))
    await agency.settle()
    now = agency.clock.monotonic()
    while agency.pacer.ready_in(TRIAGE_CHAT, Lane.BOARD, now) == 0:
        agency.pacer.take(TRIAGE_CHAT, Lane.BOARD, now)
    await put(agency, CaseCard(CaseId(1)), CaseCard(CaseId(2)))
    await agency.outbox.drain()
    assert [s.what for s in agency.wire.sent] == [CaseCard(CaseId(1)), CaseCard(CaseId(1))]


async def test_too_many_edits_wait_as_well(agency: Agency) -> None:
    await put(agency, *(CaseCard(CaseId(n)) for n in range(1, 31)))
    for _ in range(400):
        await agency.outbox.drain()
        agency.clock.advance(0.5)
    assert len(agency.wire.sent) == 30
    await put(agency, *(CaseCard(CaseId(n)) for n in range(1, 31)))
    await agency.outbox.drain()
    assert 30 < len(agency.wire.sent) <= 30 + 20


async def test_too_many_requests_close_one_chat_and_no_other(agency: Agency) -> None:
    agency.wire.answers[Notice] = [TooMany(30)]
    await put(agency, notice(1), page("dewi"))
    await agency.outbox.drain()
    assert agency.wire.kinds() == ["PageCard"]
    agency.clock.advance(29)
    await put(agency, CaseCard(CaseId(1), urgent=True), page("ratna"))
    await agency.outbox.drain()
    assert [s.chat_id for s in agency.wire.sent] == [ACCOUNTS["dewi"], ACCOUNTS["ratna"]]
    agency.clock.advance(1.5)
    await agency.outbox.drain()
    assert agency.wire.kinds()[2:] == ["CaseCard", "Notice"]


async def test_a_team_message_is_tried_again_at_growing_intervals(agency: Agency) -> None:
    agency.wire.answers[Notice] = [NotSent("down"), Unsure("reset"), NotSent("down"), NotSent("down")]
    await put(agency, notice(1))
    for _ in range(120):
        await agency.outbox.drain()
        agency.clock.advance(0.5)
    times = [one.at for one in agency.wire.tried]
    assert [round(b - a) for a, b in pairwise(times)] == [2, 4, 8, 16]
    assert await agency.state_of(Notice) == [SendState.SENT]


async def test_one_that_must_wait_does_not_hold_up_the_next(agency: Agency) -> None:
    agency.wire.answers[Notice] = [NotSent("down")]
    await put(agency, notice(1), notice(2))
    await agency.outbox.drain()
    assert [s.what for s in agency.wire.sent] == [notice(2)]


async def test_a_fault_of_ours_while_sending_is_tried_again_or_asked_about(
    agency: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    agency.wire.answers[Notice] = [KeyError("word")]
    agency.wire.answers[PublicReply] = [KeyError("word")]
    await put(agency, notice(1))
    await agency.approved()
    await agency.settle()
    assert "broke the sender" in caplog.text
    assert (await agency.state_of(Notice))[0] is SendState.SENT
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]
    assert agency.wire.kinds().count("UncertainCard") == 1


async def test_what_it_was_about_is_gone_or_refused(agency: Agency) -> None:
    agency.wire.answers[Notice] = [NothingToSay("gone"), Impossible("chat not found")]
    await put(agency, notice(1), notice(2))
    await agency.settle()
    assert [(r.state, r.error) for r in await agency.queued(Notice)] == [
        (SendState.DROPPED, "gone"), (SendState.FAILED, "chat not found"),
    ]  # fmt: skip


async def test_a_person_without_an_account_is_a_failure_that_holds_up_nobody(agency: Agency) -> None:
    gate = agency.wire.hold[Notice] = asyncio.Event()
    await put(agency, notice(1), page("nobody"), page("nobody", run=2), page("ratna"))
    sending = asyncio.create_task(agency.outbox.drain())
    await asyncio.sleep(0.05)
    gate.set()
    await sending
    await agency.settle()
    assert await agency.state_of(PageCard) == [SendState.FAILED, SendState.FAILED, SendState.SENT]
    assert await agency.state_of(Notice) == [SendState.SENT]


async def test_chats_that_answer_slowly_hold_up_no_page(agency: Agency) -> None:
    gate = agency.wire.hold[Notice] = asyncio.Event()
    await put(agency, *(notice(number, to=to_chat(7_000 + number)) for number in range(20)))
    async with running(agency):
        await until(lambda: len(agency.wire.tried) == 16)
        await put(agency, page("dewi"), page("ratna"))
        await until(lambda: agency.wire.kinds().count("PageCard") == 2)
        assert len(agency.wire.tried) == 18, "the other four chats go on waiting for their turn"
        gate.set()
        await until(lambda: len(agency.wire.sent) == 22)


async def test_a_crisis_card_does_not_stand_behind_a_routine_one_that_is_slow_to_go(agency: Agency) -> None:
    gate = agency.wire.hold[Notice] = asyncio.Event()
    await put(agency, notice(1))
    async with running(agency):
        await until(lambda: bool(agency.wire.tried))
        agency.clock.advance(1)
        await put(agency, CaseCard(CaseId(9), urgent=True))
        await until(lambda: agency.wire.kinds() == ["CaseCard"])
        assert agency.wire.sent[0].what == CaseCard(CaseId(9), urgent=True)
        gate.set()
        await until(lambda: agency.wire.kinds() == ["CaseCard", "Notice"])


async def test_one_card_is_never_drawn_by_two_at_once_not_even_where_it_became_urgent(agency: Agency) -> None:
    gate = agency.wire.hold[CaseCard] = asyncio.Event()
    await put(agency, CaseCard(CaseId(1)))
    async with running(agency):
        await until(lambda: bool(agency.wire.tried))
        await put(agency, CaseCard(CaseId(1), urgent=True), page())
        await until(lambda: agency.wire.kinds() == ["PageCard"])
        assert len(agency.wire.tried) == 2, "the urgent redrawing waits for the one under way"
        gate.set()
        await until(lambda: len(agency.wire.sent) == 3)
    assert [one.lane for one in agency.wire.sent] == [Lane.CRISIS, Lane.BOARD, Lane.CRISIS]


async def test_a_row_without_a_chat_is_started_once(agency: Agency) -> None:
    faults: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    await put(agency, page("nobody"))
    async with agency.database.transaction():
        # Nobody can take the row while this unit of work is open; a bell may ring meanwhile.
        assert await agency.outbox._start_what_may_go() == (True, None)
        assert await agency.outbox._start_what_may_go() == (False, None)
    await agency.outbox.drain()
    assert faults == []
    assert await agency.state_of(PageCard) == [SendState.FAILED]


async def test_a_suspended_person_gets_nothing(agency: Agency) -> None:
    await agency.team.left(ACCOUNTS["ratna"], "update:left")
    await put(agency, notice(1, to_person(PersonId("ratna"))))
    await agency.settle()
    assert ACCOUNTS["ratna"] not in {s.chat_id for s in agency.wire.sent}
    assert (await agency.state_of(Notice))[-1] is SendState.FAILED


async def test_a_group_that_became_a_supergroup_is_followed_also_after_a_restart(
    agency: Agency, restart: Restarts
) -> None:
    agency.wire.answers[Notice] = [Moved(-100777)]
    await put(agency, notice(1))
    await agency.settle()
    assert [s.chat_id for s in agency.wire.sent] == [-100777]
    agency = await restart(agency)
    await put(agency, notice(2))
    await agency.settle()
    assert [s.chat_id for s in agency.wire.sent] == [-100777]


async def test_recipients_find_their_chats(agency: Agency) -> None:
    case = await agency.receive(comment(message="1", platform=Platform.TELEGRAM_DM, thread="4711"))
    under = (await agency.comments(case))[0].id
    csv = (await agency.comments(await agency.receive(comment(platform=Platform.CSV, thread="file"))))[0].id
    for recipient, chat in (
        ("triage", TRIAGE_CHAT),
        ("crisis", CRISIS_CHAT),
        ("person:sari", ACCOUNTS["sari"]),
        ("person:x", None),
        ("chat:-55", -55),
        (f"comment:{under}", 4711),
        (f"comment:{csv}", 0),
        ("comment:9999", 0),
    ):
        assert await agency.addresses.chat_of(recipient) == chat


async def test_the_loop_sends_when_the_bell_rings_and_when_a_pause_is_over(agency: Agency) -> None:
    agency.database.ring_on("outbox", agency.outbox.wake)
    loop = asyncio.create_task(agency.outbox.run())
    await put(agency, notice(1))
    agency.wire.answers[Notice] = []
    await until(lambda: len(agency.wire.sent) == 1)
    await put(agency, notice(2), at=timedelta(seconds=4))
    await asyncio.sleep(0.02)
    assert len(agency.wire.sent) == 1
    agency.clock.advance(4)
    await until(lambda: len(agency.wire.sent) == 2)
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop


async def test_the_health_of_the_lanes_is_told(agency: Agency) -> None:
    await put(agency, page(), notice(1))
    health = {(h.lane, h.state): h.count for h in await agency.database.read.outbox.health()}
    assert health == {(Lane.CRISIS, SendState.QUEUED): 1, (Lane.APPROVAL, SendState.QUEUED): 1}
    await agency.settle()
    assert await agency.database.read.outbox.health() == []
    sent = await only(agency, PageCard)
    assert sent.message_id is not None
    assert sent.chat_id is not None
    assert await agency.database.read.outbox.at(sent.chat_id, sent.message_id) == sent
