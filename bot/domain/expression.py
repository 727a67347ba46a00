"""Conditions of playbooks (`if`, `resolve.when`, `wait.until`, `met_when`): dotted names, comparisons,
and/or/not, a short list of functions. Read once by `expression_parser.parse`; never `eval`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.incident import Severity

Value = str | int | bool | None
Lookup = Callable[[str], Value]
"""What a name stands for now, None where there is nothing of it yet. Lengths of time are whole seconds.

`claim.comments` and `claim.new_comments(SECONDS)` are counts; `incident.severity` is a code, `incident.age`
seconds since the opening, `incident.level` the rung from 1, `incident.informed` whether the correct
words stand outside; `steps.ID.choice` and `steps.ID.FIELD` are what
was answered, and `steps.ID.STATE` (done, skipped, …) is true or false. `event.FIELD` is what the last signed
event said, `event.kind` and `event.source` what and whose it was.
"""
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


class Sort(StrEnum):
    """What a value is, as far as the text of a condition tells."""

    COUNT = "count"
    LENGTH = "length"
    TEXT = "text"
    SEVERITY = "severity"
    FLAG = "flag"
    ANSWER = "answer"
    """What somebody typed: a text, a number or a date."""


NAMES = {
    "claim.comments": Sort.COUNT,
    "incident.severity": Sort.SEVERITY,
    "incident.age": Sort.LENGTH,
    "incident.level": Sort.COUNT,
    "incident.informed": Sort.FLAG,
}
"""The names that need nothing more."""
FUNCTIONS = {"claim.new_comments": Sort.COUNT}
"""The names that take a length of time."""
STEP_STATES = ("done", "skipped", "returned", "rejected", "expired", "failed")
"""What can be asked of the state of a step. Anything else after its id is an answer."""


class Operator(StrEnum):
    """How two values are compared."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as it is written. `length`: the number is seconds."""

    value: str | int | bool
    length: bool = False
    column: int = field(default=1, compare=False)

    @property
    def sort(self) -> Sort:
        """What it is."""
        if isinstance(self.value, str):
            return Sort.TEXT
        if isinstance(self.value, bool):
            return Sort.FLAG
        return Sort.LENGTH if self.length else Sort.COUNT

    def __str__(self) -> str:
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if isinstance(self.value, int):
            return say_seconds(self.value) if self.length else str(self.value)
        mark = '"' if "'" in self.value else "'"
        return f"{mark}{self.value}{mark}"


@dataclass(frozen=True, slots=True)
class Name:
    """A value to be looked up."""

    path: str
    seconds: int | None = None
    column: int = field(default=1, compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words between the dots."""
        return tuple(self.path.split("."))

    @property
    def sort(self) -> Sort:
        """What it stands for."""
        known = NAMES.get(self.path) or FUNCTIONS.get(self.path)
        if known is not None:
            return known
        if self.parts[0] == "event":
            return Sort.ANSWER
        if self.parts[-1] in STEP_STATES:
            return Sort.FLAG
        return Sort.TEXT if self.parts[-1] == "choice" else Sort.ANSWER

    @property
    def key(self) -> str:
        """The one name that it is looked up under, however its length of time is written."""
        return self.path if self.seconds is None else f"{self.path}({self.seconds})"

    def __str__(self) -> str:
        return self.path if self.seconds is None else f"{self.path}({say_seconds(self.seconds)})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values, one of them a name as a rule."""

    left: "Literal | Name"
    operator: Operator
    right: "Literal | Name"

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class Negation:
    """not …"""

    inner: "Condition"

    def __str__(self) -> str:
        return f"not {_inside(self.inner, (Junction,))}"


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by `and` (every one) or `or` (any one)."""

    every: bool
    parts: tuple["Condition", ...]

    def __str__(self) -> str:
        return (" and " if self.every else " or ").join(_inside(part, (Junction,)) for part in self.parts)


Condition = Literal | Name | Comparison | Negation | Junction
"""One node of a condition."""


def _inside(node: Condition, bracketed: tuple[type, ...]) -> str:
    return f"({node})" if isinstance(node, bracketed) else str(node)


def say_seconds(seconds: int) -> str:
    """The shortest way to write a length of time: 2h, 90m, 0s."""
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition as it was written, and what it means. Built by `parse` only, so it is well formed."""

    text: str
    tree: Condition = Literal(value=True)
    names: tuple[Name, ...] = field(init=False, repr=False, compare=False)
    """Every name in it, from left to right."""
    steps: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Ids of the steps that it names: they have to end well before it can be judged."""
    counts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The names that have to be counted before it can be judged, such as `claim.new_comments(7200)`."""

    def __post_init__(self) -> None:
        """What it names is asked for at every event of a run, so it is looked up once."""
        names = tuple(_names(self.tree))
        steps = (name.parts[1] for name in names if name.parts[0] == "steps")
        counts = (name.key for name in names if name.parts[0] == "claim")
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "steps", tuple(dict.fromkeys(steps)))
        object.__setattr__(self, "counts", tuple(dict.fromkeys(counts)))

    def __str__(self) -> str:
        return self.text

    def holds(self, lookup: Lookup) -> bool:
        """Whether it is true of what can be looked up now."""
        return _holds(self.tree, lookup)


