"""A crisis from the question to the word in public, on the phones of three people."""

from dataclasses import replace
from datetime import timedelta

from chat_office import CHANNEL, CRISIS_CHAT, DISCUSSION, Office
from chat_steps import FACT, SOURCE, answered, approval, form, opened, run_state
from chat_town import COURSE

from bot.domain.expression_parser import parse
from bot.domain.incident import Outcome, Paging, Phase, RunId
from bot.domain.playbook import Clock
from bot.domain.step_state import StepState

END = parse("steps.nilai.done")


async def step(office: Office, name: str) -> StepState:
    found = (await run_state(office)).step_run(name)
    assert found is not None
    return found.state


async def test_a_question_is_asked_answered_line_by_line_and_sent(office: Office) -> None:
    card = await opened(office)
    assert "Ada pertanyaan untuk Anda" in card.text
    assert "Apa kata sumber resmi?" in card.text
    assert card.text.count("periksa dengan bagian hukum") == 1, "as the playbook says it"
    await office.press("pita", card, "Salah")
    asked = office.last("pita")
    assert "tautan sumber resminya" in asked.text.lower()
    assert "lapor.go.id" in asked.text
    said = await office.writes("pita", office.users["pita"].id, "https://kabar.example/x", reply_to=asked)
    assert "sumber resmi" in said.text
    await office.writes("pita", office.users["pita"].id, SOURCE, reply_to=asked)
    await office.writes("pita", office.users["pita"].id, FACT, reply_to=office.last("pita"))
    filled = form(office)
    assert "Isian lengkap" in filled.text
    assert FACT in filled.text
    assert await step(office, "nilai") is StepState.WAITING, "what is typed is not sent yet"
    await office.press("pita", filled, "Kirim jawaban")
    assert await step(office, "nilai") is StepState.DONE
    assert not form(office).buttons
    assert office.refusals() == []


async def test_a_half_filled_form_outlives_a_restart(office: Office) -> None:
    card = await opened(office)
    await office.press("pita", card, "Salah")
    await office.writes("pita", office.users["pita"].id, SOURCE, reply_to=office.last("pita"))
    office._build(office.approval)
    await office.application.initialize()
    await office.writes("pita", office.users["pita"].id, FACT, reply_to=office.last("pita"))
    await office.press("pita", form(office), "Kirim jawaban")
    assert await step(office, "nilai") is StepState.DONE


async def test_words_reach_the_public_after_two_approvals_and_every_comment_is_answered(
    office: Office,
) -> None:
    await answered(office)
    for who in ("kori", "koko"):
        assert FACT in approval(office, who).text
        assert "Balasan untuk warga" in approval(office, who).text
    assert "0 dari 2" in approval(office, "kori").text
    await office.press("kori", approval(office, "kori"), "Setujui")
    again = await office.press("kori", approval(office, "kori"), "Setujui")
    assert again.text == "Anda sudah memberi keputusan untuk teks ini."
    assert "1 dari 2" in approval(office, "koko").text
    assert not [m for m in office.world.messages(CHANNEL) if FACT in m.text], "one of two is not enough"
    await office.press("koko", approval(office, "koko"), "Setujui")
    post = [m for m in office.world.messages(CHANNEL) if FACT in m.text]
    assert len(post) == 1
    assert office.channel.pinned[-1:] == [post[0].message_id]
    task = [m for m in office.seen(office.users["pita"].id) if "Instagram" in m.text][-1]
    assert FACT in task.text
    await office.press("pita", task, "Sudah tayang")
    asked = office.last("pita")
    said = await office.writes("pita", office.users["pita"].id, "sudah ya Bu", reply_to=asked)
    assert "Tempel satu tautan tayangannya saja, misalnya https://" in said.text
    await office.writes("pita", office.users["pita"].id, "https://instagram.example/p/1", reply_to=asked)
    replies = [m for m in office.seen(DISCUSSION) if "kabar itu tidak benar" in m.text]
    assert len(replies) == 1
    assert await step(office, "balas") is StepState.DONE
    told = " ".join(m.text for m in office.seen(CRISIS_CHAT))
    assert "menyetujui" in told
    assert "Tayang di" in told


