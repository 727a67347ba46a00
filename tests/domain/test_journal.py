"""The chain in itself; how the table keeps it is told in tests/store."""

from datetime import timedelta

from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.journal import GENESIS, Entry, first_break, link

TEXTS = st.text(max_size=6)
ENTRIES = st.builds(
    Entry,
    at=st.integers(0, 10**6).map(lambda s: MORNING + timedelta(seconds=s)),
    actor=TEXTS,
    action=TEXTS,
    subject=TEXTS,
    cause=TEXTS,
    detail=st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), st.none()), max_size=3),
)


def chain(entries: list[Entry]) -> list[tuple[int, str, str]]:
    lines, previous = [], GENESIS
    for seq, entry in enumerate(entries, start=1):
        previous = link(previous, entry.canonical())
        lines.append((seq, entry.canonical(), previous))
    return lines


@given(st.lists(ENTRIES, max_size=6))
def test_what_was_written_holds_and_may_be_read_in_parts(entries: list[Entry]) -> None:
    lines = chain(entries)
    assert first_break(lines) is None
    if len(lines) > 2:
        assert first_break(lines[2:], lines[1][2]) is None
        assert first_break(lines[2:]) == 3


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_another_entry_in_any_place_is_the_first_break(entries: list[Entry], data: st.DataObject) -> None:
    lines = chain(entries)
    index = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(ENTRIES.filter(lambda e: e.canonical() != lines[index][1]))
    seq, _, stored = lines[index]
    lines[index] = (seq, other.canonical(), stored)
    assert first_break(lines) == seq


@given(ENTRIES)
def test_a_line_is_plain_ascii_whatever_was_said(entry: Entry) -> None:
    assert entry.canonical().isascii()
    assert "\n" not in entry.canonical()


def test_the_order_of_the_details_does_not_matter() -> None:
    one = Entry(MORNING, "sari", "take", "case:1", detail={"a": 1, "b": 2})
    two = Entry(MORNING, "sari", "take", "case:1", detail={"b": 2, "a": 1})
    assert one.canonical() == two.canonical()
