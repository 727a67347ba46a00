"""Whoever asks after the answer: a person gives it again, or the bot, where all of its owners allow it."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from agency import PLAIN, Agency, approve_templates, enrol_all, short, template
from fakes import verdict
from queueing import until

from bot.clock import FakeClock
from bot.domain.case import CaseId, CaseStatus
from bot.domain.errors import NotAllowed
from bot.domain.outgoing import CaseCard, Notice, PublicReply
from bot.domain.repeat import MOST
from bot.domain.reply import ApprovalPolicy, ApprovedAs, DraftState
from bot.domain.template import Slot, SlotKind
from bot.services.repeating import KIND
from bot.services.replies import ReplyPolicy
from bot.services.views_clusters import ClusterView
from bot.store.database import Database

ASKED = (
    "Min, kapan jalan Mawar di depan pasar lama diperbaiki, sudah dua bulan berlubang dan banyak yang jatuh?"
)
NAMED = template(
    "jalan-mawar", "Halo {nama}, jalan Mawar diperbaiki pekan ini.", Slot("nama", SlotKind.NAME), repeat=True
)
BARE = template("mawar-singkat", "Jalan Mawar diperbaiki pekan ini.", repeat=True)
ONCE = replace(template("sekali", "Jalan Mawar diperbaiki pekan ini."))
POLICY = ReplyPolicy(ApprovalPolicy(repeat=True), pace=timedelta(seconds=4))


async def office(database: Database, clock: FakeClock, policy: ReplyPolicy = POLICY) -> Agency:
    agency = Agency(database, clock, policy, (NAMED, BARE, ONCE, PLAIN), same_within=timedelta(days=3))
    await enrol_all(database, clock)
    await approve_templates(agency)
    return agency


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    return await office(database, clock)


async def answered(town: Agency, words: str = short(NAMED), edit: str = "") -> int:
    """The first who asks has a template's words, approved by Ratna and posted."""
    case = await town.receive(ASKED)
    draft = await town.replies.use_template(await town.on("sari", case), words)
    if edit:
        draft = await town.replies.write(await town.on("sari", case), edit)
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.settle()
    assert (await town.case(case)).status is CaseStatus.ANSWERED
    return case


async def tick(town: Agency) -> None:
    """The clockwork fires what is due, and the replies leave."""
    for timer in await town.database.read.timers.due(town.clock.now(), 100):
        if timer.kind == KIND:
            async with town.database.transaction() as tx:
                await town.repeating.fire(timer, tx)
                await tx.timers.done(timer, "fired")
    await town.settle()


async def asks(town: Agency, text: str = ASKED + " 🙏") -> int:
    case = await town.receive(text)
    await tick(town)
    return case


async def cluster(town: Agency, case: int) -> ClusterView:
    view = await town.desk.case(CaseId(case))
    assert view is not None
    return view.cluster


async def test_who_says_the_very_same_afterwards_has_the_answer_within_the_pace(town: Agency) -> None:
    lead = await answered(town)
    later_one, another = await asks(town), await asks(town, ASKED.upper())
    for case in (later_one, another):
        assert (await town.case(case)).status is CaseStatus.ANSWERED
        draft = await town.database.read.drafts.last(CaseId(case))
        assert draft is not None
        assert (draft.state, draft.approved_as) == (DraftState.POSTED, ApprovedAs.CLOSED_TEMPLATE)
        assert (draft.text, draft.decided_by) == ("Halo, jalan Mawar diperbaiki pekan ini.", "ratna")
        assert await town.actions(f"draft:{draft.id}") == ["repeat", "post"]
    assert (await cluster(town, lead)).repeats.given == 2
    assert not [what for what in town.wire.of(Notice) if what.what == "asked_again"], "nobody waits"


async def test_many_at_once_are_answered_one_after_the_other(town: Agency) -> None:
    await answered(town)
    for number in range(4):
        await town.receive(ASKED + " 🙏" * number)
    for timer in await town.database.read.timers.due(town.clock.now(), 100):
        async with town.database.transaction() as tx:
            await town.repeating.fire(timer, tx)
    with closing(sqlite3.connect(town.database.path)) as beside:
        rows = beside.execute(
            "SELECT not_before FROM outbox WHERE kind = 'PublicReply' ORDER BY id"
        ).fetchall()
    dues = [row[0] for row in rows][-4:]
    assert [late - early for early, late in pairwise(dues)] == [4, 4, 4]


