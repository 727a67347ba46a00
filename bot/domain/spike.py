"""Whether people write about something far more than on other days at this hour.

Counts come in buckets of five minutes, the last twelve of them against the same hours of the days before. A
floor keeps a quiet office from alarms about three comments; whoever asks keeps the pause between two alarms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean

BUCKET = timedelta(minutes=5)
HOUR = 12
"""Buckets of an hour."""
DAYS = 14
"""So many days before are what is usual."""
TOGETHER = timedelta(minutes=10)
"""What leaps within this time is told in one message."""
LABEL, TOPIC, CLUSTER = "label", "topic", "cluster"
"""What is counted: a key is one of these, a colon and a name or number."""
URGENT = frozenset({"label:emergency"})
_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class SpikeRule:
    """`floor`: comments in an hour below which nothing is a spike; half of it in five minutes."""

    floor: int = 20
    factor: float = 3.0
    pause: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spike:
    """`count` comments within `minutes`, where `usual` is what other days have at this hour."""

    count: int
    minutes: int
    usual: float


@dataclass(frozen=True, slots=True)
class Leap:
    """What leapt, under the name that it is counted by, with the last hour of it."""

    key: str
    spike: Spike
    hour: tuple[int, ...]


def judge(rule: SpikeRule, recent: Sequence[int], past: Sequence[Sequence[int]]) -> Spike | None:
    """`recent`: an hour of buckets, the newest last and not full; `past`: the same hour of each day before.

    The fast look comes first: a spike of five minutes need not fill an hour to be one. It is held against the
    busiest five minutes of those hours, so that a rush of every morning is no news.
    """
    fast = max(recent[-2:], default=0)
    usual_fast = fmean([max(day, default=0) for day in past]) if past else 0.0
    if fast >= max(rule.floor / 2, rule.factor * usual_fast):
        return Spike(fast, 5, usual_fast)
    whole = sum(recent)
    usual = fmean([sum(day) for day in past]) if past else 0.0
    if whole >= max(rule.floor, rule.factor * usual):
        return Spike(whole, 60, usual)
    return None


def may_be_told(leaps: Sequence[Leap], since: timedelta | None) -> bool:
    """`since`: how long ago people last heard of any. One flood lifts its label, its topics and its cluster
    one after the other: what comes up next waits for its company, but for emergencies.
    """
    return bool(leaps) and (since is None or since >= TOGETHER or any(one.key in URGENT for one in leaps))


def most_first(leaps: Sequence[Leap]) -> list[Leap]:
    """The nearest to what people wrote first: copies of one text, then a topic, then a label."""
    kinds = (CLUSTER, TOPIC, LABEL)
    return sorted(leaps, key=lambda one: (kinds.index(one.key.partition(":")[0]), -one.spike.count, one.key))


def sparkline(counts: Sequence[int]) -> str:
    """A picture of one line: a bar per bucket, the highest as high as a letter."""
    most = max(counts, default=0)
    return "".join(_BARS[round(count / most * (len(_BARS) - 1)) if most else 0] for count in counts)
