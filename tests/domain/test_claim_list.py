"""Lists of checked facts: every row or its fault, at its line; what is written is read back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.claim import ClaimType, Finding
from bot.domain.claim_list import Row, read_list, write_list

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ALLOWED = ("go.id",)
SOURCE = "https://cekfakta.contoh.go.id/7"
HEAD = "nomor,klaim,temuan,jenis,dasar,sumber,tanggal\n"
GOOD = f"7,Air kota dicampur racun,Salah,Konten palsu,Uji laboratorium baik,{SOURCE},2026-11-20\n"


def why(row: str) -> list[str]:
    rows, bad = read_list(HEAD + row, ALLOWED, NOW)
    assert not rows
    assert [one.line for one in bad] == [2]
    return [one.why for one in bad]


def test_a_row_as_people_write_it() -> None:
    rows, bad = read_list(HEAD + GOOD, ALLOWED, NOW)
    assert not bad
    assert rows == [
        Row(
            "7",
            "Air kota dicampur racun",
            Finding.FALSE,
            ClaimType.FABRICATED,
            "Uji laboratorium baik",
            (SOURCE,),
            datetime(2026, 11, 20, tzinfo=UTC),
        )
    ]


def test_only_two_columns_are_needed_and_a_spreadsheets_semicolons_are_read() -> None:
    rows, bad = read_list("Temuan; Klaim\nbelum terbukti;Kabar lama\n", ALLOWED, NOW)
    assert not bad
    assert [(row.reference, row.finding) for row in rows] == [("Kabar lama", Finding.UNPROVEN)]
    _, bad = read_list("judul,isi\na,b\n", ALLOWED, NOW)
    assert bad[0].line == 1
    assert bad[0].why.startswith("Tidak ada kolom klaim dan temuan.")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"7,,salah,,,{SOURCE},", "Kolom klaim kosong."),
        (f"7,Air,mungkin,,,{SOURCE},", "Temuan «mungkin» tidak dikenal."),
        (f"7,Air,salah,jahat,,{SOURCE},", "Jenis «jahat» tidak dikenal."),
        ("7,Air,salah,,,,", "Kolom sumber kosong."),
        ("7,Air,salah,,,https://blog.example.com/a,", "Sumber https://blog.example.com/a tidak diizinkan."),
        (f"7,Air,salah,,,{SOURCE},kemarin", "Tanggal «kemarin» tidak terbaca."),
        (f"7,Air,salah,,,{SOURCE},2027-01-01", "Tanggal 2027-01-01 belum terjadi."),
        (f"7,{'x' * 301},salah,,,{SOURCE},", "Klaim lebih dari 300 karakter."),
        (f"7,Air,salah,,{'x' * 1001},{SOURCE},", "Dasar lebih dari 1000 karakter."),
        (f"7,Air,salah,,,{' '.join(f'{SOURCE}{n}' for n in range(9))},", "Lebih dari 8 sumber."),
        (f"7,Air,salah,,,{SOURCE},,,", "Kolomnya lebih banyak daripada judul."),
    ],
)
def test_what_is_wrong_with_a_row_is_said_at_its_line(row: str, said: str) -> None:
    assert why(row)[0].startswith(said)


def test_a_quotation_that_never_ends_is_said() -> None:
    _, bad = read_list(HEAD + '7,"Air,salah', ALLOWED, NOW)
    assert [one.why[:23] for one in bad] == ["Baris CSV tidak terbaca"]


def test_a_number_that_stands_twice_is_a_fault_of_the_second() -> None:
    rows, bad = read_list(HEAD + GOOD + GOOD, ALLOWED, NOW)
    assert len(rows) == 1
    assert [(one.line, one.why) for one in bad] == [
        (3, "Nomor atau sumber «7» sudah ada di baris sebelumnya.")
    ]


def test_good_rows_are_read_beside_bad_ones() -> None:
    rows, bad = read_list(HEAD + "8,,salah,,,,\n" + GOOD, ALLOWED, NOW)
    assert [row.reference for row in rows] == ["7"]
    assert [one.line for one in bad] == [2]


cell = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs", "Cf")), min_size=1, max_size=40
)
row = st.builds(
    Row,
    reference=cell,
    statement=cell,
    finding=st.sampled_from(Finding),
    type=st.none() | st.sampled_from(ClaimType),
    basis=cell,
    sources=st.just((SOURCE,)),
    seen_at=st.none() | st.dates(datetime(2020, 1, 1).date(), NOW.date()).map(  # noqa: DTZ001 - a date
        lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)
    ),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(row, max_size=4, unique_by=lambda one: one.reference))
def test_what_is_written_is_read_back(rows: list[Row]) -> None:
    read, bad = read_list("".join(write_list(rows)), ALLOWED, NOW)
    assert not bad
    assert read == rows


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    written = "".join(write_list([Row("=1+1", "@SUM(A1)", Finding.FALSE, None, "-2", (SOURCE,), None)]))
    assert "'=1+1,'@SUM(A1),salah,,'-2," in written


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_file_is_read_or_its_faults_are_told(text: str) -> None:
    rows, bad = read_list(text, ALLOWED, NOW)
    assert rows or bad or len(text.splitlines()) <= 1 or not text.strip()
    assert all(one.why.endswith((".", ").")) for one in bad)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_known_by_the_names_and_not_by_what_else_stands_in_a_cell(mark: str) -> None:
    text = (
        mark.join(("klaim", "temuan", '"dasar, a; b, c, d; e"'))
        + "\n"
        + mark.join(("Air beracun", "belum terbukti", "x"))
    )
    (row,), bad = read_list(text, ("go.id",), NOW)
    assert (row.statement, bad) == ("Air beracun", [])
