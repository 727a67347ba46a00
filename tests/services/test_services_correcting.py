"""The answer that many have was wrong: it is stopped, asked about anew, and everybody gets better words."""

import json
from collections import Counter
from dataclasses import replace
from datetime import time, timedelta

import pytest
from agency import PLAIN, Agency, approve_templates, enrol_all, short
from fakes import later, verdict
from test_services_clusters import COPIES, DAYS, spread, view

from bot.chat.alike import after_the_answer
from bot.clock import FakeClock
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseId, CaseStatus, CloseReason, Panel
from bot.domain.errors import BadInput, NotAllowed, Outdated, TakenBy, UnusableTemplate, WrongState
from bot.domain.outgoing import DraftCard, PublicReply
from bot.domain.people import Zone
from bot.domain.promise import Promise
from bot.domain.reply import ApprovalPolicy, Draft, DraftState
from bot.services.replies import ReplyPolicy
from bot.services.timers import Timers
from bot.store.database import Database
from classifiers.labels import Label

S = CaseStatus
WRONG = "Bendungan aman. Sumber: BBWS."
RIGHT = "Ralat: bendungan dipantau petugas siang malam."


async def opened(database: Database, clock: FakeClock, **more: object) -> Agency:
    town = Agency(database, clock, same_within=DAYS, **more)  # type: ignore[arg-type]  # named by each test
    await enrol_all(database, clock)
    await approve_templates(town)
    return town


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    """An agency in which copies join and one approval lists three of those behind a card."""
    return await opened(database, clock, most=3)


