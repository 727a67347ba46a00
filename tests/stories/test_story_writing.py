"""Own words: what may not be published, what comes back, what is put off, and what is closed."""

from story_town import Town, labels

POTHOLE = "Jalan depan pasar rusak parah, sudah tiga bulan tidak diperbaiki!"
FIRST = "Terima kasih laporannya. Silakan hubungi Pak Budi di 0812-3456-7890."
SECOND = "Terima kasih laporannya. Perbaikan dijadwalkan pekan depan."
THIRD = "Terima kasih laporannya, Kak. Jalan depan pasar sudah masuk jadwal perbaikan bulan ini."


async def test_personal_data_is_held_back_a_note_comes_back_and_a_refusal_leaves_the_case_open(
    town: Town,
) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.press("laras", card, "Ambil")
    await town.write("laras", card, FIRST)
    assert "nomor telepon" in card.text.lower()
    assert not any("Ajukan" in label for label in labels(card))
    await town.press("laras", card, "Ubah")
    await town.answer("laras", SECOND)
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["sekar"], SECOND, button="Kembalikan")
    assert "Tanpa templat." in draft.text

    await town.press("sekar", draft, "Kembalikan")
    await town.answer("sekar", "Sebutkan bulannya, jangan pekan.", town.private("sekar"))
    assert "Sebutkan bulannya" in town.card("draf dikembalikan Sekar").text
    assert "Dikembalikan Sekar" in draft.text
    assert not draft.buttons
    assert not town.one(town.people["tirta"], SECOND).buttons

    second = await town.submitted("laras", card, THIRD)
    await town.press("sekar", second, "Tolak")
    assert "draf ditolak Sekar" in town.card("draf ditolak").text
    assert "ditangani Laras" in card.text
    assert not town.public()
    assert await town.deeds("draft:1") == ["draft", "draft", "submit", "return"]
    assert await town.deeds("draft:2") == ["draft", "submit", "reject"]


async def test_a_question_is_for_one_person_and_takes_words_from_no_other(town: Town) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.press("laras", card, "Balas")
    await town.press("laras", card, "Tulis")
    await town.answer("yoga", "Ini bukan tugas saya, tetapi saya jawab saja.")
    assert town.seen(town.triage, "Pertanyaan itu untuk orang lain.")
    assert await town.read.drafts.last(1) is None


async def test_nobody_approves_their_own_words_not_even_a_coordinator(town: Town) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.write("sekar", card, THIRD)
    await town.press("sekar", card, "Ajukan")
    assert not town.seen(town.people["sekar"], THIRD)
    draft = town.one(town.people["tirta"], THIRD, button="Setujui")
    yes = draft.button("Setujui")["callback_data"]
    press = await town.forged(town.people["sekar"], card, yes)
    assert press.text == "Kata-kata sendiri disetujui orang lain. Tunggu koordinator yang lain, ya."
    assert not town.public()
    await town.press("tirta", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [THIRD]


async def test_a_snoozed_case_comes_back_by_itself_also_over_a_restart(town: Town) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.press("laras", card, "Tunda")
    await town.press("laras", card, "3 jam")
    assert "Ditunda Laras sampai 12.00 WIB." in card.text
    await town.later(hours=2)
    await town.stop()
    town.advance(7200)
    await town.start()
    assert "ditangani Laras" in card.text
    assert "Lepas" in labels(card)
    assert "wake" in await town.deeds("case:1")


async def test_a_case_is_closed_with_a_reason_and_opened_again(town: Town) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.press("yoga", card, "Tutup")
    await town.press("yoga", card, "Bukan wewenang kami")
    await town.press("yoga", card, "Tutup tanpa balasan")
    assert "Bukan wewenang kami" in card.text
    assert "oleh Yoga" in card.text
    assert labels(card) == ["Buka lagi", "🔢 Nomor LAPOR!"]
    await town.press("laras", card, "Buka lagi")
    assert any("Balas" in label for label in labels(card))


async def test_what_the_team_says_of_a_label_is_kept_as_a_correction(town: Town) -> None:
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    await town.press("laras", card, "Label")
    assert "✓ Keluhan/Kritik" in labels(card)
    await town.press("laras", card, "Pertanyaan")
    await town.press("laras", card, "Keluhan/Kritik")
    await town.press("laras", card, "Selesai")
    assert "Pertanyaan" in card.text
    assert "Keluhan" not in card.text
    case = await town.read.cases.get(1)
    assert case is not None
    assert case.verdict.labels == ("question",)
    (one,) = await town.read.learning.corrections()
    assert (one.text, one.labels) == (POTHOLE, ("question",))


async def test_a_draft_that_nobody_decides_goes_to_the_next_and_then_runs_out(settle) -> None:
    levels = "{expires: 30m, levels: [role:koordinator, group:kepala-humas]}"
    town = await settle(settings={"approval": levels})
    await town.start()
    await town.gather()
    await town.comment("Bagus", POTHOLE)
    card = town.card(POTHOLE)
    draft = await town.submitted("laras", card, THIRD)
    await town.later(minutes=31)
    assert "Menunggu: Sekar dan Tirta. Berlaku sampai 10.00 WIB." in card.text
    await town.later(minutes=30)
    assert town.card("draf lewat waktu dan tidak tayang")
    assert not draft.buttons
    assert not town.public()
    assert "ditangani Laras" in card.text
