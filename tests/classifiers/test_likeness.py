"""Two texts, one matter or two: what a copy may change, and what makes it another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.likeness import Difference, likeness
from classifiers.wording import wording

LEAD = (
    "Bantuan beras 10 kilo untuk warga Kecamatan Wates belum dibagikan sejak bulan Oktober, "
    "padahal desa sebelah sudah menerima dari minggu lalu"
)


def alike(other: str, lead: str = LEAD) -> tuple[bool, Difference | None]:
    found = likeness(wording(lead), wording(other))
    return found.certain, found.differs


@pytest.mark.parametrize(
    "copy",
    [
        LEAD.upper(),
        f"Fwd: assalamualaikum min, {LEAD} 🙏🙏 tolong diviralkan https://contoh.id/x",
        LEAD.replace("belum", "blm").replace("sudah", "udah"),
        LEAD.replace("dibagikan", "dibagkian").replace("menerima", "menrima"),
        LEAD.replace("beras", "beraaaaas"),
        LEAD.replace("warga", "wrg"),
        "padahal desa sebelah sudah menerima dari minggu lalu. " + LEAD.split(", padahal", maxsplit=1)[0],
        LEAD.split(" padahal", maxsplit=1)[0],
        LEAD[: LEAD.index(" dari minggu")] + "...",
        LEAD.replace("10 kilo", "sepuluh kilo"),
    ],
)
def test_a_copy_is_certain_whatever_was_done_to_it_on_the_way(copy: str) -> None:
    assert alike(copy) == (True, None)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (LEAD.replace("10 kilo", "5 kilo"), Difference.NUMBER),
        (LEAD.replace("10 kilo", "10 kilo 3 kali"), Difference.NUMBER),
        (LEAD.replace("Wates", "Sentolo"), Difference.WORD),
        (LEAD.replace("Oktober", "November"), Difference.WORD),
        (LEAD.replace("beras", "minyak"), Difference.WORD),
        (LEAD.replace("belum dibagikan", "dibagikan"), Difference.DENIAL),
        (LEAD.replace("sudah menerima", "tidak menerima"), Difference.DENIAL),
        (f"Tidak benar: {LEAD}", Difference.DENIAL),
        (f"HOAKS! {LEAD}", Difference.DENIAL),
        (f"{LEAD} <- itu tidak benar ya bapak ibu", Difference.DENIAL),
        (f"{LEAD} dan itu bohong", Difference.DENIAL),
    ],
)
def test_another_number_place_or_thing_or_a_denial_is_another_matter(other: str, why: Difference) -> None:
    assert alike(other) == (False, why)


def test_neighbouring_towns_are_two_towns_though_their_names_are_nearly_one() -> None:
    lead = "Parkir di alun-alun Malang sekarang ditarik lima ribu untuk motor padahal di karcis dua ribu"
    assert alike(lead.replace("Malang", "Magelang"), lead) == (False, Difference.WORD)


def test_money_is_the_same_however_it_is_spelt() -> None:
    lead = "Bantuan uang 600.000 dari kementerian sosial bisa dicek lewat tautan ini sampai malam nanti"
    for spelt in ("600rb", "600 ribu", "Rp600.000", "600k"):
        assert alike(lead.replace("600.000", spelt), lead) == (True, None), spelt
    assert alike(lead.replace("600.000", "900rb"), lead) == (False, Difference.NUMBER)


def test_below_eight_words_likeness_alone_joins_nothing() -> None:
    short = "lampu jalan depan sekolah mati lagi"
    assert not likeness(wording(short), wording(short + " pak")).certain
    assert likeness(wording(short), wording(short.upper())).certain  # the same text is the same text


def test_a_telephone_number_is_part_of_the_claim() -> None:
    lead = (
        "Lowongan pegawai kereta tanpa tes untuk keluarga kurang mampu hubungi 0812-3456-7890 kuota dua ratus"
    )
    assert alike(lead.replace("7890", "1111"), lead) == (False, Difference.NUMBER)


words = st.lists(st.sampled_from([*LEAD.split(), "tidak", "hoaks", "20", "Garut"]), max_size=25).map(" ".join)


@given(words, words)
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    there, back = likeness(wording(one), wording(other)), likeness(wording(other), wording(one))
    assert there.certain == back.certain
    assert there.share == pytest.approx(back.share, abs=0.15)


@given(st.text(max_size=200))
def test_any_text_is_like_itself(text: str) -> None:
    said = wording(text)
    assert likeness(said, said).certain == bool(said.words)


@given(words, words)
def test_a_share_is_a_share(one: str, other: str) -> None:
    assert 0.0 <= likeness(wording(one), wording(other)).share <= 1.0
