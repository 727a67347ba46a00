"""Numbers in one spelling each, and which of them nobody has told us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import figures_in, untold
from bot.domain.reading_ease import HARD, ease_of
from bot.domain.sentences import sentences


def spelled(text: str) -> list[str]:
    return [figure for figure, _ in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("ada 1.250 rumah", ["1250"]),
        ("ada 1250 rumah", ["1250"]),
        ("pukul 09.30 dan 9:30", ["9.30", "9.30"]),
        ("naik 3,0 persen", ["3"]),
        ("tiga hari", ["3"]),
        ("dua puluh tiga orang", ["23"]),
        ("dua belas rumah", ["12"]),
        ("sebelas titik", ["11"]),
        ("dua ratus tiga puluh lima warga", ["235"]),
        ("seratus lima rumah", ["105"]),
        ("seribu dua ratus keluarga", ["1200"]),
        ("tiga ribu warga", ["3000"]),
        ("lihat https://kota.go.id/2026/11 ya", []),
        ("1. Datang\n2. Antre", []),
        ("satu per satu", []),
        ("ruang kelas IV", []),
        ("covid19", []),
    ],
)
def test_a_number_has_one_spelling(text: str, figures: list[str]) -> None:
    assert spelled(text) == figures


def test_only_numbers_that_nobody_told_are_found() -> None:
    text = "Halo Kak, 12 rumah di RT 05 terendam. Menurut BPBD ada 40 pengungsi. Hubungi 112."
    assert [text[a:b] for a, b in untold(text, ["di RT 5 ya"])] == ["12"]
    assert untold(text, ["dua belas rumah, rt 5"]) == []
    people = "Hubungi kami, 112 orang terdampak."
    assert [people[a:b] for a, b in untold(people, [])] == ["112"]


@given(st.integers(1, 999_999))
def test_thousands_may_be_parted_or_not(number: int) -> None:
    parted = f"{number:,}".replace(",", ".")
    assert untold(f"Ada {parted} warga di sana.", [f"katanya {number} orang"]) == []


@given(st.text(max_size=200))
def test_numbers_and_sentences_lie_inside_any_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for _, (start, end) in figures_in(text))
    ends = [0]
    for start, end in sentences(text):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


PLAIN = (
    "Halo Kak, laporannya sudah kami terima. Petugas memeriksa pipa di sana hari ini. "
    "Kabar berikutnya kami tulis di sini."
)
OFFICIAL = (
    "Sehubungan dengan pelaksanaan penyempurnaan mekanisme penyelenggaraan pelayanan administrasi "
    "kependudukan terintegrasi, pemrosesan permohonan mengalami keterlambatan sebagaimana diinformasikan."
)


def test_office_prose_is_harder_than_plain_words_and_a_short_text_is_not_judged() -> None:
    plain, official = ease_of(PLAIN), ease_of(OFFICIAL)
    assert plain is not None
    assert official is not None
    assert plain.lix < 30 < HARD < official.lix
    assert (plain.hard, official.hard) == (False, True)
    assert ease_of("Halo Kak, sudah kami teruskan.") is None
