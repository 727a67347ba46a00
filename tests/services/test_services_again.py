"""What comes again after a crash changes nothing; what a citizen adds in the meantime is not lost."""

from datetime import timedelta

import pytest
from agency import Agency
from fakes import comment, later, verdict

from bot.domain.case import CaseStatus
from bot.domain.errors import Outdated, WrongState
from bot.domain.outgoing import Notice, PublicReply, SendState
from bot.domain.reply import DraftState
from bot.services.delivery import Unsure
from bot.services.intake import How


async def test_an_update_from_before_an_edit_that_comes_again_is_no_new_edit(agency: Agency) -> None:
    first = await agency.intake.receive(comment("Kapan?", message="70"), "update:1")
    await agency.intake.receive(comment("Kapan diperbaiki?", message="70"), "update:2")
    for cause, text in (("update:1", "Kapan?"), ("update:2", "Kapan diperbaiki?")):
        again = await agency.intake.receive(comment(text, message="70"), cause)
        assert again.how is How.KNOWN
    assert [kept.comment.text for kept in await agency.comments(first.case)] == [
        "Kapan?",
        "Kapan diperbaiki?",
    ]


async def test_the_journal_names_no_account_of_a_citizen(agency: Agency) -> None:
    case = await agency.receive(comment("Halo", thread="5551234", author="tg:5551234"))
    lines = await agency.database.read.journal.about(f"case:{case}")
    assert not any("5551234" in str(line["canonical"]) for line in lines)


async def test_a_resend_that_comes_again_after_a_crash_sends_nothing_a_second_time(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Unsure("timeout"), Unsure("restart")]
    await agency.approved()
    await agency.settle()
    row = (await agency.queued(PublicReply))[0]
    press = agency.tap("sari", row.id, row.tries)
    await agency.posting.resend(press)
    await agency.settle()
    await agency.posting.resend(press)
    await agency.settle()
    with pytest.raises(Outdated):  # an impatient second press, made before the first was handled
        await agency.posting.resend(agency.tap("sari", row.id, row.tries))
    await agency.settle()
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]
    assert len([one for one in agency.wire.tried if isinstance(one.what, PublicReply)]) == 2


async def test_what_a_citizen_adds_while_others_decide_stops_the_words(agency: Agency) -> None:
    case = await agency.receive(comment("Kapan diperbaiki?"))
    draft = await agency.replies.write(agency.tap("sari", case), "Senin, ya.")
    agency.clock.advance(5)
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    agency.clock.advance(5)
    await agency.receive(comment("Eh, sekarang malah banjir", at=later(10)))
    with pytest.raises(WrongState):
        await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert PublicReply.__name__ not in agency.wire.kinds()
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED


async def test_words_for_an_everyday_matter_do_not_go_to_somebody_in_danger(agency: Agency) -> None:
    agency.reads.known["mati"] = verdict("complaint", topics=("bunuh-diri",))
    case = await agency.receive(comment("Kapan diperbaiki?"))
    draft = await agency.replies.write(agency.tap("sari", case), "Senin, ya.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.receive(comment("Rasanya ingin mati saja", at=later(10)))
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert PublicReply.__name__ not in agency.wire.kinds()


async def test_a_snooze_that_ends_is_heard_below_its_card(agency: Agency) -> None:
    case = await agency.receive()
    await agency.settle()
    await agency.triage.snooze(await agency.on("sari", case), timedelta(minutes=30))
    agency.clock.advance(1801)
    async with agency.database.transaction() as tx:
        for timer in await tx.timers.due(agency.clock.now(), 10):
            await agency.triage.wake(timer, tx)
    await agency.settle()
    card = await agency.database.read.outbox.card(f"case:{case}")
    assert card is not None
    assert agency.wire.of(Notice) == [Notice("triage", "woken", {"case": case}, card.message_id)]


async def test_no_forged_button_drafts_words_for_somebody_in_danger(agency: Agency) -> None:
    agency.reads.known["mati"] = verdict(topics=("bunuh-diri",))
    case = await agency.receive(comment("Rasanya ingin mati saja"))
    with pytest.raises(WrongState):
        await agency.replies.write(agency.tap("sari", case), "Terima kasih.")
    with pytest.raises(WrongState):
        await agency.replies.ask_words(await agency.on("sari", case))
    assert await agency.database.read.drafts.live((await agency.case(case)).id) is None
