"""How fast an incident was met: moments read from its timeline, measures of one run, spread over many.

The timeline is the source, because it survives what a state forgets: a run that was opened again keeps its
first acknowledgement, and is measured to its last closing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

ACKED = frozenset({"acked"})
POSTED = frozenset({"published"})
"""Correct words of the run itself on a channel; a holding statement is none."""
HELD = frozenset({"holding_posted"})
"""A holding statement: the agency has spoken, and nobody knows more yet."""
CLOSED = frozenset({"resolved", "false_alarm", "handed_off", "merged"})
REOPENED = frozenset({"reopened"})
_MINUTE = timedelta(minutes=1)
_STEPS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080))
MOST_BARS = 96


@dataclass(frozen=True, slots=True)
class Moments:
    """When the things happened that people ask about afterwards; None: they have not."""

    opened_at: datetime
    acked_at: datetime | None = None
    posted_at: datetime | None = None
    """The first correct public words: a post of the run, or an approved reply to one of its comments."""
    closed_at: datetime | None = None
    held_at: datetime | None = None
    """The first holding statement, where one came before the correct words."""


@dataclass(frozen=True, slots=True)
class Measures:
    """One run in figures. Comments are counted up to the first correct post, and from it on."""

    to_ack: timedelta | None
    to_post: timedelta | None
    to_close: timedelta | None
    before_post: int
    after_post: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Several runs in figures: in how many it happened at all, the middle one and the worst."""

    happened: int
    missing: int
    median: timedelta | None
    worst: timedelta | None


@dataclass(frozen=True, slots=True)
class Series:
    """How many per step of time; the first step begins at `start`."""

    start: datetime
    step: timedelta
    counts: tuple[int, ...]

    @property
    def end(self) -> datetime:
        """Where the last step ends."""
        return self.start + self.step * len(self.counts)

    @property
    def minutes(self) -> int:
        """The length of a step."""
        return int(self.step / _MINUTE)


def moments_of(
    opened_at: datetime, happened: Iterable[tuple[str, datetime]], replied_at: Iterable[datetime] = ()
) -> Moments:
    """From the timeline (`what`, `at`) and the moments of approved replies to the run's comments."""
    lines = sorted(happened, key=lambda line: line[1])
    posted = [at for what, at in lines if what in POSTED]
    posted += [at for at in replied_at if at >= opened_at]
    correct = min(posted, default=None)
    held = next((at for what, at in lines if what in HELD), None)
    return Moments(
        opened_at,
        next((at for what, at in lines if what in ACKED), None),
        correct,
        _closed(lines),
        held if held is not None and (correct is None or held < correct) else None,
    )


def _closed(lines: Sequence[tuple[str, datetime]]) -> datetime | None:
    """The last closing, unless the run was opened again after it."""
    closed: datetime | None = None
    for what, at in lines:
        if what in CLOSED:
            closed = at
        elif what in REOPENED:
            closed = None
    return closed


def measure(moments: Moments, comments: Iterable[datetime]) -> Measures:
    """Without a correct post every comment stands before it."""
    written = sorted(comments)
    post = moments.posted_at
    before = len(written) if post is None else bisect_left(written, post)
    return Measures(
        _after(moments, moments.acked_at),
        _after(moments, post),
        _after(moments, moments.closed_at),
        before,
        len(written) - before,
    )


def _after(moments: Moments, at: datetime | None) -> timedelta | None:
    return None if at is None else max(at - moments.opened_at, timedelta())


def spread(values: Iterable[timedelta | None]) -> Spread:
    """Over several runs. Of an even number the later of the two middle ones: a figure that really was."""
    every = list(values)
    known = sorted(value for value in every if value is not None)
    return Spread(
        len(known),
        len(every) - len(known),
        known[len(known) // 2] if known else None,
        known[-1] if known else None,
    )


def per_step(times: Iterable[datetime], first: datetime, last: datetime, most: int = MOST_BARS) -> Series:
    """Counts from `first` to `last`, both and every time inside, in as few equal steps as fit `most`.

    Per minute while that fits. Steps begin on the whole minute.
    """
    moments = sorted(times)
    begin = min([first, *moments[:1]]).replace(second=0, microsecond=0)
    end = max([last, *moments[-1:]])
    step = next((s for s in _STEPS if end - begin < s * most), None)
    if step is None:
        step = _MINUTE * -(-int((end - begin) / _MINUTE + 1) // most)
    edges = [begin + step * number for number in range(int((end - begin) / step) + 2)]
    cuts = [bisect_left(moments, edge) for edge in edges]
    return Series(begin, step, tuple(upper - lower for lower, upper in pairwise(cuts)))
