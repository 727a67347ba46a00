"""Writing: from a template whose gaps hold only what they say, or in one's own words."""

import pytest
from agency import CLOSED, OPEN_TEXT, PLAIN, Agency, short
from fakes import comment, verdict

from bot.domain.case import Panel
from bot.domain.errors import (
    BadInput,
    NotAllowed,
    Outdated,
    PersonalData,
    Refused,
    TakenBy,
    UnusableTemplate,
    WrongState,
)
from bot.domain.outgoing import Prompt
from bot.domain.reply import Draft, DraftState
from bot.domain.template import SlotFault


async def begin(agency: Agency, template: str, name: str = "sari", case: int = 0) -> Draft:
    case = case or await agency.receive()
    return await agency.replies.use_template(await agency.on(name, case), template)


async def filled(agency: Agency, name: str = "sari") -> Draft:
    draft = await begin(agency, short(CLOSED), name)
    draft = await agency.replies.fill_date(await agency.at(name, draft.id), 1)
    draft = await agency.replies.fill_choice(await agency.at(name, draft.id), 1)
    return await agency.replies.fill_text(
        await agency.at(name, draft.id), " https://pu.example.go.id/jadwal "
    )


async def test_the_gaps_are_filled_one_by_one_and_the_bot_fills_the_name(agency: Agency) -> None:
    draft = await filled(agency)
    assert draft.text == (
        "Halo Warga, perbaikan jalan dimulai 24 November 2026 di wilayah selatan. "
        "Info: https://pu.example.go.id/jadwal"
    )
    assert not draft.edited
    assert (await agency.desk.case(draft.case_id)).can_send_now  # type: ignore[union-attr]


async def test_a_free_gap_makes_the_words_an_edit(agency: Agency) -> None:
    draft = await begin(agency, short(OPEN_TEXT))
    draft = await agency.replies.fill_text(await agency.at("sari", draft.id), "Petugas datang besok.")
    assert (draft.text, draft.edited) == ("Terima kasih. Petugas datang besok.", True)
    view = await agency.desk.case(draft.case_id)
    assert view is not None
    assert not view.can_send_now


@pytest.mark.parametrize("bad", ["https://jahat.example.com/x", "http://pu.example.go.id", "bukan tautan"])
async def test_a_link_outside_the_list_is_refused_at_once(agency: Agency, bad: str) -> None:
    draft = await begin(agency, short(CLOSED))
    await agency.replies.fill_date(await agency.at("sari", draft.id), 0)
    await agency.replies.fill_choice(await agency.at("sari", draft.id), 0)
    before = await agency.draft(draft.id)
    with pytest.raises(SlotFault):
        await agency.replies.fill_text(await agency.at("sari", draft.id), bad)
    assert await agency.draft(draft.id) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [("25-12-2026", "25 Desember 2026"), ("1/2/2027", "1 Februari 2027"), ("31.01.2027", "31 Januari 2027")],
)
async def test_a_date_may_be_typed_as_people_type_it(agency: Agency, typed: str, said: str) -> None:
    draft = await begin(agency, short(CLOSED))
    draft = await agency.replies.fill_text(await agency.at("sari", draft.id), typed)
    await agency.replies.fill_choice(await agency.at("sari", draft.id), 0)
    done = await agency.replies.fill_text(await agency.at("sari", draft.id), "https://example.go.id")
    assert said in done.text


@pytest.mark.parametrize("typed", ["besok", "31-02-2027", "2026", "1-1-1-1", "²-1-2027"])
async def test_what_is_no_date_is_refused(agency: Agency, typed: str) -> None:
    draft = await begin(agency, short(CLOSED))
    with pytest.raises(BadInput, match="date"):
        await agency.replies.fill_text(await agency.at("sari", draft.id), typed)


@pytest.mark.parametrize("days", [-1, 10**9, 4000])
async def test_a_forged_number_of_days_is_refused(agency: Agency, days: int) -> None:
    draft = await begin(agency, short(CLOSED))
    with pytest.raises(BadInput):
        await agency.replies.fill_date(await agency.at("sari", draft.id), days)


@pytest.mark.parametrize("index", [-1, 2, 99])
async def test_a_forged_choice_is_refused(agency: Agency, index: int) -> None:
    draft = await begin(agency, short(CLOSED))
    await agency.replies.fill_date(await agency.at("sari", draft.id), 0)
    with pytest.raises(BadInput, match="choice"):
        await agency.replies.fill_choice(await agency.at("sari", draft.id), index)
    with pytest.raises(BadInput, match="date"):
        await agency.replies.fill_date(await agency.at("sari", draft.id), 1)


