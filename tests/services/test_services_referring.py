"""Not our authority: what the words bring about, and a number that is kept however it is typed."""

from dataclasses import replace

import pytest
from agency import PLAIN, Agency, approve_templates, enrol_all, short, template
from fakes import comment, verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import FakeClock
from bot.domain.case import CaseStatus, CloseReason, Panel
from bot.domain.errors import BadInput, NotAllowed, NotFound, WrongState
from bot.domain.referral import read_lapor
from bot.domain.reply import DraftState
from bot.domain.search import Search
from bot.domain.template import Slot, SlotKind
from bot.store.database import Database

HANDS = template(
    "bukan-kami",
    "Halo, urusan ini ditangani {siapa}.",
    Slot("siapa", SlotKind.CHOICE, "Siapa?", (("pln", "PLN"), ("pusat", "kementerian"))),
    hands_over="{siapa}",
)
OTHER = template("jalan-lain", "Ruas ini dikelola provinsi.", hands_over="provinsi", topics=("listrik",))


@pytest.fixture
async def office(database: Database, clock: FakeClock) -> Agency:
    made = Agency(database, clock, templates_of=(PLAIN, HANDS, OTHER))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_is_refused(typed: str) -> None:
    try:
        found = read_lapor(typed)
    except BadInput:
        return
    assert found.isascii()
    assert found.isdigit()
    assert 5 <= len(found) <= 12


@given(st.text("0123456789", min_size=5, max_size=12), st.sampled_from(["", "#", "LAPOR! ", "sp4n-lapor! #"]))
def test_a_number_is_read_with_or_without_what_people_put_before_it(digits: str, before: str) -> None:
    assert read_lapor(f" {before}{digits} ") == digits


@pytest.mark.parametrize("typed", ["", "1234", "12345678901234", "0812 kosong", "nomor 12345 dan 67890"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_lapor(typed)


async def test_the_panel_shows_who_may_be_in_charge_and_nothing_else(office: Agency) -> None:
    office.reads.known["lampu"] = verdict("complaint", topics=("listrik",))
    case = await office.receive("lampu jalan mati")
    await office.triage.open_panel(await office.on("sari", case), Panel.REFER)
    view = await office.desk.case((await office.case(case)).id)
    assert view is not None
    assert [one.suggestion.template.id for one in view.templates] == ["jalan-lain", "bukan-kami"]
    assert all(one.suggestion.usability.ok for one in view.templates)


async def test_approved_words_hand_the_case_over_when_they_stand_in_public(office: Agency) -> None:
    case = await office.receive("kenapa listrik padam")
    await office.triage.open_panel(await office.on("sari", case), Panel.REFER)
    draft = await office.replies.use_template(await office.on("sari", case), short(HANDS))
    draft = await office.replies.fill_choice(await office.at("sari", draft.id), 0)
    assert draft.hands_over == "PLN"
    draft = await office.approvals.submit(await office.at("sari", draft.id))
    await office.approvals.approve(await office.at("ratna", draft.id))
    assert (await office.case(case)).status is CaseStatus.DRAFTED
    await office.settle()
    now = await office.case(case)
    assert (now.status, now.close_reason, now.closed_by) == (
        CaseStatus.HANDED_OVER,
        CloseReason.NOT_OURS,
        "sari",
    )
    assert now.answered_at is not None
    assert (await office.draft(draft.id)).state is DraftState.POSTED
    again = await office.triage.reopen(await office.on("budi", case))
    assert (again.status, again.answered_at) == (CaseStatus.ASSIGNED, None)


async def test_other_words_in_their_place_hand_nothing_over(office: Agency) -> None:
    case = await office.receive("kenapa listrik padam")
    await office.replies.use_template(await office.on("sari", case), short(OTHER))
    await office.triage.back(await office.on("sari", case))
    draft = await office.replies.use_template(await office.on("sari", case), short(PLAIN))
    assert draft.hands_over == ""
    draft = await office.approvals.submit(await office.at("sari", draft.id))
    await office.approvals.approve(await office.at("ratna", draft.id))
    await office.settle()
    assert (await office.case(case)).status is CaseStatus.ANSWERED


async def test_a_number_is_kept_once_and_found_by_it_alone(office: Agency) -> None:
    case, other = await office.receive("satu"), await office.receive("dua")
    tap = office.tap("sari", case, 1, "update:900")
    await office.triage.referring.ask(tap)
    await office.triage.referring.keep(tap, "1234567")
    await office.triage.referring.keep(tap, "1234567")
    assert (await office.actions(f"case:{case}")).count("lapor") == 1
    await office.triage.referring.keep(office.tap("sari", other), "1234567")
    await office.triage.referring.keep(office.tap("sari", other), "7654321")
    for number, wanted in (("1234567", [case]), ("7654321", [other]), ("1111111", [])):
        page = await office.searching.find(office.tap("tuti", 0), Search(lapor=number))
        assert [line.case.id for line in page.lines] == wanted


async def test_a_life_at_risk_is_filed_nowhere_and_its_number_leads_nowhere(office: Agency) -> None:
    office.reads.known["pamit"] = verdict("emergency", topics=("bunuh-diri",))
    case = await office.receive(comment("aku mau pamit", author="tg:9"))
    for deed in (office.triage.referring.ask, lambda tap: office.triage.referring.keep(tap, "1234567")):
        with pytest.raises(WrongState):
            await deed(office.tap("sari", case, 1))
    later = await office.receive("biasa saja")
    await office.triage.referring.keep(office.tap("sari", later), "1234567")
    async with office.database.transaction() as tx:
        await tx.cases.save(replace(await office.case(later), sensitive=True))
    page = await office.searching.find(office.tap("sari", 0), Search(lapor="1234567"))
    assert page.lines == ()


@pytest.mark.parametrize("name", ["wawan", "tuti", "eko"])
async def test_who_may_not_close_files_nothing(office: Agency, name: str) -> None:
    case = await office.receive("satu")
    with pytest.raises(NotAllowed):
        await office.triage.referring.keep(office.tap(name, case), "1234567")
    with pytest.raises(NotFound):
        await office.triage.referring.keep(office.tap("sari", 999), "1234567")
