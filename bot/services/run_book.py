"""The book of runs: one event goes to the reducer, and all that follows is written in one transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from bot.domain.comment import KeptComment
from bot.domain.errors import NotFound
from bot.domain.expression import seconds_of
from bot.domain.incident import Incident, RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import Timeline
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.roster import Roster
from bot.domain.run import reduce
from bot.domain.run_effects import Decision, Effect
from bot.domain.run_events import Composed, Event, Opened, PostSettled, TriggeredAgain
from bot.domain.run_json import from_json
from bot.domain.run_types import RunState, What, prepare
from bot.domain.run_waits import COMMENTS, OPENING
from bot.domain.step_effects import GiveEvidence, OpenPlaybook, ReplyTo, Write
from bot.domain.step_run import PostState
from bot.domain.steps import Matter, Snapshot
from bot.domain.target import Target
from bot.services import claim_clock
from bot.services.incident_effects import write_effects
from bot.services.oncall import OnCall
from bot.services.ports import Clock, KeptRun, Parts, Store
from bot.services.run_comments import comments_of
from bot.services.run_keeping import keep, looked, put_evidence, witnessed
from bot.services.run_words import RunWords
from bot.services.second_start import SecondWays
from bot.services.triggers import Fired

log = logging.getLogger(__name__)
Define = Callable[[str], Playbook]
"""Reads a frozen definition: the playbook of this text."""
Rosters = dict[str, Roster]
"""By the sha256 of the playbook."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a playbook wants known before any event: people, counts, snapshots of the opening case."""

    targets: frozenset[Target]
    counts: tuple[tuple[str, int | None], ...]
    """By name, with the seconds that it looks back."""
    of_case: frozenset[str]

    @classmethod
    def by(cls, playbook: Playbook) -> Self:
        taken = {step.id: step.uses for step in playbook.steps if isinstance(step.uses, Snapshot)}
        names = sorted(playbook.counts() | ({COMMENTS} if taken else set()))
        of_case = frozenset(step for step, uses in taken.items() if uses.of is Matter.CASE)
        return cls(playbook.targets(), tuple((name, seconds_of(name)) for name in names), of_case)


