"""Eighty broken files, each with what must be said of it and where: nothing missing, nothing made up."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.files.check import FAULTY, check
from bot.files.config import read_config
from bot.files.fault import Fault
from bot.files.known import Known
from bot.files.playbooks import read_playbooks
from bot.files.replies import read_templates
from bot.files.topics import read_topics

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
EXAMPLE = HERE.parents[1] / "config.example.yaml"
ENV = {"TANGGAP_BOT_TOKEN": "12345:uji"}
# broken/expected.txt: one line per fault, `file:line:col what is said`; `file > other` where the fault is in
# a file that the broken one includes.
LINE = re.compile(r"(?P<file>\S+?)(?: > (?P<other>\S+))?:(?P<line>\d+):(?P<column>\d+) (?P<said>.+)")


def expected() -> dict[str, list[tuple[str, int, int, str]]]:
    table: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    for text in (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines():
        if text:
            found = LINE.fullmatch(text)
            assert found, f"not a line of the table: {text}"
            file = found["other"] or found["file"]
            table[found["file"]].append((file, int(found["line"]), int(found["column"]), found["said"]))
    return table


TABLE = expected()
FILES = sorted(str(path.relative_to(BROKEN)) for path in BROKEN.glob("*/*.yaml"))


@pytest.fixture(scope="module")
def known() -> Known:
    config = read_config(EXAMPLE, ENV)
    assert config.settings is not None
    return config.known


def faults_in(file: str, known: Known) -> list[Fault]:
    path = BROKEN / file
    kind = path.parent.name
    if kind == "config":
        return list(read_config(path, ENV).faults)
    if kind == "playbooks":
        return read_playbooks([path], known)[1]
    return (read_templates([path], known) if kind == "replies" else read_topics(path))[1]


def test_the_table_covers_every_file_and_there_are_enough_of_them() -> None:
    assert sorted(TABLE) == FILES
    assert len(FILES) >= 80


@pytest.mark.parametrize("file", FILES)
def test_every_fault_is_named_at_its_place_and_no_other(file: str, known: Known) -> None:
    found = sorted(set(faults_in(file, known)))
    assert [(fault.line, fault.column) for fault in found] == [
        (row[1], row[2]) for row in sorted(TABLE[file])
    ]
    for fault, (where, line, column, said) in zip(found, sorted(TABLE[file]), strict=True):
        assert fault.file.endswith(f"broken/{where}")
        assert said in str(fault)
        assert str(fault).startswith(f"{fault.file}:{line}:{column} ")


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("config/")])
def test_check_says_the_same_and_exits_with_one(file: str) -> None:
    report = check(BROKEN / file, ENV)
    assert report.exit_code == FAULTY
    assert {(f.line, f.column) for f in report.faults} >= {(row[1], row[2]) for row in TABLE[file]}


def test_all_broken_playbooks_and_replies_are_told_in_one_go(known: Known) -> None:
    playbooks = read_playbooks([BROKEN / "playbooks"], known)[1]
    assert {Path(fault.file).name for fault in playbooks} == {
        p.name for p in (BROKEN / "playbooks").iterdir()
    }
    replies = read_templates([BROKEN / "replies"], known)[1]
    assert {Path(fault.file).name for fault in replies} == {p.name for p in (BROKEN / "replies").iterdir()}


def test_no_fault_is_said_in_english() -> None:
    english = re.compile(
        r"\b(should|must|input|valid|expected|error|field|required|greater|than)\b", re.IGNORECASE
    )
    for rows in TABLE.values():
        for *_, said in rows:
            assert not english.search(said), said