async def test_the_same_message_delivered_twice_fills_one_gap(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    tap = agency.tap("sari", draft.id, 0, "update:500")
    first = await agency.replies.fill_text(tap, "25-12-2026")
    assert await agency.replies.fill_text(tap, "25-12-2026") == first


async def test_an_answer_fills_the_gap_that_was_asked_about_and_no_other(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    await agency.replies.ask_slot(await agency.at("sari", draft.id))
    asked = (await agency.queued(Prompt))[-1].what
    assert isinstance(asked, Prompt)
    assert (asked.purpose, asked.params["slot"]) == (f"slot:{draft.id}:2", "tanggal")
    await agency.replies.fill_date(await agency.at("sari", draft.id), 1)
    with pytest.raises(WrongState, match="slot_filled"):
        await agency.replies.fill_text(agency.tap("sari", draft.id), "25-12-2026", 2)
    await agency.replies.fill_text(agency.tap("sari", draft.id), "https://pu.example.go.id/jadwal", 4)
    values = dict((await agency.draft(draft.id)).slots)
    assert values["tautan"] == "https://pu.example.go.id/jadwal"
    assert "tempat" not in values, "the next open gap is still open"
    for nothing in (1, 9):
        with pytest.raises(WrongState):
            await agency.replies.fill_text(agency.tap("sari", draft.id), "siapa", nothing)


async def test_a_button_of_an_older_card_fills_nothing(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    old = await agency.at("sari", draft.id)
    await agency.replies.fill_date(old, 0)
    with pytest.raises(WrongState):
        await agency.replies.fill_date(agency.tap("sari", draft.id, old.seen), 1)


async def test_only_who_has_the_case_fills_its_gaps(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    with pytest.raises(TakenBy):
        await agency.replies.fill_date(await agency.at("budi", draft.id), 0)
    with pytest.raises(NotAllowed):
        await agency.replies.ask_edit(await agency.at("wawan", draft.id))
    with pytest.raises(NotAllowed):
        await agency.replies.ask_slot(await agency.at("tuti", draft.id))


async def test_own_words_make_a_draft_and_new_words_rewrite_it(agency: Agency) -> None:
    draft = await agency.written("sari", "  Besok, ya.  ")
    assert (draft.text, draft.authors, draft.edited) == ("Besok, ya.", ("sari",), True)
    again = await agency.replies.write(agency.tap("sari", draft.case_id), "Lusa, ya.")
    assert (again.id, again.text, again.version) == (draft.id, "Lusa, ya.", draft.version + 1)
    case = await agency.case(draft.case_id)
    assert (case.assignee, case.panel) == ("sari", Panel.WRITING)


async def test_editing_a_template_shows_as_an_edit_and_keeps_its_words_for_comparison(agency: Agency) -> None:
    draft = await begin(agency, short(PLAIN))
    edited = await agency.replies.write(agency.tap("sari", draft.case_id), f"{PLAIN.text} Salam.")
    assert edited.edited
    view = await agency.desk.draft(edited.id)
    assert view is not None
    assert [(c.removed, c.added) for c in view.changes] == [("", "Salam.")]


@pytest.mark.parametrize(("text", "why"), [("   ", "empty"), ("x" * 1001, "too_long:1000")])
async def test_no_words_or_too_many_are_refused(agency: Agency, text: str, why: str) -> None:
    case = await agency.receive()
    with pytest.raises(BadInput) as refused:
        await agency.replies.write(agency.tap("sari", case), text)
    assert refused.value.why == why


async def test_nobody_writes_into_somebody_elses_draft_or_into_a_waiting_one(agency: Agency) -> None:
    draft = await agency.written("sari")
    with pytest.raises(TakenBy):
        await agency.replies.write(agency.tap("budi", draft.case_id), "Saya saja.")
    await agency.approvals.submit(await agency.at("sari", draft.id))
    with pytest.raises(WrongState):
        await agency.replies.write(agency.tap("sari", draft.case_id), "Saya ganti.")
    assert (await agency.draft(draft.id)).text == "Perbaikan dimulai Senin, ya."


async def test_another_template_takes_the_place_of_the_draft_before(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    other = await begin(agency, short(PLAIN), case=draft.case_id)
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    live = await agency.database.read.drafts.live(draft.case_id)
    assert live is not None
    assert live.id == other.id


async def test_it_answers_the_latest_message_of_the_citizen(agency: Agency) -> None:
    case = await agency.receive(comment("Pak", message="1", author="tg:9"))
    await agency.receive(comment("jalannya rusak", message="2", author="tg:9"))
    draft = await agency.replies.write(agency.tap("sari", case), "Baik.")
    assert draft.comment_id == (await agency.comments(case))[-1].id


async def test_the_questions_to_the_writer_name_what_the_answer_is_for(agency: Agency) -> None:
    case = await agency.receive()
    await agency.replies.ask_words(await agency.on("sari", case))
    draft = await begin(agency, short(CLOSED), case=case)
    await agency.replies.ask_slot(await agency.at("sari", draft.id))
    await agency.replies.ask_edit(await agency.at("sari", draft.id))
    asked = [row.what for row in await agency.queued(Prompt)]
    assert [p.purpose for p in asked if isinstance(p, Prompt)] == [
        f"write:{case}", f"slot:{draft.id}:2", f"write:{case}",
    ]  # fmt: skip


async def test_whoever_improves_a_draft_that_came_back_need_not_type_it_again(agency: Agency) -> None:
    draft = await agency.waiting("sari", "Perbaikan dimulai Senin, ya.")
    await agency.approvals.return_(await agency.at("ratna", draft.id), "Sebut jamnya")
    await agency.replies.ask_words(await agency.on("sari", draft.case_id))
    asked = (await agency.queued(Prompt))[-1].what
    assert isinstance(asked, Prompt)
    assert asked.params["text"] == "Perbaikan dimulai Senin, ya."


@pytest.mark.parametrize(
    "leak",
    [
        "NIK 3171234567890123",
        "hubungi 0812-3456-7890",
        "kirim ke budi@gmail.com",
        "telepon +62 812 3456 7890",
    ],
)
async def test_personal_data_is_held_back_with_the_reason(agency: Agency, leak: str) -> None:
    draft = await agency.written("sari", f"Silakan {leak} ya.")
    with pytest.raises(PersonalData) as refused:
        await agency.approvals.submit(await agency.at("sari", draft.id))
    assert refused.value.reasons
    assert (await agency.draft(draft.id)).state is DraftState.WRITING
    view = await agency.desk.case(draft.case_id)
    assert view is not None
    assert view.guard == refused.value.reasons


async def test_the_agencys_own_number_passes_the_guard(agency: Agency) -> None:
    draft = await agency.written("sari", "Silakan hubungi 1500-999, ya.")
    assert (await agency.approvals.submit(await agency.at("sari", draft.id))).state is DraftState.WAITING


async def test_open_gaps_and_older_cards_are_not_submitted(agency: Agency) -> None:
    draft = await begin(agency, short(CLOSED))
    with pytest.raises(BadInput, match="slots_open"):
        await agency.approvals.submit(await agency.at("sari", draft.id))
    whole = await agency.written()
    with pytest.raises(Outdated):
        await agency.approvals.submit(agency.tap("sari", whole.id, whole.version - 1))
    with pytest.raises(Refused):
        await agency.approvals.submit(agency.tap("sari", 999, 1))


async def test_a_closed_template_may_go_at_once_word_for_word(agency: Agency) -> None:
    draft = await filled(agency)
    sent = await agency.approvals.send_now(await agency.at("sari", draft.id))
    assert (sent.state, sent.approved_as, sent.decided_by) == ("approved", "closed_template", "sari")
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.POSTED


async def test_an_edited_or_open_template_may_not_go_at_once(agency: Agency) -> None:
    edited = await filled(agency)
    await agency.replies.write(agency.tap("sari", edited.case_id), "Lain sekali.")
    own = await agency.written()
    free = await begin(agency, short(OPEN_TEXT))
    await agency.replies.fill_text(await agency.at("sari", free.id), "Besok.")
    for draft in (edited, own, free):
        with pytest.raises(WrongState):
            await agency.approvals.send_now(await agency.at("sari", draft.id))
    await agency.settle()
    assert "PublicReply" not in agency.wire.kinds()


async def test_on_an_emergency_nothing_goes_at_once(agency: Agency) -> None:
    agency.reads.known["jalan"] = verdict("emergency")
    draft = await filled(agency)
    view = await agency.desk.case(draft.case_id)
    assert view is not None
    assert not view.can_send_now
    with pytest.raises(UnusableTemplate):
        await agency.approvals.send_now(await agency.at("sari", draft.id))


async def test_where_the_config_does_not_allow_it_nothing_goes_at_once(alone: Agency) -> None:
    await alone.templates.approve_all(alone.tap("ratna", 0))
    draft = await begin(alone, short(PLAIN))
    with pytest.raises(WrongState):
        await alone.approvals.send_now(await alone.at("sari", draft.id))
