"""Whatever people, phones and clocks do to a run, in whatever order: these things hold."""

from dataclasses import fields, replace
from datetime import timedelta

from crisis_world import CHECK, EVERYBODY, LADDER, PENDAMPING, PLAYBOOK, RATNA, START, World, minutes, roster
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.incident import Outcome, Paging, Phase, Severity
from bot.domain.playbook import DaytimePaging, OnRepeat
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
    FalseAlarm,
    ItemTicked,
    PageUndeliverable,
    Raised,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_json import from_json, to_json
from bot.domain.run_types import Timer, TimerKind, What, prepare

PEOPLE = st.sampled_from(EVERYBODY)
BEHIND = st.sampled_from([0, 0, 0, 0, 1, 2, -1])
GONE = st.one_of(st.just(frozenset()), st.frozensets(PEOPLE))
PRESSES = st.sampled_from([Acknowledged, Raised, TakenOver, StillHandling, PageUndeliverable])
SPANS = st.sampled_from(
    [timedelta(), timedelta(seconds=30), *(minutes(n) for n in (1, 5, 6, 20, 31, 65, 200))]
)
REASONS = st.sampled_from(["", "reda"])

# Every effect there is, by whom it may reach. A new effect that is not listed here fails the machine.
TO_PEOPLE = (PagePerson, PageExhausted, ShareOriginal, AskLease)
TO_LISTS = (RetirePages, RenewPages, NotifyTarget, ProposeResolve)
TO_CRISIS_CHAT = (Announce, TimelineEntry, CardChanged)
TO_STORE = (SetTimer, CancelTimers)

LIVE = {
    (Phase.OPEN, Paging.UNACKED): TimerKind.ESCALATE,
    (Phase.OPEN, Paging.ACKED): TimerKind.LEASE,
    (Phase.OPEN, Paging.UNANSWERED): TimerKind.CADENCE,
    (Phase.MONITORING, Paging.ACKED): TimerKind.CADENCE,
}

MAY_UNACK = {What.LEASE_LOST, What.RAISED}


