"""How soon a case needs a person, and why. Every verdict carries its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.domain.comment import Verdict


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
_LONG_WAIT = timedelta(hours=4)
_MANY_COMMENTS = 3


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


def _raise(urgency: Urgency, comments: int, waiting: timedelta) -> tuple[Urgency, tuple[str, ...]]:
    reasons = []
    if comments >= _MANY_COMMENTS:
        reasons.append("wrote_often")
    if waiting >= _LONG_WAIT:
        reasons.append("waited_long")
    if reasons and urgency > Urgency.HIGH:
        urgency = Urgency(urgency - 1)
    return urgency, tuple(reasons)
