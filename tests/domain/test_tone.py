"""Gentle hints: what a citizen might hear in a draft."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.guard import ToneKind, tone_findings

HINTS = [
    ("HARAP SEMUA WARGA TENANG", ToneKind.SHOUTING),
    ("PERHATIAN, jalan ditutup", ToneKind.SHOUTING),
    ("Mohon sabar!!!", ToneKind.SHOUTING),
    ("Besok air pasti menyala", ToneKind.PROMISE),
    ("Kami jamin selesai", ToneKind.PROMISE),
    ("Akan diperbaiki secepatnya", ToneKind.PROMISE),
    ("Aman 100%", ToneKind.PROMISE),
    ("Itu kesalahan Kakak", ToneKind.BLAMING),
    ("Seharusnya Anda membawa KK", ToneKind.BLAMING),
    ("Makanya baca dulu", ToneKind.BLAMING),
    ("Kan sudah dijelaskan", ToneKind.BLAMING),
    ("Tidak ada komentar untuk saat ini", ToneKind.NO_COMMENT),
    ("Itu bukan urusan kami", ToneKind.NO_COMMENT),
    ("Itu hoaks. Hoaks ini lama. Jangan sebarkan hoaks.", ToneKind.REPEATED_CLAIM),
]


@pytest.mark.parametrize(("text", "kind"), HINTS)
def test_a_hint_names_the_place_and_a_better_way(text: str, kind: ToneKind) -> None:
    found = tone_findings(text)
    assert kind in {each.kind for each in found}
    assert all(text[each.start : each.end] and each.advice.endswith(".") for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Kabarnya belum pasti, masih kami pastikan bersama BPBD.",
        "Data dari BMKG, BNPB, dan BPBD sudah kami terima.",
        "KTP-el bisa diambil di kantor Dukcapil, Kak.",
        "Kabar itu hoaks. Faktanya, bantuan tidak dibuka lewat tautan.",
        "Terima kasih sudah menunggu dengan sabar.",
    ],
)
def test_calm_words_get_no_hint(text: str) -> None:
    assert tone_findings(text) == ()


CLAIM = "Air PDAM dicampur racun mulai malam ini"


def test_telling_the_rumour_once_is_fine_and_twice_is_named() -> None:
    once = "Air minum aman. Kabar air PDAM dicampur racun mulai malam ini keliru."
    twice = f"{once} Sekali lagi, air PDAM dicampur racun mulai malam ini tidak terjadi."
    assert tone_findings(once, CLAIM) == ()
    (hint,) = tone_findings(twice, CLAIM)
    assert hint.kind is ToneKind.REPEATED_CLAIM
    assert hint.start > len(once)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200), st.text(max_size=60))
def test_hints_never_raise_and_lie_inside_the_text(text: str, claim: str) -> None:
    for hint in tone_findings(text, claim):
        assert 0 <= hint.start < hint.end <= len(text)
