"""Whatever stands in a file of any other kind, reading it ends: it is read, or has faults that lie in it."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from config_text import ENV
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_files_wrong import ENV_OF_ALL
from wrong_edits import HERE

from bot.connectors.csv_file import Checked, CommentFile, UnreadableFile
from bot.domain.claim_list import COLUMNS, read_list, write_list
from bot.files import strict_yaml
from bot.files.check import CLEAN, FAULTY, check
from bot.files.fault import Fault
from bot.files.known import known_of
from bot.files.neutral_words import read_neutral_words
from bot.files.playbooks import read_playbooks
from bot.files.replies import read_templates
from bot.files.scenarios import read_scenarios
from bot.files.topics import read_topics

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHOLE = HERE / "whole"
HOLIDAYS = """\
holidays: v1
entries:
  - {date: 2027-01-01, name: Tahun Baru}
  - {date: 2027-03-09, until: 2027-03-11, name: Libur bersama}
"""
EXAMPLES = int(os.environ.get("TANGGAP_EXAMPLES", "100"))
often = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The folder is written anew for every example."""
odd = st.sampled_from(
    ["", "'", '"', "[", "}", "{a: b}", "[a, b]", "*a", "&a", "? ", "- ", ": ", "\n", "\t", "\x00", "é", "ya",
     "2h", "22:00", "31-02-2026", "2026-02-30", "9" * 30, "-1", "1e9", "true", "null", "role:koordinator",
     "steps.a.done", "${TANGGAP_BOT_TOKEN}", "https://", "\ud7ff", "\ufeff", "\u2028"]
)  # fmt: skip
garbage = st.text(max_size=12) | odd
LINES = sorted(
    {line.strip() for file in WHOLE.rglob("*.yaml") for line in file.read_text("utf-8").splitlines()}
)


def edited(text: str) -> st.SearchStrategy[str]:
    """The good file with pieces cut out, words put in, and lines of other files in the place of its own."""
    cut = st.tuples(st.integers(0, len(text)), st.integers(0, 40), garbage)
    line = st.tuples(st.integers(0, text.count("\n")), st.sampled_from(LINES), st.integers(0, 8))
    return st.tuples(st.lists(cut, max_size=3), st.lists(line, max_size=2)).map(lambda by: _edit(text, *by))


def _edit(text: str, cuts: Iterable[tuple[int, int, str]], lines: Iterable[tuple[int, str, int]]) -> str:
    for at, length, new in cuts:
        text = text[:at] + new + text[at + length :]
    rows = text.split("\n")
    for number, line, indent in lines:
        rows[min(number, len(rows) - 1)] = " " * indent + line
    return "\n".join(rows)


Reader = Callable[[Path], tuple[object, Sequence[Fault]]]


def _scenarios(path: Path) -> tuple[object, Sequence[Fault]]:
    return read_scenarios([path], KNOWN, PRACTISED)