@pytest.mark.parametrize(
    ("policy", "words", "edit"),
    [
        (ReplyPolicy(ApprovalPolicy()), short(NAMED), ""),
        (POLICY, short(ONCE), ""),
        (POLICY, short(NAMED), "Jalan Mawar diperbaiki Senin depan."),
    ],
    ids=["the config says no", "the template says no", "a person's own words"],
)
async def test_else_the_team_hears_that_somebody_asks_after_the_answer(
    database: Database, clock: FakeClock, policy: ReplyPolicy, words: str, edit: str
) -> None:
    town = await office(database, clock, policy)
    lead = await answered(town, words, edit)
    case = await asks(town)
    assert (await town.case(case)).status is CaseStatus.NEW
    assert (await cluster(town, lead)).repeats.given == 0
    assert [what.params["of"] for what in town.wire.of(Notice) if what.what == "asked_again"] == [1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ASKED} hubungi 081234567890", verdict("question")),
        (f"{ASKED} darurat", verdict("emergency")),
        (f"{ASKED} darurat", verdict("question", unsure=("emergency",))),
        (f"{ASKED} darurat", verdict("question", topics=("bunuh-diri",))),
        (ASKED.replace("Mawar", "Melati"), verdict("question")),
    ],
    ids=["a phone number", "an emergency", "perhaps one", "a life at risk", "another street"],
)
async def test_what_needs_a_person_waits_for_one(town: Agency, text: str, found: object) -> None:
    await answered(town)
    town.reads.known[text[-9:]] = found  # type: ignore[assignment]  # a verdict
    case = await asks(town, text)
    assert (await town.case(case)).status is CaseStatus.NEW
    assert await town.database.read.drafts.last(CaseId(case)) is None


async def test_whom_a_person_joined_is_answered_by_a_person(town: Agency) -> None:
    lead = await answered(town)
    case = await town.receive(
        "Jalan dekat pasar itu kapan dibetulkan ya, bahaya sekali kalau malam hari tiba"
    )
    await town.clusters.join(await town.on("sari", case), CaseId(lead))
    await tick(town)
    assert (await town.case(case)).status is CaseStatus.NEW


async def test_in_crisis_mode_nothing_goes_out_by_itself(town: Agency) -> None:
    await answered(town)
    await town.triage.crisis_mode.set(town.tap("ratna", int(town.clock.now().timestamp())))
    case = await asks(town)
    assert (await town.case(case)).status is CaseStatus.NEW


async def under_way(town: Agency, more: str = " ya") -> int:
    """Somebody asks, and the answer to them waits in the queue."""
    case = await town.receive(ASKED + more)
    for timer in await town.database.read.timers.due(town.clock.now(), 100):
        async with town.database.transaction() as tx:
            await town.repeating.fire(timer, tx)
            await tx.timers.done(timer, "fired")
    assert (await town.case(case)).status is CaseStatus.DRAFTED
    return case


def left(town: Agency) -> int:
    return len(town.wire.of(PublicReply))


async def test_a_person_stops_it_at_once_also_for_what_has_not_left_yet(town: Agency) -> None:
    lead = await answered(town)
    await asks(town)
    waits = await under_way(town)
    tap = await town.on("budi", lead)
    await town.repeating.stop(tap)
    await town.repeating.stop(tap)  # delivered twice
    before = left(town)
    after = await asks(town, ASKED + " min")
    for case in (waits, after):
        kept = await town.case(case)
        assert (kept.status, kept.assignee) == (CaseStatus.NEW, None), "anybody may take it"
    assert left(town) == before
    repeats = (await cluster(town, lead)).repeats
    assert (repeats.given, repeats.stopped) == (1, "budi")
    assert (await town.actions(f"case:{lead}")).count("repeat_stop") == 1
    rest = await town.answering.answer_rest(await town.on("joko", lead))
    assert sorted(one.case_id for one in rest.targets) == [waits, after]


async def test_the_card_of_one_that_was_split_off_meanwhile_shows_that_it_waits_again(town: Agency) -> None:
    lead = await answered(town)
    _, case = await under_way(town), await under_way(town, " min")
    await town.clusters.split(await town.on("sari", lead), CaseId(case))
    await town.outbox.drain()  # the next reply leaves four seconds later
    shown = town.wire.of(CaseCard).count(CaseCard(CaseId(case)))
    await town.repeating.stop(await town.on("budi", lead))
    await town.settle()
    assert (await town.case(case)).status is CaseStatus.NEW
    assert town.wire.of(CaseCard).count(CaseCard(CaseId(case))) == shown + 1


async def test_what_is_just_being_sent_stands_and_is_not_answered_a_second_time(town: Agency) -> None:
    lead = await answered(town)
    town.wire.hold[PublicReply] = asyncio.Event()
    case, before = await under_way(town), left(town)
    sending = asyncio.create_task(town.outbox.drain())
    await until(lambda: sum(isinstance(one.what, PublicReply) for one in town.wire.tried) > before)
    await town.repeating.stop(await town.on("budi", lead))
    assert (await town.case(case)).status is CaseStatus.DRAFTED, "it does not wait for other words"
    town.wire.hold.pop(PublicReply).set()
    await sending
    await town.settle()
    assert (await town.case(case)).status is CaseStatus.ANSWERED
    assert left(town) == before + 1
    assert (await cluster(town, lead)).repeats.given == 1


async def test_who_may_not_draft_may_not_stop_it(town: Agency) -> None:
    lead = await answered(town)
    with pytest.raises(NotAllowed):
        await town.repeating.stop(await town.on("tuti", lead))


async def test_after_two_hundred_people_look_whether_it_still_is_the_answer(
    town: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 200
    monkeypatch.setattr("bot.services.repeating.MOST", 1)
    lead = await answered(town)
    first, second = await asks(town), await asks(town, ASKED + " min")
    assert (await town.case(first)).status is CaseStatus.ANSWERED
    assert (await town.case(second)).status is CaseStatus.NEW
    assert (await cluster(town, lead)).repeats.given == 1