def seconds_of(count: str) -> int | None:
    """The length of time in one of `Expression.counts`; None where it counts everything."""
    inner = count.partition("(")[2].removesuffix(")")
    return int(inner) if inner else None


def _names(node: Condition) -> Iterator[Name]:
    match node:
        case Name():
            yield node
        case Comparison(left, _, right):
            yield from (side for side in (left, right) if isinstance(side, Name))
        case Negation(inner):
            yield from _names(inner)
        case Junction(_, parts):
            for part in parts:
                yield from _names(part)
        case Literal():
            return


def _holds(node: Condition, lookup: Lookup) -> bool:
    match node:
        case Literal(value):
            return bool(value)
        case Name():
            return bool(lookup(node.key))
        case Comparison(left, operator, right):
            return compare(_value(left, lookup), operator, _value(right, lookup))
        case Negation(inner):
            return not _holds(inner, lookup)
        case Junction(every, parts):
            return (all if every else any)(_holds(part, lookup) for part in parts)


def _value(side: Literal | Name, lookup: Lookup) -> Value:
    return side.value if isinstance(side, Literal) else lookup(side.key)


_ALLOWED = {
    Operator.EQUAL: {0},
    Operator.UNEQUAL: {-1, 1},
    Operator.LESS: {-1},
    Operator.MORE: {1},
    Operator.AT_MOST: {-1, 0},
    Operator.AT_LEAST: {0, 1},
}


def compare(left: Value, operator: Operator, right: Value) -> bool:
    """Compare two values. Where one of them is absent it is false, `!=` included.

    A text beside a number is read as a number where it is one: what people type arrives as text. Severities
    are in the order of their badness, other texts (dates, times) in that of their letters. True and false
    have no order, and values of different kinds are never equal.
    """
    if left is None or right is None:
        return False
    order = _order(left, right)
    return operator is Operator.UNEQUAL if order is None else order in _ALLOWED[operator]


def _order(left: str | int, right: str | int) -> int | None:
    """-1, 0 or 1 as the left one is less, equal or more; None where they have no order."""
    if isinstance(left, bool) or isinstance(right, bool):
        return 0 if left is right else None
    if isinstance(left, str) and isinstance(right, str):
        if left in _SEVERITIES and right in _SEVERITIES:
            return _sign(Severity(left).rank, Severity(right).rank)
        return (left > right) - (left < right)
    first, second = (side if isinstance(side, int) else _number(side) for side in (left, right))
    return None if first is None or second is None else _sign(first, second)


def _sign(first: float, second: float) -> int:
    return (first > second) - (first < second)


_SEVERITIES = frozenset(Severity)
_DIGITS = 18
_TENTHS = re.compile(r"-?[0-9]{1,15}[.,][0-9]{1,2}")
"""6.1 or 6,1. With three digits behind it the mark may as well part the thousands."""


def _number(text: str) -> float | None:
    digits = text.strip().removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
        return int(text)
    return float(text.strip().replace(",", ".")) if _TENTHS.fullmatch(text.strip()) else None