async def test_words_that_are_returned_are_rewritten_by_a_person_who_then_may_not_approve(
    office: Office,
) -> None:
    await answered(office)
    await office.press("kori", approval(office, "kori"), "Kembalikan")
    await office.writes(
        "kori", office.users["kori"].id, "Sebut nama sungainya.", reply_to=office.last("kori")
    )
    assert await step(office, "sikap") is StepState.WAITING
    rewrite = [m for m in office.seen(office.users["pita"].id) if "Teks perlu disusun" in m.text][-1]
    assert "Sebut nama sungainya" in rewrite.text
    await office.press("pita", rewrite, "Ubah teks")
    text = "Tanggul Sungai Mawar aman. Info resmi: https://www.lapor.go.id"
    await office.writes("pita", office.users["pita"].id, text, reply_to=office.last("pita"))
    newest = approval(office, "kori")
    assert "Sungai Mawar" in newest.text
    yes = approval(office, "koko").buttons[0]["callback_data"]
    await office.press("kori", newest, "Ubah teks")
    better = f"{text}. Terima kasih sudah bertanya."
    await office.writes("kori", office.users["kori"].id, better, reply_to=office.last("kori"))
    mine = approval(office, "kori")
    assert "Anda ikut menulis" in mine.text
    assert not any("Setujui" in button["text"] for button in mine.buttons)
    koko = office.users["koko"]
    old = await office.press_raw(koko, koko.id, approval(office, "koko").message_id, yes)
    assert old.text == "Teksnya baru saja berubah. Mohon baca lagi yang terbaru."
    assert not [m for m in office.world.messages(CHANNEL) if "Sungai Mawar" in m.text]


async def test_private_numbers_never_stand_in_public_words(office: Office) -> None:
    await answered(office)
    await office.press("koko", approval(office, "koko"), "Ubah teks")
    said = await office.writes(
        "koko", office.users["koko"].id, "Hubungi Pak RT di 0812-3456-7890.", reply_to=office.last("koko")
    )
    assert "telepon" in said.text.lower()
    assert "0812" not in approval(office, "kori").text


async def test_silence_reminds_then_calls_higher_and_never_publishes(office: Office) -> None:
    await answered(office)
    before = len(office.seen(office.users["kori"].id))
    await office.later(5)
    reminded = office.seen(office.users["kori"].id)[before:]
    assert any("Pengingat" in message.text for message in reminded)
    await office.later(30)
    assert await step(office, "setujui") is StepState.WAITING
    assert not [m for m in office.world.messages(CHANNEL) if FACT in m.text]


async def test_whoever_has_it_hands_it_over_with_the_others_yes(office: Office) -> None:
    await opened(office)
    menu = await office.writes("pita", CRISIS_CHAT, "/krisis K-1")
    assert "Cek ke sumber resmi" in menu.text
    await office.press("pita", menu, "Serahkan: Kori")
    assert (await run_state(office)).owner == "pita", "a question is no answer"
    asked = [m for m in office.seen(office.users["kori"].id) if "Bisa lanjutkan?" in m.text][-1]
    await office.press("kori", asked, "Ya, saya lanjutkan")
    assert (await run_state(office)).owner == "kori"
    late = await office.press("kori", asked, "Belum bisa") if asked.buttons else None
    assert late is None or late.text


async def test_a_step_is_left_out_with_a_reason_but_an_approval_never(office: Office) -> None:
    await opened(office)
    menu = await office.writes("pita", CRISIS_CHAT, "/krisis 1")
    await office.press("pita", menu, "Lewati 2")
    await office.writes(
        "pita", office.users["pita"].id, "Sudah ditanyakan lisan.", reply_to=office.last("pita")
    )
    assert await step(office, "nilai") is StepState.SKIPPED
    assert "melewati" in " ".join(m.text for m in office.seen(CRISIS_CHAT))
    later = await office.writes("pita", CRISIS_CHAT, "/krisis 1")
    steps = (await run_state(office)).playbook.steps
    place = [one.id for one in steps].index("setujui") + 1
    assert not any(f"Lewati {place}" in button["text"] for button in later.buttons)
    assert not any(f"Mulai {place}" in button["text"] for button in later.buttons), "nor begun by hand"


async def test_a_step_that_was_left_out_is_begun_after_all(office: Office) -> None:
    await opened(office)
    menu = await office.writes("pita", CRISIS_CHAT, "/krisis 1")
    await office.press("pita", menu, "Lewati 2")
    await office.writes("pita", office.users["pita"].id, "Sudah lisan.", reply_to=office.last("pita"))
    again = await office.writes("pita", CRISIS_CHAT, "/krisis 1")
    await office.press("pita", again, "Mulai 2")
    await office.writes("pita", office.users["pita"].id, "Ternyata perlu.", reply_to=office.last("pita"))
    assert await step(office, "nilai") is StepState.WAITING


