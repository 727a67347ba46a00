"""Which playbook a comment opens, and with which evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.claim import Stance
from bot.domain.comment import KeptComment, Platform, Verdict
from bot.domain.playbook import Playbook
from bot.domain.run_types import Told
from bot.domain.trigger import (
    BurstTrigger,
    GroupBy,
    Matter,
    burst_reached,
    counts_for_burst,
    group_key,
    matches_comment,
)
from bot.services.claim_matter import is_about_rumours, told_in
from bot.services.claim_rows import Linked
from bot.services.ports import Parts
from classifiers.labels import Label

_MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger that fits. `opens`: it may open a run; otherwise it only feeds one that goes on. `anew`: what
    is closed stays closed, as last week's round does when this week's begins.
    """

    group_key: str
    reason: str
    opens: bool
    comments: tuple[KeptComment, ...] = ()
    anew: bool = False
    event: Told = ()


async def what_fires(
    tx: Parts, playbook: Playbook, kept: KeptComment, case: Case, linked: Linked | None, now: datetime
) -> Fired | None:
    """What this comment means to this playbook. `linked`: the claim that it tells."""
    verdict, triggers = kept.verdict, playbook.triggers
    labels = labels_of(verdict)
    told = linked if is_about_rumours(playbook) else None
    if told is not None and told.stance is Stance.DENIES:
        return None
    if triggers.comment is not None:
        reason = matches_comment(triggers.comment, labels, verdict.topics)
        if reason is not None:
            return Fired(await run_key(tx, playbook, kept, case, told), reason, True, (kept,))
    if playbook.sensitive and case.sensitive:
        return await _more_of_it(tx, playbook, kept, case)
    burst = triggers.burst
    if burst is None or not counts_for_burst(burst, labels, verdict.topics):
        return None
    key = await run_key(tx, playbook, kept, case, told)
    if await tx.runs.goes_on(key):
        # Nothing to open: to count a viral day's whole burst for every comment is the square of the day.
        return Fired(key, f"burst label={burst.label}", False, (kept,))
    same = await _same_matter(tx, playbook, burst, _key(playbook, verdict, None, told, burst.group_by), now)
    last = await tx.runs.closed_at(key)
    opens = burst_reached(burst, [_arrived(one) for one in same], now, since=last)
    reason = f"burst label={burst.label} count={len(same)}"
    return Fired(key, reason, opens, tuple(same) if opens else (kept,))


async def _more_of_it(tx: Parts, playbook: Playbook, kept: KeptComment, case: Case) -> Fired | None:
    """Whatever else this person writes, alarming by itself or not: the group does not see it, so without the
    named people nobody would.
    """
    key = _key(playbook, case.verdict, case, None, playbook.concurrency.group)
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
    newest = await tx.comments.of_label(burst.label, now - burst.within, _MOST_COUNTED)
    counted = [
        one for one in reversed(newest) if counts_for_burst(burst, labels_of(one.verdict), one.verdict.topics)
    ]
    told = await told_in(tx, playbook, counted)
    return [
        one
        for one in counted
        if _key(playbook, one.verdict, None, link := told.get(one.id), burst.group_by) == key
        and (link is None or link.stance is Stance.TELLS)
    ]


def _arrived(kept: KeptComment) -> datetime:
    """When it came; from a file when it was written, since last month's comments are no burst tonight."""
    comment = kept.comment
    return comment.written_at if comment.origin.platform is Platform.CSV else comment.received_at


async def run_key(tx: Parts, playbook: Playbook, kept: KeptComment, case: Case, told: Linked | None) -> str:
    """The run that this comment is for. A claim noted while an incident went on stays with that one."""
    key = _key(playbook, kept.verdict, case, told, playbook.concurrency.group)
    if told is None or await tx.runs.of_group("real", key) is not None:
        return key
    return await tx.claim_links.carried_by(told.claim, playbook.id) or key


def _key(playbook: Playbook, verdict: Verdict, case: Case | None, told: Linked | None, by: GroupBy) -> str:
    triggers = playbook.triggers
    label = triggers.burst.label if triggers.burst is not None else None
    if label is None and triggers.comment is not None:
        label = triggers.comment.label
    matter = Matter(
        label=label,
        topics=verdict.topics,
        case=str(case.id) if case is not None else None,
        claim=str(told.claim) if told is not None else None,
    )
    return group_key(playbook.id, triggers, by, matter)
