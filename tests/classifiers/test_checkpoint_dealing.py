"""Which rows a checkpoint learns, checks and is judged by: an agency's own come first."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.checkpoint.judging import MOST_HELD_OUT, Dealt, deal, own_rows
from classifiers.commands import rows_of
from classifiers.dataset import AUTHORED_SOURCE, Row, fingerprint, to_learn_from
from classifiers.labels import Label

QUESTION = frozenset({Label.QUESTION})


def spelt(number: int) -> str:
    """A number whose doubled digits survive the fingerprint: 1-1-0."""
    return "-".join(str(number))


def of_agency(count: int, source: str = "koreksi tim") -> list[Row]:
    """Comments of one office, no two alike."""
    return [
        Row(f"loket nomor {spelt(place)} di kantor kami buka kapan", QUESTION, source, "milik instansi")
        for place in range(count)
    ]


def written(count: int) -> list[Row]:
    return [
        Row(f"contoh tertulis {spelt(place)}", frozenset(), f"{AUTHORED_SOURCE}: uji", "CC0")
        for place in range(count)
    ]


def prints(rows: Sequence[Row]) -> set[str]:
    return {fingerprint(row.text) for row in rows}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    """All that comes with Tanggap, a file of 2,000 comments, and 300 corrections."""
    path = tmp_path_factory.mktemp("instansi") / "komentar.jsonl"
    lines = [
        {"text": f"surat {spelt(place)} saya belum jadi", "labels": ["complaint"]} for place in range(2000)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return deal(to_learn_from([*rows_of([path]), *of_agency(300)]))


def test_many_authored_comments_do_not_crowd_out_the_agencys_own(real: Dealt) -> None:
    for part in (real.check, real.judge):
        assert len(part) == MOST_HELD_OUT, "the authored comments alone would fill it three times over"
        assert 150 <= sum(row.source == "komentar" for row in part) <= 250, "a tenth of the file"
        assert 15 <= sum(row.source == "koreksi tim" for row in part) <= 50, "a tenth of the corrections"
        own = own_rows(part)
        assert own_rows(part[:own]) == own, "own rows come first"
    assert 1700 <= own_rows(real.learn) <= 2000
    assert own_rows([*real.learn, *real.check, *real.judge]) == 2300


def test_nothing_is_learnt_that_judges(real: Dealt) -> None:
    learnt, checked, judged = map(prints, (real.learn, real.check, real.judge))
    assert not learnt & checked
    assert not learnt & judged
    assert not checked & judged


def test_a_large_agency_is_judged_by_its_own_comments_alone() -> None:
    dealt = deal([*written(20_000), *of_agency(20_000)])
    assert (own_rows(dealt.check), own_rows(dealt.judge)) == (MOST_HELD_OUT, MOST_HELD_OUT)
    assert len(dealt.check) == len(dealt.judge) == MOST_HELD_OUT


def test_the_order_of_the_rows_decides_nothing() -> None:
    rows = [*written(300), *of_agency(200)]
    one, other = deal(rows), deal(rows[::-1])
    assert (one.check, one.judge, one.learn) == (other.check, other.judge, other.learn)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 150), st.booleans()), max_size=120))
def test_copies_stay_together_also_where_a_part_is_full(again: list[tuple[int, bool]]) -> None:
    """Somebody wrote what stands among the authored comments, once more and louder."""
    rows = [*written(150), *of_agency(150)]
    louder = [replace(rows[place], text=rows[place].text.upper() + "!!") for place, _ in again]
    claimed = [
        replace(row, source="komentar") if own else row for row, (_, own) in zip(louder, again, strict=True)
    ]
    dealt = deal([*rows, *claimed], most=10)
    parts = [prints(part) for part in (dealt.learn, dealt.check, dealt.judge)]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 300
    assert sum(map(len, (dealt.learn, dealt.check, dealt.judge))) == len(rows) + len(claimed)
