"""➕ Kasus lain: one text for two citizens, from the button to both replies."""

import pytest
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_views import after, deciding, draft, kept, plain

from bot.chat.drafts import draw_draft
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.people import Zone
from bot.domain.reply import DraftState, Target


async def filled(office: Office) -> None:
    """Two citizens ask; the reply to the first is written, with the name in its salutation."""
    card = await office.comment("Jalan Mawar rusak parah min")
    await office.press("ani", card, "Balas")
    await office.press("ani", card, "Laporan diterima")
    await office.press("ani", card, "akan disurvei")
    await office.comment("Jalan Melati juga rusak", office.stranger)


@pytest.mark.parametrize("twice", [False, True])
async def test_one_text_goes_to_both_after_one_approval(office: Office, twice: bool) -> None:
    await filled(office)
    office.twice = twice
    first, second = office.cards()
    press = await office.press("ani", first, "Kasus lain")
    assert press.text == "Balas pesan bot di bawah, ya."
    question = office.seen(TRIAGE_CHAT)[-1]
    assert "dijawab dengan teks #1" in question.text
    await office.writes("ani", TRIAGE_CHAT, "2", reply_to=question)
    assert "Halo Kak, terima kasih. Laporannya akan disurvei." in first.text
    assert "Untuk 2 komentar: #1 dan #2." in first.text
    assert "Ikut dijawab bersama #1." in second.text
    assert [b["text"] for b in second.buttons] == ["Lepas"]

    await office.press("ani", first, "Ajukan")
    asked = office.last("kori")
    assert "Untuk 2 komentar: #1 dan #2.\n#2 Jalan Melati juga rusak" in asked.text
    assert "Untuk 2 komentar" in second.text
    await office.press("kori", asked, "Setujui")
    said = [m.text for m in office.seen(DISCUSSION)]
    assert said == ["Halo Kak, terima kasih. Laporannya akan disurvei."] * 2
    for card in (first, second):
        assert "Dijawab" in card.text.splitlines()[0]
        assert "Teks dan daftarnya disetujui Kori" in card.text
    assert twice or office.refusals() == []  # an answered press cannot be answered again


async def test_a_number_that_cannot_join_is_explained_and_nothing_changes(office: Office) -> None:
    await filled(office)
    first, second = office.cards()
    await office.press("kori", second, "Ambil")
    await office.press("ani", first, "Kasus lain")
    question = office.seen(TRIAGE_CHAT)[-1]
    told = await office.writes("ani", TRIAGE_CHAT, "2", reply_to=question)
    assert "Kasus #2 tidak bisa ikut: sudah ditangani" in told.text
    assert "Untuk 2 komentar" not in first.text


def test_the_others_are_shown_while_they_are_decided_on_and_not_longer() -> None:
    also = (Target(CaseId(15), CommentId(2), 0),)
    waiting = draft(state=DraftState.WAITING, submitted_at=after(4), expires_at=after(34), also=also)
    said = plain(draw_draft(deciding(draft=waiting, others=(kept(),)), Zone.WIB, "budi"))
    assert "Untuk 2 komentar: #12 dan #15." in said
    assert "#12 Jalan" in said or "#12 " in said.split("#15.")[1]
    full = draft(state=DraftState.WAITING, text="ya " * 333, also=also)
    crowd = plain(draw_draft(deciding(draft=full, others=(kept("panjang " * 200),) * 14), Zone.WIB, "budi"))
    assert full.text.strip() in crowd
    assert crowd.count("\n#12 panjang") == 14
    gone = draft(state=DraftState.STALE, also=also)
    assert "panjang" not in plain(draw_draft(deciding(draft=gone), Zone.WIB, "budi"))