async def drained(town: Agency, seconds: int = 120) -> None:
    for _ in range(seconds // 4):
        await town.outbox.drain()
        town.clock.advance(4)


async def asked(town: Agency, lead: int, words: str) -> Draft:
    """Words for the card and for as many behind it as fit; they wait for the approval."""
    draft = await town.replies.write(town.tap("sari", lead), words)
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    return await town.approvals.submit(await town.at("sari", draft.id))


async def approved(town: Agency, draft: Draft, seconds: int = 120) -> Draft:
    await town.approvals.approve(await town.at("ratna", draft.id))
    await drained(town, seconds)
    return await town.draft(draft.id)


async def said(town: Agency, cases: range) -> dict[str, int]:
    """How many have which words, by what really left."""
    last: dict[int, str] = {}
    for row in await town.queued(PublicReply):
        what = row.what
        if row.state == "sent" and isinstance(what, PublicReply):
            draft = await town.draft(what.draft)
            last[draft.target(what.comment or draft.comment_id).case_id] = draft.text
    return Counter(last[number] for number in cases if number in last)


async def statuses(town: Agency, cases: range) -> Counter[str]:
    return Counter([(await town.case(number)).status for number in cases])


async def test_beyond_one_approval_the_correction_goes_on_to_the_rest_and_repeats_itself_to_nobody(
    town: Agency,
) -> None:
    lead = await spread(town, 7)
    all_of_them = range(lead, lead + 8)
    await approved(town, await asked(town, lead, WRONG))
    for left in (4, 1, 0):
        assert (await view(town, lead)).cluster.free == left
        if left:
            await approved(town, await town.answering.answer_rest(await town.on("sari", lead)))
    assert await said(town, all_of_them) == {WRONG: 8}

    correcting = town.answering.correcting
    done = await correcting.correct_all(await town.on("sari", lead))
    assert (done.opened, done.stopped, done.left) == (4, 0, 4)
    await approved(town, await asked(town, lead, RIGHT))
    assert await said(town, all_of_them) == {RIGHT: 4, WRONG: 4}
    assert (await view(town, lead)).cluster.outdated == 4
    draft = await correcting.correct_rest(await town.on("sari", lead))
    assert draft is not None
    assert (draft.text, len(draft.targets), draft.state) == (RIGHT, 3, DraftState.WAITING)
    assert (await view(town, lead)).cluster.asked == 3
    await approved(town, draft)
    tap = await town.on("sari", lead)
    last = await correcting.correct_rest(tap)
    assert last is not None
    assert await correcting.correct_rest(tap) is None  # delivered twice
    await approved(town, last)
    assert await said(town, all_of_them) == {RIGHT: 8}
    assert len(town.wire.of(PublicReply)) == 16, "each was told once of either"
    assert (await view(town, lead)).cluster.outdated == 0
    with pytest.raises(BadInput):
        await correcting.correct_rest(await town.on("sari", lead))


async def test_a_correction_of_the_correction_begins_with_everybody_again(town: Agency) -> None:
    lead = await spread(town, 2)
    await approved(town, await asked(town, lead, WRONG))
    for words in (RIGHT, "Ralat kedua: status bendungan waspada."):
        await town.answering.correcting.correct_all(await town.on("sari", lead))
        await approved(town, await asked(town, lead, words))
        assert await said(town, range(lead, lead + 3)) == {words: 3}


async def test_a_press_while_it_still_leaves_stops_the_wrong_words(
    database: Database, clock: FakeClock
) -> None:
    """Forty and one, four seconds apart; after twelve somebody sees that it is wrong."""
    town = await opened(database, clock)
    lead = await spread(town, 40)
    all_of_them = range(lead, lead + 41)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    await drained(town, 48)
    assert len(town.wire.of(PublicReply)) == 12
    shown = (await view(town, lead)).cluster
    assert (shown.leaving, shown.free) == (29, 0)

    tap = await town.on("sari", lead)
    done = await town.answering.correcting.correct_all(tap)
    assert (done.opened, done.stopped, done.left) == (12, 29, 0)
    await town.answering.correcting.correct_all(tap)  # delivered twice
    await drained(town, 300)
    assert len(town.wire.of(PublicReply)) == 12, "nobody else reads what is known to be wrong"
    assert await statuses(town, all_of_them) == {S.ASSIGNED: 1, S.NEW: 40}
    assert (await town.draft(draft.id)).state is DraftState.POSTED
    lines = await database.read.journal.about(f"case:{lead}")
    told = [json.loads(one["canonical"])[-1] for one in lines if one["action"] == "correct_all"]
    assert [(len(one["cases"]), len(one["stopped"])) for one in told] == [(12, 29)]
    assert "recall" in await town.actions(f"draft:{draft.id}")

    better = await asked(town, lead, RIGHT)
    assert len(better.targets) == 41
    await approved(town, better, 400)
    assert await said(town, all_of_them) == {RIGHT: 41}
    assert len(town.wire.of(PublicReply)) == 12 + 41


async def test_what_waits_for_its_approval_with_the_wrong_words_is_given_up_too(town: Agency) -> None:
    lead = await spread(town, 2)
    await approved(town, await asked(town, lead, WRONG))
    for number in range(2):
        await town.receive(COPIES[number], at=later(7200 + number))
    again = await town.answering.answer_rest(await town.on("joko", lead))
    await drained(town, 8)
    done = await town.answering.correcting.correct_all(await town.on("sari", lead))
    assert (done.opened, done.stopped) == (3, 2)
    assert (await town.draft(again.id)).state is DraftState.DROPPED
    with pytest.raises(WrongState):
        await town.approvals.approve(await town.at("ratna", again.id))
    await drained(town)
    shown = [
        what for what in town.wire.of(DraftCard) if isinstance(what, DraftCard) and what.draft == again.id
    ]
    assert len(shown) == 4, "both coordinators see it gone"
    assert await statuses(town, range(lead, lead + 5)) == {S.ASSIGNED: 1, S.NEW: 4}


async def told_alone(town: Agency, lead: int) -> None:
    """The card is opened again, and its writer is told something more that is for them alone."""
    await town.triage.reopen(await town.on("sari", lead))
    draft = await town.replies.write(town.tap("sari", lead), "Posko ada di balai desa, Kak.")
    await approved(town, await town.approvals.submit(await town.at("sari", draft.id)), 8)
    assert (await town.case(lead)).status is S.ANSWERED


async def test_the_set_is_stopped_though_its_card_has_other_words_by_now(town: Agency) -> None:
    lead = await spread(town, 3)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.outbox.drain()
    await told_alone(town, lead)
    leaving = (await view(town, lead)).cluster.leaving
    assert leaving > 0
    before = len(town.wire.of(PublicReply))
    done = await town.answering.correcting.correct_all(await town.on("sari", lead))
    assert done.stopped == leaving
    await drained(town)
    assert len(town.wire.of(PublicReply)) == before


async def test_what_the_first_of_them_is_told_alone_is_not_taken_for_the_correction(town: Agency) -> None:
    lead = await spread(town, 5)
    await approved(town, await asked(town, lead, WRONG))
    await approved(town, await town.answering.answer_rest(await town.on("sari", lead)))
    correcting = town.answering.correcting
    assert (await correcting.correct_all(await town.on("sari", lead))).left == 2
    await approved(town, await asked(town, lead, RIGHT))
    await told_alone(town, lead)
    assert (await view(town, lead)).cluster.outdated == 2
    rest = await correcting.correct_rest(await town.on("sari", lead))
    assert rest is not None
    assert (rest.text, len(rest.targets)) == (RIGHT, 2)


async def test_stopping_without_a_correction_lets_it_go_on_later(town: Agency) -> None:
    lead = await spread(town, 3)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.outbox.drain()
    assert len(town.wire.of(PublicReply)) == 1
    tap = await town.on("joko", lead)
    assert await town.answering.correcting.stop(tap) == 3
    assert await town.answering.correcting.stop(tap) == 0  # delivered twice
    await drained(town)
    assert len(town.wire.of(PublicReply)) == 1
    assert await statuses(town, range(lead, lead + 4)) == {S.ANSWERED: 1, S.NEW: 3}
    with pytest.raises(Outdated):
        await town.answering.correcting.stop(replace(tap, cause="late"))
    with pytest.raises(BadInput):
        await town.answering.correcting.stop(await town.on("joko", lead))
    await approved(town, await town.answering.answer_rest(await town.on("joko", lead)))
    assert await said(town, range(lead, lead + 4)) == {WRONG: 4}


async def test_all_of_a_set_can_be_stopped_before_any_of_it_left(town: Agency) -> None:
    lead = await spread(town, 2)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    assert (await view(town, lead)).cluster.leaving == 3
    assert await town.answering.correcting.stop(await town.on("sari", lead)) == 3
    await drained(town)
    assert town.wire.of(PublicReply) == []
    assert (await town.draft(draft.id)).state is DraftState.STALE
    assert (await town.case(lead)).assignee == "sari"
    assert await statuses(town, range(lead, lead + 3)) == {S.ASSIGNED: 1, S.NEW: 2}


async def test_later_askers_need_not_wait_until_the_last_of_the_first_set_is_out(town: Agency) -> None:
    lead = await spread(town, 6)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.outbox.drain()
    assert (await town.draft(draft.id)).state is DraftState.APPROVED
    assert (await view(town, lead)).cluster.free == 3
    await approved(town, await town.answering.answer_rest(await town.on("sari", lead)), 400)
    assert await said(town, range(lead, lead + 7)) == {WRONG: 7}


async def test_a_second_press_takes_what_still_fits_and_then_says_no(town: Agency) -> None:
    lead = await spread(town, 2)
    draft = await town.replies.write(town.tap("sari", lead), WRONG)
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    await town.receive(COPIES[0], at=later(200))
    await town.receive(COPIES[1], at=later(201))
    assert (await view(town, lead)).cluster.free == 2
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    assert len(draft.targets) == 4
    with pytest.raises(BadInput):
        await town.answering.answer_all(await town.at("sari", draft.id))


async def test_who_is_in_somebody_elses_hands_is_said_to_be(town: Agency) -> None:
    lead = await spread(town, 1)
    await approved(town, await asked(town, lead, WRONG))
    await town.receive(COPIES[2], at=later(7200))
    draft = await town.answering.answer_rest(await town.on("joko", lead))
    await town.approvals.return_(await town.at("ratna", draft.id), "Tunggu dulu.")
    with pytest.raises(TakenBy):
        await town.answering.answer_rest(await town.on("sari", lead))
    await approved(town, await town.answering.answer_rest(await town.on("joko", lead)))
    assert await said(town, range(lead, lead + 3)) == {WRONG: 3}


async def test_words_that_are_retired_meanwhile_leave_nobody_half_taken(town: Agency) -> None:
    lead = await spread(town, 1)
    draft = await town.replies.use_template(await town.on("sari", lead), short(PLAIN))
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    await approved(town, await town.approvals.submit(await town.at("sari", draft.id)))
    number = await town.receive(COPIES[2], at=later(7200))
    town.clock.advance(timedelta(days=400).total_seconds())
    with pytest.raises(UnusableTemplate):
        await town.answering.answer_rest(await town.on("sari", lead))
    case = await town.case(number)
    assert (case.status, case.assignee) == (S.NEW, None)
    assert (await view(town, lead)).cluster.free == 1


async def test_who_begins_a_correction_and_says_nothing_more_is_late_and_loses_it(
    database: Database, clock: FakeClock
) -> None:
    promise = Promise({Label.QUESTION: timedelta(hours=1)})
    office = WorkingHours(Zone.WIB, dict.fromkeys(Weekday, (time(0, 0), time(23, 59))))
    town = await opened(database, clock, promise=replace(promise, hours=office))
    town.reads.known = {"endungan": verdict("question"), "ENDUNGAN": verdict("question")}
    lead = await spread(town, 1)
    await approved(town, await asked(town, lead, WRONG))
    assert (await town.case(lead)).due_at is None
    begun = clock.now()
    await town.answering.correcting.correct_all(await town.on("sari", lead))
    for number in (lead, lead + 1):
        due = (await town.case(number)).due_at
        assert due is not None
        assert timedelta(minutes=59) < due - begun < timedelta(minutes=65)
    timers = Timers(database, town.triage, town.approvals, town.crisis, clock, promises=town.promises)  # type: ignore[arg-type]  # no incident has a timer here
    for _ in range(20):
        clock.advance(600)
        await timers.tick()
    case = await town.case(lead)
    assert (case.status, case.assignee) == (S.NEW, None)
    assert "back_to_queue" in await town.actions(f"case:{lead}")


async def test_who_may_and_when(town: Agency) -> None:
    lead = await spread(town, 1)
    correcting = town.answering.correcting
    for act in (correcting.correct_all, correcting.correct_rest):
        with pytest.raises(WrongState):
            await act(await town.on("sari", lead))
        for name in ("wawan", "tuti"):
            with pytest.raises(NotAllowed):
                await act(await town.on(name, lead))
    with pytest.raises(NotAllowed):
        await correcting.stop(await town.on("tuti", lead))
    with pytest.raises(WrongState):
        await town.triage.open_panel(await town.on("sari", lead), Panel.CORRECT)
    await approved(town, await asked(town, lead, WRONG))
    with pytest.raises(WrongState):
        await correcting.correct_rest(await town.on("sari", lead))
    with pytest.raises(WrongState):
        await town.triage.open_panel(await town.on("sari", lead), Panel.LABEL)
    await town.triage.open_panel(await town.on("sari", lead), Panel.CORRECT)
    assert (await view(town, lead)).cluster.given == 1
    await town.triage.close(await town.on("sari", lead), CloseReason.ANSWERED)
    with pytest.raises(WrongState):
        await correcting.correct_all(await town.on("sari", lead))


async def test_a_correction_that_was_not_meant_is_taken_back_within_fifteen_seconds(town: Agency) -> None:
    lead = await spread(town, 3)
    all_of_them = range(lead, lead + 4)
    await approved(town, await asked(town, lead, WRONG))
    before = [await town.case(number) for number in all_of_them]
    correcting = town.answering.correcting
    await correcting.correct_all(await town.on("sari", lead))
    town.clock.advance(15)
    with pytest.raises(BadInput):
        await correcting.take_back(await town.on("joko", lead))
    tap = await town.on("sari", lead)
    assert await correcting.take_back(tap) == 4
    assert await correcting.take_back(tap) == 0  # delivered twice
    after = [await town.case(number) for number in all_of_them]
    assert [(one.status, one.answered_at, one.assignee, one.due_at) for one in after] == [
        (one.status, one.answered_at, one.assignee, one.due_at) for one in before
    ]
    assert (await view(town, lead)).cluster.outdated == 0
    with pytest.raises(WrongState):
        await correcting.correct_rest(await town.on("sari", lead))
    with pytest.raises(WrongState):
        await town.replies.write(town.tap("sari", lead), RIGHT)
    assert "correct_undo" in await town.actions(f"case:{lead}")


async def test_it_is_too_late_once_time_or_words_have_come_or_its_citizen_wrote(town: Agency) -> None:
    lead = await spread(town, 2)
    await approved(town, await asked(town, lead, WRONG))
    correcting = town.answering.correcting
    with pytest.raises(BadInput):
        await correcting.take_back(await town.on("sari", lead))
    await correcting.correct_all(await town.on("sari", lead))
    town.clock.advance(16)
    with pytest.raises(BadInput):
        await correcting.take_back(await town.on("sari", lead))
    await approved(town, await asked(town, lead, RIGHT))
    await correcting.correct_all(await town.on("sari", lead))
    town.clock.advance(1)
    await town.replies.write(town.tap("sari", lead), WRONG)
    with pytest.raises(BadInput):
        await correcting.take_back(await town.on("sari", lead))
    assert await statuses(town, range(lead, lead + 3)) == {S.ASSIGNED: 1, S.NEW: 2}


async def half_corrected(town: Agency) -> CaseId:
    """The card of five who had an answer and of whom two still have the old words."""
    lead = await spread(town, 5)
    await approved(town, await asked(town, lead, WRONG))
    await approved(town, await town.answering.answer_rest(await town.on("sari", lead)))
    await town.answering.correcting.correct_all(await town.on("sari", lead))
    await approved(town, await asked(town, lead, RIGHT))
    assert (await view(town, lead)).cluster.outdated == 2
    return lead


async def test_who_wrote_meanwhile_goes_on_waiting_and_what_was_corrected_before_still_is(
    town: Agency,
) -> None:
    lead = await half_corrected(town)
    correcting = town.answering.correcting
    await correcting.correct_all(await town.on("sari", lead))
    (first, *_) = await town.comments(lead + 1)
    town.clock.advance(5)
    again = replace(first.comment.origin, message="baru")
    await town.receive(replace(first.comment, origin=again, received_at=town.clock.now()))
    assert await correcting.take_back(await town.on("sari", lead)) == 3
    assert (await town.case(lead + 1)).status is S.NEW
    assert (await view(town, lead)).cluster.outdated == 2, "as before"


async def test_a_card_that_joins_another_keeps_who_still_has_its_old_words(town: Agency) -> None:
    lead = await half_corrected(town)
    correcting = town.answering.correcting
    other = await town.receive(
        "Apakah bendungan itu aman? Banyak kabar simpang siur di grup warga sejak pagi"
    )
    draft = await town.replies.write(town.tap("sari", other), RIGHT)
    await approved(town, await town.approvals.submit(await town.at("sari", draft.id)))
    await town.clusters.join(await town.on("sari", lead), CaseId(other))
    assert (await view(town, other)).cluster.outdated == 2
    rest = await correcting.correct_rest(await town.on("sari", other))
    assert rest is not None
    await approved(town, rest)
    assert (await view(town, other)).cluster.outdated == 0
    assert await said(town, range(lead, other + 1)) == {RIGHT: 7}


async def test_the_one_stop_ends_what_leaves_and_what_the_bot_would_say_by_itself(
    database: Database, clock: FakeClock
) -> None:
    policy = ReplyPolicy(ApprovalPolicy(repeat=True), pace=timedelta(seconds=4))
    town = await opened(database, clock, policy=policy)
    lead = await spread(town, 3)
    draft = await asked(town, lead, WRONG)
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.outbox.drain()
    async with database.transaction() as tx:
        await tx.repeated.put(draft.id, CaseId(lead))
    names = [button.text for row in after_the_answer(await view(town, lead)) for button in row]
    assert [name for name in names if "Hentikan" in name] == ["✋ Hentikan sisanya (3)"]
    await town.answering.correcting.stop(await town.on("sari", lead))
    shown = await view(town, lead)
    assert shown.cluster.repeats.stopped == "sari"
    assert not [b for row in after_the_answer(shown) for b in row if "Hentikan" in b.text]
