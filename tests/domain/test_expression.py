"""Conditions of playbooks: what can be written, what it means, and where it says that it cannot be read."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.expression import (
    Comparison,
    Condition,
    Junction,
    Literal,
    Name,
    Negation,
    Operator,
    Value,
    compare,
    seconds_of,
)
from bot.domain.expression_parser import DEEPEST, LONGEST, ExpressionFault, Trouble, parse

FACTS: Mapping[str, Value] = {
    "claim.comments": 12,
    "claim.new_comments(7200)": 2,
    "incident.severity": "tinggi",
    "incident.age": 5400,
    "incident.level": 2,
    "incident.informed": True,
    "steps.verifikasi.choice": "belum",
    "steps.verifikasi.done": True,
    "steps.minta-data.korban": "12",
    "steps.minta-data.tanggal": "2027-03-05",
    "steps.tugas.done": False,
    "steps.kosong.fakta": "",
    "event.kind": "gempa",
    "event.magnitudo": "6.1",
    "event.kedalaman-km": "5,75",
    "event.warga": "12.000",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steps.verifikasi.choice == 'belum'", True),
        ('steps.verifikasi.choice != "belum"', False),
        ("claim.new_comments(2h) < 3 and not steps.tugas.done", True),
        ("claim.new_comments(120m) < 3 and steps.tugas.done", False),
        ("claim.comments >= 12 or steps.tugas.done", True),
        ("incident.severity >= 'sedang'", True),
        ("incident.severity < 'darurat'", True),
        ("incident.age > 1h", True),
        ("incident.age > 2h", False),
        ("incident.level == 2", True),
        ("incident.informed", True),
        ("not incident.informed or steps.tugas.done", False),
        ("steps.minta-data.korban > 9", True),
        ("steps.minta-data.tanggal >= '2027-03-01'", True),
        ("steps.verifikasi.done == true", True),
        ("steps.tugas.done != true", True),
        ("true", True),
        ("not true", False),
        ("not not steps.verifikasi.done", True),
        ("steps.kosong.fakta", False),
        ("false and true or true", True),
        ("false and (true or true)", False),
        ("3 > claim.new_comments(2h)", True),
        ("event.kind == 'gempa' and event.magnitudo > 6", True),
        ("event.magnitudo >= 7", False),
        ("event.kedalaman-km < 6", True),
        ("event.warga > 9", False),
        ("event.tingkat == 'awas'", False),
    ],
)
def test_it_means_what_it_says(text: str, expected: bool) -> None:
    assert parse(text).holds(FACTS.get) is expected


@pytest.mark.parametrize("operator", list(Operator))
def test_what_is_absent_is_neither_equal_nor_unequal(operator: Operator) -> None:
    assert not parse(f"steps.belum.choice {operator} 'ya'").holds(FACTS.get)
    assert not parse(f"steps.belum.choice {operator} steps.lain.choice").holds(FACTS.get)
    assert not parse("steps.belum.choice").holds(FACTS.get)


def test_values_of_different_kinds_are_never_equal_and_have_no_order() -> None:
    pairs: list[tuple[Value, Value]] = [("banyak", 3), (True, 1), (True, "true"), (False, 0)]
    for left, right in pairs:
        for one, other in ((left, right), (right, left)):
            true_of = {operator for operator in Operator if compare(one, operator, other)}
            assert true_of == {Operator.UNEQUAL}


def test_it_says_which_steps_it_names_and_what_has_to_be_counted() -> None:
    found = parse(
        "claim.new_comments(2h) < 3 and steps.tugas.done or claim.new_comments(120m) == claim.comments "
        "and steps.minta-data.korban > 2 and steps.tugas.skipped"
    )
    assert found.steps == ("tugas", "minta-data")
    assert found.counts == ("claim.new_comments(7200)", "claim.comments")
    assert [seconds_of(count) for count in found.counts] == [7200, None]


@pytest.mark.parametrize(
    ("text", "trouble", "column"),
    [
        ("", Trouble.EMPTY, 1),
        ("   ", Trouble.EMPTY, 1),
        ("steps.a.done and " * 40, Trouble.TOO_LONG, 1),
        ("not " * (DEEPEST + 1) + "true", Trouble.TOO_DEEP, 4 * DEEPEST + 1),
        ("(" * (DEEPEST + 1) + "true", Trouble.TOO_DEEP, DEEPEST + 1),
        ("steps.a.choice = 'x'", Trouble.STRANGE, 16),
        ("steps.a.done && steps.b.done", Trouble.STRANGE, 14),
        ("steps.a.choice == 'x", Trouble.QUOTE_OPEN, 19),
        ("incident.age > 2jam", Trouble.NO_NUMBER, 16),
        ("incident.age > 9999999d", Trouble.NO_NUMBER, 16),
        ("claim.comments > 1.5", Trouble.NO_NUMBER, 18),
        ("claim.comments > 010", Trouble.NO_NUMBER, 18),
        ("not (steps.a.done", Trouble.BRACKET_OPEN, 5),
        ("claim.new_comments(2h < 3", Trouble.BRACKET_OPEN, 19),
        ("steps.a.done)", Trouble.BRACKET_LEFT, 13),
        ("steps.a.done and", Trouble.UNFINISHED, 17),
        ("steps.a.choice ==", Trouble.UNFINISHED, 18),
        ("and steps.a.done", Trouble.UNFINISHED, 1),
        ("()", Trouble.UNFINISHED, 2),
        ("steps.a.done steps.b.done", Trouble.NO_OPERATOR, 14),
        ("(steps.a.done true)", Trouble.NO_OPERATOR, 15),
        ("1 < claim.comments < 3", Trouble.CHAINED, 20),
        ("(steps.a.done) == true", Trouble.CHAINED, 16),
        ("'belum'", Trouble.BARE_VALUE, 1),
        ("steps.a.done and 3", Trouble.BARE_VALUE, 18),
        ("steps.a.choice == belum", Trouble.NO_SUCH_NAME, 19),
        ("insident.age > 2h", Trouble.NO_SUCH_NAME, 1),
        ("count(steps.a.done)", Trouble.NO_SUCH_FUNCTION, 1),
        ("claim.new_comments < 3", Trouble.NEEDS_LENGTH, 1),
        ("claim.new_comments() < 3", Trouble.NEEDS_LENGTH, 20),
        ("claim.new_comments(3) < 3", Trouble.NEEDS_LENGTH, 20),
        ("claim.new_comments(", Trouble.NEEDS_LENGTH, 20),
        ("event == 'x'", Trouble.NO_SUCH_NAME, 1),
        ("event.a.b == 'x'", Trouble.NO_SUCH_NAME, 1),
        ("steps.a == 'x'", Trouble.STEP_PART, 1),
        ("steps.a.b.c == 'x'", Trouble.STEP_PART, 1),
        ("steps", Trouble.STEP_PART, 1),
    ],
)
def test_what_cannot_be_read_is_named_at_its_column(text: str, trouble: Trouble, column: int) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert (caught.value.trouble, caught.value.column) == (trouble, column)


def test_every_trouble_has_a_story_above() -> None:
    """Whoever adds one shows how it comes about."""
    marks = [
        mark
        for mark in test_what_cannot_be_read_is_named_at_its_column.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    ]
    assert {case[1] for case in marks[0].args[1]} == set(Trouble)


slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
fields = st.sampled_from(["choice", "done", "skipped", "expired", "fakta", "belum_diketahui", "korban"])
names = st.one_of(
    st.sampled_from(["claim.comments", "incident.severity", "incident.age", "incident.level"]).map(Name),
    st.builds(lambda s: Name("claim.new_comments", s), st.integers(1, 9_999_999)),
    st.builds(lambda step, part: Name(f"steps.{step}.{part}"), slugs, fields),
)
words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8).filter(
    lambda text: "'" not in text or '"' not in text
)
literals = st.one_of(
    words.map(Literal),
    st.integers(-999_999_999, 999_999_999).map(Literal),
    st.booleans().map(Literal),
    st.integers(1, 5_000_000).map(lambda seconds: Literal(seconds, length=True)),
)
sides = st.one_of(names, literals)
leaves = st.one_of(
    names, st.booleans().map(Literal), st.builds(Comparison, sides, st.sampled_from(Operator), sides)
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Negation),
        st.builds(Junction, st.booleans(), st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def _depth(node: Condition) -> int:
    match node:
        case Negation(inner):
            return 1 + _depth(inner) + isinstance(inner, Junction)
        case Junction(_, parts):
            return 1 + max(map(_depth, parts))
        case _:
            return 0


printable = conditions.filter(lambda tree: len(str(tree)) <= LONGEST and _depth(tree) <= DEEPEST)


@given(printable)
def test_what_is_printed_reads_as_the_same_condition(tree: Condition) -> None:
    assert parse(str(tree)).tree == tree


@given(printable)
def test_blanks_change_nothing(tree: Condition) -> None:
    text = str(tree)
    if "'" not in text and '"' not in text:
        assert parse(f"  {text.replace(' ', '   ')} ").tree == tree


def naive(node: Condition, facts: Mapping[str, Value]) -> bool:
    """The meaning again, as plain as can be: through Python's own numbers and words."""
    if isinstance(node, Junction):
        results = [naive(part, facts) for part in node.parts]
        return False not in results if node.every else True in results
    if isinstance(node, Negation):
        return naive(node.inner, facts) is False
    if isinstance(node, Comparison):
        return naive_comparison(node, facts)
    found = facts.get(node.key) if isinstance(node, Name) else node.value
    return found not in (None, False, 0, "")


