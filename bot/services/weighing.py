"""What stands around a comment: its claim, the writer's other cases, the incident about it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.case import OPEN, Case, CaseId
from bot.domain.comment import KeptComment
from bot.domain.priority import Around, weigh
from bot.services.ports import Parts

_HOUR = timedelta(hours=1)
_MOST = 10
_MOST_TOLD = 1_000
"""How far the last hour's are counted, with every one of them."""


async def weighed(tx: Parts, case: Case, kept: KeptComment, now: datetime) -> Case:
    """The case with its priority as it is among all this. A life at risk comes first anyway."""
    if case.sensitive or case.status not in OPEN:
        return case
    changed = replace(case, priority=weigh(case.priority, await _around(tx, case, kept, now)))
    if changed != case:
        await tx.cases.save(changed)
    return changed


async def _around(tx: Parts, case: Case, kept: KeptComment, now: datetime) -> Around:
    linked = await tx.claim_links.of(kept.id)
    growth, incident = 0, 0
    if linked is not None:
        growth = await tx.claim_links.told_since(linked.claim, now - _HOUR, _MOST_TOLD)
        incident = max(await tx.claim_links.runs(linked.claim), default=0)
    others = await tx.claim_links.waiting_of(kept.comment.author.key, CaseId(case.id), _MOST)
    return Around(growth, len(others), incident)
