"""A rumour through the wire, with a restart in between: noted, copied, looked into, answered, set right."""

from story_town import Town

RUMOUR = "katanya bansos 600 ribu dicabut mulai besok, kabarnya cuma buat warga partai tertentu, sebarkan"
SOURCE = "https://dinsos.contoh.go.id/jadwal"


def claim(town: Town) -> str:
    """The newest card of the claim in the group."""
    return [m for m in town.seen(town.triage) if "KL-1 ·" in m.text.split("\n")[0]][-1].text


async def test_a_rumour_from_the_first_comment_to_the_first_correct_answer(town: Town) -> None:
    await town.comment("Ratna", RUMOUR)
    first = town.card("bansos 600 ribu", button="Ambil")
    await town.say("laras", "/klaim Bansos 600 ribu dicabut mulai besok", reply_to=first)
    assert "Belum diperiksa" in claim(town)
    await town.comment("Bagus", RUMOUR)
    assert "2 komentar dari 2 akun" in claim(town)

    await town.stop()
    await town.start()
    await town.comment("Wulan", RUMOUR.upper())
    assert "3 komentar dari 3 akun" in claim(town), "what was noted before the restart is known after it"

    shown = town.card("KL-1 ·", button="Temuan")
    await town.press("laras", shown, "Temuan")
    await town.press("laras", shown, "Salah")
    await town.answer("laras", f"Jadwal penyaluran tidak berubah. {SOURCE}", town.private("laras"))
    assert (await town.press("sekar", shown, "Pastikan temuan")).text == "Temuan dipastikan."
    assert shown.text.startswith("❌ KL-1 · Ada temuan")

    town.advance(600)
    await town.approved("laras", first, f"Kak, jadwal bansos tidak berubah: {SOURCE}")
    assert "Sudah diklarifikasi" in shown.text
    assert await town.deeds("claim:1") == [
        "claim_report", "claim_join", "claim_join", "claim_join", "claim_propose", "claim_confirm",
        "claim_correct",
    ]  # fmt: skip
