"""One act on all that a search found: a preview, one yes, and fifteen seconds to take it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from bot.domain import bulk as rules
from bot.domain import case as case_rules
from bot.domain.bulk import Bulk, BulkKind, BulkState
from bot.domain.case import Case, CaseId, CloseReason, Panel
from bot.domain.errors import BadInput, NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard, Prompt
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.people import Action
from bot.domain.timer import Timer
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.promises import Promises
from bot.services.searching import Searching
from bot.services.tap import Tap
from bot.services.views import QueueLine
from bot.services.widening import MOST as MOST_IN_A_REPLY
from classifiers.labels import Label

KIND = "bulk"
MOST = 1000
"""Cases of one act. A raid needs several, and each is seen before."""
_SHOWN = 5
_BITE = 25
"""Cases in one transaction: nobody else waits longer for it than for a card."""
_NEEDS: Mapping[BulkKind, Action] = {
    BulkKind.CLOSE: Action.CLOSE,
    BulkKind.LABEL: Action.LABEL,
    BulkKind.REPLY: Action.DRAFT,
}


@dataclass(frozen=True, slots=True)
class BulkView:
    """`lines`: the first few of its cases. `behind`: who stands behind their cards and leaves with them."""

    bulk: Bulk
    lines: tuple[QueueLine, ...]
    names: Mapping[str, str]
    behind: int = 0


class BulkActs:
    """`fire` does it, bite by bite; a restart goes on where it was."""

    def __init__(
        self, store: Store, team: Team, searching: Searching, promises: Promises, clock: Clock
    ) -> None:
        self._store = store
        self._team = team
        self._searching = searching
        self._promises = promises
        self._clock = clock

    async def propose(self, tap: Tap, search: int, kind: BulkKind, argument: str, to: str) -> None:
        """Shows what would be done with all that the search finds now.

        Raises NotAllowed, NotFound, BadInput.
        """
        await self._team.require(tap.person, _NEEDS[kind])
        kept = await self._searching.kept(search)
        found = await self._searching.every(tap.person, kept.wanted, MOST)
        await self.propose_for(tap, found, kind, argument, to)

    async def propose_for(
        self, tap: Tap, cases: Sequence[CaseId], kind: BulkKind, argument: str, to: str
    ) -> None:
        """The same for cases that were chosen some other way. Raises NotAllowed, BadInput."""
        await self._team.require(tap.person, _NEEDS[kind])
        most = MOST_IN_A_REPLY if kind is BulkKind.REPLY else MOST
        async with self._store.transaction() as tx:
            looked_at = [one for number in cases if (one := await _looked_at(tx, number)) is not None]
            sifted = rules.sift(looked_at, kind, argument, tap.person.id, most)
            bulk = Bulk(0, tap.person.id, to, kind, argument, BulkState.PROPOSED, tap.at, 0, sifted.left_out)
            number = await tx.bulks.add(bulk, sifted, tap.cause)
            if number is not None:
                await tx.outbox.put(f"{tap.cause}:bulk", BulkCard(number, to), tap.at)

    async def confirm(self, tap: Tap) -> Bulk:
        """Raises NotFound, NotAllowed, BadInput."""
        return await self._turn(tap, lambda bulk: rules.confirm(bulk, tap.person.id, tap.at))

    async def undo(self, tap: Tap) -> Bulk:
        """Raises NotFound, NotAllowed, BadInput."""
        return await self._turn(tap, lambda bulk: rules.undo(bulk, tap.person.id))

    async def _turn(self, tap: Tap, turn: Callable[[Bulk], Bulk]) -> Bulk:
        async with self._store.transaction() as tx:
            bulk = await _found(tx, tap.target)
            await self._team.require(tap.person, _NEEDS[bulk.kind])
            if await tx.journal.was_done(tap.cause, tap.person.id):
                return bulk
            turned = turn(bulk)
            await tx.bulks.save(turned)
            await self._set_clock(tx, turned)
            detail: dict[str, object] = {"act": bulk.kind, "of": bulk.argument, "cases": bulk.cases}
            entry = Entry(tap.at, tap.person.id, f"bulk_{turned.state}", f"bulk:{bulk.id}", tap.cause, detail)
            await tx.journal.write(entry)
            await tx.outbox.put(f"{tap.cause}:bulk", BulkCard(bulk.id, bulk.to), tap.at)
            if turned.kind is BulkKind.REPLY and turned.state is BulkState.DONE:
                params: dict[str, object] = {"cases": bulk.cases}
                prompt = Prompt(bulk.to, "bulk_reply", tap.person.id, f"bulk:{bulk.id}:0", params)
                await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
        return turned

    async def _set_clock(self, tx: Parts, bulk: Bulk) -> None:
        await tx.timers.cancel_all(f"{KIND}:{bulk.id}")
        if bulk.due_at is not None:
            await tx.timers.set(Timer(f"{KIND}:{bulk.id}", KIND, bulk.due_at))

    async def plan(self) -> None:
        """Nothing stands but what a person has confirmed."""

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """The next bite; what changed since the preview is left alone."""
        bulk = await tx.bulks.get(int(timer.subject.partition(":")[2]))
        if bulk is None or bulk.state is not BulkState.WAITING:
            return
        now = self._clock.now()
        if not await self._team.allows(bulk.person, _NEEDS[bulk.kind]):
            await self._end(tx, replace(bulk, state=BulkState.UNDONE), "bulk_stopped")
            return
        bite = await tx.bulks.waiting(bulk.id, _BITE)
        for number, version in bite:
            behind = await self._treat(tx, bulk, number, version)
            await tx.bulks.ended(bulk.id, number, behind)
        if len(bite) == _BITE:
            await tx.timers.set(Timer(timer.subject, KIND, now, seq=timer.seq + 1))
        else:
            await self._end(tx, replace(bulk, state=BulkState.DONE), "bulk_done")

    async def _end(self, tx: Parts, bulk: Bulk, verb: str) -> None:
        """All done, or stopped since whoever began it may not any more; either is told with its counts."""
        now, cause = self._clock.now(), f"{KIND}:{bulk.id}:end"
        await tx.bulks.save(replace(bulk, due_at=None))
        ended = await tx.bulks.get(bulk.id) or bulk
        detail: dict[str, object] = {"act": bulk.kind, "of": bulk.argument, "by": bulk.person}
        detail |= {"done": ended.done, "skipped": ended.skipped}
        detail["left"] = ended.cases - ended.done - ended.skipped
        detail["behind"] = await tx.bulks.took_along(bulk.id)
        await tx.journal.write(Entry(now, "bot", verb, f"bulk:{bulk.id}", cause, detail))
        await tx.outbox.put(cause, BulkCard(bulk.id, bulk.to), now)

    async def _treat(self, tx: Parts, bulk: Bulk, number: CaseId, version: int) -> int | None:
        """How many were closed with this case from behind its card; None where it was not done to it."""
        found = await _looked_at(tx, number)
        if found is None or found[0].version != version:
            return None
        case, drafted = found
        if rules.why_not(case, bulk.kind, bulk.argument, bulk.person, drafted=drafted) is not None:
            return None
        now, cause = self._clock.now(), f"{KIND}:{bulk.id}:{number}"
        changed = await self._changed(tx, bulk, case)
        await tx.cases.save(changed)
        detail: dict[str, object] = {"bulk": bulk.id, "of": bulk.argument}
        behind = 0
        if bulk.kind is BulkKind.CLOSE:
            # As from its card: who says the same and waits behind it does not wait for ever.
            detail["behind"] = behind = await tx.clusters.close_behind(changed)
        await tx.journal.write(Entry(now, bulk.person, bulk.kind, f"case:{number}", cause, detail))
        # A case without a card gets none for this.
        if await tx.outbox.card(f"case:{number}") is not None:
            await tx.outbox.put(f"{cause}:card", CaseCard(number, backlog=True), now)
        return behind

    async def _changed(self, tx: Parts, bulk: Bulk, case: Case) -> Case:
        now = self._clock.now()
        if bulk.kind is BulkKind.CLOSE:
            return case_rules.close(case, CloseReason(bulk.argument), bulk.person, case.version, now)
        labelled = case_rules.toggle_label(case, Label(bulk.argument), case.version, now)
        labelled = await self._promises.anew(tx, replace(labelled, panel=Panel.MAIN, panel_by=None))
        seen = await tx.comments.of_case(case.id)
        was = reduce(case_rules.merge_verdicts, (one.verdict for one in seen))
        await tx.cases.correct(labelled, seen[-1].id, bulk.person, was, now)
        return labelled

    async def still(self, tap: Tap) -> list[CaseId]:
        """Of the act that one reply is for: the cases that have not gone their own way since.

        Raises BadInput where that is none.
        """
        bulk = await self._store.read.bulks.get(tap.target)
        if bulk is None or bulk.state is not BulkState.DONE or bulk.person != tap.person.id:
            raise BadInput("bulk_over")
        read = self._store.read
        looked_at = [await _looked_at(read, number) for number in await read.bulks.cases(bulk.id, MOST)]
        there = [one for one in looked_at if one is not None]
        sifted = rules.sift(there, bulk.kind, bulk.argument, bulk.person, MOST_IN_A_REPLY)
        return [number for number, _ in sifted.cases]


async def view_of(read: Parts, number: int, names: Mapping[str, str]) -> BulkView | None:
    """As its card shows it now."""
    bulk = await read.bulks.get(number)
    if bulk is None:
        return None
    lines = []
    for one in await read.bulks.cases(number, _SHOWN):
        case = await read.cases.get(one)
        if case is not None and not case.sensitive:
            comment = (await read.comments.of_case(one))[-1]
            lines.append(QueueLine(case, comment, comment.comment.link))
    return BulkView(bulk, tuple(lines), names, await _behind(read, bulk))


async def _behind(read: Parts, bulk: Bulk) -> int:
    if bulk.kind is not BulkKind.CLOSE:
        return 0
    over = bulk.state in {BulkState.DONE, BulkState.UNDONE}
    return await (read.bulks.took_along(bulk.id) if over else read.bulks.behind(bulk.id))


async def _looked_at(tx: Parts, number: CaseId) -> tuple[Case, bool] | None:
    """A case, and whether words for it are on their way."""
    case = await tx.cases.get(number)
    return None if case is None else (case, await tx.drafts.live(number) is not None)


async def _found(tx: Parts, number: int) -> Bulk:
    bulk = await tx.bulks.get(number)
    if bulk is None:
        raise NotFound("bulk", str(number))
    return bulk
