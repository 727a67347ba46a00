"""What is wrong in a file, where, and what was probably meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_SHOWN = 60
ATTENTION = "Perhatian:"
"""How a line begins that somebody should do something about."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; line and column count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault, in Indonesian, with an optional hint. A bot token never survives in it."""

    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _TOKEN.sub("(token)", self.message))
        object.__setattr__(self, "hint", _TOKEN.sub("(token)", self.hint))

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column} {self.message}{hint}"


class FilesFaulty(Exception):
    """Something in the files cannot be used; `faults` holds all of it, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def fault_at(place: Place, message: str, hint: str = "") -> Fault:
    """A fault at a place."""
    return Fault(place.file, place.line, place.column, message, hint)


def attention(advice: Fault) -> str:
    """Advice as a line: it has a place and a hint as a fault has, and is no reason not to start."""
    hint = f" {advice.hint}" if advice.hint else ""
    return f"{advice.file}:{advice.line}:{advice.column} {ATTENTION} {advice.message}{hint}"


def attentions(advice: Iterable[Fault]) -> list[str]:
    """The lines of all advice: the same thing at many places is said once, with the first of them."""
    places: dict[tuple[str, str], list[Fault]] = {}
    for one in advice:
        places.setdefault((one.message, one.hint), []).append(one)
    return [
        attention(first) + (f" (Sama di {len(others)} tempat lain.)" if others else "")
        for first, *others in places.values()
    ]


def token_column(text: str) -> int:
    """Where in this text a bot token begins, from 1; 0 where there is none."""
    found = _TOKEN.search(text)
    return found.start() + 1 if found else 0


def quote(text: object) -> str:
    """A value for a message: on one line, shortened, in Indonesian quotation marks."""
    flat = " ".join(str(text).split())
    return f"“{flat[:_SHOWN]}…”" if len(flat) > _SHOWN else f"“{flat}”"


def did_you_mean(text: object, known: Iterable[str]) -> str:
    """Ask "Maksud Anda …?" for the nearest known word, or name all where they are few and none is near."""
    names = sorted({str(name) for name in known})
    near = get_close_matches(str(text).lower(), names, n=1, cutoff=0.6)
    if near:
        return f"Maksud Anda {quote(near[0])}?"
    if 0 < len(names) <= 12:
        return f"Yang dikenal: {', '.join(names)}."
    return ""


def without_echoes(told: Iterable[Fault], others: Iterable[Fault]) -> list[Fault]:
    """The other faults, less those at a place where the reader has told the cause already."""
    places = {(fault.file, fault.line, fault.column) for fault in told}
    return [fault for fault in others if (fault.file, fault.line, fault.column) not in places]
