"""Which playbook a comment opens, and with which evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.comment import KeptComment, Platform, Verdict
from bot.domain.playbook import Playbook
from bot.domain.trigger import (
    BurstTrigger,
    Matter,
    burst_reached,
    counts_for_burst,
    group_key,
    matches_comment,
)
from bot.services.ports import Parts
from classifiers.labels import Label

_MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger that fits. `opens`: it may open a run; otherwise it only feeds one that goes on."""

    group_key: str
    reason: str
    opens: bool
    comments: tuple[KeptComment, ...]


async def what_fires(
    tx: Parts, playbook: Playbook, kept: KeptComment, case: Case, now: datetime
) -> Fired | None:
    """What this comment means to this playbook."""
    verdict, triggers = kept.verdict, playbook.triggers
    labels = labels_of(verdict)
    if triggers.comment is not None:
        reason = matches_comment(triggers.comment, labels, verdict.topics)
        if reason is not None:
            return Fired(_key(playbook, verdict, case), reason, True, (kept,))
    if playbook.sensitive and case.sensitive:
        return await _more_of_it(tx, playbook, kept, case)
    burst = triggers.burst
    if burst is None or not counts_for_burst(burst, labels, verdict.topics):
        return None
    key = _key(playbook, verdict, case)
    same = await _same_matter(tx, playbook, burst, key, now)
    last = await tx.runs.closed_at(key)
    opens = burst_reached(burst, [_arrived(one) for one in same], now, since=last)
    reason = f"burst label={burst.label} count={len(same)}"
    return Fired(key, reason, opens, tuple(same) if opens else (kept,))


async def _more_of_it(tx: Parts, playbook: Playbook, kept: KeptComment, case: Case) -> Fired | None:
    """Whatever else this person writes, alarming by itself or not: the group does not see it, so without the
    named people nobody would.
    """
    key = _key(playbook, case.verdict, case)
    known = await tx.runs.of_group("real", key)
    return None if known is None else Fired(key, "more", True, (kept,))


def labels_of(verdict: Verdict) -> Mapping[Label, float]:
    """The certain labels with their scores; what a person set counts as sure."""
    scores = dict(verdict.scores)
    return {Label(name): scores.get(name, 1.0) for name in verdict.labels}


async def _same_matter(
    tx: Parts, playbook: Playbook, burst: BurstTrigger, key: str, now: datetime
) -> list[KeptComment]:
    """The comments of the window that count, of the same group, oldest first; the newest text of each."""
    recent = await tx.comments.since(now - burst.within, _MOST_COUNTED)
    newest: dict[str, KeptComment] = {}
    for one in recent:
        newest.setdefault(str(one.comment.origin), one)
    return [
        one
        for one in reversed(newest.values())
        if counts_for_burst(burst, labels_of(one.verdict), one.verdict.topics)
        and _key(playbook, one.verdict, None) == key
    ]


def _arrived(kept: KeptComment) -> datetime:
    """When it came; from a file when it was written, since last month's comments are no burst tonight."""
    comment = kept.comment
    return comment.written_at if comment.origin.platform is Platform.CSV else comment.received_at


def _key(playbook: Playbook, verdict: Verdict, case: Case | None) -> str:
    triggers = playbook.triggers
    label = triggers.burst.label if triggers.burst is not None else None
    if label is None and triggers.comment is not None:
        label = triggers.comment.label
    matter = Matter(label=label, topics=verdict.topics, case=str(case.id) if case is not None else None)
    return group_key(playbook.id, triggers, playbook.concurrency.group, matter)
