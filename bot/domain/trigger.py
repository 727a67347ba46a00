"""What opens a playbook: one comment, a burst of them, or a person; and which of them are one matter."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.target import Target
from classifiers.labels import Label


@dataclass(frozen=True, slots=True)
class CommentTrigger:
    """One comment suffices. What is None or empty is not asked for; at least one thing must be."""

    label: Label | None = None
    topics: tuple[str, ...] = ()
    min_confidence: float | None = None


class GroupBy(StrEnum):
    """What makes two triggers one matter."""

    CLAIM = "claim"
    CASE = "case"
    TOPIC = "topic"


def parse_group_by(text: str) -> GroupBy:
    """Read `claim` or `${{ claim.id }}`, and so for the others. Raises ValueError on anything else."""
    inner = text.strip()
    if inner.startswith("${{") and inner.endswith("}}"):
        inner = inner[3:-2].strip().removesuffix(".id")
    return GroupBy(inner)


@dataclass(frozen=True, slots=True)
class BurstTrigger:
    """So many comments of one group within so much time."""

    label: Label
    count: int
    within: timedelta
    topics: tuple[str, ...] = ()
    group_by: GroupBy = GroupBy.CLAIM


@dataclass(frozen=True, slots=True)
class ScheduleTrigger:
    """On these days of the week (0 is Monday; none: every day) at a local time of the agency."""

    at: time
    days: frozenset[int] = frozenset()
    day_of_month: int | None = None


@dataclass(frozen=True, slots=True)
class HeartbeatTrigger:
    """A connector that was heard before and has been silent for so long."""

    connector: str
    silent_for: timedelta


@dataclass(frozen=True, slots=True)
class EventTrigger:
    """An incoming signed event of this source and kind, such as a warning of a public agency.

    `where` pairs a field of the event with the values that open the playbook.
    """

    source: str
    kind: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Triggers:
    """What opens the playbook. Any of them suffices."""

    comment: CommentTrigger | None = None
    burst: BurstTrigger | None = None
    manual: tuple[Target, ...] = ()
    schedule: tuple[ScheduleTrigger, ...] = ()
    heartbeat: HeartbeatTrigger | None = None
    event: tuple[EventTrigger, ...] = ()


def matches_comment(
    trigger: CommentTrigger, labels: Mapping[Label, float], topics: Collection[str]
) -> str | None:
    """Whether this one comment opens the playbook: the reason in short (`label=hoax score=0.97
    topics=gempa`), or None.

    `labels` holds every label that the comment carries, with its score (1.0 where a person set it);
    a label that is not there does not hold, however high the bar.
    """
    found = tuple(topic for topic in trigger.topics if topic in topics)
    if (trigger.topics and not found) or not (trigger.topics or trigger.label):
        return None
    reason = []
    if trigger.label is not None:
        score = labels.get(trigger.label)
        if score is None or score < (trigger.min_confidence or 0.0):
            return None
        reason.append(f"label={trigger.label} score={score:.2f}")
    if found:
        reason.append(f"topics={','.join(found)}")
    return " ".join(reason)


def counts_for_burst(trigger: BurstTrigger, labels: Collection[Label], topics: Collection[str]) -> bool:
    """Whether a comment is one of those that a burst counts."""
    return trigger.label in labels and (
        not trigger.topics or any(topic in topics for topic in trigger.topics)
    )


def burst_reached(
    trigger: BurstTrigger, times: Sequence[datetime], now: datetime, since: datetime | None = None
) -> bool:
    """Whether the comments that count, of one group, arrived thick enough.

    `times` are their times of arrival, in any order. `since` is when a run of this group was last closed:
    without it the sixth comment of a burst would reopen at once what a person has just closed on the fifth.
    """
    start = now - trigger.within
    return sum(start < at and (since is None or since < at) for at in times) >= trigger.count


@dataclass(frozen=True, slots=True)
class Matter:
    """What a trigger is about, as far as the caller knows it."""

    label: Label | None = None
    topics: tuple[str, ...] = ()
    case: str | None = None
    claim: str | None = None


def claim_of_group(key: str) -> int | None:
    """The claim that a group is about, where it is about one."""
    kind, _, number = key.rpartition("/")[2].partition(":")
    return int(number) if kind == GroupBy.CLAIM and number.isdecimal() else None


def names_its_matter(key: str) -> bool:
    """Whether a claim, a case or a topic is known; else it is whatever else carries the label."""
    return not key.endswith("/topic:")


def group_key(playbook_id: str, triggers: Triggers, by: GroupBy, matter: Matter) -> str:
    """The name of the group that a trigger belongs to; one run goes on per group.

    Where the claim or case is not known, the label and the first topic that the triggers name stand in for
    it. The first only: comments that say "gempa" and comments that say "gempa, tsunami" are one burst.
    """
    known = {GroupBy.CLAIM: matter.claim, GroupBy.CASE: matter.case, GroupBy.TOPIC: None}[by]
    if known:
        return f"{playbook_id}/{by}:{known}"
    named = (
        *(triggers.burst.topics if triggers.burst else ()),
        *(triggers.comment.topics if triggers.comment else ()),
    )
    first = next((topic for topic in named if topic in matter.topics), "")
    return f"{playbook_id}/label:{matter.label or ''}/topic:{first}"