async def test_paging_is_called_off_and_the_work_stays_open(office: Office) -> None:
    comment = await office.comment("Jembatan roboh")
    await office.press("ani", comment, "Eskalasi")
    await office.press("ani", office.cards()[-1], "Kabar bencana")
    menu = await office.writes("kori", CRISIS_CHAT, "/krisis K-1")
    await office.press("kori", menu, "Hentikan panggilan")
    await office.writes(
        "kori", office.users["kori"].id, "Sudah ditangani lewat telepon", reply_to=office.last("kori")
    )
    pages = len(office.seen(office.users["koko"].id))
    await office.later(30)
    state = await run_state(office)
    assert state.phase is Phase.OPEN
    assert state.paging is not Paging.UNANSWERED
    assert len(office.seen(office.users["koko"].id)) == pages


async def test_what_was_held_is_released_by_a_person_one_by_one(office: Office) -> None:
    await answered(office)
    for who in ("kori", "koko"):
        await office.press(who, approval(office, who), "Setujui")
    card = office.seen(CRISIS_CHAT)[0]
    await office.press("kori", card, "Selesai")
    if (await run_state(office)).phase is not Phase.RESOLVED:
        await office.writes("kori", office.users["kori"].id, "Sudah tenang", reply_to=office.last("kori"))
    state = await run_state(office)
    assert (state.phase, state.outcome) == (Phase.RESOLVED, Outcome.HANDLED)
    held = [m for m in office.seen(office.users["kori"].id) if "Yang masih ditahan" in m.text][-1]
    assert "Tahan unggahan terjadwal" in held.text
    refused = await office.press_raw(office.users["ani"], CRISIS_CHAT, card.message_id, "sl:1:0:1")
    assert refused.alert
    await office.press("kori", held, "Lepas")
    assert (await run_state(office)).holding == ()


async def test_joining_asks_for_a_reason_while_a_limit_of_the_law_is_open_and_goes_on_to_remind(
    office: Office,
) -> None:
    limit = Clock("lapor", "Laporan 1x24 jam", timedelta(hours=24), "kip", (timedelta(hours=1),), END)
    office.services.incidents.book._definitions[COURSE.sha256] = replace(COURSE, clocks=(limit,))
    await opened(office)
    second = await office.comment("Tanggul di timur juga jebol", office.stranger)
    await office.press("ani", second, "Eskalasi")
    await office.press("ani", office.cards()[-1], "Kabar bencana")
    menu = await office.writes("kori", CRISIS_CHAT, "/krisis K-2")
    await office.press("kori", menu, "Gabungkan K-1")
    assert (await run_state(office, 2)).phase is Phase.OPEN
    assert "masih ada batas waktu menurut aturan di K-2" in office.last("kori").text
    await office.writes("kori", office.users["kori"].id, "Satu kejadian", reply_to=office.last("kori"))
    assert (await run_state(office, 2)).outcome is Outcome.MERGED
    said = [m.text for m in office.seen(CRISIS_CHAT) if "menggabungkannya ke K-1" in m.text]
    assert "Alasan: Satu kejadian." in said[-1]
    assert "“Laporan 1x24 jam” (sampai besok" in said[-1]
    await office.later(23 * 60 + 30)
    near = [m.text for m in office.seen(CRISIS_CHAT) if "berlanjut di K-1: mohon pastikan di sana" in m.text]
    assert len(near) == 1
    assert office.refusals() == []


async def test_two_runs_of_one_matter_become_one(office: Office) -> None:
    await opened(office)
    second = await office.comment("Tanggul di timur juga jebol", office.stranger)
    await office.press("ani", second, "Eskalasi")
    await office.press("ani", office.cards()[-1], "Kabar bencana")
    menu = await office.writes("kori", CRISIS_CHAT, "/krisis K-2")
    await office.press("kori", menu, "Gabungkan K-1")
    merged = await run_state(office, 2)
    assert merged.outcome is Outcome.MERGED
    evidence = await office.database.read.runs.evidence(RunId(1))
    assert len(evidence) >= 2
    await office.later(timedelta(hours=1) / timedelta(minutes=1))
    assert (await run_state(office, 2)).phase is not Phase.OPEN
