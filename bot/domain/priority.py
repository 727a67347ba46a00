"""How soon a case needs a person, and why. Every verdict carries its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.domain.comment import Verdict
from bot.domain.reach import Loud, Reach


class Urgency(IntEnum):
    """Sorted: the smaller, the sooner."""

    EMERGENCY = 0
    HIGH = 1
    NORMAL = 2
    LOW = 3


@dataclass(frozen=True, slots=True)
class Priority:
    """An urgency with the codes of what made it (chat/words says them)."""

    urgency: Urgency
    reasons: tuple[str, ...]


_BY_LABEL: Mapping[str, Urgency] = {
    "emergency": Urgency.EMERGENCY,
    "hoax": Urgency.HIGH,
    "hate": Urgency.HIGH,
    "question": Urgency.NORMAL,
    "complaint": Urgency.NORMAL,
    "abusive": Urgency.LOW,
    "praise": Urgency.LOW,
    "spam": Urgency.LOW,
}
_AROUND = ("grows", "open_cases", "incident")
_REACH = ("seen", "reacted", "replied")
GROWS_FROM = 10
"""Told so often within an hour, it needs somebody sooner than one comment would."""
_MANY_CASES = 2
_WAITED, _WROTE = "waited_long", "wrote_often"
_LONG_WAIT = timedelta(hours=4)
_MANY_COMMENTS = 3
_NOBODY_WAITS = frozenset({"praise", "spam", "abusive"})
_PATIENCE: Mapping[Urgency, timedelta] = {
    Urgency.HIGH: timedelta(hours=8),
    Urgency.NORMAL: timedelta(hours=8),
    Urgency.LOW: timedelta(hours=24),
}
"""In open office time, about one day and three: what nobody was promised may wait longer."""


def assess(
    verdict: Verdict, *, sensitive: bool, comments: int = 1, waiting: timedelta = timedelta(0)
) -> Priority:
    """The urgency of a case from its latest verdict, how often the citizen wrote and how long they wait.

    An unsure emergency counts as high, not as low: missing one costs more than a look.
    """
    if sensitive:
        return Priority(Urgency.EMERGENCY, ("sensitive",))
    if verdict.error:
        return Priority(Urgency.HIGH, ("unclassified",))
    found = [(_BY_LABEL[label], f"label:{label}") for label in verdict.labels if label in _BY_LABEL]
    if "emergency" in verdict.unsure:
        found.append((Urgency.HIGH, "unsure:emergency"))
    urgency = min((u for u, _ in found), default=Urgency.LOW if verdict.model else Urgency.NORMAL)
    reasons = [code for u, code in sorted(found) if u is urgency]
    if not found and verdict.unsure:
        urgency, reasons = Urgency.NORMAL, [f"unsure:{label}" for label in verdict.unsure]
    urgency, raised = _raise(urgency, comments, waiting)
    return Priority(urgency, (*reasons, *raised) or ("none",))


@dataclass(frozen=True, slots=True)
class Around:
    """What is known besides the comment itself. Who wrote it counts only by what still waits of theirs.

    `growth`: how often its claim, or the same text, was told within the last hour. `open_cases`: others of
    the same writer that wait for an answer. `incident`: the one about it that goes on, 0 for none.
    """

    growth: int = 0
    open_cases: int = 0
    incident: int = 0


def weigh(priority: Priority, around: Around) -> Priority:
    """The same priority with what is around it; never later than before, never an emergency by this alone.

    Weighed once more, as each further comment is, it goes up no further by the same reasons.
    """
    own = tuple(code for code in priority.reasons if _kind(code) not in _AROUND)
    before = _raised(priority)
    urgency = min(priority.urgency, Urgency.HIGH) if around.incident else priority.urgency
    up = Urgency(urgency - 1) if urgency > Urgency.HIGH and not before else urgency
    found = []
    if around.growth >= GROWS_FROM:
        found.append(f"grows:{around.growth}")
        urgency = up
    # Three advertisements of one sender are no more urgent than one.
    if around.open_cases >= _MANY_CASES and urgency < Urgency.LOW:
        found.append(f"open_cases:{around.open_cases}")
        urgency = up
    if around.incident:
        found.append(f"incident:{around.incident}")
    return Priority(urgency, (*own, *found))


def spread(priority: Priority, reach: Reach, loud: Loud) -> Priority:
    """The same priority, knowing how far the comment went: one step sooner at most, whatever else is around.

    What was known before stays known. A life at risk comes first anyway.
    """
    if not reach.known or "sensitive" in priority.reasons:
        return priority
    before = reach_of(priority)
    most = before.with_more(reach)
    told = [
        f"{kind}:{getattr(most, kind)}"
        for kind in _REACH
        if getattr(before, kind) or getattr(most, kind) >= getattr(loud, kind)
    ]
    own = tuple(code for code in priority.reasons if _kind(code) not in _REACH)
    if not told:
        return priority
    up = priority.urgency > Urgency.HIGH and not _raised(priority)
    return Priority(Urgency(priority.urgency - 1) if up else priority.urgency, (*own, *told))


def reach_of(priority: Priority) -> Reach:
    """What of it made the priority."""
    found = {_kind(code): _count(code) for code in priority.reasons if _kind(code) in _REACH}
    return Reach(**found)


def judged_anew(after: Priority, before: Priority) -> Priority:
    """`after` a person corrected the labels: what is around the case, and its age, are what they were."""
    counts = {_kind(code): _count(code) for code in before.reasons if _kind(code) in _AROUND}
    around = Around(counts.get("grows", 0), counts.get("open_cases", 0), counts.get("incident", 0))
    judged = spread(weigh(after, around), reach_of(before), Loud(1, 1, 1))
    return aged(judged, _LONG_WAIT, late=True) if _WAITED in before.reasons else judged


def aged(priority: Priority, waiting: timedelta, *, late: bool) -> Priority:
    """The same once so much time went by; past what was promised it is long, however short that was.

    It goes up one step, unless it did for what the citizen wrote; said once, it goes up no further.
    """
    long = late or waiting >= _LONG_WAIT
    if not long or _WAITED in priority.reasons or "sensitive" in priority.reasons:
        return priority
    own = tuple(code for code in priority.reasons if code != "none")
    up = priority.urgency > Urgency.HIGH and _WROTE not in own
    urgency = Urgency(priority.urgency - 1) if up else priority.urgency
    return Priority(urgency, (*own, _WAITED))


def patience(verdict: Verdict, priority: Priority) -> timedelta | None:
    """After how much office time a case without a promise is old. Thanks, advertisements and mere abuse wait
    for nothing: they would push past what somebody asked.
    """
    heard = {*verdict.labels, *verdict.unsure}
    if heard and heard <= _NOBODY_WAITS:
        return None
    return _PATIENCE.get(priority.urgency)


def _kind(code: str) -> str:
    return code.partition(":")[0]


def _count(code: str) -> int:
    return int(code.partition(":")[2])


def _raised(priority: Priority) -> bool:
    """Whether something around it has moved it up."""
    return any(_kind(code) in {*_AROUND, *_REACH} for code in priority.reasons)


def _raise(urgency: Urgency, comments: int, waiting: timedelta) -> tuple[Urgency, tuple[str, ...]]:
    reasons = []
    if comments >= _MANY_COMMENTS:
        reasons.append(_WROTE)
    if waiting >= _LONG_WAIT:
        reasons.append(_WAITED)
    if reasons and urgency > Urgency.HIGH:
        urgency = Urgency(urgency - 1)
    return urgency, tuple(reasons)
