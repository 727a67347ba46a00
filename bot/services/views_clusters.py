"""What a case's card shows of those who say the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.amending import Begun
from bot.domain.case import OF_THE_WRITER, Case, CaseId, CaseStatus, Panel
from bot.domain.cluster import MOST_AT_ONCE, Member, Near, Tally
from bot.domain.comment import KeptComment
from bot.domain.repeat import Repeats
from bot.domain.reply import DraftState
from bot.domain.reply_set import unsettled
from bot.services.ports import Parts

NEVER = Repeats()
SHOWN = 5
_HAS_WORDS = frozenset({CaseStatus.DRAFTED, CaseStatus.ANSWERED, CaseStatus.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class ClusterView:
    """`newest`: those that joined last, while somebody looks at them. `behind`: whose cluster it is in.

    `free`: who waits without words on their way. Of the words on this card, `leaving`: to how many they are
    still to be sent; `asked`: for how many more a decision is awaited; `given`: who behind the card has them;
    `outdated`: who still has those that were corrected. `most`: so many share one approval.
    """

    tally: Tally | None = None
    newest: Sequence[tuple[Member, KeptComment]] = ()
    offers: Sequence[Near] = ()
    behind: CaseId | None = None
    free: int = 0
    leaving: int = 0
    asked: int = 0
    given: int = 0
    outdated: int = 0
    most: int = MOST_AT_ONCE
    repeats: Repeats = NEVER
    begun: Begun | None = None
    """The correction that is being written, which can be taken back for a short while."""


NOBODY_ELSE = ClusterView()


class Kin(Protocol):
    """What may be the same matter as this case. `alone`: nothing was found or refused for it before."""

    async def __call__(
        self, read: Parts, case: Case, kept: KeptComment, *, alone: bool = False
    ) -> Sequence[Near]: ...


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
    behind = member.lead if member is not None else None
    found = ClusterView(tally, tuple(newest), tuple(offers), behind)
    return await _with_answers(read, case, found) if tally is not None and tally.members else found


async def _with_answers(read: Parts, case: Case, found: ClusterView) -> ClusterView:
    """Only while the card says something of it."""
    if case.panel in OF_THE_WRITER:
        return replace(found, free=await read.answers.free(case.id), begun=await read.answers.begun(case.id))
    if case.status not in _HAS_WORDS:
        return found
    repeats = Repeats(await read.repeated.count(case.id), await read.repeated.stopped(case.id))
    sets = await read.answers.on_their_way(case.id)
    leaving = sum(len(unsettled(one)) for one in sets if one.state is DraftState.APPROVED)
    asked = sum(
        len(one.targets) for one in sets if one.state is DraftState.WAITING and one.case_id != case.id
    )
    upto = await read.answers.amended(case.id)
    better = await read.answers.correction(case.id, upto)
    old = await read.answers.count_given(case.id, upto) if better is not None else 0
    given = 0
    if case.panel is Panel.CORRECT:
        given = await read.answers.count_given(case.id, await read.answers.newest())
    free = await read.answers.free(case.id)
    return replace(found, free=free, leaving=leaving, asked=asked, given=given, outdated=old, repeats=repeats)
