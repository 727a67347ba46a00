"""Silence never means yes, no author approves, and what goes out is what was approved."""

import asyncio
from dataclasses import replace

import pytest
from agency import Agency, Restarts
from fakes import comment, later

from bot.domain.case import CaseStatus
from bot.domain.errors import (
    BadInput,
    Expired,
    NotAllowed,
    NotFound,
    Outdated,
    WrongState,
)
from bot.domain.outgoing import DraftCard, Notice, Prompt, PublicReply, SendState
from bot.domain.people import PersonId
from bot.domain.reply import ApprovedAs, Draft, DraftState, text_sha
from bot.services.approvals import EXPIRE


async def asked(agency: Agency, draft: int) -> set[str]:
    return {str(c.person) for c in agency.wire.of(DraftCard) if isinstance(c, DraftCard) and c.draft == draft}


async def notices(agency: Agency) -> list[str]:
    return [n.what.what for n in await agency.queued(Notice) if isinstance(n.what, Notice)]


async def expire(agency: Agency) -> int:
    """What the clockwork does with the timers of drafts."""
    fired = 0
    async with agency.database.transaction() as tx:
        for timer in await tx.timers.due(agency.clock.now(), 100):
            assert timer.kind == EXPIRE
            await agency.approvals.expire(timer, tx)
            await tx.timers.done(timer, "fired")
            fired += 1
    return fired


async def test_a_submitted_draft_goes_to_each_coordinator(agency: Agency) -> None:
    draft = await agency.waiting("sari")
    assert await asked(agency, draft.id) == {"ratna", "dewi"}
    case = await agency.case(draft.case_id)
    assert (case.status, case.assignee) == (CaseStatus.DRAFTED, "sari")
    view = await agency.desk.case(case.id)
    assert view is not None
    assert set(view.waiting_for) == {"ratna", "dewi"}


async def test_it_never_goes_to_its_author(agency: Agency) -> None:
    draft = await agency.waiting("ratna")
    assert await asked(agency, draft.id) == {"dewi"}


async def test_an_approval_is_bound_to_the_text_and_the_revision(agency: Agency) -> None:
    draft = await agency.approved("sari", by="ratna")
    assert draft.approved_sha == text_sha("Perbaikan dimulai Senin, ya.")
    assert (draft.approved_as, draft.decided_by) == (ApprovedAs.TEXT, "ratna")
    line = (await agency.database.read.journal.about(f"draft:{draft.id}"))[-1]
    assert draft.approved_sha in str(line["canonical"])
    await agency.settle()
    posted = await agency.draft(draft.id)
    case = await agency.case(draft.case_id)
    assert (posted.state, case.status) == (DraftState.POSTED, CaseStatus.ANSWERED)
    assert posted.posted_message != ""


async def test_of_many_coordinators_tapping_at_once_one_wins_and_one_reply_leaves(agency: Agency) -> None:
    draft = await agency.waiting()
    taps = [await agency.at(name, draft.id) for name in ["ratna", "dewi"] * 25]
    ended = await asyncio.gather(*(agency.approvals.approve(t) for t in taps), return_exceptions=True)
    assert sum(isinstance(e, Draft) for e in ended) == 1
    lost = [e for e in ended if isinstance(e, WrongState)]
    assert {e.by for e in lost} == {(await agency.draft(draft.id)).decided_by}
    assert len(lost) == 49
    await agency.settle()
    assert agency.wire.kinds().count("PublicReply") == 1


async def test_approve_and_reject_at_once_have_one_outcome(agency: Agency) -> None:
    draft = await agency.waiting()
    yes, no = await agency.at("ratna", draft.id), await agency.at("dewi", draft.id)
    await asyncio.gather(agency.approvals.reject(no), agency.approvals.approve(yes), return_exceptions=True)
    await agency.settle()
    decided = await agency.draft(draft.id)
    assert decided.state in {DraftState.REJECTED, DraftState.POSTED}
    assert agency.wire.kinds().count("PublicReply") == (decided.state is DraftState.POSTED)


@pytest.mark.parametrize("name", ["sari", "budi", "joko", "wawan", "tuti", "eko"])
async def test_only_coordinators_decide(agency: Agency, name: str) -> None:
    draft = await agency.waiting("sari")
    tap = await agency.at(name, draft.id)
    for press in (
        agency.approvals.approve(tap),
        agency.approvals.reject(tap),
        agency.approvals.return_(tap, "ganti"),
        agency.approvals.ask_note(tap),
    ):
        with pytest.raises(NotAllowed):
            await press
    assert await agency.draft(draft.id) == draft


async def test_a_card_that_was_read_before_the_text_changed_decides_nothing(agency: Agency) -> None:
    draft = await agency.waiting()
    with pytest.raises(Outdated):
        await agency.approvals.approve(agency.tap("ratna", draft.id, draft.version - 1))
    with pytest.raises(NotFound):
        await agency.approvals.approve(agency.tap("ratna", 999, 1))


