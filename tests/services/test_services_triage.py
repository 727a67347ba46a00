"""The team's work on a case: one winner, nothing lost over a restart, nobody's draft taken away."""

import asyncio
from datetime import timedelta

import pytest
from agency import Agency, Restarts
from fakes import comment, later, verdict

from bot.domain.case import CaseStatus, CloseReason, Panel
from bot.domain.errors import NotAllowed, NotFound, Outdated, TakenBy, WrongState
from bot.domain.outgoing import CaseCard, DraftCard, PublicReply, SendState
from bot.domain.reply import DraftState
from bot.services.triage import WAKE
from classifiers.labels import Label

HOUR = timedelta(hours=1)


async def test_of_fifty_who_take_at_once_one_wins_and_the_others_learn_who(agency: Agency) -> None:
    case = await agency.receive()
    names = ["sari", "budi", "ratna", "dewi", "joko"] * 10
    taps = [agency.tap(name, case, 1) for name in names]
    ended = await asyncio.gather(*(agency.triage.take(tap) for tap in taps), return_exceptions=True)
    won = [e for e in ended if not isinstance(e, BaseException)]
    winner = (await agency.case(case)).assignee
    assert [w.assignee for w in won] == [winner]
    told = [e.person for e in ended if isinstance(e, TakenBy)]
    assert told == [winner] * 40
    assert sum(isinstance(e, Outdated) for e in ended) == 9
    assert await agency.actions(f"case:{case}") == ["receive", "take"]


async def test_the_same_press_delivered_twice_acts_once(agency: Agency) -> None:
    case = await agency.receive()
    tap = agency.tap("sari", case, 1, "update:77")
    first, again = await agency.triage.take(tap), await agency.triage.take(tap)
    assert first == again
    assert (await agency.case(case)).version == 2


