"""Whatever people, phones and clocks do to a run, in whatever order: these things hold."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from crisis_witness import Witness
from crisis_world import (
    BAGUS,
    CHECK,
    EVERYBODY,
    LADDER,
    PENDAMPING,
    PLAYBOOK,
    RATNA,
    SITI,
    START,
    World,
    minutes,
    roster,
)
from hypothesis import Phase as Stage
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.incident import Outcome, Paging, Phase, RunId, Severity
from bot.domain.playbook import DaytimePaging, OnRepeat
from bot.domain.run_effects import AskLease, Decision, PageExhausted, PagePerson, ProposeResolve
from bot.domain.run_events import (
    Acknowledged,
    Event,
    FalseAlarm,
    HandOverAnswered,
    ItemTicked,
    Opened,
    PageUndeliverable,
    Raised,
    Resolved,
    ShiftEnded,
    StillHandling,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_json import from_json, to_json
from bot.domain.run_types import ShiftOver, Timer, TimerKind, prepare
from bot.domain.step_state import StepState
from bot.domain.steps import Checklist

PEOPLE = st.sampled_from(EVERYBODY)
BEHIND = st.sampled_from([0, 0, 0, 0, 1, 2, -1])
GONE = st.one_of(st.just(frozenset()), st.just(frozenset()), st.frozensets(PEOPLE))
PRESSES = st.sampled_from([Acknowledged, Raised, TakenOver, StillHandling, PageUndeliverable])
SPANS = st.sampled_from([timedelta(seconds=30), *(minutes(n) for n in (1, 5, 6, 20, 31, 36, 65, 200))])
WORK = (("cek", "sumber"), ("kilat", "sumber"), ("tulis", "teks"))

LIVE = {
    (Phase.OPEN, Paging.UNACKED): TimerKind.ESCALATE,
    (Phase.OPEN, Paging.ACKED): TimerKind.LEASE,
    (Phase.OPEN, Paging.UNANSWERED): TimerKind.CADENCE,
    (Phase.MONITORING, Paging.ACKED): TimerKind.CADENCE,
}


class CrisisMachine(RuleBasedStateMachine):
    """One run of a random playbook, at the mercy of everybody."""

    @initialize(
        rounds=st.integers(0, 2),
        flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        repeats=st.sampled_from(OnRepeat),
        gone=GONE,
    )
    def open(self, rounds, flags, repeats, gone):  # type: ignore[no-untyped-def]  # hypothesis fills it
        sensitive, drill, lighter = flags
        hours = DaytimePaging.LIGHTER if lighter else DaytimePaging.SAME
        playbook = replace(
            PLAYBOOK,
            ladder=replace(LADDER, repeat=rounds, working_hours=hours),
            concurrency=replace(PLAYBOOK.concurrency, on_repeat=repeats),
            private_to=PENDAMPING if sensitive else None,
            steps=(*PLAYBOOK.steps, replace(CHECK, id="kilat", timeout=minutes(10))),
        )
        self.world = World(playbook, drill=drill)
        self.world.roster = roster(gone=gone)
        self.witness = Witness()
        self.fired: set[Timer] = set()
        self.happen(Opened(self.world.roster))

    def happen(self, event: Event) -> Decision:
        before = self.world.state
        decision = self.world.happen(event)
        self.witness.saw(before, event, decision, self.world.now)
        return decision

    @rule(press=PRESSES, person=PEOPLE, behind=BEHIND)
    def press(self, press, person, behind):  # type: ignore[no-untyped-def]  # hypothesis fills it
        decision = self.happen(press(self.world.roster, person, self.world.state.epoch - behind))
        if behind:
            assert decision.refusal is not None

    @precondition(lambda self: self.world.state.calling)
    @rule(after=SPANS)
    def somebody_answers(self, after):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.time_passes(after / 10)
        state = self.world.state
        if state.calling:
            press = TakenOver if state.paging is Paging.ACKED else Acknowledged
            assert self.happen(press(self.world.roster, state.calling[-1], state.epoch)).refusal is None

    @precondition(lambda self: self.world.state.paging is Paging.ACKED)
    @rule(press=PRESSES, person=st.sampled_from([RATNA, SITI, BAGUS]))
    def somebody_presses_on_a_run_that_is_taken(self, press, person):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.happen(press(self.world.roster, person, self.world.state.epoch))

    @precondition(lambda self: self.world.state.paging is Paging.ACKED)
    @rule(work=st.sampled_from(WORK), mine=st.booleans())
    def work_goes_on(self, work, mine):  # type: ignore[no-untyped-def]  # hypothesis fills it
        person = self.world.state.owner if mine else BAGUS
        self.happen(ItemTicked(self.world.roster, *work, person))

    @precondition(lambda self: self.world.state.owner is not None)
    @rule(
        to=st.one_of(st.none(), PEOPLE),
        change=st.integers(1, 9),
        accepted=st.sampled_from([True, False, None]),
    )
    def a_shift_ends(self, to, change, accepted):  # type: ignore[no-untyped-def]  # hypothesis fills it
        owner = self.world.state.owner
        self.happen(ShiftEnded(self.world.roster, owner, to, f"medsos:{change}"))
        assert self.world.state.owner == owner, "the end of a shift alone takes a run from nobody"
        asked = self.world.state.offered_to
        if asked is not None and accepted is not None:
            epoch = self.world.state.epoch
            self.happen(HandOverAnswered(self.world.roster, asked, epoch, accepted=accepted))
            assert self.world.state.owner == (asked if accepted else owner)

    @precondition(lambda self: self.world.state.paging is Paging.ACKED)
    @rule()
    def all_work_gets_done(self) -> None:
        for step, item in WORK:
            self.happen(ItemTicked(self.world.roster, step, item, BAGUS))

    @rule(step=st.sampled_from(["kabari", "cek", "tulis", "?"]), person=PEOPLE)
    def a_strange_tick(self, step, person):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.happen(ItemTicked(self.world.roster, step, "catat", person))

    @rule(person=PEOPLE, reason=st.sampled_from(["", "reda"]), deed=st.sampled_from("------rf"))
    def close(self, person, reason, deed):  # type: ignore[no-untyped-def]  # hypothesis fills it
        """Seldom, since little happens to a run that is closed."""
        if deed != "-":
            self.happen((FalseAlarm if deed == "f" else Resolved)(self.world.roster, person, reason))

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
            self.world.timers.remove(first)
            self.fired.add(first)
            self.happen(TimerFired(self.world.roster, first))
        self.world.now = end

    @rule(span=SPANS)
    def bot_is_down(self, span):  # type: ignore[no-untyped-def]  # hypothesis fills it
        self.world.sleep_through(span)

    @rule(kind=st.sampled_from(TimerKind), epoch=st.integers(0, 4), seq=st.integers(0, 4))
    def stray_timer(self, kind, epoch, seq):  # type: ignore[no-untyped-def]  # hypothesis fills it
        """A timer that the run is not waiting for: fired twice, or of an older epoch."""
        stray = Timer(kind, self.world.now, "cek" if not kind.of_epoch else "", 9, epoch, seq)
        if (epoch, seq) != (self.world.state.epoch, self.world.state.timer_seq):
            assert self.happen(TimerFired(self.world.roster, stray)).refusal is not None

    @invariant()
    def a_run_that_goes_on_is_never_forgotten(self) -> None:
        state = self.world.state
        ladder = [timer for timer in self.world.timers if timer.kind.of_ladder]
        if state.phase.going_on:
            [live] = ladder
            assert (live.epoch, live.seq) == (state.epoch, state.timer_seq)
            assert live.kind is LIVE[state.phase, state.paging]
            assert state.outcome is None
        else:
            assert self.world.timers == []
            assert state.outcome is not None

    @invariant()
    def somebody_owns_exactly_what_is_acknowledged(self) -> None:
        state = self.world.state
        if state.phase.going_on:
            assert (state.owner is not None) is (state.paging is Paging.ACKED)
            assert state.lease_until is not None or state.paging is not Paging.ACKED

    @invariant()
    def every_open_item_with_a_limit_has_its_reminder_ahead_or_behind(self) -> None:
        state = self.world.state
        known = {
            (t.step, t.attempt, t.seq) for t in (*self.world.timers, *self.fired) if t.kind is TimerKind.DUE
        }
        for run in state.steps if state.phase.going_on else ():
            step = state.playbook.step(run.step)
            if step is not None and isinstance(step.uses, Checklist) and run.state is StepState.WAITING:
                for number, item in enumerate(step.uses.items, start=1):
                    assert run.tick_of(item.id) or (run.step, run.attempt, number) in known

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


# Without shrinking: it takes minutes on stories this long, and a seed repeats them as they are.
CrisisMachine.TestCase.settings = settings(
    max_examples=250,
    stateful_step_count=40,
    deadline=None,
    phases=(Stage.explicit, Stage.reuse, Stage.generate),
    print_blob=True,
)
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
        offered_to=RATNA,
        shift_over=ShiftOver("medsos:7", 2, START, calling=True, declined=(BAGUS,)),
        holding=("tahan",),
        first_ack_at=START,
        resolved_at=START,
        clocks_met=("lapor",),
        clocks_due=(("lapor", START),),
        queued=1,
        carried_by=RunId(8),
        late=("cek",),
        resort_at=START,
        event=(("tingkat", "awas"),),
        informed_at=START,
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
    text = to_json(world.state)
    for playbook, broken in (
        (replace(PLAYBOOK, sha256="b" * 64), text),
        (PLAYBOOK, "{}"),
        (PLAYBOOK, text[:-9]),
    ):
        with pytest.raises(ValueError, match=r"belongs to|not the state|delimiter|Unterminated|Expecting"):
            from_json(broken, playbook)