async def test_edited_after_the_card_was_read_the_draft_cannot_be_approved(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    draft = await agency.replies.write(agency.tap("sari", case), "Sedang diperbaiki.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    tap = await agency.at("ratna", draft.id)
    await agency.receive(comment("Airnya beracun", message="70", at=later(5)))
    with pytest.raises(WrongState):
        await agency.approvals.approve(tap)


async def test_edited_after_the_approval_it_is_never_posted(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    draft = await agency.replies.write(agency.tap("sari", case), "Sedang diperbaiki.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.receive(comment("Airnya beracun", message="70", at=later(5)))
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert await agency.state_of(PublicReply) == [SendState.DROPPED]
    assert "PublicReply" not in agency.wire.kinds()
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED


async def test_words_that_differ_from_the_approved_ones_are_never_posted(agency: Agency) -> None:
    draft = await agency.approved()
    await agency.database._writer.ask("UPDATE draft SET text = 'Lain.' WHERE id = :id", {"id": draft.id})
    await agency.settle()
    assert await agency.state_of(PublicReply) == [SendState.DROPPED]


async def test_returned_with_a_note_its_writer_may_write_again(agency: Agency) -> None:
    draft = await agency.waiting()
    await agency.approvals.ask_note(await agency.at("ratna", draft.id))
    asked_for = (await agency.queued(Prompt))[-1].what
    assert isinstance(asked_for, Prompt)
    assert (asked_for.to, asked_for.purpose) == ("person:ratna", f"return:{draft.id}:{draft.version}")
    with pytest.raises(BadInput, match="empty"):
        await agency.approvals.return_(await agency.at("ratna", draft.id), "  ")
    back = await agency.approvals.return_(await agency.at("ratna", draft.id), " Sebut tanggalnya. ")
    assert (back.state, back.note) == (DraftState.RETURNED, "Sebut tanggalnya.")
    case = await agency.case(draft.case_id)
    assert (case.status, case.assignee) == (CaseStatus.ASSIGNED, "sari")
    assert "draft_returned" in await notices(agency)
    again = await agency.replies.write(agency.tap("sari", case.id), "Mulai Senin 23 November.")
    assert again.id != draft.id


async def test_rejected_it_is_over(agency: Agency) -> None:
    draft = await agency.waiting()
    tap = await agency.at("dewi", draft.id)
    await agency.approvals.reject(tap)
    assert await agency.approvals.reject(tap) == await agency.draft(draft.id)
    assert (await notices(agency)).count("draft_rejected") == 1
    with pytest.raises(WrongState):
        await agency.approvals.approve(await agency.at("ratna", draft.id))


async def test_in_silence_the_next_are_asked_and_then_it_expires_and_never_posts(
    agency: Agency, restart: Restarts
) -> None:
    draft = await agency.written()
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    agency.clock.advance(1799)
    assert await expire(agency) == 0
    agency = await restart(agency)
    agency.clock.advance(1)
    assert await expire(agency) == 1
    await agency.settle()
    raised = await agency.draft(draft.id)
    assert (raised.state, raised.level) == (DraftState.WAITING, 1)
    assert "tuti" in await asked(agency, draft.id)
    agency.clock.advance(1800)
    assert await expire(agency) == 1
    gone = await agency.draft(draft.id)
    assert gone.state is DraftState.EXPIRED
    assert "draft_expired" in await notices(agency)
    assert (await agency.case(draft.case_id)).status is CaseStatus.ASSIGNED
    with pytest.raises(WrongState):
        await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    assert await agency.queued(PublicReply) == []


async def test_a_tap_at_the_very_end_of_the_time_is_too_late(agency: Agency) -> None:
    draft = await agency.written()
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    agency.clock.advance(1800)
    with pytest.raises(Expired):
        await agency.approvals.approve(await agency.at("ratna", draft.id))


async def test_the_button_of_the_first_card_is_void_once_the_next_are_asked(agency: Agency) -> None:
    draft = await agency.written()
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    old = await agency.at("ratna", draft.id)
    agency.clock.advance(1800)
    await expire(agency)
    with pytest.raises(Outdated):
        await agency.approvals.approve(replace(old, at=agency.clock.now()))
    approved = await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert approved.state is DraftState.APPROVED


async def test_with_nobody_to_ask_it_is_said_aloud(agency: Agency) -> None:
    agency.duty.targets = dict.fromkeys(agency.duty.targets, (PersonId("ratna"),))
    await agency.waiting("ratna")
    assert "no_approver" in await notices(agency)


async def test_a_level_that_nobody_can_reach_is_passed_over_at_once(agency: Agency) -> None:
    agency.duty.targets["role:koordinator"] = (PersonId("ratna"),)
    draft = await agency.waiting("ratna")
    kept = await agency.database.read.drafts.get(draft.id)
    assert kept is not None
    assert kept.level == 1
    assert "no_approver" not in await notices(agency)


async def test_a_decided_draft_is_left_alone_by_its_timer(agency: Agency) -> None:
    draft = await agency.waiting()
    await agency.approvals.reject(await agency.at("ratna", draft.id))
    agency.clock.advance(4000)
    assert await expire(agency) == 0
