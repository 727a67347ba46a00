"""What a case's card shows of those who say the same."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.domain.case import Case, CaseId, Panel
from bot.domain.cluster import Member, Near, Tally
from bot.domain.comment import KeptComment
from bot.services.ports import Parts

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ClusterView:
    """`newest`: those that joined last, while somebody looks at them. `behind`: whose cluster it is in."""

    tally: Tally | None = None
    newest: Sequence[tuple[Member, KeptComment]] = ()
    offers: Sequence[Near] = ()
    behind: CaseId | None = None


NOBODY_ELSE = ClusterView()


Kin = Callable[[Parts, Case, KeptComment], Awaitable[Sequence[Near]]]
"""What may be the same matter as this case."""


async def cluster_of(read: Parts, case: Case, latest: KeptComment, kin: Kin) -> ClusterView:
    """Nothing for a life at risk."""
    if case.sensitive:
        return NOBODY_ELSE
    member = await read.clusters.of(case.id)
    tally = await read.clusters.tally(case.id)
    newest = []
    if case.panel is Panel.CLUSTER:
        for one in await read.clusters.newest(case.id, SHOWN):
            comments = await read.comments.of_case(one.case)
            newest.append((one, comments[-1]))
    offers = () if member is not None else await kin(read, case, latest)
    return ClusterView(tally, tuple(newest), tuple(offers), member.lead if member is not None else None)
