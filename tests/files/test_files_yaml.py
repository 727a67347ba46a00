"""The strict reader: what YAML 1.1 would silently make of a text, and what people do wrong."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.files.fault import Fault
from bot.files.nodes import Entries, Plain, locate, value
from bot.files.strict_yaml import MAX_BYTES, MAX_DEPTH, parse


def read(text: str) -> object:
    root, faults = parse(text.encode(), "uji.yaml")
    assert not faults, faults
    assert root is not None
    return value(root)


def faults_of(data: bytes) -> list[str]:
    root, faults = parse(data, "f")
    assert faults, f"nothing was found wrong with {data!r} -> {root}"
    return [str(fault) for fault in faults]


def test_nothing_is_guessed_from_the_look_of_a_value() -> None:
    text = "on: yes\nmulai: 22:00\nselesai: 07:30\nversi: 1.10\noktal: 0777\ntanggal: 2027-08-17\nmerk: NO\n"
    assert read(text) == {
        "on": "yes",
        "mulai": "22:00",
        "selesai": "07:30",
        "versi": "1.10",
        "oktal": "0777",
        "tanggal": "2027-08-17",
        "merk": "NO",
    }


def test_quotes_are_remembered_so_that_a_number_field_can_refuse_a_text() -> None:
    data = read("a: 5\nb: '5'\nc:\nd: '~'\n")
    assert isinstance(data, dict)
    assert isinstance(data["a"], Plain)
    assert not isinstance(data["b"], Plain)
    assert data["c"] is None
    assert data["d"] == "~"


def test_every_value_knows_its_line_and_column() -> None:
    root, _ = parse(b"people:\n  - id: ratna\n    roles: [admin, piket]\n", "tim.yaml")
    assert root is not None
    place = locate(root, ("people", 0, "roles", 1))
    assert (place.file, place.line, place.column) == ("tim.yaml", 3, 20)
    key = locate(root, ("people", 0, "roles"), key=True)
    assert (key.line, key.column) == (3, 5)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: 1\nb: 2\na: 3\n", "f:3:1 Kunci “a” ditulis dua kali; yang pertama di baris 1."),
        (b"a: &x 1\n", "f:1:4 Jangkar &x"),
        (b"a: *x\n", "f:1:4 Alias *x"),
        (b"a:\n  <<: {b: 1}\n", "f:2:3 Penggabungan <<"),
        (b"a: !!python/object/apply:os.system [ls]\n", "f:1:4 Tanda !"),
        (b"a: !rahasia x\n", "f:1:4 Tanda !"),
        (b"%YAML 1.1\n---\na: 1\n", "f:1:1 Baris %"),
        (b"a: 1\n---\nb: 1\n", "f:2:1 Satu berkas hanya untuk satu dokumen."),
        (b"a:\n\tb: 1\n\tc: 2\n", "f:2:1 Indentasi memakai tab."),
        (b"a: 'belum\nb: 1\n", "f:1:4 Tanda kutip ini belum ditutup."),
        (b"a: [1, 2\nb: 3\n", "f:1:4 Kurung ini belum ditutup"),
        (b"a: {b: apa?, c: 1}\n", "f:1:4 Ada tanda tanya tanpa kutip"),
        (b"a: b: c\n", "f:1:5 Tanda titik dua tidak pada tempatnya."),
        (b"a: 1\nlupa\nb: 2\n", "f:2:1 Baris ini tidak punya titik dua"),
        (b"a:\n    b: 1\n  c: 2\n", "f:3:3 Indentasi tidak sejajar"),
        (b"a: @nama\n", "f:1:4 Karakter ini tidak boleh mengawali nilai."),
        (b'a: "\\q"\n', "f:1:6 Tanda \\ di dalam kutip ganda tidak dikenal."),
        (b'a: "\\UFFFFFFFF"\n', "f:1:7 Nilai ini tidak dapat dibaca."),
        (b'a: "\\uD800"\n', "f:1:4 Ada karakter yang rusak"),
        (b"? [a, b]\n: 1\n", "f:1:3 Nama kunci harus berupa teks."),
        (b"a: caf\xe9\n", "f:1:7 Berkas bukan UTF-8."),
        ("a: satu\u0007\n".encode(), "f:1:8 Ada karakter tak terlihat"),
        (b"", "f:1:1 Berkas ini kosong."),
        (b"# hanya catatan\n", "f:1:1 Berkas ini kosong."),
        (b"x" * (MAX_BYTES + 1), "f:1:1 Berkas terlalu besar: paling banyak 256 kB."),
    ],
)
def test_what_is_wrong_is_said_in_indonesian_at_its_place(data: bytes, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults_of(data)), faults_of(data)


def test_tabs_are_told_line_by_line() -> None:
    found = faults_of(b"a:\n\tb: 1\n\tc: 2\n")
    assert [fault.split()[0] for fault in found] == ["f:2:1", "f:3:1"]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    found = faults_of(b"a: &x 1\nb: *x\nc: !t 1\na: 2\n")
    assert [fault.split()[0] for fault in found] == ["f:1:4", "f:2:4", "f:3:4", "f:4:1"]


def test_a_token_is_found_even_in_a_comment_and_never_repeated() -> None:
    token = f"{123456789}:{'A' * 35}"
    root, faults = parse(f"a: 1\n# lama: {token}\n".encode(), "f")
    assert root is not None
    assert (faults[0].line, faults[0].column) == (2, 9)
    assert token not in str(faults[0])
    assert token not in str(Fault("f", 1, 1, f"nilai {token}", f"bukan {token}"))


def test_depth_is_limited_on_both_sides_of_the_border() -> None:
    fits = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse(fits, "f")[1] == []
    assert "terlalu dalam" in faults_of(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))[0]


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n".encode() for i in range(24)
)


@pytest.mark.parametrize(
    "data",
    [BOMB, b"[" * MAX_BYTES, b"a: " * 80_000, b"- " * 120_000, b"&a " * 80_000, b'"' * MAX_BYTES],
    ids=["aliases", "brackets", "colons", "dashes", "anchors", "quotes"],
)
def test_bombs_are_refused_fast(data: bytes) -> None:
    before = time.process_time()
    assert faults_of(data)
    assert time.process_time() - before < 2


yamlish = st.text(alphabet="ab:-[]{}&*!|>'\"#%@?,\\ \n\t~<\u2028\x85\ud800é0.", max_size=80)


@given(st.one_of(st.binary(max_size=120), yamlish.map(lambda s: s.encode("utf-8", "surrogatepass"))))
@example(b"a: \xed\xa0\x80")
@example(b'a: "\\x"')
@example(b"%YAML 1." + b"9" * 5000 + b"\n--- a\n")
@settings(max_examples=400, deadline=None)  # the machine may be busy
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    root, faults = parse(data, "f")
    assert root is not None or faults
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)
    if root is not None:
        value(root)


@given(
    st.recursive(
        st.text(alphabet="abc 1.:-'\"#{}[]é\n", max_size=12),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(st.text(alphabet="abc", min_size=1), inner, min_size=1, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_what_is_written_quoted_is_read_back_letter_by_letter(tree: object) -> None:

    root, faults = parse(json.dumps(tree, ensure_ascii=False).encode(), "f")
    assert faults == []
    assert root is not None
    assert value(root) == tree


def test_a_mapping_answers_by_key() -> None:
    root, _ = parse(b"a: 1\n", "f")
    assert isinstance(root, Entries)
    assert root.get("b") is None
    assert root.key("a") is not None
