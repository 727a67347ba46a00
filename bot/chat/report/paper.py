"""A paper as data: blocks in order, so that HTML and PDF show the same. Strings are plain, never markup."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.metrics import Series
from bot.domain.people import Zone

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """`soft`: a remark. `loud`: nobody may read over it."""

    text: str
    soft: bool = False
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, with what it is."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    rows: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in a plot."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over time with numbered moments. Bars from `turn` on have the second colour."""

    title: str
    series: Series
    marks: tuple[Mark, ...]
    zone: Zone
    turn: datetime | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """`day` is set on the first line of a day. `key`: one of the moments that the plot shows too."""

    clock: str
    text: str
    day: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    lines: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What was said, exactly, with where it comes from."""

    text: str
    facts: Facts
    link: str = ""


@dataclass(frozen=True, slots=True)
class FactList:
    rows: Facts


@dataclass(frozen=True, slots=True)
class Tick:
    done: bool
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TickList:
    title: str
    rows: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """`code`: a hash, which may break anywhere. `link`: where the text leads."""

    text: str
    code: bool = False
    link: str = ""
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`widths`: shares of the page, one per column. `lead`: so many columns share a line on a phone."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    lead: int = 0


Block = Heading | Para | Figures | Chart | Story | Words | FactList | TickList | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """`mark`: written large across an exercise. `file`: the name without its ending."""

    agency: str
    kind: str
    title: str
    facts: Facts
    blocks: tuple[Block, ...]
    footer: str
    file: str
    mark: str = ""
    mark_note: str = ""
