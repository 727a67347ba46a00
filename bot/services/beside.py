"""What stands beside the comments of a case, read for its card: beside most of them there is nothing yet."""

from dataclasses import dataclass

from bot.domain.case import Case
from bot.domain.comment import KeptComment
from bot.domain.data_request import DataRequest
from bot.domain.measure import Measure
from bot.domain.outgoing import Queued
from bot.domain.reply import Draft
from bot.domain.reply_set import seen_from
from bot.services.claim_rows import Linked
from bot.services.note_rows import NO_NOTES, Notes, notes_of
from bot.services.ports import Parts
from bot.services.views_clusters import NOBODY_ELSE, ClusterView, Kin, cluster_of


@dataclass(frozen=True, slots=True)
class Beside:
    """`draft`: the last one, as this case sees it. `unsure`: public words of which nobody knows whether they
    arrived. `linked`: the newest comment with its claim.
    """

    draft: Draft | None = None
    unsure: tuple[Queued, ...] = ()
    linked: Linked | None = None
    requests: tuple[DataRequest, ...] = ()
    measure: Measure | None = None
    cluster: ClusterView = NOBODY_ELSE
    notes: Notes = NO_NOTES


NOTHING_YET = Beside()


async def beside(read: Parts, case: Case, latest: KeptComment, kin: Kin) -> Beside:
    """`latest`: its newest comment. One question tells whether there is anything to read; a card is drawn the
    moment it came, when there is not.
    """
    if await read.comments.are_all(case.id, latest.id):
        offers = () if case.sensitive else await kin(read, case, latest, alone=True)
        return Beside(cluster=ClusterView(offers=tuple(offers))) if offers else NOTHING_YET
    draft = await read.drafts.last(case.id)
    return Beside(
        draft=seen_from(draft, case.id) if draft is not None else None,
        unsure=tuple(await read.outbox.unsure_replies(case.id)),
        linked=await read.claim_links.of(latest.id),
        requests=tuple(await read.requests.of_case(case.id)),
        measure=await read.measures.last(case.id),
        cluster=await cluster_of(read, case, latest, kin),
        notes=await notes_of(read, case.id),
    )
