"""An answer that is not, or no longer, the one to the same question: the bot gives it to nobody."""

from agency import Agency, approve_templates, short, template
from fakes import comment
from test_services_repeating import ASKED, BARE, NAMED, ONCE, answered, asks, cluster
from test_services_repeating import town as town  # noqa: PLC0414 - a fixture

from bot.domain.case import CaseId, CaseStatus
from bot.domain.comment import Platform
from bot.domain.outgoing import Notice
from bot.services.template_shelf import Shelf


async def test_an_answer_that_was_opened_again_is_not_given(town: Agency) -> None:
    lead = await answered(town)
    await town.triage.reopen(await town.on("sari", lead))
    reopened = await asks(town)
    assert (await town.case(reopened)).status is CaseStatus.NEW


async def test_an_answer_whose_template_retired_is_not_given(town: Agency) -> None:
    lead = await answered(town)
    await town.templates.retire(town.tap("ratna", 0), short(NAMED))
    assert (await town.case(await asks(town))).status is CaseStatus.NEW
    assert (await cluster(town, lead)).repeats.given == 0


async def test_the_old_words_of_a_template_that_was_put_right_are_not_given_any_more(
    town: Agency,
) -> None:
    lead = await answered(town, short(BARE))
    right = template("mawar-singkat", "Jalan Mawar diperbaiki bulan depan.", repeat=True, version=2)
    town.templates.shelf = Shelf((NAMED, ONCE, right))
    await approve_templates(town)
    assert (await town.case(await asks(town))).status is CaseStatus.NEW
    assert (await cluster(town, lead)).repeats.given == 0
    assert [what.params["of"] for what in town.wire.of(Notice) if what.what == "asked_again"] == [1]


async def told(town: Agency, case: int, words: str = short(NAMED)) -> None:
    """One more answer to whoever asked first."""
    draft = await town.replies.use_template(await town.on("sari", case), words)
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.settle()
    assert (await town.case(case)).status is CaseStatus.ANSWERED


async def test_what_the_first_was_told_when_they_asked_something_else_is_given_to_nobody(
    town: Agency,
) -> None:
    private = {"author": "tg:7", "thread": "7", "platform": Platform.TELEGRAM_DM}
    lead = await town.receive(comment(ASKED, **private))
    draft = await town.replies.use_template(await town.on("sari", lead), short(ONCE))
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    await town.approvals.approve(await town.at("ratna", draft.id))
    await town.settle()
    more = "Lalu lampu jalan di gang belakang sekolah dasar itu kapan diganti, gelap sekali tiap malam?"
    assert await town.receive(comment(more, **private)) == lead
    await told(town, lead)
    for text in (ASKED + " 🙏", more + " 🙏"):
        assert (await town.case(await asks(town, text))).status is CaseStatus.NEW
    assert (await cluster(town, lead)).repeats.given == 0


async def test_what_the_first_was_told_beside_the_answer_is_given_to_nobody(town: Agency) -> None:
    lead = await answered(town, short(ONCE))
    await town.triage.reopen(await town.on("sari", lead))
    await told(town, lead)
    assert (await town.case(await asks(town))).status is CaseStatus.NEW


async def test_who_writes_what_a_person_joined_to_the_question_is_answered_by_a_person(town: Agency) -> None:
    other = "Lubang besar di jalan Mawar dekat pasar itu sangat berbahaya, tolong segera diperbaiki dong"
    lead = await town.receive(ASKED)
    await town.clusters.join(await town.on("sari", await town.receive(other)), CaseId(lead))
    await told(town, lead)
    assert (await town.case(await asks(town, other + " 🙏"))).status is CaseStatus.NEW
    assert (await town.case(await asks(town))).status is CaseStatus.ANSWERED, "the very same question"


async def test_the_answer_that_was_put_right_for_all_is_given_on(town: Agency) -> None:
    lead = await answered(town, short(ONCE))
    await town.answering.correcting.correct_all(await town.on("sari", lead))
    await told(town, lead)
    assert (await town.case(await asks(town))).status is CaseStatus.ANSWERED
