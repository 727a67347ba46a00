"""What a coordinator reads before pressing once."""

from dataclasses import replace
from textwrap import dedent

from chat_views import BUDI, NINE, after, case, deciding, draft, kept, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import actions as do
from bot.chat.drafts import draw_draft
from bot.chat.unsent import draw_uncertain
from bot.domain.comment import CommentId
from bot.domain.lane import Lane
from bot.domain.outgoing import OutgoingId, PublicReply, Queued, Receipt, SendState
from bot.domain.people import Zone
from bot.domain.reply import ApprovedAs, DraftId, DraftState
from bot.domain.template import Change
from bot.sandbox.entities import parse_html
from bot.services.views import DraftView, UncertainView


def reads(seen: DraftView, expected: str, reader: str = "budi") -> None:
    assert plain(draw_draft(seen, Zone.WIB, reader)) == dedent(expected).strip()


def test_an_approver_sees_comment_words_difference_source_and_until_when() -> None:
    reads(
        deciding(changes=(Change("…", "Jalan Mawar"), Change("segera", ""), Change("", "hari ini"))),
        """
        📝 Mohon persetujuan · #12

        Ratna, 09.12 WIB · lihat
        Jalan Mawar rusak parah min, sudah 2 bulan tidak diperbaiki

        Balasan yang akan tayang
        Halo Kak Ratna, terima kasih. Laporan Jalan Mawar kami teruskan ke dinas terkait.

        Ditulis Sari. Templat “Laporan jalan diterima”.
        Yang berbeda dari templat:
        Isian: Jalan Mawar
        − segera → (dihapus)
        + hari ini
        Sumber: https://www.lapor.go.id

        Berlaku sampai 09.46 WIB. Bila lewat, draf ini tidak tayang.
        [✅ Setujui]
        [↩️ Kembalikan] [⛔ Tolak]
        """,
    )


def test_what_is_on_no_page_is_read_as_the_basis() -> None:
    both = plain(draw_draft(deciding(bases=("UU 38/2004 <Jalan>", "SOP loket")), Zone.WIB, "budi"))
    assert "Sumber: https://www.lapor.go.id\nDasar: UU 38/2004 <Jalan>\nDasar: SOP loket\n" in both
    paper = plain(draw_draft(deciding(source="", bases=("SOP loket",)), Zone.WIB, "budi"))
    assert "Dasar: SOP loket" in paper
    assert "Sumber:" not in paper


def test_own_words_and_untouched_templates_say_so() -> None:
    assert "Tanpa templat." in plain(
        draw_draft(deciding(draft=draft(state=DraftState.WAITING, template_id="")), Zone.WIB, "budi")
    )
    assert "Sama persis dengan templatnya." in plain(draw_draft(deciding(), Zone.WIB, "budi"))


def test_the_words_to_approve_are_shown_whole_and_open_however_long() -> None:
    words = "Kalimat yang panjang sekali. " * 34
    drawn = draw_draft(deciding(draft=draft(state=DraftState.WAITING, text=words)), Zone.WIB, "budi")
    text, entities = parse_html(drawn.text)
    assert words.strip() in text
    assert [e["type"] for e in entities].count("expandable_blockquote") == 0
    assert drawn.protect


def test_a_lone_officer_is_asked_to_read_again() -> None:
    drawn = draw_draft(deciding(alone=True), Zone.WIB, "sari")
    assert drawn.keyboard[0][0].text == "✅ Sudah saya baca ulang"
    assert "Baca sekali lagi dengan tenang" in plain(drawn)
    assert draw_draft(deciding(alone=True), Zone.WIB, "budi").keyboard[0][0].text == "✅ Setujui"