async def test_an_older_card_is_refused_and_an_unknown_case_too(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.open_panel(agency.tap("sari", case, 1), Panel.LABEL)
    with pytest.raises(Outdated):
        await agency.triage.take(agency.tap("budi", case, 1))
    with pytest.raises(NotFound):
        await agency.triage.take(agency.tap("budi", 999, 1))


@pytest.mark.parametrize("name", ["wawan", "tuti", "eko"])
async def test_who_may_not_work_on_cases_changes_nothing(agency: Agency, name: str) -> None:
    case = await agency.receive()
    before = await agency.case(case)
    for press in (
        agency.triage.take(agency.tap(name, case, 1)),
        agency.triage.close(agency.tap(name, case, 1), CloseReason.SPAM),
        agency.triage.snooze(agency.tap(name, case, 1), HOUR),
        agency.triage.toggle_label(agency.tap(name, case, 1), Label.HOAX),
        agency.triage.open_panel(agency.tap(name, case, 1), Panel.REPLY),
    ):
        with pytest.raises(NotAllowed):
            await press
    assert await agency.case(case) == before


async def test_an_officer_works_only_while_on_duty(agency: Agency) -> None:
    case = await agency.receive()
    agency.duty.off.add("joko")
    with pytest.raises(NotAllowed):
        await agency.triage.take(agency.tap("joko", case, 1))
    agency.duty.off.clear()
    assert (await agency.triage.take(agency.tap("joko", case, 1))).assignee == "joko"


async def due(agency: Agency) -> int:
    """What the clockwork does with the wake timers."""
    fired = 0
    async with agency.database.transaction() as tx:
        for timer in await tx.timers.due(agency.clock.now(), 100):
            assert timer.kind == WAKE
            await agency.triage.wake(timer, tx)
            await tx.timers.done(timer, "fired")
            fired += 1
    return fired


async def test_a_snooze_that_began_within_a_second_ends(agency: Agency) -> None:
    """Stored times are whole seconds; the case's and the timer's need not be rounded alike."""
    agency.clock.advance(0.4)
    case = await agency.receive()
    await agency.triage.snooze(agency.tap("sari", case, 1), HOUR)
    agency.clock.advance(3601)
    await due(agency)
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED


async def test_a_snoozed_case_comes_back_to_its_person_after_a_restart(
    agency: Agency, restart: Restarts
) -> None:
    case = await agency.receive()
    await agency.triage.snooze(agency.tap("sari", case, 1), HOUR)
    agency = await restart(agency)
    agency.clock.advance(3599)
    assert await due(agency) == 0
    agency = await restart(agency)
    agency.clock.advance(1)
    assert await due(agency) == 1
    woken = await agency.case(case)
    assert (woken.status, woken.assignee, woken.snoozed_until) == (CaseStatus.ASSIGNED, "sari", None)
    assert await due(agency) == 0


async def test_looking_at_a_snoozed_case_does_not_make_it_sleep_for_ever(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.snooze(agency.tap("sari", case, 1), HOUR)
    await agency.triage.open_panel(await agency.on("budi", case), Panel.LABEL)
    await agency.triage.toggle_label(await agency.on("budi", case), Label.HOAX)
    await agency.triage.back(await agency.on("budi", case))
    agency.clock.advance(3600)
    await due(agency)
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED


async def test_put_off_anew_it_sleeps_until_the_later_time_and_each_waking_redraws_the_card(
    agency: Agency,
) -> None:
    case = await agency.receive()
    await agency.triage.snooze(agency.tap("sari", case, 1), HOUR)
    agency.clock.advance(1800)
    await agency.triage.snooze(await agency.on("sari", case), HOUR)
    agency.clock.advance(1800)
    assert await due(agency) == 1
    assert (await agency.case(case)).status is CaseStatus.SNOOZED
    agency.clock.advance(1800)
    await agency.settle()
    drawn = len(await agency.queued(CaseCard))
    await due(agency)
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED
    assert len(await agency.queued(CaseCard)) == drawn + 1


async def test_a_case_that_was_taken_meanwhile_is_left_alone(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.snooze(agency.tap("sari", case, 1), HOUR)
    taken = await agency.triage.take(await agency.on("sari", case))
    agency.clock.advance(3600)
    assert await due(agency) == 1
    assert (await agency.case(case)).version == taken.version


async def test_only_its_person_puts_a_case_off(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.take(agency.tap("sari", case, 1))
    with pytest.raises(TakenBy, match="sari") as refused:
        await agency.triage.snooze(await agency.on("budi", case), HOUR)
    assert refused.value.person == "sari"


@pytest.mark.parametrize("reason", list(CloseReason))
async def test_closing_keeps_the_reason_and_who_did_it(agency: Agency, reason: CloseReason) -> None:
    case = await agency.receive()
    closed = await agency.triage.close(agency.tap("sari", case, 1), reason)
    assert closed.status is (CaseStatus.HANDED_OVER if reason is CloseReason.NOT_OURS else CaseStatus.CLOSED)
    assert (closed.close_reason, closed.closed_by) == (reason, "sari")
    reopened = await agency.triage.reopen(await agency.on("budi", case))
    assert (reopened.status, reopened.close_reason, reopened.closed_by) == (CaseStatus.NEW, None, None)


async def test_closing_withdraws_a_waiting_draft_and_the_coordinators_see_it_gone(agency: Agency) -> None:
    draft = await agency.waiting()
    drawn = len(await agency.queued(DraftCard))
    await agency.triage.close(await agency.on("budi", draft.case_id), CloseReason.SPAM)
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    await agency.settle()
    assert len(await agency.queued(DraftCard)) == drawn + 2
    assert await agency.database.read.timers.open(f"draft:{draft.id}") == []
    with pytest.raises(WrongState):
        await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert "PublicReply" not in agency.wire.kinds()


@pytest.mark.parametrize("what", ["close", "release", "snooze"])
async def test_approved_words_on_their_way_cannot_be_taken_back(agency: Agency, what: str) -> None:
    draft = await agency.approved()
    async with agency.database.transaction() as tx:
        row = await tx.outbox.reply_of(PublicReply(draft.id))
        assert row is not None
        assert await tx.outbox.take(row.id, agency.clock.now()) is not None
    before = await agency.case(draft.case_id)
    tap = await agency.on("sari", draft.case_id)
    press = {
        "close": agency.triage.close(tap, CloseReason.SPAM),
        "release": agency.triage.release(tap),
        "snooze": agency.triage.snooze(tap, HOUR),
    }
    for name, work in press.items():
        if name == what:
            with pytest.raises(WrongState):
                await work
        else:
            work.close()
    assert await agency.case(draft.case_id) == before
    assert (await agency.draft(draft.id)).state is DraftState.APPROVED


async def test_back_from_the_writing_panel_gives_the_draft_up(agency: Agency) -> None:
    draft = await agency.written()
    back = await agency.triage.back(await agency.on("sari", draft.case_id))
    assert (back.panel, back.status) == (Panel.MAIN, CaseStatus.ASSIGNED)
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED


async def test_nobody_closes_the_panel_in_which_somebody_else_writes(agency: Agency) -> None:
    draft = await agency.written("sari")
    for name in ("ratna", "budi"):
        with pytest.raises(TakenBy):
            await agency.triage.back(await agency.on(name, draft.case_id))
    assert (await agency.draft(draft.id)).state is DraftState.WRITING


async def test_back_from_another_panel_leaves_a_waiting_draft_waiting(agency: Agency) -> None:
    draft = await agency.waiting()
    await agency.triage.open_panel(await agency.on("budi", draft.case_id), Panel.LABEL)
    await agency.triage.back(await agency.on("budi", draft.case_id))
    assert (await agency.draft(draft.id)).state is DraftState.WAITING
    posted = await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert posted.state is DraftState.APPROVED


async def test_released_it_is_free_and_its_draft_is_gone(agency: Agency) -> None:
    draft = await agency.waiting()
    free = await agency.triage.release(await agency.on("sari", draft.case_id))
    assert (free.status, free.assignee) == (CaseStatus.NEW, None)
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    assert (await agency.triage.take(await agency.on("budi", draft.case_id))).assignee == "budi"


async def test_a_draft_taken_back_leaves_the_case_where_it_is(agency: Agency) -> None:
    draft = await agency.waiting()
    tap = await agency.on("sari", draft.case_id)
    kept = await agency.triage.withdraw(tap)
    assert (kept.status, kept.assignee) == (CaseStatus.ASSIGNED, "sari")
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    assert await agency.triage.withdraw(tap) == kept, "the press came again after a crash"
    with pytest.raises(WrongState):
        await agency.triage.withdraw(await agency.on("sari", draft.case_id))
    with pytest.raises(NotAllowed):
        await agency.triage.withdraw(await agency.on("wawan", draft.case_id))


async def test_a_persons_labels_become_training_data_once_per_person(agency: Agency) -> None:
    case = await agency.receive("Kata tetangga airnya beracun")
    await agency.triage.toggle_label(await agency.on("sari", case), Label.HOAX)
    await agency.triage.toggle_label(await agency.on("sari", case), Label.QUESTION)
    (one,) = await agency.database.read.learning.corrections()
    assert (one.text, one.labels) == ("Kata tetangga airnya beracun", ("hoax",))
    assert (await agency.comments(case))[0].verdict.labels == ("question",)
    tap = await agency.on("budi", case)
    await agency.triage.toggle_label(tap, Label.SPAM)
    await agency.triage.toggle_label(tap, Label.SPAM)
    assert (await agency.case(case)).verdict.labels == ("hoax", "spam")


async def test_the_queue_shows_the_most_urgent_first_and_the_snoozed_last(agency: Agency) -> None:
    agency.reads.known.update(banjir=verdict("emergency"), mantap=verdict("praise"))
    calm, loud, asleep = [await agency.receive(text) for text in ("mantap", "banjir", "banjir lagi")]
    await agency.triage.snooze(agency.tap("sari", asleep, 1), HOUR)
    closed = await agency.receive()
    await agency.triage.close(agency.tap("sari", closed, 1), CloseReason.SPAM)
    lines = (await agency.triage.queue(agency.tap("tuti", 0))).lines
    assert [line.case.id for line in lines] == [loud, calm, asleep]


async def test_a_press_and_an_edit_at_the_same_time_leave_a_whole_case(agency: Agency) -> None:
    for round_ in range(5):
        message = f"m{round_}"
        case = await agency.receive(comment("Kapan?", message=message, author=f"tg:9{round_}"))
        await asyncio.gather(
            agency.triage.take(agency.tap("sari", case, 1)),
            agency.receive(comment("Kapan ya?", message=message, author=f"tg:9{round_}", at=later(2))),
            agency.triage.take(agency.tap("budi", case, 1)),
            return_exceptions=True,
        )
        now = await agency.case(case)
        assert now.assignee in {"sari", "budi"}
        assert len(await agency.comments(case)) == 2


async def test_approved_words_that_wait_behind_the_lock_can_be_taken_back(agency: Agency) -> None:
    await agency.team.lock(agency.tap("sari", 0))
    draft = await agency.approved()
    await agency.triage.release(await agency.on("sari", draft.case_id))
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    row = await agency.database.read.outbox.reply_of(PublicReply(draft.id))
    assert row is not None
    assert row.state is SendState.DROPPED, "an unlocking must not send them"
