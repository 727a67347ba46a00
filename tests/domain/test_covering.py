"""What is covered in copies of evidence beside numbers: where somebody lives, and who wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.covering import cover
from bot.domain.steps import MASKED

HOMES = [
    ("Rumahnya di Jl. Melati No. 12, datangi saja", "Melati"),
    ("jalan kenanga raya nomor 7b ini pelakunya", "kenanga"),
    ("Jln Mawar Indah, No 45 RT 03/RW 05", "Mawar"),
    ("Gg. Buntu no.3 sebelah warung", "Buntu"),
    ("Gang Haji Amat No 21 RT 2 RW 9", "Amat"),
    ("Saya di RT 03 RW 05 Sukamaju", "03"),
    ("rt.001/rw.012 belum dapat air", "012"),
    ("RT 04/07 air mati", "07"),
    ("RT.02, RW.11 kapan giliran kami", "11"),
    ("Alamat saya: Dusun Krajan, Desa Sumberrejo. Mohon bantuan", "Krajan"),
    ("dia tinggal di perumahan Griya Asri blok C5", "Griya"),
    ("Kami di Blok C5 No 12 belum surut", "C5"),
    ("alamatnya di Kampung Baru dekat masjid", "Baru"),
]
PLACES = [
    "Jl. Kaliurang macet total sejak pagi",
    "jalan rusak nomor 1 di provinsi ini",
    "Jalan ditutup, lewat mana?",
    "Saya jalan ke pasar nomor antrean 12",
    "Banjir di Jalan Sudirman sudah 50 cm",
    "Nomor pengaduan 12 belum dijawab",
    "Blok M macet",
    "Rumah saya kebanjiran, tolong",
    "tinggal di pengungsian sudah tiga hari",
    "Start RT news 5 menit lagi",
    "PP No 12 Tahun 2026 soal jalan desa",
    "Antre gas di Gang Kelinci dari subuh",
    "Kapan jalan desa kami diaspal? Sudah 5 tahun",
    "mau jalan sama keluarga no 2 dapat diskon",
]


@pytest.mark.parametrize(("said", "lost"), HOMES, ids=[said for said, _ in HOMES])
def test_where_somebody_lives_is_covered(said: str, lost: str) -> None:
    shown = cover(said, ["address"], "")
    assert lost not in shown
    assert len(shown) == len(said)
    assert cover(said, ["phone"], "") == said


@pytest.mark.parametrize("said", PLACES)
def test_where_something_happened_stays(said: str) -> None:
    assert cover(said, MASKED, "") == said


def test_what_stands_beside_a_home_can_still_be_read() -> None:
    said = "Penipunya di Jl. Melati No. 12! Polisi tolong ke sana"
    assert cover(said, ["address"], "").endswith("! Polisi tolong ke sana")


def test_the_name_of_the_writer_and_of_accounts_are_covered() -> None:
    said = "Saya BUDI Santoso, bukan budiman. Tanya @akun_palsu, surel saya a@contoh.id"
    shown = cover(said, ["name"], "Budi Santoso")
    assert "BUDI" not in shown
    assert "Santoso" not in shown
    assert "akun_palsu" not in shown
    assert "budiman" in shown
    assert "a@contoh.id" in shown


def test_short_parts_of_a_name_are_words_too() -> None:
    assert cover("nur itu cahaya, kata Nur Aini", ["name"], "Nur Aini") == "nur itu cahaya, kata *** ****"


def test_only_what_is_asked_for_is_covered() -> None:
    said = "081234567890 atau warga@contoh.id"
    assert cover(said, ["email"], "").startswith("081234567890")
    assert cover(said, ["phone"], "").endswith("warga@contoh.id")


def test_sixteen_digits_that_may_be_a_nik_are_covered_as_one() -> None:
    assert "9911" not in cover("ini 9911223344556677 punyaku", ["nik"], "")


@given(st.text(max_size=200), st.text(max_size=30))
def test_no_text_and_no_name_breaks_it_and_covering_keeps_the_length(said: str, writer: str) -> None:
    shown = cover(said, [*MASKED, "name"], writer)
    assert len(shown) == len(said)
    assert all(new in (old, "*") for new, old in zip(shown, said, strict=True))
