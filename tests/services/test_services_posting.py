"""Words to the public: never twice, never after /kunci, and what is unsure is asked of a person."""

import asyncio

import pytest
from agency import Agency, Restarts
from fakes import comment, later
from queueing import only, page, put, until

from bot.domain.case import CaseStatus
from bot.domain.comment import Platform
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.lane import Lane
from bot.domain.outgoing import PageCard, PublicReply, Receipt, SendState, UncertainCard
from bot.domain.reply import DraftState
from bot.services.delivery import Impossible, NotSent, Outcome, TooMany, Unsure


async def test_a_public_reply_that_may_have_arrived_is_not_sent_again(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Unsure("timeout")]
    draft = await agency.approved()
    await agency.settle()
    await agency.settle()
    row = await only(agency, PublicReply)
    assert (row.state, row.tries) == (SendState.UNCERTAIN, 1)
    assert agency.wire.of(UncertainCard) == [UncertainCard(row.id)]
    assert (await agency.draft(draft.id)).state is DraftState.APPROVED
    view, question = await agency.desk.case(draft.case_id), await agency.desk.uncertain(row.id)
    assert view is not None
    assert view.unsent == "uncertain"
    assert question is not None
    assert (question.text, question.settled_by) == ("Perbaikan dimulai Senin, ya.", "")


@pytest.mark.parametrize("answer", [NotSent("refused"), TooMany(3)])
async def test_one_that_surely_did_not_arrive_is_sent_again(agency: Agency, answer: Outcome) -> None:
    agency.wire.answers[PublicReply] = [answer]
    await agency.approved()
    await agency.settle()
    await agency.settle()
    assert await agency.state_of(PublicReply) == [SendState.SENT]
    assert agency.wire.kinds().count("PublicReply") == 1


async def test_killed_while_sending_a_person_looks_and_the_team_gets_it_again(
    agency: Agency, restart: Restarts
) -> None:
    await agency.approved()
    await put(agency, page())
    async with agency.database.transaction() as tx:
        for row in await agency.queued():
            if row.state is SendState.QUEUED:
                await tx.outbox.take(row.id, agency.clock.now())
    agency = await restart(agency)
    await agency.outbox.recover()
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]
    await agency.settle()
    await agency.settle()
    assert await agency.state_of(PageCard) == [SendState.SENT]
    assert "PublicReply" not in agency.wire.kinds()
    assert agency.wire.kinds().count("UncertainCard") == 1
    await agency.outbox.recover()
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]


async def uncertain(agency: Agency) -> tuple[int, int]:
    agency.wire.answers[PublicReply] = [Unsure("timeout")]
    draft = await agency.approved()
    await agency.settle()
    return draft.id, (await only(agency, PublicReply)).id


async def test_a_person_who_has_looked_sends_it_again(agency: Agency) -> None:
    draft, row = await uncertain(agency)
    tap = agency.tap("sari", row, 1)
    await agency.posting.resend(tap)
    with pytest.raises(Outdated):
        await agency.posting.resend(agency.tap("budi", row, 1))
    await agency.settle()
    assert (await agency.draft(draft)).state is DraftState.POSTED
    assert agency.wire.kinds().count("PublicReply") == 1


async def test_a_person_who_has_looked_says_that_it_stands_there(agency: Agency) -> None:
    draft, row = await uncertain(agency)
    await agency.posting.mark_sent(agency.tap("sari", row, 1))
    await agency.settle()
    posted = await agency.draft(draft)
    assert (posted.state, posted.posted_message) == (DraftState.POSTED, "")
    assert (await agency.case(posted.case_id)).status is CaseStatus.ANSWERED
    assert "PublicReply" not in agency.wire.kinds()
    view = await agency.desk.uncertain((await only(agency, PublicReply)).id)
    assert view is not None
    assert view.settled_by == "sari"
    with pytest.raises(Outdated):
        await agency.posting.mark_sent(agency.tap("budi", row, 1))


async def test_of_resend_and_already_sent_at_once_one_counts(agency: Agency) -> None:
    _, row = await uncertain(agency)
    ended = await asyncio.gather(
        agency.posting.mark_sent(agency.tap("sari", row, 1)),
        agency.posting.resend(agency.tap("budi", row, 1)),
        return_exceptions=True,
    )
    assert sum(isinstance(e, Outdated) for e in ended) == 1
    await agency.settle()
    sent = agency.wire.kinds().count("PublicReply")
    assert sent == (0 if isinstance(ended[1], Outdated) else 1)