class CrisisMachine(RuleBasedStateMachine):
    """One run of a random playbook, at the mercy of everybody."""

    @initialize(
        rounds=st.integers(0, 2),
        sensitive=st.booleans(),
        drill=st.booleans(),
        lighter=st.booleans(),
        repeats=st.sampled_from(OnRepeat),
        gone=GONE,
    )
    def open(self, rounds, sensitive, drill, lighter, repeats, gone):  # type: ignore[no-untyped-def]  # hypothesis fills it
        hours = DaytimePaging.LIGHTER if lighter else DaytimePaging.SAME
        playbook = replace(
            PLAYBOOK,
            ladder=replace(LADDER, repeat=rounds, working_hours=hours),
            concurrency=replace(PLAYBOOK.concurrency, on_repeat=repeats),
            sensitive=sensitive,
            private_to=PENDAMPING if sensitive else None,
            steps=(*PLAYBOOK.steps, replace(CHECK, id="kilat", timeout=minutes(10))),
        )
        self.world = World(playbook, drill=drill)
        self.world.roster = roster(gone=gone)
        self.keys: set[tuple[object, ...]] = set()
        self.seen = 0
        self.check(self.world.open())

    def check(self, decision: Decision) -> Decision:
        """What must hold for every single decision."""
        if decision.refusal is not None:
            assert decision.effects == ()
        for effect in decision.effects:
            self.stays_inside(effect)
            if isinstance(effect, SetTimer):
                timer = effect.timer
                key = (timer.step, timer.attempt, timer.epoch, timer.kind, timer.seq)
                assert key not in self.keys, "the store refuses a second timer of this key"
                self.keys.add(key)
                assert timer.due_at >= self.world.now
        return decision

    def stays_inside(self, effect: object) -> None:
        assert isinstance(effect, TO_PEOPLE + TO_LISTS + TO_CRISIS_CHAT + TO_STORE)
        reached = (effect.person,) if isinstance(effect, TO_PEOPLE) else getattr(effect, "people", ())
        assert set(reached) <= set(EVERYBODY)
        if hasattr(effect, "drill"):
            assert effect.drill is self.world.state.incident.drill

    def happen(self, event: Event) -> Decision:
        before = self.world.state
        decision = self.check(self.world.happen(event))
        after = decision.state
        if decision.refusal is not None:
            assert after == before
        assert after.epoch >= before.epoch
        if before.paging is Paging.ACKED and before.phase.going_on and after.phase.going_on:
            assert after.paging is Paging.ACKED or (after.last and after.last.what in MAY_UNACK)
        return decision

    @rule(press=PRESSES, person=PEOPLE, behind=BEHIND)
    def press(self, press, person, behind):  # type: ignore[no-untyped-def]  # hypothesis fills it
        decision = self.happen(press(self.world.roster, person, self.world.state.epoch - behind))
        if behind:
            assert decision.refusal is not None

    @rule(
        step=st.sampled_from(["kabari", "cek", "tulis", "kilat", "?"]),
        item=st.sampled_from(["sumber", "teks"]),
        person=PEOPLE,
    )
    def tick(self, step, item, person):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.happen(ItemTicked(self.world.roster, step, item, person))

    @rule(person=PEOPLE, reason=REASONS, deed=st.sampled_from("----rrf"))
    def close(self, person, reason, deed):  # type: ignore[no-untyped-def]  # hypothesis fills it
        """Seldom, since little happens to a run that is closed."""
        if deed != "-":
            self.happen((FalseAlarm if deed == "f" else Resolved)(self.world.roster, person, reason))

    @rule()
    def all_work_is_done(self) -> None:
        for step, item in (("cek", "sumber"), ("kilat", "sumber"), ("tulis", "teks")):
            self.happen(ItemTicked(self.world.roster, step, item, RATNA))

    @rule(severity=st.sampled_from(Severity))
    def trigger(self, severity):  # type: ignore[no-untyped-def]  # hypothesis fills it
        before = self.world.state
        self.happen(TriggeredAgain(self.world.roster, "lagi", severity))
        if before.phase.going_on:
            assert self.world.state.epoch == before.epoch
            assert self.world.state.severity.rank >= before.severity.rank

    @rule(gone=GONE, working=st.booleans())
    def phones_change(self, gone, working):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.world.roster = roster(gone=gone, working=working)

    @rule(span=SPANS)
    def time_passes(self, span):  # type: ignore[no-untyped-def]  # hypothesis fills it
        end = self.world.now + span
        while due := [timer for timer in self.world.timers if timer.due_at <= end]:
            first = min(due, key=lambda timer: timer.due_at)
            self.world.now = max(self.world.now, first.due_at)
            self.fire(first)
        self.world.now = end

    @rule(span=SPANS)
    def bot_is_down(self, span):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.world.sleep_through(span)

    @rule(kind=st.sampled_from(TimerKind), epoch=st.integers(0, 4), seq=st.integers(0, 4))
    def stray_timer(self, kind, epoch, seq):  # type: ignore[no-untyped-def]  # hypothesis fills it
        """A timer that the run is not waiting for: fired twice, or of an older epoch."""
        stray = Timer(kind, self.world.now, "cek" if not kind.of_ladder else "", 9, epoch, seq)
        if (epoch, seq) != (self.world.state.epoch, self.world.state.timer_seq):
            assert self.happen(TimerFired(self.world.roster, stray)).refusal is not None

    def fire(self, timer: Timer) -> None:
        self.world.timers.remove(timer)
        self.happen(TimerFired(self.world.roster, timer))

    @invariant()
    def a_run_that_goes_on_is_never_forgotten(self) -> None:
        state = self.world.state
        of_ladder = [timer for timer in self.world.timers if timer.kind.of_ladder]
        live = [t for t in of_ladder if (t.epoch, t.seq) == (state.epoch, state.timer_seq)]
        if state.phase.going_on:
            assert [timer.kind for timer in live] == [LIVE[state.phase, state.paging]]
        else:
            assert self.world.timers == []
        escalations = [t.epoch for t in of_ladder if t.kind is TimerKind.ESCALATE]
        assert len(escalations) == len(set(escalations))

    @invariant()
    def somebody_owns_exactly_what_is_acknowledged(self) -> None:
        state = self.world.state
        if state.phase.going_on:
            assert (state.owner is not None) is (state.paging is Paging.ACKED)
            assert state.lease_until is not None or state.paging is not Paging.ACKED

    @invariant()
    def the_state_survives_being_written_down(self) -> None:
        state = self.world.state
        assert from_json(to_json(state), state.playbook) == state

    @precondition(lambda self: self.world.state.phase.going_on)
    @rule()
    def if_everybody_fell_silent_now_people_would_be_called(self) -> None:
        """A look ahead on a copy: within the hours that follow, somebody is called or asked."""
        ahead = World(self.world.state.playbook)
        ahead.state, ahead.now, ahead.roster = self.world.state, self.world.now, roster(working=True)
        ahead.timers = list(self.world.timers)
        ahead.wait(minutes(241))
        assert any(ahead.did(kind) for kind in (PagePerson, PageExhausted, AskLease, ProposeResolve))


CrisisMachine.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
TestCrisis = CrisisMachine.TestCase


def test_every_field_of_a_state_is_written_down() -> None:
    world = World()
    world.open()
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    full = replace(
        world.state,
        phase=Phase.RESOLVED,
        paging=Paging.UNANSWERED,
        outcome=Outcome.FALSE_ALARM,
        level=2,
        round=1,
        owner=RATNA,
        lease_until=START,
        lease_asked=True,
        unreached=(RATNA,),
        first_ack_at=START,
        resolved_at=START,
        incident=replace(world.state.incident, opened_by=RATNA, drill=True),
    )
    blank = prepare(world.state.incident, PLAYBOOK)
    same = [f.name for f in fields(full) if getattr(full, f.name) == getattr(blank, f.name)]
    assert same == ["playbook", "severity"], "a field that this test does not fill"
    for state in (full, blank, replace(full, severity=Severity.LOW)):
        assert from_json(to_json(state), PLAYBOOK) == state


def test_a_run_of_another_playbook_or_a_damaged_one_is_refused() -> None:
    world = World()
    world.open()
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    text = to_json(world.state)
    for playbook, broken in (
        (replace(PLAYBOOK, sha256="b" * 64), text),
        (PLAYBOOK, "{}"),
        (PLAYBOOK, text[:-9]),
    ):
        try:
            from_json(broken, playbook)
        except ValueError:
            continue
        raise AssertionError(broken)