def test_decided_drafts_have_no_buttons_and_say_who_decided() -> None:
    decided = {"decided_by": BUDI, "decided_at": after(9)}
    ended = {
        DraftState.APPROVED: "Disetujui Budi, 09.21 WIB.",
        DraftState.POSTED: "Disetujui Budi, 09.21 WIB.",
        DraftState.RETURNED: "Dikembalikan Budi, 09.21 WIB.\nCatatan: Sebut sumbernya.",
        DraftState.REJECTED: "Ditolak Budi, 09.21 WIB.",
        DraftState.EXPIRED: "Draf ini sudah lewat waktu.",
        DraftState.STALE: "Draf ini tidak berlaku lagi karena warga mengubah komentarnya atau menulis lagi.",
        DraftState.DROPPED: "Draf ini sudah dibatalkan penulisnya.",
    }
    for state, said in ended.items():
        approved = state in {DraftState.APPROVED, DraftState.POSTED}
        made = draft(
            state=state,
            approved_as=ApprovedAs.TEXT if approved else None,
            note="Sebut sumbernya." if state is DraftState.RETURNED else "",
            **(decided if state not in {DraftState.EXPIRED, DraftState.STALE, DraftState.DROPPED} else {}),
        )
        drawn = draw_draft(deciding(draft=made), Zone.WIB, "rina")
        assert not drawn.keyboard
        assert plain(drawn).endswith(said), state


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=1000), st.sampled_from(DraftState))
def test_any_words_can_be_shown_to_an_approver(text: str, state: DraftState) -> None:
    seen = deciding(
        draft=draft(state=state, text=text, note=text),
        comment=kept(text * 4),
        changes=(Change(text, text),) * 9,
        hints=(text,),
        source=text,
        bases=(text, text),
        template_title=text,
    )
    shown, _ = parse_html(draw_draft(seen, Zone.WIB, "budi").text)
    assert len(shown.encode("utf-16-le")) // 2 <= 4096


def asked(**to: object) -> UncertainView:
    queued = Queued(OutgoingId(40), PublicReply(DraftId(7)), Lane.PUBLIC, "draft:7", SendState.UNCERTAIN, 1)
    made = UncertainView(queued, case(), kept(), "Halo Kak Ratna.", False, {"sari": "Sari"}, NINE)
    return replace(made, **to)  # type: ignore[arg-type]  # names of UncertainView's own fields


def test_an_unsure_reply_asks_somebody_to_look() -> None:
    drawn = draw_uncertain(asked(), Zone.WIB)
    assert plain(drawn).startswith("⚠️ Belum pasti terkirim · #12\n\nRatna, 09.12 WIB · lihat")
    assert [b.action for b in drawn.keyboard[0]] == [do.Resend(40, 1), do.MarkSent(40, 1)]
    assert "Balasan\nHalo Kak Ratna." in plain(drawn)


def test_what_no_connector_can_post_is_handed_over_for_copying() -> None:
    drawn = draw_uncertain(asked(manual=True), Zone.WIB)
    assert "Perlu dikirim dengan tangan" in plain(drawn)
    assert [b.action for b in drawn.keyboard[0]] == [do.MarkSent(40, 1)]


def test_a_settled_question_says_by_whom() -> None:
    sent = replace(asked().queued, state=SendState.SENT)
    assert plain(draw_uncertain(asked(queued=sent, settled_by="sari"), Zone.WIB)) == (
        "#12 · dipastikan sudah terkirim oleh Sari."
    )
    failed = replace(asked().queued, what=Receipt(case().id, CommentId(1)), state=SendState.FAILED)
    assert "Gagal terkirim" in plain(draw_uncertain(asked(queued=failed, text=""), Zone.WIB))


def closed(text: str) -> bool:
    """Nothing of the citizen's can be read: no name, no word, no way there."""
    return not any(secret in text for secret in ("<b>Ratna</b>", "rusak parah", ">lihat<", "t.me/"))


def test_once_a_life_is_at_risk_an_approver_sees_the_reply_and_not_the_message() -> None:
    risky = case(sensitive=True)
    for state in (DraftState.STALE, DraftState.POSTED, DraftState.WAITING):
        drawn = draw_draft(deciding(case=risky, draft=draft(state=state)), Zone.WIB, "budi")
        assert closed(drawn.text), state
        assert "Pesan ini menyangkut keselamatan seseorang." in drawn.text
        assert "Laporan Jalan Mawar kami teruskan" in drawn.text
        assert drawn.protect
    assert not closed(draw_draft(deciding(), Zone.WIB, "budi").text)


def test_once_a_life_is_at_risk_the_group_is_asked_without_message_and_without_reply() -> None:
    risky = case(sensitive=True)
    for seen, who in (
        (asked(case=risky), "Mohon pendamping melihatnya di tempat aslinya"),
        (asked(case=risky, manual=True), "Ia menyalin, mengirim sendiri"),
    ):
        drawn = draw_uncertain(seen, Zone.WIB)
        assert closed(drawn.text)
        assert "Ratna" not in drawn.text
        assert who in drawn.text
        assert do.MarkSent(40, 1) in [b.action for b in drawn.keyboard[0]]
        assert drawn.protect
    assert not closed(draw_uncertain(asked(), Zone.WIB).text)
