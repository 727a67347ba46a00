"""Buttons survive their 64 bytes, and nothing else comes out of them."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import actions
from bot.chat.actions import Action, ApproveTemplate, CloseCase, FillDate, OnCase, Short, TakeCase, Unlock
from bot.chat.claim_actions import ClaimPanel
from bot.chat.packing import CODES, MOST_BYTES, Garbled, pack, unpack
from bot.domain.case import CloseReason, Panel
from bot.domain.claim import ClaimType, Finding
from bot.domain.moderation import Remedy
from bot.services.views_claims import Kind
from classifiers.labels import Label

ids = st.integers(0, 2**53 - 1)
small = st.integers(0, 99)
shorts = st.text("0123456789abcdef", min_size=8, max_size=8).map(Short)
BY_TYPE = {
    Panel: st.sampled_from(Panel),
    Label: st.sampled_from(Label),
    CloseReason: st.sampled_from(CloseReason),
    Short: shorts,
    ClaimType: st.sampled_from(ClaimType),
    Finding: st.sampled_from(Finding),
    ClaimPanel: st.sampled_from(ClaimPanel),
    Remedy: st.sampled_from(Remedy),
    Kind: st.sampled_from(Kind),
}
SMALL = {"minutes", "days", "index", "step", "item", "choice", "field", "page"}


def action_of(kind: type[Action]) -> st.SearchStrategy[Action]:
    values = {f.name: BY_TYPE.get(f.type, small if f.name in SMALL else ids) for f in fields(kind)}
    return st.builds(kind, **values)


any_action = st.one_of([action_of(kind) for kind in get_args(Action)])


@settings(deadline=None)
@given(any_action)
def test_what_is_packed_comes_back(action: Action) -> None:
    data = pack(action)
    assert 1 <= len(data.encode()) <= MOST_BYTES
    assert unpack(data) == action


def test_usual_buttons_are_short() -> None:
    assert pack(TakeCase(1234, 7)) == "ct:1234:7"
    assert len(pack(CloseCase(999_999, 999, CloseReason.NO_REPLY_NEEDED))) <= 40
    assert len(pack(ApproveTemplate(Short("0" * 8), Short("f" * 8)))) <= 40


def test_every_button_has_one_code_and_every_code_one_button() -> None:
    assert set(CODES.values()) == set(get_args(Action))
    assert len(set(CODES.values())) == len(CODES)
    public = {kind for kind in vars(actions).values() if isinstance(kind, type) and issubclass(kind, OnCase)}
    assert public - {OnCase} <= set(CODES.values())


junk = st.one_of(
    st.text(max_size=80),
    st.binary(max_size=70).map(lambda raw: raw.decode("latin-1")),
    any_action.map(pack).flatmap(
        lambda data: st.tuples(st.just(data), st.integers(0, len(data)), st.characters()).map(
            lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
        )
    ),
)


@settings(deadline=None)
@given(junk)
def test_any_string_is_a_button_of_ours_or_garbled(data: str) -> None:
    try:
        action = unpack(data)
    except Garbled:
        return
    assert pack(action) == data, "two spellings of one button would be two keys of one press"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "ct",
        "ct:1",
        "ct:1:2:3",
        "ct:-1:2",
        "ct:01:2",
        "ct:1:2 ",
        "ct:١:2",
        "ct:1_0:2",
        f"ct:{2**53}:1",
        f"ct:{'9' * 40}:1",
        "cp:1:2:drop",
        "cl:1:2:Hoax",
        "cu:1:2:../../../",
        "cu:1:2:ABCDEF00",
        "cz:1:2:99999999",
        "dd:1:2:4000",
        "zz:1:2",
        "lu:",
        "lu",
        "ct:1:2\n",
    ],
)
def test_forged_data_is_garbled(data: str) -> None:
    with pytest.raises(Garbled):
        unpack(data)


def test_a_number_that_no_column_holds_is_never_packed() -> None:
    with pytest.raises(Garbled):
        pack(TakeCase(2**60, 1))
    with pytest.raises(Garbled):
        pack(FillDate(1, 1, -3))
    assert unpack(pack(Unlock(1795399200))) == Unlock(1795399200)
