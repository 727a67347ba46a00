"""Three days after a crisis whoever had it is asked, one question after the other, and then left in peace."""

from dataclasses import replace

from chat_office import CRISIS_CHAT, Office
from chat_scenes import looked_back_on, over, sensitive
from chat_town import HOAX, TEAM

from bot.chat.report.run_paper import run_paper
from bot.chat.report.short import in_short
from bot.domain.incident import Phase, RunId
from bot.domain.run_types import RunState
from bot.sandbox.model import Message

DAY = 24 * 60.0
FIRST, SECOND = "Apa yang berjalan baik dan perlu dipertahankan?", "Berapa lama menunggu data?"


async def state(office: Office) -> RunState:
    return await office.services.incidents.state(RunId(1))


def card(office: Office, who: str) -> Message:
    return [m for m in office.seen(office.users[who].id) if m.text.startswith("🪞 Evaluasi\n")][-1]


def asked(office: Office, who: str) -> Message:
    """The newest question."""
    return [m for m in office.seen(office.users[who].id) if m.prompt is not None][-1]


async def says(office: Office, who: str, text: str) -> None:
    await office.writes(who, office.users[who].id, text, asked(office, who))


async def kept(office: Office) -> dict[str, str]:
    return {one.question: one.text for one in await office.database.read.reports.answers(RunId(1))}


async def test_whoever_had_it_is_asked_when_it_is_due_and_nobody_else(office: Office) -> None:
    await over(office)
    await office.later(minutes=3 * DAY - 5)
    assert not any("Evaluasi" in m.text for who in TEAM for m in office.seen(office.users[who].id))
    await office.later(minutes=10)
    text = card(office, "pita").text
    assert FIRST in text
    assert SECOND in text
    assert [b["text"] for b in card(office, "pita").buttons] == ["✏️ Jawab"]
    assert "Saatnya evaluasi. Pita mendapat pertanyaannya." in office.seen(CRISIS_CHAT)[-1].text
    for who in set(TEAM) - {"pita"}:
        assert not any("Evaluasi" in m.text for m in office.seen(office.users[who].id))


async def test_answers_come_one_by_one_and_the_last_ends_it(office: Office) -> None:
    await looked_back_on(office)
    press = await office.press("pita", card(office, "pita"), "Jawab")
    assert press.text == "Balas pertanyaan di bawah, ya."
    assert FIRST in asked(office, "pita").text
    assert "pertanyaan 1 dari 2" in asked(office, "pita").text
    await says(office, "pita", "Piket langsung menjawab.")
    assert f"{FIRST} ✅ Pita" in card(office, "pita").text
    assert SECOND in asked(office, "pita").text
    assert (await state(office)).phase is Phase.RESOLVED
    await says(office, "pita", "Dua puluh menit.")
    assert (await state(office)).phase is Phase.REVIEWED
    assert "Evaluasinya selesai. Terima kasih." in card(office, "pita").text
    assert not card(office, "pita").buttons
    assert await kept(office) == {
        "apa_yang_berhasil": "Piket langsung menjawab.",
        "berapa_lama_menunggu_data": "Dua puluh menit.",
    }
    heard = len(office.seen(office.users["pita"].id))
    await office.later(minutes=8 * DAY)
    assert len(office.seen(office.users["pita"].id)) == heard
    assert office.refusals() == []


async def test_the_answers_stand_in_the_report_and_not_in_the_journal(office: Office) -> None:
    await looked_back_on(office)
    await office.press("pita", card(office, "pita"), "Jawab")
    await says(office, "pita", "Nomor warganya 081234567890 sempat tersebar.")
    report = await office.services.after.reports.of_run(RunId(1))
    assert [one.text for one in report.answers] == ["Nomor warganya ************ sempat tersebar."]
    assert await kept(office) == {"apa_yang_berhasil": "Nomor warganya 081234567890 sempat tersebar."}
    told = str(await office.database.read.journal.about("run:1"))
    assert "review_answer" in told
    assert "0812" not in told
    paper = run_paper(report, office.services.after.reports.letterhead)
    assert "0812" not in repr(paper)
    assert "Nomor warganya ************ sempat tersebar." in repr(paper)
    assert list(in_short(paper))


async def test_who_stays_silent_is_reminded_daily_and_calmly_for_a_week(office: Office) -> None:
    await looked_back_on(office)
    here = office.users["pita"].id
    first = card(office, "pita").message_id
    for _ in range(12):
        await office.later(minutes=DAY)
    late = [m for m in office.seen(here) if "masih menunggu 2 jawaban" in m.text]
    assert 3 <= len(late) <= 7
    assert all(m.reply_to == first and not m.silent for m in late)
    assert card(office, "pita").message_id == first, "one card, however often it is asked"
    assert sum("Saatnya evaluasi" in m.text for m in office.seen(CRISIS_CHAT)) == 1, (
        "and one line in the group"
    )


