"""docs/lint.md: every rule of the table is shown by a wrong file, and all advice is in the table."""

import pytest
from lint_table import ROOT, ROWS
from write_faults import examples

from bot.files.catalogue import ADVICE, sentences


@pytest.fixture(scope="module")
def shown() -> set[str]:
    return set(examples())


@pytest.fixture(scope="module")
def advice() -> set[str]:
    return {one.code for one in sentences() if one.module in ADVICE}


def test_the_table_is_read() -> None:
    assert len(ROWS) >= 35
    assert {kind for _, kind, _ in ROWS} == {"fault", "advice", "printed"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_rule_is_said_as_the_table_says(row: list[str], shown: set[str], advice: set[str]) -> None:
    _, kind, said = row
    if kind == "printed":
        assert said in (ROOT / "bot/files/check.py").read_text(encoding="utf-8")
        return
    codes = set(said.split(", "))
    assert codes <= shown
    assert codes <= advice if kind == "advice" else codes.isdisjoint(advice)


def test_no_advice_is_missing_in_the_table(advice: set[str]) -> None:
    told = {code for _, kind, said in ROWS if kind == "advice" for code in said.split(", ")}
    assert advice - told == set()
