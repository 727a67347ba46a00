"""What a card shows, read at the moment it is drawn."""

from agency import Agency
from fakes import comment, later

from bot.domain.case import CaseId
from bot.domain.comment import Platform
from bot.domain.outgoing import OutgoingId, PublicReply, Receipt, UncertainCard
from bot.domain.reply import DraftId
from bot.services.delivery import Unsure
from bot.services.desk import MANUAL
from bot.services.views import CaseView


async def view(agency: Agency, case: int) -> CaseView:
    found = await agency.desk.case(CaseId(case))
    assert found is not None
    return found


async def test_what_is_gone_has_no_card(agency: Agency) -> None:
    assert await agency.desk.case(CaseId(99)) is None
    assert await agency.desk.draft(DraftId(99)) is None
    assert await agency.desk.uncertain(OutgoingId(99)) is None
    case = await agency.receive()
    assert await agency.desk.uncertain((await agency.queued())[0].id) is None
    assert (await view(agency, case)).draft is None


async def test_the_latest_words_are_shown_with_the_earlier_ones_and_said_to_be_edited(agency: Agency) -> None:
    case = await agency.receive(comment("Air mati", message="1", author="tg:9"))
    await agency.receive(comment("di Melati", message="2", author="tg:9", at=later(5)))
    assert not (await view(agency, case)).edited
    await agency.receive(comment("di Kampung Melati", message="2", author="tg:9", at=later(9)))
    shown = await view(agency, case)
    assert shown.edited
    assert shown.comment.comment.text == "di Kampung Melati"
    assert [c.comment.text for c in shown.earlier] == ["Air mati", "di Melati"]


async def test_the_age_of_a_case_grows_with_the_clock(agency: Agency) -> None:
    case = await agency.receive()
    agency.clock.advance(90)
    assert (await view(agency, case)).age.total_seconds() == 90


async def test_an_approver_reads_comment_text_and_source(agency: Agency) -> None:
    draft = await agency.waiting()
    shown = await agency.desk.draft(draft.id)
    assert shown is not None
    assert shown.comment.comment.text == "Kapan jalan diperbaiki?"
    assert (shown.draft.text, shown.changes, shown.source) == ("Perbaikan dimulai Senin, ya.", (), "")
    assert shown.names["ratna"] == "Ratna"


async def test_where_the_bot_cannot_post_a_person_copies_the_words(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Unsure(MANUAL)]
    case = await agency.receive(comment("Kapan?", platform=Platform.CSV, thread="file"))
    draft = await agency.replies.write(agency.tap("sari", case), "Besok, ya.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    assert [d.chat_id for d in agency.wire.tried if isinstance(d.what, PublicReply)] == [0]
    row = (await agency.queued(PublicReply))[0]
    shown = await agency.desk.uncertain(row.id)
    assert shown is not None
    assert (shown.manual, shown.text) == (True, "Besok, ya.")


async def test_an_unsure_receipt_is_asked_about_and_settled_by_name(agency: Agency) -> None:
    agency.wire.answers[Receipt] = [Unsure("timeout")]
    await agency.receive(comment("Halo", message="1", platform=Platform.TELEGRAM_DM, thread="501"))
    await agency.settle()
    row = (await agency.queued(Receipt))[0]
    assert UncertainCard(row.id) in agency.wire.of(UncertainCard)
    shown = await agency.desk.uncertain(row.id)
    assert shown is not None
    assert (shown.text, shown.manual, shown.settled_by) == ("", False, "")
    await agency.posting.mark_sent(agency.tap("budi", row.id, 1))
    settled = await agency.desk.uncertain(row.id)
    assert settled is not None
    assert settled.settled_by == "budi"