async def test_a_coordinator_says_why_it_needs_no_review(office: Office) -> None:
    await looked_back_on(office)
    data = f"vw:1:{(await state(office)).epoch}"
    no = await office.press_raw(office.users["pita"], office.users["pita"].id, 1, data)
    assert no.text == "Menutup insiden adalah tugas koordinator."
    await office.press_raw(office.users["kori"], office.users["kori"].id, 1, data)
    assert "mengapa K-1 tidak perlu dievaluasi" in asked(office, "kori").text
    await says(office, "kori", "Sudah dibahas dalam rapat.")
    assert (await state(office)).phase is Phase.REVIEWED
    assert "Alasan: Sudah dibahas dalam rapat." in office.seen(CRISIS_CHAT)[-1].text
    assert "Evaluasinya selesai" in card(office, "pita").text


def with_papers(office: Office, *names: str) -> None:
    """The same playbook with files at the end of its review."""
    assert HOAX.review is not None
    changed = replace(HOAX, review=replace(HOAX.review, export=names))
    office.services.incidents.book._definitions[HOAX.sha256] = changed


def files(office: Office, who: str) -> list[str]:
    return [m.raw["document"]["file_name"] for m in office.seen(office.users[who].id) if "document" in m.raw]


async def test_the_last_answer_brings_the_files_that_the_playbook_names_once(office: Office) -> None:
    with_papers(office, "laporan-krisis", "bukti-kinerja")
    await looked_back_on(office)
    office.twice = True
    await office.press("pita", card(office, "pita"), "Jawab")
    await says(office, "pita", "Piket langsung menjawab.")
    assert files(office, "pita") == []
    await says(office, "pita", "Dua puluh menit.")
    assert [name.partition(".")[0] for name in files(office, "pita")] == ["laporan-K-1", "bukti-kinerja-pita"]
    assert files(office, "kori") == []


async def test_where_the_playbook_names_no_file_none_is_sent(office: Office) -> None:
    await looked_back_on(office)
    await office.press("pita", card(office, "pita"), "Jawab")
    await says(office, "pita", "Baik.")
    await says(office, "pita", "Sebentar.")
    assert (await state(office)).phase is Phase.REVIEWED
    assert files(office, "pita") == []


async def test_who_ends_the_review_with_a_reason_gets_them_as_well(office: Office) -> None:
    with_papers(office, "laporan-krisis")
    await looked_back_on(office)
    data = f"vw:1:{(await state(office)).epoch}"
    await office.press_raw(office.users["kori"], office.users["kori"].id, 1, data)
    await says(office, "kori", "Sudah dibahas dalam rapat.")
    assert [name.partition(".")[0] for name in files(office, "kori")] == ["laporan-K-1"]
    assert files(office, "pita") == []


async def test_a_run_that_opened_again_takes_no_old_answers(office: Office) -> None:
    await looked_back_on(office)
    await office.press("pita", card(office, "pita"), "Jawab")
    question = asked(office, "pita")
    old = card(office, "pita").button("Jawab")["callback_data"]
    await says(office, "pita", "Baik.")
    await says(office, "pita", "Sebentar.")
    again = await office.press_raw(office.users["pita"], office.users["pita"].id, 1, old)
    assert again.alert or again.text
    await office.writes("pita", office.users["pita"].id, "Lain lagi.", question)
    assert (await kept(office))["apa_yang_berhasil"] == "Baik."


async def test_an_answer_too_long_is_sent_back(office: Office) -> None:
    await looked_back_on(office)
    await office.press("pita", card(office, "pita"), "Jawab")
    await says(office, "pita", "panjang " * 300)
    assert await kept(office) == {}
    await says(office, "pita", "Pendek.")
    assert len(await kept(office)) == 1


async def test_the_same_update_twice_changes_nothing_twice(office: Office) -> None:
    await looked_back_on(office)
    office.twice = True
    await office.press("pita", card(office, "pita"), "Jawab")
    await says(office, "pita", "Satu.")
    questions = [m for m in office.seen(office.users["pita"].id) if SECOND in m.text and m.prompt]
    assert len(questions) == 1
    await says(office, "pita", "Dua.")
    assert (await state(office)).phase is Phase.REVIEWED


async def test_where_a_life_was_at_risk_the_question_asks_for_care(office: Office) -> None:
    await sensitive(office)
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Saya tangani")
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "✓ 1")
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Selesai")
    await office.later(minutes=3 * DAY + 1)
    assert "Jangan menyebut nama atau isi pesan warganya." in card(office, "kori").text
    await office.press("kori", card(office, "kori"), "Jawab")
    assert "Jangan menyebut nama" in asked(office, "kori").text
    await says(office, "kori", "Menelepon keluarganya, Ratna.")
    report = await office.services.after.reports.of_run(RunId(1))
    said = repr(run_paper(report, office.services.after.reports.letterhead))
    assert "keluarganya" not in said
    assert "1 jawaban tersimpan dan tidak ditampilkan." in said