class RunBook:
    """Everything that happens to a run passes through `apply`."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        oncall: OnCall,
        playbooks: Sequence[Playbook],
        define: Define,
        words: RunWords,
        *,
        clock: Clock,
        ways: SecondWays | None = None,
        channels: frozenset[str] = frozenset(),
    ) -> None:
        """`channels`: where the bot itself can post."""
        self._store = store
        self._oncall = oncall
        self.playbooks = tuple(playbooks)
        self._definitions = {playbook.sha256: playbook for playbook in playbooks}
        self._wants: dict[str, _Asked] = {}
        self._define = define
        self.words = words
        self._clock = clock
        self._ways = ways or SecondWays()
        self._channels = channels

    def now(self) -> datetime:
        return self._clock.now()

    def read(self, kept: KeptRun) -> RunState:
        """A stored run with the definition that it was opened with, whatever the file says today."""
        playbook = self._definitions.get(kept.playbook_sha)
        if playbook is None:
            playbook = replace(self._define(kept.playbook_text), sha256=kept.playbook_sha)
            self._definitions[kept.playbook_sha] = playbook
        return from_json(kept.state, playbook)

    async def state(self, parts: Parts, run: RunId) -> RunState:
        """Raises NotFound."""
        kept = await parts.runs.get(run)
        if kept is None:
            raise NotFound("run", str(run))
        return self.read(kept)

    async def committed(self, run: RunId) -> RunState:
        """The run as it stands in the store. Raises NotFound."""
        return await self.state(self._store.read, run)

    async def roster(self, tx: Parts, state: RunState, known: Rosters | None = None) -> Roster:
        """The people behind the run's targets now, and the counts that its conditions ask for.

        `known`: what has been looked up in this transaction already, for many runs of one playbook.
        """
        now, sha = self._clock.now(), state.playbook.sha256
        asked = self._asked(state.playbook)
        roster = known.get(sha) if known is not None else None
        if roster is None:
            roster = await self._oncall.roster(asked.targets, now)
            if known is not None:
                known[sha] = roster
        facts: dict[str, int] = {}
        if any(one.step in asked.of_case and not one.state.ended for one in state.steps):
            facts[OPENING] = len(await comments_of(tx, state.incident.id, Matter.CASE))
        for count, seconds in asked.counts:
            since = now - timedelta(seconds=seconds) if seconds is not None else None
            facts[count] = await tx.steps.count_evidence(state.incident.id, since)
        return replace(roster, facts=facts, channels=self._channels)

    def _asked(self, playbook: Playbook) -> _Asked:
        if (asked := self._wants.get(playbook.sha256)) is None:
            asked = self._wants[playbook.sha256] = _Asked.by(playbook)
        return asked

    async def open(
        self, tx: Parts, playbook: Playbook, fired: Fired, by: PersonId | None, cause: str, *, drill: bool
    ) -> RunId:
        """A run of its own. Raises where one of this group goes on already."""
        now = self._clock.now()
        run = await tx.runs.begin(playbook, _kind(drill=drill), fired.group_key, now)
        state = prepare(
            Incident(run, fired.group_key, now, fired.reason, by, drill), playbook, event=fired.event
        )
        await put_evidence(tx, run, fired.comments, now)
        await self.apply(tx, state, Opened(await self.roster(tx, state)), by or "bot", cause)
        return run

    async def feed(self, tx: Parts, state: RunState, fired: Fired, actor: str, cause: str) -> None:
        """More of the same, for a run that is there."""
        await put_evidence(tx, state.incident.id, fired.comments, self._clock.now())
        event = TriggeredAgain(
            await self.roster(tx, state), fired.reason, state.playbook.severity, fired.event
        )
        await self.apply(tx, state, event, actor, cause)

    async def of_group(self, tx: Parts, group_key: str, *, drill: bool = False) -> RunState | None:
        """The latest run of a group; where another carries it on, that one."""
        kept = await tx.runs.of_group(_kind(drill=drill), group_key)
        state = self.read(kept) if kept is not None else None
        for _ in range(_LONGEST_CHAIN):
            if state is None or state.carried_by is None:
                break
            state = await self.state(tx, state.carried_by)
        return state

    async def apply(
        self, tx: Parts, state: RunState, event: Event, actor: str, cause: str, verb: str = ""
    ) -> Decision:
        """One event, with all that it makes happen. A refused one leaves a line in the journal only."""
        now = self._clock.now()
        decision = reduce(state, event, now)
        new = decision.state
        detail: dict[str, object] = {"epoch": new.epoch, "phase": new.phase, "paging": new.paging}
        detail |= witnessed(event)
        if decision.refusal is not None:
            detail["refused"] = decision.refusal.why
        verb = verb or f"run_{type(event).__name__}"
        await tx.journal.write(Entry(now, actor, verb, f"run:{new.incident.id}", cause, detail))
        if decision.refusal is None:
            await tx.runs.save(new)
            await write_effects(tx, decision, cause, now)
            await self._ways.prepare(tx, decision, now)
            await keep(tx, decision, cause, now)
            if isinstance(event, PostSettled):
                await looked(tx, new, event, now)
                await claim_clock.published(tx, new, event, cause, now)
            for number, effect in enumerate(decision.effects):
                await self._follow(tx, new, effect, f"{cause}/{number}")
        return decision

    async def _follow(self, tx: Parts, state: RunState, effect: Effect, cause: str) -> None:
        """What answers the run with another event, or opens another run, in the same transaction."""
        match effect:
            case Write(step, attempt):
                await self._write(tx, state, step, attempt, cause)
            case OpenPlaybook(playbook, waited=waited):
                to = await self._open_other(tx, state, playbook, cause)
                fresh = await self.state(tx, state.incident.id)
                if to is not None and not (waited and fresh.carried_by):
                    await tx.runs.save(replace(fresh, carried_by=to))
            case GiveEvidence(to):
                other = await self.state(tx, to)
                await tx.steps.copy_evidence(state.incident.id, to, self._clock.now())
                if other.phase.going_on:
                    fired = Fired(other.incident.group_key, f"run={state.incident.id}", True, ())
                    await self.feed(tx, other, fired, "bot", cause)
            case ReplyTo(step, attempt, comments) if state.incident.drill:
                for comment in comments:
                    fresh = await self.state(tx, state.incident.id)
                    event = PostSettled(
                        await self.roster(tx, fresh), step, attempt, str(comment), PostState.SENT
                    )
                    await self.apply(tx, fresh, event, "bot", f"{cause}/{comment}")
            case _:
                return

    async def _write(self, tx: Parts, state: RunState, step: str, attempt: int, cause: str) -> None:
        fresh = await self.state(tx, state.incident.id)
        letter, fault = await self.words.write(tx, fresh, step)
        event = Composed(await self.roster(tx, fresh), step, attempt, letter, fault)
        await self.apply(tx, fresh, event, "bot", cause)

    async def _open_other(self, tx: Parts, state: RunState, playbook_id: str, cause: str) -> RunId | None:
        """Another playbook opens with the evidence of this run, or is fed by it where it goes on already."""
        run, now = state.incident.id, self._clock.now()
        playbook = next((one for one in self.playbooks if one.id == playbook_id), None)
        if playbook is None:
            log.error("run %s hands off to %s, which is in no file", run, playbook_id)
            await tx.runs.tell(run, What.STEP_FAILED, {"step": playbook_id}, now)
            await tx.outbox.put(f"{cause}:none", Timeline(run, What.STEP_FAILED, {"step": playbook_id}), now)
            return None
        matter = state.incident.group_key.partition("/")[2]
        comments = await self._evidence(tx, run)
        fired = Fired(f"{playbook.id}/{matter}", f"run={run}", True, comments, event=state.event)
        drill = state.incident.drill
        kept = await tx.runs.of_group(_kind(drill=drill), fired.group_key)
        going = self.read(kept) if kept is not None else None
        if going is not None and going.phase.going_on:
            await self.feed(tx, going, fired, "bot", cause)
            return going.incident.id
        return await self.open(tx, playbook, fired, None, cause, drill=drill)

    async def _evidence(self, tx: Parts, run: RunId) -> tuple[KeptComment, ...]:
        found = [await tx.comments.get(one) for one in await tx.runs.evidence(run)]
        return tuple(kept for kept in found if kept is not None)


_LONGEST_CHAIN = 20


def _kind(*, drill: bool) -> str:
    return "drill" if drill else "real"
