"""Crises: comments and people open them, pages and timers carry them, a person closes them.

Every deed is the same few lines: read the run, ask the reducer, write state and effects together.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.case import Case, CaseId
from bot.domain.comment import KeptComment
from bot.domain.errors import NotAllowed, NotFound, RunRefused
from bot.domain.incident import Incident, RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import PageCard, Queued
from bot.domain.people import Action, PersonId
from bot.domain.playbook import Playbook
from bot.domain.roster import Roster
from bot.domain.run import reduce
from bot.domain.run_effects import Decision
from bot.domain.run_events import (
    Acknowledged,
    Event,
    FalseAlarm,
    ItemTicked,
    Opened,
    PageUndeliverable,
    Raised,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_json import from_json
from bot.domain.run_types import RunState, Timer, prepare
from bot.domain.steps import Checklist
from bot.domain.target import Target, TargetKind
from bot.services import stopping
from bot.services.delivery import Impossible, Outcome
from bot.services.incident_effects import write_effects
from bot.services.oncall import OnCall
from bot.services.people import Directory, Team
from bot.services.ports import Clock, KeptRun, Parts, Store
from bot.services.second_start import SecondWays
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.services.triggers import Fired, what_fires

Define = Callable[[str], Playbook]
"""Reads a frozen definition: the playbook of this text."""


class Incidents:
    """What intake, buttons, timers and undeliverable pages do to runs."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        team: Team,
        directory: Directory,
        oncall: OnCall,
        playbooks: Sequence[Playbook],
        define: Define,
        *,
        clock: Clock,
        ways: SecondWays | None = None,
    ) -> None:
        self._store = store
        self._team = team
        self._directory = directory
        self._oncall = oncall
        self._playbooks = tuple(playbooks)
        self._definitions = {playbook.sha256: playbook for playbook in playbooks}
        self._define = define
        self._clock = clock
        self._ways = ways or SecondWays()

    async def consider(self, tx: Parts, kept: KeptComment, case: Case, cause: str) -> None:
        """Opens or feeds an incident for every playbook that this comment triggers."""
        for playbook in self._playbooks:
            fired = await what_fires(tx, playbook, kept, case, self._clock.now())
            if fired is not None:
                await self._trigger(tx, playbook, fired, cause)

    async def _trigger(self, tx: Parts, playbook: Playbook, fired: Fired, cause: str) -> None:
        going = await tx.runs.of_group("real", fired.group_key)
        state = self.read(going) if going is not None else None
        now = self._clock.now()
        if state is None or not (state.phase.going_on or state.may_reopen(now)):
            if fired.opens:
                await self._open(tx, playbook, fired, None, cause)
            return
        if state.phase.going_on or fired.opens:
            await self._evidence(tx, state.incident.id, fired, now)
            event = TriggeredAgain(await self._roster(state), fired.reason, playbook.severity)
            await self._apply(tx, state, event, "bot", cause)

    async def open_by_hand(self, tap: Tap, short: str, case_id: CaseId | None) -> RunId:
        """🚨 Eskalasi and /krisis: a person opens a playbook; a sensitive one hides the case."""
        await self._team.require(tap.person, Action.OPEN_INCIDENT)
        playbook = next((p for p in self._playbooks if short_name(p.id) == short), None)
        if playbook is None:
            raise NotFound("playbook", short)
        if not self._may_open(tap, playbook):
            raise NotAllowed(Action.OPEN_INCIDENT)
        async with self._store.transaction() as tx:
            if playbook.sensitive and case_id is not None:
                await stopping.found_out(tx, case_id, tap.person.id, tap.cause, tap.at)
            comments = await tx.comments.of_case(case_id) if case_id is not None else []
            name = f"case:{case_id}" if case_id is not None else f"manual:{tap.cause}"
            fired = Fired(f"{playbook.id}/{name}", f"manual case={case_id or '-'}", True, tuple(comments))
            going = await tx.runs.of_group("real", fired.group_key)
            if going is not None and self.read(going).phase.going_on:
                return going.id
            return await self._open(tx, playbook, fired, tap.person.id, tap.cause)

    def _may_open(self, tap: Tap, playbook: Playbook) -> bool:
        """The playbook names who may; without a list the permission table alone decides."""
        manual = playbook.triggers.manual
        roles = {Target(TargetKind.ROLE, role) for role in tap.person.roles}
        return not manual or not roles.isdisjoint(manual)

    async def _open(
        self, tx: Parts, playbook: Playbook, fired: Fired, by: PersonId | None, cause: str
    ) -> RunId:
        now = self._clock.now()
        run = await tx.runs.begin(playbook, "real", fired.group_key, now)
        state = prepare(Incident(run, fired.group_key, now, fired.reason, by), playbook)
        await self._evidence(tx, run, fired, now)
        await self._apply(tx, state, Opened(await self._roster(state)), by or "bot", cause)
        return run

    async def _evidence(self, tx: Parts, run: RunId, fired: Fired, now: datetime) -> None:
        for kept in fired.comments:
            digest = hashlib.sha256(kept.comment.text.encode("utf-8", "surrogatepass")).hexdigest()
            await tx.runs.add_evidence(run, kept.id, digest, now)

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
        """One line of a checklist is done; both by their place in the definition."""

        def event(roster: Roster, state: RunState) -> Event:
            steps = state.playbook.steps
            uses = steps[step].uses if 0 <= step < len(steps) else None
            if not isinstance(uses, Checklist) or not 0 <= item < len(uses.items):
                raise NotFound("item", f"{step}/{item}")
            return ItemTicked(roster, steps[step].id, uses.items[item].id, tap.person.id)

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
            state = self.read(await self._kept(tx, RunId(tap.target)))
            decision = await self._apply(
                tx, state, event(await self._roster(state), state), tap.person.id, tap.cause, f"run_{action}"
            )
        if (no := decision.refusal) is not None:
            raise RunRefused(no.why, no.by or "", no.what or "", no.at)

    async def fire(
        self, tx: Parts, run: RunId, timer: Timer, also: tuple[Timer, ...], down_since: datetime | None
    ) -> None:
        """A stored timer of this run is due."""
        state = self.read(await self._kept(tx, run))
        event = TimerFired(await self._roster(state), timer, also, down_since)
        name = f"{timer.kind}:{timer.epoch}:{timer.seq}:{timer.step}:{timer.attempt}"
        await self._apply(tx, state, event, "bot", f"run:{run}:{name}")

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """Whether a page is still worth sending: nobody is woken for what is taken or over."""
        if not isinstance(queued.what, PageCard):
            return True
        state = self.read(await self._kept(tx, RunId(queued.what.run)))
        return state.phase.going_on and state.epoch == queued.what.epoch

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """A page that cannot arrive never holds the ladder up: the next are called."""
        page = queued.what
        if not isinstance(outcome, Impossible) or not isinstance(page, PageCard):
            return
        if outcome.blocked:
            await tx.people.set_reachable(page.person, reachable=False)
        state = self.read(await self._kept(tx, RunId(page.run)))
        event = PageUndeliverable(await self._roster(state), page.person, page.epoch)
        await self._apply(tx, state, event, "bot", f"out:{queued.id}")

    async def _apply(
        self, tx: Parts, state: RunState, event: Event, actor: str, cause: str, verb: str = ""
    ) -> Decision:
        now = self._clock.now()
        decision = reduce(state, event, now)
        run = state.incident.id
        verb = verb or f"run_{type(event).__name__}"
        new = decision.state
        detail: dict[str, object] = {"epoch": new.epoch, "phase": new.phase, "paging": new.paging}
        if decision.refusal is not None:
            detail["refused"] = decision.refusal.why
        await tx.journal.write(Entry(now, actor, verb, f"run:{run}", cause, detail))
        if decision.refusal is None:
            await tx.runs.save(new)
            await write_effects(tx, decision, cause, now)
            await self._ways.prepare(tx, decision, now)
        return decision

    async def state(self, run: RunId) -> RunState:
        """The run as committed. Raises NotFound."""
        return self.read(await self._kept(self._store.read, run))

    async def going_on(self) -> list[RunState]:
        return [self.read(kept) for kept in await self._store.read.runs.going_on()]

    def read(self, kept: KeptRun) -> RunState:
        """A stored run with the definition that it was opened with, whatever the file says today."""
        playbook = self._definitions.get(kept.playbook_sha)
        if playbook is None:
            playbook = replace(self._define(kept.playbook_text), sha256=kept.playbook_sha)
            self._definitions[kept.playbook_sha] = playbook
        return from_json(kept.state, playbook)

    async def _kept(self, parts: Parts, run: RunId) -> KeptRun:
        kept = await parts.runs.get(run)
        if kept is None:
            raise NotFound("run", str(run))
        return kept

    async def _roster(self, state: RunState) -> Roster:
        return await self._oncall.roster(state.playbook.targets(), self._clock.now())
