"""Several templates in one reply: joined in order, read as one by the approver, counted each."""

import pytest
from agency import CLOSED, OPEN_TEXT, PLAIN, Agency, approve_templates, short, template
from agency import Agency as Office

from bot.domain.case import CaseId, Panel
from bot.domain.errors import BadInput, NotAllowed, NotFound, Outdated, UnusableTemplate, WrongState
from bot.domain.reply import Draft, DraftState
from bot.domain.template import TemplateUse

HOURS = template("jam", "Halo Kak, terima kasih. Loket buka setiap hari kerja. Salam dari kami.")
HALL = template("balai", "Halo Kak, balai kota ada di Jalan Merdeka.", use=TemplateUse.PLAYBOOK)
MORE = (CLOSED, OPEN_TEXT, PLAIN, HOURS, HALL)


@pytest.fixture
async def office(agency: Agency) -> Office:
    made = Agency(agency.database, agency.clock, agency.policy, MORE)
    await approve_templates(made)
    return made


async def begun(office: Office, *more: str) -> Draft:
    case = await office.receive()
    draft = await office.replies.use_template(await office.on("sari", case), short(PLAIN))
    for one in more:
        draft = await office.replies.snippets.add(await office.at("sari", draft.id), one)
    return draft


async def test_a_second_template_follows_the_first_and_the_gaps_are_asked_for(office: Office) -> None:
    draft = await begun(office, short(CLOSED))
    view = await office.desk.case(draft.case_id)
    assert view is not None
    assert (view.open_slot.name if view.open_slot else "", view.case.panel) == ("tanggal", Panel.WRITING)
    assert view.preview.startswith("Laporan Anda sudah kami teruskan ke Dinas PU.\n\nPerbaikan jalan dimulai")
    draft = await office.replies.fill_date(await office.at("sari", draft.id), 1)
    draft = await office.replies.fill_choice(await office.at("sari", draft.id), 0)
    draft = await office.replies.fill_text(await office.at("sari", draft.id), "https://pu.example.go.id/a")
    assert draft.text == (
        "Laporan Anda sudah kami teruskan ke Dinas PU.\n\n"
        "Perbaikan jalan dimulai 24 November 2026 di wilayah utara. Info: https://pu.example.go.id/a"
    )
    assert not draft.edited
    assert draft.snippets == ((CLOSED.id, 1),)
    waiting = await office.approvals.submit(await office.at("sari", draft.id))
    shown = await office.desk.draft(waiting.id)
    assert shown is not None
    assert shown.template_title == f"{PLAIN.title} + {CLOSED.title}"
    assert shown.changes == ()
    assert (await office.approvals.approve(await office.at("ratna", draft.id))).state is DraftState.APPROVED
    assert await office.actions(f"draft:{draft.id}") == [
        "draft", "snippet", "fill", "fill", "fill", "submit", "approve",
    ]  # fmt: skip


async def test_the_approver_reads_what_each_of_them_rests_on(agency: Agency) -> None:
    law = template("hukum", "Halo Kak, tarifnya diatur.", source="", basis="Perda 3/2024")
    plan = template("rencana", "Halo Kak, jadwalnya ada.", basis="SOP loket")
    office = Office(agency.database, agency.clock, agency.policy, (PLAIN, law, plan))
    await approve_templates(office)
    draft = await begun(office, short(law), short(plan))
    shown = await office.desk.draft(draft.id)
    assert shown is not None
    assert {shown.source, *shown.more_sources} == {PLAIN.source}, "one page, named once"
    assert shown.bases == ("Perda 3/2024", "SOP loket")


async def test_a_template_retired_meanwhile_takes_the_whole_back(office: Office) -> None:
    draft = await begun(office, short(HOURS))
    waiting = await office.approvals.submit(await office.at("sari", draft.id))
    await office.templates.retire(office.tap("ratna", 0), short(HOURS))
    with pytest.raises(UnusableTemplate):
        await office.approvals.approve(await office.at("ratna", waiting.id))


async def test_three_are_enough_and_none_twice(office: Office) -> None:
    draft = await begun(office, short(HOURS))
    with pytest.raises(BadInput, match="snippet_twice"):
        await office.replies.snippets.add(await office.at("sari", draft.id), short(HOURS))
    draft = await office.replies.snippets.add(await office.at("sari", draft.id), short(OPEN_TEXT))
    with pytest.raises(BadInput, match="snippet_most:3"):
        await office.replies.snippets.add(await office.at("sari", draft.id), short(CLOSED))


async def test_words_that_a_person_wrote_are_never_written_over(office: Office) -> None:
    draft = await begun(office)
    await office.replies.write(office.tap("sari", draft.case_id), "Sudah kami teruskan, Kak.")
    with pytest.raises(BadInput, match="snippet_after_words"):
        await office.replies.snippets.add(await office.at("sari", draft.id), short(HOURS))
    own = await office.written()
    with pytest.raises(BadInput, match="snippet_after_words"):
        await office.replies.snippets.add(await office.at("sari", own.id), short(HOURS))


async def test_what_is_not_allowed_is_refused(office: Office) -> None:
    draft = await begun(office)
    snippets = office.replies.snippets
    with pytest.raises(UnusableTemplate):
        await snippets.add(await office.at("sari", draft.id), short(HALL))
    with pytest.raises(NotAllowed):
        await snippets.add(await office.at("tuti", draft.id), short(HOURS))
    with pytest.raises(Outdated):
        await snippets.add(office.tap("sari", draft.id, 99), short(HOURS))
    with pytest.raises(NotFound):
        await snippets.add(office.tap("sari", 99), short(HOURS))
    await office.templates.retire(office.tap("ratna", 0), short(HOURS))
    with pytest.raises(UnusableTemplate):
        await snippets.add(await office.at("sari", draft.id), short(HOURS))
    assert (await office.draft(draft.id)).snippets == ()
    await office.approvals.submit(await office.at("sari", draft.id))
    with pytest.raises(WrongState):
        await snippets.add(await office.at("sari", draft.id), short(OPEN_TEXT))


async def test_the_same_press_twice_joins_once(office: Office) -> None:
    draft = await begun(office)
    tap = await office.at("sari", draft.id)
    once = await office.replies.snippets.add(tap, short(HOURS))
    assert await office.replies.snippets.add(tap, short(HOURS)) == once


async def test_the_panel_offers_what_fits_and_keeps_the_draft(office: Office) -> None:
    draft = await begun(office)
    case = await office.triage.open_panel(await office.on("sari", draft.case_id), Panel.SNIPPET)
    view = await office.desk.case(CaseId(case.id))
    assert view is not None
    assert {one.suggestion.template.id for one in view.templates} & {CLOSED.id, HOURS.id, OPEN_TEXT.id}
    assert view.draft is not None
    assert view.draft.state is DraftState.WRITING
    assert view.preview == draft.text
