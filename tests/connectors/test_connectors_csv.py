"""Comments from files: all that is wrong is named, and the same file brings nothing twice."""

import json
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import MORNING
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.connectors import csv_file
from bot.connectors.csv_figures import MOST, figure
from bot.connectors.csv_file import CommentFile, UnreadableFile
from bot.domain.comment import Author, Comment, Origin, Platform
from bot.domain.csv_rows import BadRow
from bot.domain.reach import Reach


@dataclass(frozen=True)
class Batch:
    """A file, read twice as an import reads it."""

    comments: tuple[Comment, ...]
    bad: tuple[BadRow, ...]


Reads = Callable[..., Batch]


def read_file(path: Path, now: datetime) -> Batch:
    file = CommentFile(path, now)
    checked = file.check()
    comments = tuple(file.comments())
    assert checked.comments == len(comments)
    assert checked.faults == len(checked.bad)
    return Batch(comments, checked.bad)


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    def written(content: str | bytes, name: str = "k.csv", now: datetime = MORNING) -> Batch:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path, now)

    return written


def test_every_column_finds_its_place(read: Reads) -> None:
    batch = read(
        "ID,Komentar,Nama,Tanggal,Tautan,Unggahan\n"
        'k1,"Kapan, Pak?",Warga,2026-11-20T09:30:00+07:00,https://x.example/1,Jadwal\n'
    )
    assert batch.bad == ()
    (one,) = batch.comments
    assert one.origin == Origin(Platform.CSV, "Jadwal", "k1")
    assert one.author == Author("csv:Warga", "Warga")
    assert one.text == "Kapan, Pak?"
    assert one.written_at == datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    assert (one.link, one.context, one.received_at) == ("https://x.example/1", "Jadwal", MORNING)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(read: Reads, mark: str) -> None:
    rows = [["id", "teks", "nama"], ["1", "ada, koma; titik koma", "Warga"], ["2", "biasa | saja", "Warga"]]
    text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    batch = read(text)
    assert batch.bad == ()
    assert [c.text for c in batch.comments] == ["ada, koma; titik koma", "biasa | saja"]


def test_one_column_alone_may_hold_any_mark_in_quotes(read: Reads) -> None:
    batch = read('teks\n"halo, dunia; ya"\nbiasa\n')
    assert [c.text for c in batch.comments] == ["halo, dunia; ya", "biasa"]


def test_doubled_quotes_far_down_the_file_are_read_as_quotes(read: Reads) -> None:
    many = "".join(f'{n},"komentar nomor {n}"\n' for n in range(400))
    batch = read(f'id,teks\n{many}999,"kata ""hoaks"", katanya"\n')
    assert batch.bad == ()
    assert batch.comments[-1].text == 'kata "hoaks", katanya'


def test_lines_within_quotes_belong_together(read: Reads) -> None:
    batch = read('id,teks\r\n1,"baris satu\r\nbaris dua"\r\n2,tiga\r\n')
    assert [c.text for c in batch.comments] == ["baris satu\r\nbaris dua", "tiga"]


def test_a_byte_order_mark_is_no_letter(read: Reads) -> None:
    assert [c.text for c in read("teks\nhalo\n".encode("utf-8-sig")).comments] == ["halo"]


def test_bad_rows_are_named_by_line_and_the_good_ones_are_still_shown(read: Reads) -> None:
    batch = read(
        "id,teks,waktu\n1,baik,2026-11-20\n2,,2026-11-20\n3,ya,kemarin\n4,a,2026-11-20,lebih\n5,akhir,\n"
    )
    assert [(row.line, row.why.split()[0]) for row in batch.bad] == [
        (3, "Teks"),
        (4, "Waktu"),
        (5, "Kolomnya"),
    ]
    assert [c.text for c in batch.comments] == ["baik", "akhir"]


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00", "2026-13-01", "²026", "NaN"]
)
def test_an_impossible_time_is_a_bad_row(read: Reads, when: str) -> None:
    batch = read(f"teks,waktu\nhalo,{when}\n")
    assert [row.line for row in batch.bad] == [2]


def test_a_text_beyond_measure_is_a_bad_row(read: Reads) -> None:
    assert read(f"teks\n{'x' * 20_001}\n").bad[0].line == 2
    assert len(read(f"teks\n{'x' * 20_000}\n").comments) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("teks\ncaf\xe9\n".encode("latin-1"), "bukan UTF-8"),
        (b"nama,waktu\nWarga,2026-11-20\n", "tidak ada kolom teks"),
        (b"", "tidak ada kolom teks"),
    ],
)
def test_a_file_that_is_none_is_refused_with_advice(read: Reads, content: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read(content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="tidak dapat dibaca"):
        read_file(tmp_path / "tidak-ada.csv", MORNING)


def test_a_byte_that_is_no_text_is_told_by_its_place_however_far_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "_BITE", 7)
    path = tmp_path / "k.csv"
    good = "teks\n" + "é🙏 warga\n" * 9
    path.write_bytes(good.encode() + b"\xff\n")
    with pytest.raises(UnreadableFile, match=f"byte ke-{len(good.encode()) + 1}\\)"):
        CommentFile(path, MORNING).check()
    path.write_bytes(good.encode() + b"\xf0\x9f")
    with pytest.raises(UnreadableFile, match=f"byte ke-{len(good.encode()) + 1}\\)"):
        CommentFile(path, MORNING).check()


