"""What the guard holds back, what it lets pass, and what it can never do whatever the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.guard import DataKind, Finding, explain, find_personal_data, mask
from bot.domain.personal_data import RULES, candidates, luhn

HELD_BACK = [
    ("NIK saya 3201012001900001", DataKind.NIK),
    ("NIK perempuan 3201016001900001", DataKind.NIK),
    ("3201.0120.0190.0001", DataKind.NIK),
    ("320101-200190-0001", DataKind.NIK),
    ("3 2 0 1 0 1 2 0 0 1 9 0 0 0 0 1", DataKind.NIK),
    ("no KK 3201012001080002", DataKind.KK),
    ("kartu keluarga: 3201012001080002", DataKind.KK),
    ("NPWP 01.234.567.8-901.000", DataKind.NPWP),
    ("01.234.567.8-901.000", DataKind.NPWP),
    ("npwp: 012345678901000", DataKind.NPWP),
    ("npwp baru 3201012001900001", DataKind.NPWP),
    ("4111 1111 1111 1111", DataKind.CARD),
    ("kartu kredit 378282246310005", DataKind.CARD),
    ("1234567812345678", DataKind.LONG_NUMBER),
    ("081234567890", DataKind.PHONE),
    ("0812-3456-7890", DataKind.PHONE),
    ("0812.3456.7890", DataKind.PHONE),
    ("0812/3456/7890", DataKind.PHONE),
    ("0812 / 3456 / 7890", DataKind.PHONE),
    ("0812/3456/2019", DataKind.PHONE),
    ("081/234/567/890", DataKind.PHONE),
    ("0812_3456_7890", DataKind.PHONE),
    ("+62/812/3456/7890", DataKind.PHONE),
    ("wa 812/3456/7890", DataKind.PHONE),
    ("budi @ gmail . com", DataKind.EMAIL),
    ("budi @gmail.com", DataKind.EMAIL),
    ("budi@ gmail. co . id", DataKind.EMAIL),
    ("budi (at) gmail . com", DataKind.EMAIL),
    ("081 234 567 890", DataKind.PHONE),
    ("+62 812 3456 7890", DataKind.PHONE),
    ("+62 (0) 812 3456 7890", DataKind.PHONE),
    ("+62(812)34567890", DataKind.PHONE),
    ("62812-3456-789", DataKind.PHONE),
    ("wa081234567890", DataKind.PHONE),
    ("wa 81234567890", DataKind.PHONE),
    ("0 8 1 2 3 4 5 6 7 8 9 0", DataKind.PHONE),
    ("(0274) 512345", DataKind.PHONE),
    ("021-5551234", DataKind.PHONE),
    ("+1 415 555 2671", DataKind.PHONE),
    ("https://wa.me/6281234567890", DataKind.PHONE),
    ("ratna@contoh.id", DataKind.EMAIL),
    ("ratna (at) contoh (dot) id", DataKind.EMAIL),
    ("ratna[at]contoh.co.id", DataKind.EMAIL),
    ("rek BCA 1234567890", DataKind.ACCOUNT),
    ("no. rekening mandiri: 137-00-1234567-8", DataKind.ACCOUNT),
    ("1234567890 a.n. Bagus", DataKind.ACCOUNT),
    ("transfer ke 1234567890 (BRI)", DataKind.ACCOUNT),
    ("kartu bpjs 0001234567890", DataKind.HEALTH),
    ("B 1234 XYZ", DataKind.PLATE),
    ("plat ab 12 cd", DataKind.PLATE),
    ("nopolnya AB1234CD", DataKind.PLATE),
    ("paspor A1234567", DataKind.PASSPORT),
]


@pytest.mark.parametrize(("text", "kind"), HELD_BACK, ids=[text for text, _ in HELD_BACK])
def test_personal_data_is_held_back_and_named(text: str, kind: DataKind) -> None:
    assert [found.kind for found in find_personal_data(text)] == [kind]


DISGUISES = {
    "full-width digits": "０８１２３４５６７８９０",
    "Arabic-Indic digits": "٠٨١٢٣٤٥٦٧٨٩٠",
    "circled digits": "⓪⑧①②③④⑤⑥⑦⑧⑨⓪",
    "mathematical digits": "𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎",
    "keycap emoji": "".join(f"{digit}\ufe0f\u20e3" for digit in "081234567890"),
    "zero-width characters": "0812\u200b3456\u200d7890",
    "soft hyphens": "0812\u00ad3456\u00ad7890",
    "exotic dashes and blanks": "0812–3456—7890",
    "no-break blanks": "0812\u00a03456\u20097890",
    "letters for digits": "O812 3456 789O",
    "bidi controls": "\u202e0812\u202c34567890",
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_does_not_help(text: str) -> None:
    found = find_personal_data(f"hubungi {text} ya")
    assert [each.kind for each in found] == [DataKind.PHONE]
    assert found[0].masked.startswith("08")
    assert "3456" not in found[0].masked


HARMLESS = [
    "Anggaran Rp 1.500.000.000 untuk 2026",
    "Rp1500000000000000",
    "total 3.621.000.000.000.000 rupiah",
    "dari BRI Rp 15.000.000.000",
    "tahun 2020 2021 2022 2023",
    "rekening periode 2019-2024",
    "21-11-2026 19.30",
    "2026-11-21 19.30-21.00",
    "bank mandiri 2026-11-21",
    "pukul 07.30-16.00 WIB",
    "SK 800/1234/2026",
    "surat nomor 085/123/2026",
    "surat 081/1234/2026 dan 082/1235/2026",
    "RT 081/082/083",
    "08/12/2026, 08/12/2026-09/12/2026, 08-12-2026/09-12-2026",
    "rapat @ balai kota. Mohon hadir",
    "kumpul @ kantor . Selesai",
    "https://kota.go.id/berita/2026/081234567890",
    "kota.go.id/berita/081234567890",
    "tiket TG-000123 dan #123",
    "112, 110, 119, 117, 165, 123, 129",
    "1500537",
    "UU 14/2008 pasal 12 dan PP 28 tahun 2021",
    "RT 03 RW 12, Blok A 12 RT 3, KM 12 di jalan raya",
    "skor 0.8123456789",
    "-7.797068, 110.370529",
    "jam 7 s 9 wib",
    "gedung B 2 lt 4",
    "kurang lebih m 500 an orang, e 200 kk",
    "motor tanpa survei dp 500rb",
    "lulusan S 1 PGSD",
    "kode pos 55281",
    "@humas_kota kapan?",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_numbers_pass(text: str) -> None:
    assert find_personal_data(text) == ()


def test_several_findings_come_in_order_and_apart() -> None:
    text = "Ratna 081234567890 081298765432, NIK 3201 0120 0190 0001, ratna@contoh.id"
    found = find_personal_data(text)
    assert [each.kind for each in found] == [DataKind.PHONE, DataKind.PHONE, DataKind.NIK, DataKind.EMAIL]
    assert [text[each.start : each.end] for each in found] == [
        "081234567890",
        "081298765432",
        "3201 0120 0190 0001",
        "ratna@contoh.id",
    ]


OFFICIAL = frozenset({"+62 811 150 0165", "(0274) 512-345", "Humas@Kota.go.id", "@bmkg.go.id"})


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 0811-1500-165",
        "Hubungi 08111500165 (24 jam)",
        "Hubungi 0811 150 0165 24 jam",
        "wa.me/628111500165",
        "Telepon 0274 512345",
        "surel humas@kota.go.id",
        "surel info@BMKG.go.id",
    ],
)
def test_what_the_agency_publishes_itself_passes_however_it_is_written(text: str) -> None:
    assert find_personal_data(text, OFFICIAL) == ()
    assert find_personal_data(text) != ()


def test_the_allow_list_does_not_open_the_door_for_others() -> None:
    text = "0811-1500-165 atau 0811-1500-166, humas@kota.go.id.palsu.com"
    kept = [text[found.start : found.end] for found in find_personal_data(text, OFFICIAL)]
    assert kept == ["0811-1500-166", "humas@kota.go.id.palsu.com"]
    assert find_personal_data("0811-1500-165 0812-3456-7890", OFFICIAL) != ()


def test_an_address_of_the_agency_passes_also_with_blanks() -> None:
    text = "surel ke humas @ kota.go.id atau humas@ kota . go.id"
    assert len(find_personal_data(text)) == 2
    assert find_personal_data(text, frozenset({"humas@kota.go.id"})) == ()


@pytest.mark.parametrize("part", ["a @ ", "a. ", " . a", "0812/", "_0812_", "a @ a . ", " @"])
def test_parted_signs_take_no_longer_than_their_text(part: str) -> None:
    """Twice the text, about twice the time: a pattern that tries every way would take hours."""
    text = part * 2_000
    began = time.process_time()
    find_personal_data(text)
    assert time.process_time() - began < 2


def test_a_mask_hides_the_data_and_keeps_the_shape() -> None:
    text = "WA 0812-3456-7890, surel ratna@contoh.id"
    assert mask(text, find_personal_data(text)) == "WA ****-****-****, surel *****@******.**"


def test_the_explanation_says_what_and_where_to_put_it() -> None:
    found = find_personal_data("0812-3456-7890 atau 0812-3456-7890")
    assert explain(found) == ["Ada nomor telepon (08**-****-**90). Pindahkan ke pesan pribadi."]
    kinds = [Finding(kind, 0, 1, "*") for kind in DataKind]
    assert len(explain(kinds)) == len(DataKind)


def test_the_check_digit_is_the_public_one() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


ANY_TEXT = st.text(st.characters(codec=None), max_size=120)  # every code point, lone surrogates too
DIGITS_AND_GLUE = st.text("0123456789 .-()+@,/oOlab８٨①\u200b\n", max_size=80)
PLANTED = st.sampled_from([text for text, _ in HELD_BACK] + list(DISGUISES.values()))


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY_TEXT, DIGITS_AND_GLUE, st.tuples(ANY_TEXT, PLANTED, DIGITS_AND_GLUE).map(" ".join)))
def test_a_masked_text_holds_no_finding_any_more(text: str) -> None:
    found = find_personal_data(text)
    masked = mask(text, found)
    assert len(masked) == len(text)
    assert find_personal_data(masked) == ()
    assert mask(masked, found) == masked


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY_TEXT, DIGITS_AND_GLUE))
def test_findings_are_in_order_apart_and_inside_the_text(text: str) -> None:
    found = find_personal_data(text)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(each.start < each.end <= len(text) for each in found)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["nik", "npwp", "paspor", "rek bca", "wa"]), st.text("ab0129 .@+-()", max_size=8)
        )
    )
)
def test_a_text_of_few_digits_is_asked_less_and_nothing_is_missed(pieces: list[str]) -> None:
    for text in (" ".join(pieces), "".join(pieces)):
        if sum(char.isdigit() for char in text) < 6:
            folded = fold(text)
            assert not any(judge(hit) for rule, judge in RULES[2:] for hit in rule.finditer(folded.text))


MAIL_PIECES = [
    "budi",
    "@",
    " @ ",
    "(at)",
    "[et]",
    "\uff20",
    "kantor",
    ".",
    " . ",
    "(dot)",
    "com",
    "id",
    " ",
    "titik",
    "12",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(MAIL_PIECES), max_size=12))
def test_a_text_without_the_signs_of_mail_is_asked_less_and_nothing_is_missed(pieces: list[str]) -> None:
    folded = fold("".join(pieces))
    asked = {found.group() for pattern, _ in RULES[:2] for found in pattern.finditer(folded.text)}
    found = {folded.text[a:b] for kind, a, b in candidates(folded) if kind is DataKind.EMAIL}
    assert asked == found


def test_the_shortest_number_is_a_passports() -> None:
    assert [kind for kind, *_ in candidates(fold("paspor: a 123456"))] == [DataKind.PASSPORT]
    assert not list(candidates(fold("paspor: a 12345")))


@settings(max_examples=150, deadline=None)
@given(
    before=st.text("abcdefghij ,.!?\n", max_size=30),
    digits=st.text("0123456789", min_size=8, max_size=8),
    glue=st.sampled_from(["", " ", "-", ".", "\u200b", " - "]),
)
def test_a_mobile_number_is_found_anywhere_and_however_glued(before: str, digits: str, glue: str) -> None:
    number = glue.join(("0813", digits[:4], digits[4:]))
    text = f"{before} {number} ya"
    assert any(text[each.start : each.end] == number for each in find_personal_data(text))


@settings(max_examples=150, deadline=None)
@given(
    region=st.sampled_from(["1101", "3174", "3402", "5171", "9471"]),
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    woman=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_every_well_formed_nik_is_a_nik(region: str, day: int, month: int, woman: bool, serial: int) -> None:
    nik = f"{region}01{day + 40 * woman:02}{month:02}90{serial:04}"
    assert [each.kind for each in find_personal_data(f"ini {nik}.")] == [DataKind.NIK]


@pytest.mark.parametrize(
    "piece", ["1 ", "0", "8 ", "08", "a.", "a@", "bca ", "(", "1.", "no 8", "plat ", "+6"]
)
def test_hostile_lengths_stay_cheap(piece: str) -> None:
    start = time.process_time()
    find_personal_data(piece * (40_000 // len(piece)))
    # Measured 0.02-0.3 s; a pattern that backtracks takes minutes.
    assert time.process_time() - start < 5