def naive_comparison(node: Comparison, facts: Mapping[str, Value]) -> bool:
    left, right = (
        facts.get(side.key) if isinstance(side, Name) else side.value for side in (node.left, node.right)
    )
    if left is None or right is None:
        return False
    different = node.operator == "!="
    if isinstance(left, bool) or isinstance(right, bool):
        alike = type(left) is type(right) and left == right
        return different if not alike else node.operator in {"==", "<=", ">="}
    badness = {"rendah": 0, "sedang": 1, "tinggi": 2, "darurat": 3}
    first: str | int = left
    second: str | int = right
    if isinstance(left, str) and isinstance(right, str):
        if left in badness and right in badness:
            first, second = badness[left], badness[right]
    else:
        try:
            first, second = int(left), int(right)
        except ValueError:
            return different
    return bool(eval(f"a {node.operator} b", {"a": first, "b": second}))  # noqa: S307 - of our six signs


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-99, 99_999),
    st.sampled_from(["rendah", "darurat", "ya", "", "12", "-3", "2027-01-01"]),
)


@given(printable, st.data())
def test_it_holds_exactly_when_the_plain_model_says_so(tree: Condition, data: st.DataObject) -> None:
    found = parse(str(tree))
    facts = {name.key: data.draw(values, label=name.key) for name in found.names}
    assert found.holds(facts.get) is naive(tree, facts)


alphabet = st.sampled_from(
    [
        "steps.",
        "a",
        ".done",
        ".choice",
        "not",
        "(",
        ")",
        "==",
        "<",
        "!",
        "=",
        "'",
        '"',
        "x",
        "2h",
        "7",
        "claim.new_comments",
        "claim.comments",
        "true",
        "-",
        ".",
        "é",
    ]
)
pieces = st.lists(alphabet | st.sampled_from([" and ", " or ", " ", "\n", "\x00"]), max_size=14)


@given(st.one_of(st.text(max_size=60), pieces.map("".join)))
def test_any_text_is_read_or_refused_at_a_column_of_its_own(text: str) -> None:
    fault: ExpressionFault | None = None
    try:
        found = parse(text)
    except ExpressionFault as caught:
        fault = caught
    if fault is not None:
        assert 1 <= fault.column <= len(text) + 1
        return
    assert parse(str(found.tree)).tree == found.tree
    assert found.holds(lambda _: None) in {True, False}