def test_a_long_file_is_never_whole_in_memory_and_tells_a_thousand_faults(tmp_path: Path) -> None:
    path = tmp_path / "k.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(30_000):
            file.write(json.dumps({"id": number, "text": f"Jalan rusak di RT {number} " + "x" * 200}) + "\n")
            file.write("{\n" if number % 20 == 0 else "")
    tracemalloc.start()
    checked = CommentFile(path, MORNING).check()
    taken = sum(1 for _ in CommentFile(path, MORNING).comments())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (checked.comments, taken, checked.faults, len(checked.bad)) == (30_000, 30_000, 1_500, 1_000)
    assert most < path.stat().st_size


def test_more_rows_than_it_takes_are_a_fault(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_MOST_ROWS", 2)
    batch = read("teks\nsatu\ndua\ntiga\nempat\n")
    assert [(row.line, row.why) for row in batch.bad] == [
        (4, "Lebih dari 2 baris. Pecah menjadi beberapa berkas.")
    ]


def test_json_lines_are_read_whatever_stands_in_their_texts(read: Reads) -> None:
    texts = ["halo", "baris\u2028lain", "tab\x0bturun", "a\x85b", 'petik " dan \\', "emoji 🙏"]
    content = "\n".join(
        json.dumps({"Teks": text, "id": n}, ensure_ascii=False) for n, text in enumerate(texts)
    )
    batch = read(content, "k.jsonl")
    assert batch.bad == ()
    assert [c.text for c in batch.comments] == texts


@pytest.mark.parametrize(
    "line", ["{", "[1]", "3", '"teks"', "{}", '{"text": ["a"]}', '{"text": {"a": 1}}', '{"text": null}']
)
def test_a_bad_json_line_is_named(read: Reads, line: str) -> None:
    batch = read(f'{{"text": "baik"}}\n\n{line}\n', "k.jsonl")
    assert [row.line for row in batch.bad] == [3]
    assert [c.text for c in batch.comments] == ["baik"]


def test_a_second_reading_names_the_same_comments_without_ids_and_dates(read: Reads) -> None:
    content = "teks,nama\nhalo,Warga\nhalo,Warga Lain\napa kabar,Warga\n"
    first, again = read(content), read(content, now=MORNING + timedelta(days=1))
    assert len(first.comments) == 3
    assert [c.origin for c in first.comments] == [c.origin for c in again.comments]


def test_a_row_that_is_there_twice_is_one_comment(read: Reads) -> None:
    assert len(read("id,teks\n1,halo\n1,halo\n2,halo\n").comments) == 2
    assert len(read("teks\nhalo\nhalo\n").comments) == 1


def test_an_address_that_is_none_is_left_out(read: Reads) -> None:
    batch = read("teks,tautan\nhalo,javascript:alert(1)\nhai,https://x.example/2\n")
    assert [c.link for c in batch.comments] == ["", "https://x.example/2"]


def test_how_far_a_comment_went_is_read_as_exports_write_it(read: Reads) -> None:
    batch = read(
        "teks,platform,Jangkauan,suka,dibagikan,jumlah_balasan\n"
        'satu,Instagram,"12.345",1,2,3\n'
        "dua,twitter,1.2K,,-,\n"
        'tiga,,"1,5 rb",10.0,,\n'
    )
    assert batch.bad == ()
    assert [one.reach for one in batch.comments] == [Reach(12_345, 6), Reach(1_200), Reach(1_500, 10)]
    assert [one.network for one in batch.comments] == ["instagram", "x", ""]


def test_a_number_that_is_none_is_a_bad_row_that_names_it(read: Reads) -> None:
    batch = read('teks,suka\nsatu,banyak\ndua,-3\ntiga,"1.23"\nempat,99999999999\nlima,7\n')
    assert [row.line for row in batch.bad] == [2, 3, 4, 5]
    assert batch.bad[0].why == "Angka «banyak» tidak terbaca. Tulis angkanya saja, misalnya 12000."
    assert [one.reach.reacted for one in batch.comments] == [7]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12 000", 12_000), ("2 jt", 2_000_000), ("3,4 Juta", 3_400_000), ("7M", 7_000_000), ("1.2.3", None)],
)
def test_thousands_and_millions_have_many_spellings(text: str, number: int | None) -> None:
    assert figure(text) == number


@given(st.one_of(st.text(), st.integers().map(str), st.floats().map(str)))
def test_whatever_stands_there_is_a_number_in_bounds_or_none(text: str) -> None:
    number = figure(text)
    assert number is None or 0 <= number <= MOST


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text()))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.dictionaries(
            st.sampled_from(["text", "id", "waktu", "nama", "post", "link", "likes", "views", "platform"]),
            VALUES,
        ),
        max_size=6,
    )
)
def test_no_json_breaks_the_reading(
    rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("jsonl") / "k.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    batch = read_file(path, MORNING)
    assert len(batch.comments) + len(batch.bad) <= len(rows)
    assert bool(rows) == bool(batch.comments or batch.bad)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_reading(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "k.csv"
    path.write_bytes(b"teks;nama\n" + content)
    try:
        content.decode()
    except UnicodeDecodeError:
        with pytest.raises(UnreadableFile, match="UTF-8"):
            read_file(path, MORNING)
    else:
        assert all(c.text for c in read_file(path, MORNING).comments)