async def test_a_stranger_to_the_work_settles_nothing(agency: Agency) -> None:
    _, row = await uncertain(agency)
    with pytest.raises(NotAllowed):
        await agency.posting.resend(agency.tap("tuti", row, 1))
    with pytest.raises(NotFound):
        await agency.posting.mark_sent(agency.tap("sari", 9999, 1))
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]


async def test_a_refused_reply_asks_a_person_who_may_give_it_up(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Impossible("message to be replied not found")]
    draft = await agency.approved()
    await agency.settle()
    row = await only(agency, PublicReply)
    assert row.state is SendState.FAILED
    assert agency.wire.kinds().count("UncertainCard") == 1
    free = await agency.triage.release(await agency.on("sari", draft.case_id))
    assert (free.status, (await agency.draft(draft.id)).state) == (CaseStatus.NEW, DraftState.DROPPED)
    shown = await agency.desk.uncertain(row.id)
    assert shown is not None
    assert (shown.queued.state, shown.settled_by) == (SendState.DROPPED, "sari")
    with pytest.raises(Outdated):
        await agency.posting.resend(agency.tap("budi", row.id, 1))


async def test_a_reply_that_arrived_while_its_comment_was_edited_is_recorded(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    draft = await agency.replies.write(agency.tap("sari", case), "Sedang diperbaiki.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.settle()
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    gate = agency.wire.hold[PublicReply] = asyncio.Event()
    sending = asyncio.create_task(agency.outbox.drain())
    await until(lambda: any(isinstance(t.what, PublicReply) for t in agency.wire.tried))
    await agency.receive(comment("Airnya beracun", message="70", at=later(5)))
    gate.set()
    await sending
    posted = await agency.draft(draft.id)
    assert (posted.state, (await only(agency, PublicReply)).state) == (DraftState.POSTED, SendState.SENT)
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED
    assert "post" in await agency.actions(f"draft:{draft.id}")


async def test_an_edited_comment_does_not_keep_an_uncertain_reply_from_being_settled(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Unsure("timeout")]
    draft = await agency.approved()
    await agency.settle()
    first = (await agency.comments(draft.case_id))[0].comment
    await agency.receive(comment("Lain", message=first.origin.message, author=first.author.key, at=later(9)))
    row = await only(agency, PublicReply)
    await agency.posting.mark_sent(agency.tap("sari", row.id, 1))
    assert (await agency.draft(draft.id)).state is DraftState.POSTED


async def test_locked_nothing_goes_to_the_public_and_all_else_does(agency: Agency) -> None:
    draft = await agency.waiting()
    await agency.team.lock(agency.tap("joko", 0))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.receive(comment("Halo", message="1", platform=Platform.TELEGRAM_DM, thread="501"))
    await put(agency, page())
    await agency.settle()
    kinds = set(agency.wire.kinds())
    assert {"PageCard", "CaseCard", "Notice"} <= kinds
    assert not kinds & {"PublicReply", "Receipt"}
    view = await agency.desk.case(draft.case_id)
    assert view is not None
    assert view.unsent == "locked"
    await agency.team.unlock(agency.tap("ratna", 0))
    await agency.team.unlock(agency.tap("dewi", 0))
    await agency.settle()
    assert {"PublicReply", "Receipt"} <= set(agency.wire.kinds())


async def test_the_lock_holds_a_reply_that_was_chosen_just_before(agency: Agency) -> None:
    await agency.approved()
    await agency.outbox.drain()
    assert await agency.state_of(PublicReply) == [SendState.SENT]
    other = await agency.waiting()
    await agency.approvals.approve(await agency.at("ratna", other.id))
    heads = await agency.database.read.outbox.heads(agency.clock.now())
    chosen = next(h for h in heads if h.lane is Lane.PUBLIC)
    await agency.team.lock(agency.tap("joko", 0))
    async with agency.database.transaction() as tx:
        assert await tx.outbox.take(chosen.id, agency.clock.now()) is None
    assert (await agency.state_of(PublicReply))[-1] is SendState.QUEUED


async def test_a_receipt_goes_into_the_private_chat(agency: Agency) -> None:
    await agency.receive(comment("Halo", message="1", platform=Platform.TELEGRAM_DM, thread="501"))
    await agency.settle()
    assert [s.chat_id for s in agency.wire.sent if isinstance(s.what, Receipt)] == [501]
