"""The same matter in other words: what is proposed to a person, who joins it or says that it is another."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.domain.case import Case, CaseId, CaseStatus, same_version
from bot.domain.cluster import MOST_OFFERS, Apart, Near, may_lead
from bot.domain.comment import KeptComment
from bot.domain.errors import NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.people import Action
from bot.services.case_deeds import found
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap


class Kinship:
    """Looked for when a card is drawn, among the matters of many: nothing is read or kept for it before."""

    def __init__(
        self, store: Store, team: Team, in_other_words: Callable[[str], Sequence[Near]], within: timedelta
    ) -> None:
        """`within`: as long as others may join a case; nothing is proposed where it is nought."""
        self._store = store
        self._team = team
        self._in_other_words = in_other_words
        self._within = within

    async def of(self, read: Parts, case: Case, kept: KeptComment, *, alone: bool = False) -> Sequence[Near]:
        """What is to be proposed on its card: what the index found when it came, then other words for it."""
        offers = [] if alone else await read.alike.offers(case.id, MOST_OFFERS)
        if not self._within or case.status not in {CaseStatus.NEW, CaseStatus.ASSIGNED}:
            return offers
        refused = () if alone else await read.alike.refused(case.id)
        known = {case.id, *(one.lead for one in offers), *refused}
        for one in self._in_other_words(kept.comment.text):
            lead = await self._lead(read, one.lead, kept)
            if len(offers) < MOST_OFFERS and lead is not None and lead not in known:
                offers.append(Near(lead, one.share, why=Apart.SAID))
                known.add(lead)
        return offers

    async def _lead(self, read: Parts, number: CaseId, kept: KeptComment) -> CaseId | None:
        """The case on whose card that matter stands, if others may still join it."""
        member = await read.clusters.of(number)
        case = await read.cases.get(member.lead if member is not None else number)
        if case is None or not may_lead(case, kept.comment.received_at, self._within):
            return None
        return case.id

    async def refuse(self, tap: Tap, lead: CaseId) -> Case:
        """Bukan: a person says that this is another matter; it is not proposed again."""
        await self._team.require(tap.person, Action.LABEL)
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            if await tx.journal.has(tap.cause, "cluster_refuse"):
                return case
            same_version(case, tap.seen)
            if lead == case.id or await tx.cases.get(lead) is None:
                raise NotFound("case", str(lead))
            await tx.alike.offer(case.id, Near(lead, 0.0, why=Apart.REFUSED))
            detail: dict[str, object] = {"lead": lead}
            entry = Entry(tap.at, tap.person.id, "cluster_refuse", f"case:{case.id}", tap.cause, detail)
            await tx.journal.write(entry)
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
        return case
