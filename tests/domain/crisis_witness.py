"""A witness who sees every decision and keeps the rules in their own words, without the machine's code."""

from datetime import datetime, timedelta

from crisis_world import EVERYBODY, SITI, minutes

from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.roster import Roster
from bot.domain.run_effects import (
    Announce,
    AskLease,
    CancelTimers,
    CardChanged,
    Decision,
    NotifyTarget,
    PageExhausted,
    PagePerson,
    ProposeResolve,
    RenewPages,
    RetirePages,
    SetTimer,
    ShareOriginal,
    TimelineEntry,
)
from bot.domain.run_events import (
    Acknowledged,
    Event,
    HandOverAnswered,
    ItemTicked,
    PageUndeliverable,
    Raised,
    StillHandling,
    TakenOver,
    TimerFired,
)
from bot.domain.run_types import RunState, TimerKind, What
from bot.domain.step_effects import (
    AskReview,
    EndOffer,
    GiveEvidence,
    Hold,
    OfferHandOver,
    OfferRelease,
    OpenPlaybook,
    PublishPost,
    RedrawStep,
    Release,
    ReplyTo,
    ShowStep,
    TakeSnapshot,
    Write,
)

# Every effect there is, by whom it may reach. A new effect that is not listed here is caught.
TO_PEOPLE = (PagePerson, PageExhausted, ShareOriginal, AskLease, OfferHandOver, EndOffer)
TO_LISTS = (
    RetirePages,
    RenewPages,
    NotifyTarget,
    ProposeResolve,
    ShowStep,
    RedrawStep,
    OfferRelease,
    AskReview,
)
TO_CRISIS_CHAT = (Announce, TimelineEntry, CardChanged)
TO_STORE = (SetTimer, CancelTimers, Write, TakeSnapshot, Hold, Release, GiveEvidence, OpenPlaybook)
TO_THE_PUBLIC = (PublishPost, ReplyTo)

START_OVER = {What.OPENED, What.REOPENED, What.LEASE_LOST, What.DELAYED}
MAY_UNACK = {What.LEASE_LOST, What.RAISED}


class Witness:
    """Remembers who was called and when the owner last did something."""

    def __init__(self) -> None:
        self.keys: set[tuple[object, ...]] = set()
        self.called: set[PersonId] = set()
        self.bounced: set[PersonId] = set()
        self.owner_active: datetime | None = None
        self.asked: datetime | None = None
        self.paged_at: datetime | None = None

    def saw(self, before: RunState, event: Event, decision: Decision, now: datetime) -> None:
        """Check one decision. Raises AssertionError."""
        after = decision.state
        if decision.refusal is not None:
            assert decision.effects == ()
            assert after == before
            return
        assert after.epoch >= before.epoch
        self._pressing(before, event, after)
        if after.last != before.last and after.last is not None and after.last.what in START_OVER:
            self.bounced = set()
        if isinstance(event, PageUndeliverable):
            self.bounced.add(event.person)
        self._losing(before, event, after, now)
        self._climbing(before, event, after, now)
        for effect in decision.effects:
            self._stays_inside(effect, after, event.roster)
            self._timer(effect, now)
        self._remember(before, event, decision, now)

    def _pressing(self, before: RunState, event: Event, after: RunState) -> None:
        if isinstance(event, Acknowledged | Raised | TakenOver):
            assert event.epoch == before.epoch
            assert event.person in {*self.called, SITI, before.owner}
        if isinstance(event, Acknowledged):
            assert before.paging is not Paging.ACKED
        if isinstance(event, Acknowledged | TakenOver | StillHandling):
            assert after.owner == event.person

    def _losing(self, before: RunState, event: Event, after: RunState, now: datetime) -> None:
        if not (before.paging is Paging.ACKED and before.phase.going_on and after.phase.going_on):
            return
        if after.paging is Paging.ACKED:
            assert not self._silent_too_long(before, event, now), (
                "asked in time, silent in time, and still held"
            )
            return
        assert after.last is not None
        assert after.last.what in MAY_UNACK
        assert isinstance(event, Raised | PageUndeliverable | TimerFired)
        if isinstance(event, TimerFired):
            assert before.phase is Phase.OPEN
            assert self.owner_active is not None
            assert self.asked is not None
            assert now - self.owner_active >= minutes(35)
            assert self.owner_active <= self.asked <= now - minutes(5)
            assert now - event.timer.due_at <= timedelta(seconds=60), (
                "the bot was down; silence proves nothing"
            )

    def _silent_too_long(self, before: RunState, event: Event, now: datetime) -> bool:
        if not isinstance(event, TimerFired) or event.timer.kind is not TimerKind.LEASE:
            return False
        if (
            self.asked is None
            or self.owner_active is None
            or now - event.timer.due_at > timedelta(seconds=60)
        ):
            return False
        return self.owner_active <= self.asked <= now - minutes(5) and before.phase is Phase.OPEN

    def _climbing(self, before: RunState, event: Event, after: RunState, now: datetime) -> None:
        if after.paging is not Paging.UNACKED or after.epoch == before.epoch or not after.phase.going_on:
            return
        if after.last is not None and after.last.what in START_OVER:
            assert after.phase is Phase.OPEN
            return
        assert (after.round, after.level) > (before.round, before.level)
        if isinstance(event, Raised):
            assert after.round == before.round
        if isinstance(event, TimerFired):
            assert self.paged_at is not None
            assert now - self.paged_at >= before.playbook.ladder.levels[before.level].ack_within

    def _stays_inside(self, effect: object, after: RunState, roster: Roster) -> None:
        assert isinstance(effect, TO_PEOPLE + TO_LISTS + TO_CRISIS_CHAT + TO_STORE + TO_THE_PUBLIC)
        reached = (effect.person,) if isinstance(effect, TO_PEOPLE) else getattr(effect, "people", ())
        assert set(reached) <= set(EVERYBODY)
        assert len(set(reached)) == len(reached)
        if hasattr(effect, "drill"):
            assert effect.drill is after.incident.drill
        if isinstance(effect, PagePerson | PageExhausted | ShareOriginal):
            reachable = {r.person for people in roster.people.values() for r in people if r.reachable}
            assert effect.person in reachable
        if isinstance(effect, PagePerson):
            assert effect.person not in self.bounced
            assert effect.round <= after.playbook.ladder.repeat
            assert effect.epoch == after.epoch

    def _timer(self, effect: object, now: datetime) -> None:
        if isinstance(effect, SetTimer):
            timer = effect.timer
            key = (timer.step, timer.attempt, timer.epoch, timer.kind, timer.seq)
            assert key not in self.keys, "the store refuses a second timer of this key"
            self.keys.add(key)
            assert timer.due_at >= now

    def _remember(self, before: RunState, event: Event, decision: Decision, now: datetime) -> None:
        after, effects = decision.state, decision.effects
        self.called |= {one.person for one in after.called}
        if after.epoch != before.epoch and after.paging is Paging.UNACKED:
            self.paged_at = now
        if any(isinstance(effect, AskLease) for effect in effects):
            self.asked = now
        took = isinstance(event, Acknowledged | TakenOver | HandOverAnswered) and event.person == after.owner
        worked = isinstance(event, ItemTicked | StillHandling) and event.person == after.owner
        if took or worked:
            self.owner_active = now
