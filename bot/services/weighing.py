"""What stands around a comment: its claim, the writer's other cases, the incident about it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.case import OPEN, Case
from bot.domain.comment import KeptComment
from bot.domain.priority import GROWS_FROM, Around, weigh
from bot.domain.spike import HOUR
from bot.domain.writer import writer_of
from bot.services.ports import Parts
from bot.services.spikes import bucket_of

_HOUR = timedelta(hours=1)
_MOST_TOLD = 1_000
"""How far the last hour's are counted, with every one of them."""


async def weighed(tx: Parts, case: Case, kept: KeptComment, now: datetime, *, copied: bool = False) -> Case:
    """The case with its priority as it is among all this. A life at risk comes first anyway.

    `copied`: many say the same, so they are counted too; else nobody spends that on every comment.
    """
    if case.sensitive or case.status not in OPEN:
        return case
    changed = replace(
        case, priority=weigh(case.priority, await _around(tx, case, kept, now, copied=copied or _grows(case)))
    )
    if changed != case:
        await tx.cases.save(changed)
    return changed


async def grown(tx: Parts, lead: Case, now: datetime) -> None:
    """One more says what stands on this card. Once it is known to grow, nobody goes on counting."""
    if lead.sensitive or lead.status not in OPEN or _grows(lead):
        return
    if await _copies(tx, lead, now) >= GROWS_FROM:
        await weighed(tx, lead, (await tx.comments.of_case(lead.id))[-1], now, copied=True)


def _grows(case: Case) -> bool:
    return any(code.startswith("grows:") for code in case.priority.reasons)


async def _copies(tx: Parts, lead: Case, now: datetime) -> int:
    """How many said the same within the hour, but for imports and for the first of them."""
    last = bucket_of(now)
    return sum(await tx.tally.of_cluster(lead.id, last - HOUR + 1, last))


async def _around(tx: Parts, case: Case, kept: KeptComment, now: datetime, *, copied: bool) -> Around:
    linked = await tx.claim_links.of(kept.id)
    growth, incident = (await _copies(tx, case, now) if copied else 0), 0
    if linked is not None:
        told = await tx.claim_links.told_since(linked.claim, now - _HOUR, _MOST_TOLD)
        growth = max(growth, told)
        incident = max(await tx.claim_links.runs(linked.claim), default=0)
    writer = writer_of(await tx.cases.of_author(kept.comment.author.key, case.id))
    return Around(growth, len(writer.waiting), incident)
