"""Crises: comments and people open them, pages and timers carry them, a person closes them.

Every deed is the same few lines: read the run, ask the reducer, write state and effects together.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from bot.domain.case import Case, CaseId
from bot.domain.comment import KeptComment
from bot.domain.errors import NotAllowed, NotFound, RunRefused
from bot.domain.incident import RunId
from bot.domain.late import DueTimer
from bot.domain.outgoing import PageCard, Queued
from bot.domain.outgoing_steps import HandOverCard, StepCard
from bot.domain.people import Action
from bot.domain.playbook import Playbook
from bot.domain.roster import Roster
from bot.domain.run_events import (
    Acknowledged,
    Event,
    FalseAlarm,
    ItemTicked,
    PageUndeliverable,
    Raised,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
)
from bot.domain.run_types import RunState, Told, What
from bot.domain.steps import HELD, Checklist, Freeze, Uses
from bot.domain.target import Target, TargetKind
from bot.services import stopping
from bot.services.by_hand import ByHand, alone_key, raise_alone, raise_case
from bot.services.delivery import Impossible, Outcome
from bot.services.opening import open_or_feed
from bot.services.people import Directory, Team
from bot.services.ports import Clock, KeptRun, Parts, Store
from bot.services.run_book import Rosters, RunBook
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.services.triggers import Fired, what_fires

log = logging.getLogger(__name__)


class Incidents:
    """What intake, buttons, timers and undeliverable pages do to runs."""

    def __init__(
        self,
        store: Store,
        team: Team,
        directory: Directory,
        book: RunBook,
        clock: Clock,
    ) -> None:
        self._store = store
        self._team = team
        self.managers = directory.managers
        """Who hears that calls are held up."""
        self.book = book
        self._clock = clock

    async def consider(self, tx: Parts, kept: KeptComment, case: Case, cause: str) -> None:
        """Opens or feeds an incident for every playbook that this comment triggers."""
        linked, now = await tx.claim_links.of(kept.id), self._clock.now()
        for playbook in self.book.playbooks:
            fired = await what_fires(tx, playbook, kept, case, linked, now)
            if fired is not None:
                await open_or_feed(self.book, tx, playbook, fired, cause, now)

    async def open_by_hand(self, tap: Tap, short: str, case_id: CaseId | None) -> ByHand:
        """🚨 Eskalasi and /krisis: a person opens a playbook; a sensitive one hides the case. Where one
        is about the same matter already, the case goes there.
        """
        await self._team.require(tap.person, Action.OPEN_INCIDENT)
        playbook = self._playbook(short)
        if not self._may_open(tap, playbook):
            raise NotAllowed(Action.OPEN_INCIDENT)
        async with self._store.transaction() as tx:
            if case_id is None:
                return await raise_alone(self.book, tx, playbook, tap)
            if playbook.sensitive:
                await stopping.found_out(tx, case_id, tap.person.id, tap.cause, tap.at)
            return await raise_case(self.book, tx, playbook, case_id, tap)

    async def going_of(self, tap: Tap, short: str) -> list[RunId]:
        """The incidents of this playbook that go on, but for what this very list has opened. Exercises do not
        count. Raises NotAllowed, NotFound.
        """
        await self._team.require(tap.person, Action.OPEN_INCIDENT)
        playbook, own = self._playbook(short), alone_key(self._playbook(short), tap)
        found = (state.incident for state in await self.going_on() if state.playbook.id == playbook.id)
        going = [one for one in found if not one.drill]
        return [] if any(one.group_key == own for one in going) else [one.id for one in going]

    async def start_drill(
        self,
        tap: Tap,
        short: str,
        staged: Callable[[Parts, RunId], Awaitable[None]] | None = None,
        event: Told = (),
    ) -> RunId:
        """🎓 An exercise of this playbook: the same machine, every message marked, nothing for the public.

        `staged` writes what else belongs to it into the same transaction; `event`: what a made-up one says.
        """
        await self._team.require(tap.person, Action.START_DRILL)
        playbook = self._playbook(short)
        async with self._store.transaction() as tx:
            fired = Fired(f"{playbook.id}/drill", "drill", True, event=event)
            going = await self.book.of_group(tx, fired.group_key, drill=True)
            if going is not None and going.phase.going_on:
                return going.incident.id
            run = await self.book.open(tx, playbook, fired, tap.person.id, tap.cause, drill=True)
            if staged is not None:
                await staged(tx, run)
            return run

    def _playbook(self, short: str) -> Playbook:
        playbook = next((p for p in self.book.playbooks if short_name(p.id) == short), None)
        if playbook is None:
            raise NotFound("playbook", short)
        return playbook

    def _may_open(self, tap: Tap, playbook: Playbook) -> bool:
        """The playbook names who may; without a list the permission table alone decides."""
        manual = playbook.triggers.manual
        roles = {Target(TargetKind.ROLE, role) for role in tap.person.roles}
        return not manual or not roles.isdisjoint(manual)

    async def acknowledge(self, tap: Tap) -> None:
        """👀 Saya tangani. `tap.seen` is the epoch of the page."""
        await self._press(tap, Action.ACKNOWLEDGE, lambda r: Acknowledged(r, tap.person.id, tap.seen))

    async def take_over(self, tap: Tap) -> None:
        await self._press(tap, Action.TAKE_OVER, lambda r: TakenOver(r, tap.person.id, tap.seen))

    async def raise_(self, tap: Tap) -> None:
        """⏫ Naikkan: the next level now."""
        await self._press(tap, Action.ESCALATE, lambda r: Raised(r, tap.person.id, tap.seen))

    async def still_handling(self, tap: Tap) -> None:
        await self._press(tap, Action.ACKNOWLEDGE, lambda r: StillHandling(r, tap.person.id, tap.seen))

    async def tick(self, tap: Tap, step: int, item: int) -> None:
        """One line of a checklist, or what people hold by hand, is done; both by their place in the
        definition.
        """

        def event(roster: Roster, state: RunState) -> Event:
            steps = state.playbook.steps
            items = _items(steps[step].uses) if 0 <= step < len(steps) else ()
            if not 0 <= item < len(items):
                raise NotFound("item", f"{step}/{item}")
            return ItemTicked(roster, steps[step].id, items[item], tap.person.id)

        await self.deed(tap, Action.ANSWER_QUESTION, event)

    async def resolve(self, tap: Tap, reason: str) -> None:
        """🏁 Selesai. Raises RunRefused("needs_reason") while required items are open and none is given."""
        await self._press(tap, Action.CLOSE_INCIDENT, lambda r: Resolved(r, tap.person.id, reason))

    async def false_alarm(self, tap: Tap, reason: str) -> None:
        await self._press(tap, Action.FALSE_ALARM, lambda r: FalseAlarm(r, tap.person.id, reason))

    async def _press(self, tap: Tap, action: Action, event: Callable[[Roster], Event]) -> None:
        await self.deed(tap, action, lambda roster, _: event(roster))

    async def deed(
        self,
        tap: Tap,
        action: Action,
        event: Callable[[Roster, RunState], Event],
        *,
        called: Callable[[RunState], bool] = lambda _: False,
    ) -> None:
        """One act of a person, once. `called`: what else counts as having been called by this run.

        Raises NotAllowed, NotFound, RunRefused.
        """
        state = await self.state(RunId(tap.target))
        paged = state.was_called(tap.person.id) or called(state)
        await self._team.require(tap.person, action, paged=paged)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, f"run_{action}"):
                return
            state = await self.book.state(tx, RunId(tap.target))
            happened = event(await self.book.roster(tx, state), state)
            decision = await self.book.apply(tx, state, happened, tap.person.id, tap.cause, f"run_{action}")
        if (no := decision.refusal) is not None:
            raise RunRefused(no.why, no.by or "", no.what or "", no.at)

    async def fire(self, tx: Parts, due: Iterable[DueTimer], down_since: datetime | None) -> None:
        """Stored timers of runs are due."""
        known: Rosters = {}
        for one in due:
            timer = one.timer
            state = await self.book.state(tx, one.run)
            roster = await self.book.roster(tx, state, known)
            name = f"{timer.kind}:{timer.epoch}:{timer.seq}:{timer.step}:{timer.attempt}"
            event = TimerFired(roster, timer, one.also, down_since)
            await self.book.apply(tx, state, event, "bot", f"run:{one.run}:{name}")

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """Whether a page is still worth sending: nobody is woken for what is taken or over."""
        if not isinstance(queued.what, PageCard):
            return True
        state = await self.book.state(tx, RunId(queued.what.run))
        return state.phase.going_on and state.epoch == queued.what.epoch

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """A page that cannot arrive never holds the ladder up: the next are called. A step's card that cannot
        arrive is noted; the step's own timers look for others.
        """
        what = queued.what
        if not isinstance(outcome, Impossible) or not isinstance(what, PageCard | StepCard | HandOverCard):
            return
        if outcome.blocked:
            await tx.people.set_reachable(what.person, reachable=False)
        state = await self.book.state(tx, RunId(what.run))
        if isinstance(what, PageCard | HandOverCard):
            event = PageUndeliverable(await self.book.roster(tx, state), what.person, what.epoch)
            await self.book.apply(tx, state, event, "bot", f"out:{queued.id}")
        else:
            await tx.runs.tell(RunId(what.run), What.UNREACHABLE, {"person": what.person}, self._clock.now())

    async def state(self, run: RunId) -> RunState:
        """The run as committed. Raises NotFound."""
        return await self.book.committed(run)

    async def going_on(self) -> list[RunState]:
        """All that can be read. One that cannot hides no other; its timers say that it is held up."""
        found = []
        for kept in await self._store.read.runs.going_on():
            try:
                found.append(self.read(kept))
            except Exception:
                log.exception("incident K-%s of playbook %s cannot be read", kept.id, kept.playbook_sha)
        return found

    def read(self, kept: KeptRun) -> RunState:
        """A stored run with the definition that it was opened with."""
        return self.book.read(kept)


def _items(uses: Uses) -> tuple[str, ...]:
    """What can be ticked of a step."""
    if isinstance(uses, Freeze) and uses.by_hand:
        return (HELD,)
    return tuple(item.id for item in uses.items) if isinstance(uses, Checklist) else ()
