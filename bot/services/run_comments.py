"""Which comments a step of a run is about."""

from bot.domain.case import CaseId
from bot.domain.comment import KeptComment
from bot.domain.incident import RunId
from bot.domain.steps import Matter
from bot.services.ports import Parts


async def comments_of(tx: Parts, run: RunId, matter: Matter) -> list[KeptComment]:
    """All revisions, oldest first: every piece of evidence, or the case to which the first one belongs."""
    numbers = await tx.runs.evidence(run)
    if matter is Matter.CASE:
        first = await tx.comments.get(numbers[0]) if numbers else None
        return [] if first is None else await tx.comments.of_case(CaseId(first.case_id))
    return [kept for number in numbers if (kept := await tx.comments.get(number)) is not None]