KNOWN = known_of(strict_yaml.parse((WHOLE / "kantor/config.yaml").read_bytes(), "config.yaml")[0], WHOLE, ENV)
PRACTISED = read_playbooks([WHOLE / "kantor/siaga.yaml", WHOLE / "langkah.yaml"], KNOWN)[0]
KINDS: dict[str, tuple[Path, Reader]] = {
    "templates": (WHOLE / "templat.yaml", lambda path: read_templates([path], KNOWN)),
    "topics": (WHOLE / "topik.yaml", read_topics),
    "neutral words": (WHOLE / "netral.yaml", read_neutral_words),
    "scenario": (WHOLE / "latihan.yaml", _scenarios),
    "scenario with an event": (WHOLE / "latihan-kabar.yaml", _scenarios),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole agency side by side; each example writes one of its files anew."""
    made = tmp_path_factory.mktemp("apa-saja") / "instansi"
    shutil.copytree(WHOLE / "kantor", made)
    (made / "libur.yaml").write_text(HOLIDAYS, encoding="utf-8")
    config = (made / "config.yaml").read_text(encoding="utf-8")
    (made / "config.yaml").write_text(f"{config}holidays: libur.yaml\n", encoding="utf-8")
    return made


def lies_in(fault: Fault, path: Path) -> bool:
    """Whether it says something, of a place that is in this file."""
    lines = path.read_bytes().decode("utf-8-sig", "replace").count("\n") + 1
    return bool(fault.message) and 1 <= fault.line <= lines + 1 and fault.column >= 1


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="")


@pytest.mark.parametrize("kind", KINDS)
@often
@given(data=st.data())
def test_any_text_is_a_file_of_its_kind_or_has_faults_that_lie_in_it(
    folder: Path, kind: str, data: st.DataObject
) -> None:
    good, read = KINDS[kind]
    file = folder / "apa.yaml"
    write(file, data.draw(edited(good.read_text(encoding="utf-8"))))
    found, faults = read(file)
    assert found or faults
    assert all(fault.file == str(file) and lies_in(fault, file) for fault in faults)


AGENCY = ("config.yaml", "libur.yaml", "siaga.yaml", "latihan.yaml", "templat.yaml", "netral.yaml")


@pytest.mark.parametrize("name", AGENCY)
@settings(often, max_examples=min(EXAMPLES, 1_000) // 4)
@given(data=st.data())
def test_check_ends_with_a_verdict_whatever_stands_in_one_file(
    folder: Path, name: str, data: st.DataObject
) -> None:
    """The settings, the holidays that they name, and every file beside them, with faults, advice, and sum."""
    file = folder / name
    good = file.read_text(encoding="utf-8")
    try:
        write(file, data.draw(edited(good)))
        report = check(folder / "config.yaml", ENV_OF_ALL, today=NOW.date())
        assert report.exit_code == (FAULTY if report.faults else CLEAN)
        assert all(lies_in(fault, Path(fault.file)) for fault in (*report.faults, *report.advice))
    finally:
        write(file, good)


cell = st.sampled_from(
    ["", "Katanya bansos dihapus", "salah", "benar", "belum terbukti", "satire",
     "https://kominfo.go.id/1", "x" * 999, "2026-11-21", "21-11-2026", "31-02-2026", "=1+1",
     "'=1", "a,b", "a\nb", 'a"b', "\x00", "\u2028", "é"]
) | st.text(max_size=10)  # fmt: skip
heads = st.sampled_from([*COLUMNS, "teks", "nama", "waktu", "id", "TEKS ", ""]) | st.text(max_size=5)
table = st.tuples(
    st.lists(heads, max_size=8),
    st.lists(st.lists(cell, max_size=8), max_size=4),
    st.sampled_from([",", ";", "\t", "|"]),
    st.booleans(),
)


def _sheet(made: tuple[list[str], list[list[str]], str, bool]) -> str:
    head, body, mark, quoted = made
    if not quoted:
        return "\n".join(mark.join(row) for row in (head, *body))
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows([head, *body])
    return out.getvalue()


sheets = table.map(_sheet) | st.text(max_size=60)


@often
@given(sheets)
def test_any_list_of_claims_is_read_or_its_rows_are_named(text: str) -> None:
    rows, bad = read_list(text, ["go.id"], NOW)
    lines = len(text.splitlines()) + text.count("\r") + 1
    assert all(1 <= one.line <= lines + 1 and one.why for one in bad)
    assert len({row.reference for row in rows}) == len(rows)
    again, faults = read_list("".join(write_list(rows)), ["go.id"], NOW)
    assert (again, faults) == (rows, [])


def test_a_row_that_cannot_be_read_is_named_at_its_own_line(folder: Path) -> None:
    broken = 'klaim,temuan,sumber\nAir beracun,salah,https://kominfo.go.id/1\n"Air"beracun,salah,\n'
    rows, bad = read_list(broken, ["go.id"], NOW)
    assert ([row.statement for row in rows], [one.line for one in bad]) == (["Air beracun"], [3])
    assert [one.line for one in read_list('"klaim"x,temuan\n', ["go.id"], NOW)[1]] == [1]
    file = folder / "panjang.csv"
    write(file, f"teks,nama\nJalan rusak,Budi\n{'x' * (csv.field_size_limit() + 1)},Tini\n")
    checked = CommentFile(file, NOW).check()
    assert (checked.comments, [one.line for one in checked.bad]) == (1, [3])


value = st.none() | st.booleans() | st.integers() | st.floats() | cell | st.lists(cell, max_size=2)
keys = st.sampled_from(["teks", "Text", "waktu", "id", "nama", "link", "x"])
objects = st.dictionaries(keys, value, max_size=5).map(json.dumps)
records = st.lists(objects | st.text(max_size=20), max_size=5).map("\n".join)


def _checked(sheet: CommentFile, file: Path) -> Checked | None:
    """None where the whole file is refused, by its name."""
    try:
        return sheet.check()
    except UnreadableFile as refused:
        if not str(refused).startswith(str(file)):
            raise
        return None


@often
@given(st.tuples(st.just(".csv"), sheets) | st.tuples(st.sampled_from([".jsonl", ".ndjson"]), records))
def test_any_file_of_comments_is_read_or_its_rows_are_named(folder: Path, made: tuple[str, str]) -> None:
    suffix, text = made
    file = folder / f"komentar{suffix}"
    write(file, text)
    sheet = CommentFile(file, NOW)
    checked = _checked(sheet, file)
    if checked is None:
        return
    lines = text.count("\n") + text.count("\r") + 1
    assert checked.faults == len(checked.bad)
    assert all(1 <= one.line <= lines + 1 and one.why for one in checked.bad)
    comments = list(sheet.comments())
    assert len(comments) == checked.comments
    assert all(one.text.strip() for one in comments)


@often
@given(st.binary(max_size=80))
def test_any_bytes_are_a_file_of_comments_or_not(folder: Path, data: bytes) -> None:
    file = folder / "bita.csv"
    file.write_bytes(b"teks\n" + data)
    sheet = CommentFile(file, NOW)
    checked = _checked(sheet, file)
    assert checked is None or checked.comments == len(list(sheet.comments()))
