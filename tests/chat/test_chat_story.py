"""The main road: a comment arrives, is taken, answered from a template, approved, posted."""

from chat_office import DISCUSSION, TRIAGE_CHAT, Office


async def test_a_comment_becomes_an_approved_reply(office: Office) -> None:
    card = await office.comment("Jalan Mawar rusak parah min")
    assert card.text.startswith("🔵 #1 · Biasa · belum diambil\nRatna, 09.00 WIB · lihat")

    press = await office.press("ani", card, "Ambil")
    assert (press.text, press.alert) == ("#1 kini Anda tangani.", False)
    await office.press("ani", card, "Balas")
    assert "1. Laporan diterima" in card.text
    await office.press("ani", card, "Laporan diterima")
    assert "Laporannya ____" in card.text.replace("…", "____")
    await office.press("ani", card, "akan disurvei")
    assert "Halo Kak Ratna, terima kasih. Laporannya akan disurvei." in card.text
    press = await office.press("ani", card, "Ajukan")
    assert press.text == "Diajukan. Koordinator yang bertugas sudah diberi tahu."
    assert "Menunggu: Kori dan Koko" in card.text.replace("Koko dan Kori", "Kori dan Koko")

    asked = office.last("kori")
    assert "Balasan yang akan tayang\nHalo Kak Ratna, terima kasih." in asked.text
    press = await office.press("kori", asked, "Setujui")
    assert press.text == "Disetujui. Balasan dikirim."

    reply = office.seen(DISCUSSION)[-1]
    assert reply.text == "Halo Kak Ratna, terima kasih. Laporannya akan disurvei."
    assert card.text.startswith("✅ #1 · Dijawab")
    assert "Ditulis Ani. Disetujui Kori, 09.00 WIB." in card.text
    assert "✅ Disetujui" in asked.text.splitlines()[0] or "✅ Tayang" in asked.text.splitlines()[0]
    assert not office.last("koko").buttons, "the other coordinator is not asked any more"
    assert len([m for m in office.seen(TRIAGE_CHAT) if "#1" in m.text]) == 1, "one card, edited in place"
    assert office.refusals() == []
