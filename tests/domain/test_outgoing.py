"""All that the bot may say: kept and read back without loss, and each kind in its lane, place and card."""

import json
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import outgoing as out
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.lane import Lane
from bot.domain.locking import rests_under_lock
from bot.domain.outgoing import (
    CRISIS,
    TRIAGE,
    CaseCard,
    DraftCard,
    IncidentCard,
    Notice,
    Original,
    Outgoing,
    OutgoingId,
    PageCard,
    Prompt,
    PublicReply,
    Receipt,
    RedrawPage,
    Timeline,
    UncertainCard,
)
from bot.domain.outgoing_board import BoardCard, DigestCard
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.outgoing_claims import ClaimCard, RedrawClaim, card, place_of
from bot.domain.outgoing_lane import lane
from bot.domain.outgoing_moderation import CarryOut, MeasureAsk, MeasureCard, PublicWarning
from bot.domain.outgoing_steps import (
    BareMessage,
    DrillPost,
    DrillScene,
    HandOverCard,
    PublicPost,
    RedrawHandOver,
    RedrawStep,
    ReleaseCard,
    ReviewCard,
    RunReply,
    StepCard,
)
from bot.domain.people import PersonId
from bot.domain.reply import DraftId
from bot.domain.second import SecondPage

RATNA = PersonId("ratna")
TABLE: dict[Outgoing, tuple[str, Lane, bool, str]] = {
    CaseCard(CaseId(1)): (TRIAGE, Lane.BOARD, False, "case:1"),
    CaseCard(CaseId(1), urgent=True): (TRIAGE, Lane.CRISIS, False, "case:1"),
    Original(CaseId(1), RATNA): ("person:ratna", Lane.CRISIS, False, ""),
    DraftCard(DraftId(2), RATNA): ("person:ratna", Lane.APPROVAL, False, "draft:2:ratna"),
    PageCard(3, RATNA, 1): ("person:ratna", Lane.CRISIS, False, ""),
    RedrawPage(3, RATNA): ("person:ratna", Lane.CRISIS, False, "page:3:ratna"),
    IncidentCard(3): (CRISIS, Lane.CRISIS, False, "run:3"),
    Receipt(CaseId(1), CommentId(4)): ("comment:4", Lane.PUBLIC, True, ""),
    PublicReply(DraftId(2)): ("draft:2", Lane.PUBLIC, True, ""),
    SecondPage(3, RATNA, 1, 0, "sms", "stuck"): ("sms:ratna", Lane.SECOND, False, ""),
    UncertainCard(OutgoingId(5)): (TRIAGE, Lane.APPROVAL, False, "outgoing:5"),
    StepCard(3, "tanya", 1, RATNA): ("person:ratna", Lane.CRISIS, False, ""),
    RedrawStep(3, "tanya", 1, RATNA): ("person:ratna", Lane.CRISIS, False, "step:3:tanya:1:ratna"),
    HandOverCard(3, RATNA, 2): ("person:ratna", Lane.CRISIS, False, ""),
    RedrawHandOver(3, RATNA, 2): ("person:ratna", Lane.CRISIS, False, "handover:3:ratna"),
    ReleaseCard(3, RATNA): ("person:ratna", Lane.CRISIS, False, "release:3:ratna"),
    ClaimCard(3, "triage"): ("triage", Lane.APPROVAL, False, ""),
    MeasureCard(3): ("triage", Lane.APPROVAL, False, "measure:3"),
    MeasureAsk(3, PersonId("ratna")): ("person:ratna", Lane.APPROVAL, False, "measure:3:ratna"),
    PublicWarning(3, CommentId(7)): ("comment:7", Lane.PUBLIC, True, ""),
    CarryOut(3, CommentId(7)): ("comment:7", Lane.PUBLIC, False, ""),
    RedrawClaim(3, "person:ratna"): ("person:ratna", Lane.APPROVAL, False, "claim:3:person:ratna"),
    ReviewCard(3, RATNA): ("person:ratna", Lane.APPROVAL, False, "review:3:ratna"),
    PublicPost(3, "tayang", 1, "telegram-channel"): ("channel:telegram-channel", Lane.PUBLIC, True, ""),
    RunReply(3, "balas", 1, CommentId(4)): ("comment:4", Lane.PUBLIC, True, ""),
    BareMessage(77, 12): ("chat:77", Lane.BOARD, False, ""),
    BoardCard(): ("board", Lane.BOARD, False, "board"),
    BoardCard(urgent=True): ("board", Lane.CRISIS, False, "board"),
    DigestCard(): ("board", Lane.BOARD, False, "digest"),
    BulkCard(6, "triage"): ("triage", Lane.APPROVAL, False, "bulk:6"),
    DrillPost(3, "tayang", 1, "telegram-channel"): (CRISIS, Lane.CRISIS, False, ""),
}
WITH_WORDS: list[tuple[Outgoing, tuple[str, Lane, bool, str]]] = [
    (Timeline(3, "opened", {"by": "sari"}), (CRISIS, Lane.CRISIS, False, "")),
    (DrillScene(3, "comment", {"author": "Laras", "note": "Benar?"}), (CRISIS, Lane.BOARD, False, "")),
    (Notice("chat:-5", "locked", {"person": "sari"}), ("chat:-5", Lane.APPROVAL, False, "")),
    (
        Prompt("person:ratna", "note", RATNA, "return:1:2", {"case": 1}, 9),
        ("person:ratna", Lane.APPROVAL, False, ""),
    ),
]
ALL = [*TABLE.items(), *WITH_WORDS]


@pytest.mark.parametrize(("what", "expected"), ALL, ids=str)
def test_each_has_its_place_lane_and_card(what: Outgoing, expected: tuple[str, Lane, bool, str]) -> None:
    assert (out.recipient(what), lane(what), out.is_public(what), out.redraws(what)) == expected


def test_the_table_above_leaves_no_kind_out() -> None:
    assert {type(what) for what, _ in ALL} == set(get_args(Outgoing))


@pytest.mark.parametrize("what", [what for what, _ in ALL], ids=str)
def test_what_is_kept_is_read_back_the_same(what: Outgoing) -> None:
    kind, kept = out.pack(what)
    assert out.unpack(kind, json.loads(json.dumps(kept))) == what


@given(st.sampled_from(get_args(Outgoing)), st.data())
def test_any_values_come_back(kind: type[Outgoing], data: st.DataObject) -> None:
    hints = get_type_hints(kind)
    made = {f.name: data.draw(_values(hints[f.name], f.name)) for f in fields(kind)}
    what = kind(**made)
    name, kept = out.pack(what)
    assert out.unpack(name, json.loads(json.dumps(kept))) == what


def _values(hint: object, name: str) -> st.SearchStrategy[object]:
    if hint is bool:
        return st.booleans()
    if name == "params":
        return st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=5), st.integers()), max_size=3)
    base = getattr(hint, "__supertype__", hint)
    return st.integers(0, 2**53) if base is int else st.text(max_size=8)


def test_a_kind_of_a_newer_version_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        out.unpack("Tomorrow", {})


def test_only_what_citizens_read_goes_in_the_public_lane() -> None:
    for what, _ in ALL:
        assert rests_under_lock(what) is (lane(what) is Lane.PUBLIC)


def test_a_claims_card_names_its_chat() -> None:
    for to in ("triage", "person:ratna", "chat:-1001"):
        assert place_of(card(ClaimCard(3, to))) == to
        assert card(ClaimCard(3, to)) == card(RedrawClaim(3, to))
