"""What the named people see of words to somebody at risk; and that nobody else sees any of it."""

import pytest
from chat_views import BUDI, SARI, after, case, choice, deciding, draft, kept, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import actions as do
from bot.chat.drafts import draw_draft
from bot.domain.case import CaseStatus
from bot.domain.people import Zone
from bot.domain.reply import ApprovedAs, DraftState
from bot.sandbox.entities import parse_html
from bot.services.views import DraftView, PrivateView

WORDS = "Terima kasih sudah bercerita. Apakah kamu aman sekarang?"


def private(state: DraftState, text: str = WORDS, **to: object) -> DraftView:
    made = draft(state=state, text=text, template_id="", private=True, expires_at=after(34))
    busy = CaseStatus.DRAFTED if state is DraftState.WAITING else CaseStatus.ASSIGNED
    seen = {"readers": {SARI, BUDI}, "comment": kept("Aku lelah sekali"), "earlier": (), "preview": text}
    return deciding(
        draft=made,
        case=case(status=busy, assignee=SARI, sensitive=True),
        private=PrivateView(**{**seen, **to}),  # type: ignore[arg-type]  # names of PrivateView's own fields
    )


def card(state: DraftState, reader: str, **to: object) -> str:
    return plain(draw_draft(private(state, **to), Zone.WIB, reader))


@pytest.mark.parametrize("state", DraftState)
def test_whoever_is_not_named_sees_neither_message_nor_answer(state: DraftState) -> None:
    drawn = draw_draft(private(state), Zone.WIB, "rina")
    assert plain(drawn) == "#12 · Draf ini hanya untuk pendamping yang ditunjuk."
    assert drawn.protect


@pytest.mark.parametrize("state", DraftState)
def test_it_can_never_be_forwarded_and_only_the_other_one_decides(state: DraftState) -> None:
    for reader in ("sari", "budi"):
        drawn = draw_draft(private(state), Zone.WIB, reader)
        assert drawn.protect
        assert "Aku lelah sekali" in drawn.text
        actions = {type(button.action) for row in drawn.keyboard for button in row}
        decides = state is DraftState.WAITING and reader == "budi"
        assert (do.ApproveDraft in actions) is decides
        assert reader == "sari" or actions <= {do.ApproveDraft, do.ReturnDraft}


def test_the_writer_picks_prepared_words_and_sees_which_may_not_be_used() -> None:
    offered = (choice("Kami di sini", "aa00bb11", ""), choice("Lama", "cc22dd33", "Masanya habis.", ok=False))
    view = private(DraftState.WRITING, text="", templates=offered)
    drawn = draw_draft(view, Zone.WIB, "sari")
    assert "1. Kami di sini\nLama (belum bisa dipakai): Masanya habis." in plain(drawn)
    assert drawn.keyboard[0][0].action == do.PutTemplate(7, 2, do.Short("aa00bb11"))
    assert "Tulis dengan kata-kata sendiri." in card(DraftState.WRITING, "sari", text="")


def test_under_a_post_both_are_reminded_that_everybody_reads_it() -> None:
    for state, reader in ((DraftState.WRITING, "sari"), (DraftState.WAITING, "budi")):
        assert "dibaca siapa saja" in card(state, reader, in_public=True)
        assert "dibaca siapa saja" not in card(state, reader)


def test_what_holds_it_back_is_said_to_the_writer() -> None:
    guarded = card(DraftState.WRITING, "sari", guard=("Ada nomor telepon.",))
    assert "⚠️ Ada nomor telepon." in guarded
    assert "Ajukan]" not in guarded
    for unsent, said in (("locked", "/kunci"), ("uncertain", "Lihat di tempat aslinya")):
        assert said in card(DraftState.APPROVED, "sari", unsent=unsent)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=1000), st.sampled_from(DraftState))
def test_any_words_can_be_shown(text: str, state: DraftState) -> None:
    view = private(state, text=text, comment=kept(text * 4), earlier=(kept(text, 2),) * 4, guard=(text,))
    for reader in ("sari", "budi", "rina"):
        shown, _ = parse_html(draw_draft(view, Zone.WIB, reader).text)
        assert len(shown.encode("utf-16-le")) // 2 <= 4096


def test_who_approved_is_said_when_it_is_sent() -> None:
    made = draft(state=DraftState.POSTED, template_id="", private=True, decided_by=BUDI, decided_at=after(9),
                 approved_as=ApprovedAs.TEXT)  # fmt: skip
    view = deciding(
        draft=made,
        case=case(status=CaseStatus.ANSWERED, sensitive=True),
        private=PrivateView({SARI, BUDI}, kept("Aku lelah"), ()),
    )
    assert plain(draw_draft(view, Zone.WIB, "sari")).endswith("Disetujui Budi, 09.21 WIB.\n[💬 Balas lagi]")
