"""docs/lint.md: every rule of the table is shown by a wrong file, or stands in the words of advice."""

import re
from pathlib import Path

import pytest
from write_faults import examples

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/lint.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| .* \| (fault|advice) \|", line)
]
SAYS_ADVICE = ("advice.py", "alone.py", "check.py")


@pytest.fixture(scope="module")
def shown() -> set[str]:
    return set(examples())


@pytest.fixture(scope="module")
def words() -> str:
    return "\n".join((ROOT / "bot/files" / name).read_text(encoding="utf-8") for name in SAYS_ADVICE)


def test_the_table_is_read() -> None:
    assert len(ROWS) >= 25
    assert {kind for _, kind, _ in ROWS} == {"fault", "advice"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_rule_is_said_as_the_table_says(row: list[str], shown: set[str], words: str) -> None:
    _, kind, said = row
    if kind == "fault":
        codes = said.split(", ")
        assert [code for code in codes if code not in shown] == []
    else:
        assert said in words
