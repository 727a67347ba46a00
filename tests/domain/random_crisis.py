"""Playbooks and courses by chance: every kind of step, in any order, with any reaction; everybody presses."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from crisis_world import EVERYBODY, KOORDINATOR, LADDER, PLAYBOOK, minutes
from public_witness import PublicWitness
from steps_world import ARI, BPBD, CHANNEL, COMMENTS, INSTAGRAM, Office, roster

from bot.domain.expression_parser import parse
from bot.domain.incident import Paging, Phase, RunId
from bot.domain.limit import WorkingDays
from bot.domain.playbook import After, Clock, Playbook, Reaction, Resolve, Review, Step
from bot.domain.run import reduce
from bot.domain.run_effects import Decision
from bot.domain.run_events import (
    Acknowledged,
    Answered,
    Composed,
    Edited,
    Event,
    FalseAlarm,
    FreezeReleased,
    HandOverAnswered,
    HandOverOffered,
    ItemTicked,
    Jumped,
    Merged,
    Opened,
    PostSettled,
    Raised,
    Resolved,
    Reviewed,
    ShiftEnded,
    Skipped,
    StillHandling,
    StoodDown,
    TakenOver,
    TimerFired,
    TriggeredAgain,
    Voted,
)
from bot.domain.run_json import from_json, to_json
from bot.domain.run_types import TimerKind
from bot.domain.step_effects import PublishPost, ReplyTo, Write
from bot.domain.step_run import Letter, PostState, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Field,
    Freeze,
    Handoff,
    Item,
    Notify,
    Publish,
    Request,
    Snapshot,
    Uses,
    Wait,
)
from bot.domain.target import ACKER

PEOPLE = (*EVERYBODY, ARI)
TARGETS = ((), (ACKER,), (KOORDINATOR,), (BPBD,), (KOORDINATOR, ACKER))
LIVE = {
    (Phase.OPEN, Paging.UNACKED): TimerKind.ESCALATE,
    (Phase.OPEN, Paging.ACKED): TimerKind.LEASE,
    (Phase.OPEN, Paging.UNANSWERED): TimerKind.CADENCE,
    (Phase.OPEN, Paging.STOOD_DOWN): TimerKind.CADENCE,
    (Phase.MONITORING, Paging.ACKED): TimerKind.CADENCE,
    (Phase.MONITORING, Paging.STOOD_DOWN): TimerKind.CADENCE,
}


def _kinds(rnd: Random) -> tuple[Uses, ...]:
    return (
        Freeze(),
        Snapshot(),
        Ask("?", (("a", "A"), ("b", "B")), (Field("fakta"),)),
        Request((Field("fakta"),)),
        Compose("t/a", {"x": "steps.s0.fakta"}),
        Approve(rnd.randint(1, 3), 1),
        Publish((CHANNEL, INSTAGRAM)[: rnd.randint(1, 2)]),
        Answer("t/b", max_per_minute=rnd.randint(1, 4)),
        Checklist((Item("a", "A", minutes(5)), Item("b", "B", optional=True))),
        Cadence(minutes(20), "?", escalate=rnd.random() < 0.5),
        Notify("Mohon siap."),
        Wait(minutes(7), parse("claim.comments > 9") if rnd.random() < 0.5 else None),
        Handoff("bencana"),
    )


def _step(rnd: Random, number: int, before: list[str], uses: Uses) -> Step:
    condition = None
    if before and rnd.random() < 0.15:
        other = rnd.choice(before)
        condition = parse(f"steps.{other}.choice == 'a'" if rnd.random() < 0.6 else f"steps.{other}.done")
    needs = {rnd.choice(before) for _ in range(rnd.randint(0, 2))} if before else set()
    reactions = {}
    for state in (StepState.EXPIRED, StepState.RETURNED, StepState.REJECTED, StepState.FAILED):
        if rnd.random() < 0.5:
            what = rnd.choice(tuple(After))
            if what is After.GOTO and not before:
                continue
            reactions[state] = Reaction(what, rnd.choice(before) if what is After.GOTO else "")
    return Step(
        f"s{number}",
        f"Langkah {number}",
        uses,
        tuple(sorted(needs)),
        minutes(rnd.choice((3, 10, 30))) if rnd.random() < 0.6 else None,
        None,
        rnd.choice(TARGETS),
        condition,
        reactions,
        minutes(rnd.choice((2, 5))) if rnd.random() < 0.3 else None,
    )


def playbook(rnd: Random) -> Playbook:
    """Ten steps or so; as often as not with a sound chain of draft, approval and post among them."""
    steps: list[Step] = []
    for _ in range(rnd.randint(2, 9)):
        names = [step.id for step in steps]
        if rnd.random() < 0.45:
            chain = (Compose("t/a"), Approve(rnd.randint(1, 2), 1), Publish((CHANNEL,)), Answer("t/b"))
            last = names
            for uses in chain[: rnd.randint(2, 4)]:
                made = _step(rnd, len(steps), names, uses)
                steps.append(replace(made, needs=(*made.needs, *last[-1:]), condition=None))
                last = [steps[-1].id]
        else:
            kinds = _kinds(rnd)
            uses = rnd.choice(kinds[:-1] if rnd.random() < 0.9 else kinds)
            steps.append(_step(rnd, len(steps), names, uses))
    within = minutes(90) if rnd.random() < 0.5 else WorkingDays(1)
    clock = Clock("lapor", "Lapor", within, None, (minutes(30),), parse("steps.s0.done"), rnd.random() < 0.3)
    return replace(
        PLAYBOOK,
        steps=tuple(steps),
        ladder=replace(LADDER, repeat=rnd.randint(0, 1)),
        clocks=(clock,) if rnd.random() < 0.5 else (),
        review=Review(minutes(60), ACKER) if rnd.random() < 0.5 else None,
        resolve=Resolve(KOORDINATOR, when=parse("claim.comments < 9") if rnd.random() < 0.3 else None),
    )


class Course(Office):
    """One run at the mercy of chance, watched by the witness of public words."""

    def __init__(self, rnd: Random) -> None:
        super().__init__(playbook(rnd), drill=rnd.random() < 0.25)
        self.rnd = rnd
        self.witness = PublicWitness()
        self.written = 0
        self.on_the_way: list[tuple[str, int, str]] = []
        self.keys: set[object] = set()

    def happen(self, event: Event) -> Decision:
        before = self.state
        decision = reduce(before, event, self.now)
        self.witness.saw(before, event, decision)
        if decision.refusal is not None:
            assert decision.state == before
            assert decision.effects == ()
            return decision
        self.state = decision.state
        for effect in decision.effects:
            self._store(effect)
        for effect in decision.effects:
            self._carry_out(effect)
        for old in before.steps:
            new = self.state.step_run(old.step)
            assert new is not None
            assert new.attempt >= old.attempt
        return decision

    def _carry_out(self, effect: object) -> None:
        if isinstance(effect, PublishPost):
            self.on_the_way.append((effect.step, effect.attempt, effect.channel))
        elif isinstance(effect, ReplyTo):
            self.on_the_way += [(effect.step, effect.attempt, str(one)) for one in effect.comments]
        elif isinstance(effect, Write):
            self.written += 1
            fails = self.rnd.random() < 0.15
            recipients = COMMENTS[: self.rnd.randint(0, 8)]
            authors = (self.rnd.choice(PEOPLE),) if self.rnd.random() < 0.2 else ()
            letter = Letter(f"Teks {self.written}", "t", 1, authors, not authors, recipients=recipients)
            made = None if fails else letter
            self.happen(Composed(self.roster, effect.step, effect.attempt, made, "tidak bisa"))

    def act(self) -> None:
        """Somebody does something, or time passes."""
        rnd = self.rnd
        roll = rnd.random()
        if roll < 0.25:
            self.wait(timedelta(minutes=rnd.choice((0.5, 1, 3, 6, 11, 31, 65))))
        elif roll < 0.3:
            gone = frozenset(rnd.sample(PEOPLE, rnd.randint(0, 3)))
            facts = {"claim.comments": rnd.randint(0, 20)}
            self.roster = roster(gone, working=rnd.random() < 0.5, **facts)
        elif roll < 0.34:
            again = from_json(to_json(self.state), self.state.playbook)
            assert again == self.state
            self.state = again
        elif roll < 0.5 and self.on_the_way:
            self._arrives()
        else:
            self.happen(self._press())

    def _arrives(self) -> None:
        step, attempt, channel = self.on_the_way.pop(self.rnd.randrange(len(self.on_the_way)))
        state = self.rnd.choice((PostState.SENT, PostState.SENT, PostState.FAILED, PostState.UNCERTAIN))
        self.happen(PostSettled(self.roster, step, attempt, channel, state))

    def _press(self) -> Event:
        rnd, state, who = self.rnd, self.state, self.roster
        person = rnd.choice(PEOPLE)
        epoch = state.epoch - (rnd.random() < 0.1)
        likely = [run for run in state.steps if run.state is StepState.WAITING] or list(state.steps)
        run = rnd.choice(likely if rnd.random() < 0.8 else list(state.steps))
        mine = rnd.choice(run.asked) if run.asked and rnd.random() < 0.8 else person
        attempt = run.attempt - (rnd.random() < 0.05)
        step = state.playbook.step(run.step)
        assert step is not None
        if rnd.random() < 0.6 and (event := self._work(step, attempt, mine)) is not None:
            return event
        channel = rnd.choice(run.posts).channel if run.posts else CHANNEL
        settled = rnd.choice(tuple(PostState))
        presses: tuple[Event, ...] = (
            Acknowledged(who, person, epoch),
            Acknowledged(who, person, epoch),
            Raised(who, person, epoch),
            TakenOver(who, person, epoch),
            StillHandling(who, person, epoch),
            HandOverOffered(who, person, epoch, rnd.choice(PEOPLE)),
            HandOverAnswered(who, person, epoch, accepted=rnd.random() < 0.5),
            ShiftEnded(
                who, state.owner or person, rnd.choice((None, *PEOPLE)), f"medsos:{rnd.randint(1, 9)}"
            ),
            HandOverAnswered(who, state.offered_to or person, epoch, accepted=rnd.random() < 0.5),
            Skipped(who, run.step, attempt, person, "tidak perlu"),
            Jumped(who, run.step, person),
            PostSettled(who, run.step, attempt, channel, settled, by=mine),
            PostSettled(who, run.step, attempt, channel, settled, by=mine),
            TriggeredAgain(who, "lagi"),
            FreezeReleased(who, run.step, person),
            Reviewed(who, person),
            Resolved(who, person, "reda") if rnd.random() < 0.3 else TriggeredAgain(who, "lagi"),
            FalseAlarm(who, person, "lelucon") if rnd.random() < 0.1 else TriggeredAgain(who, "lagi"),
            Merged(who, person, RunId(9), rnd.choice(("", "sama")))
            if rnd.random() < 0.1
            else StillHandling(who, person, epoch),
            StoodDown(who, person, "cukup") if rnd.random() < 0.2 else Acknowledged(who, person, epoch),
        )
        return rnd.choice(presses)

    def _work(self, step: Step, attempt: int, person) -> Event | None:  # type: ignore[no-untyped-def]  # a person
        rnd, who = self.rnd, self.roster
        match step.uses:
            case Ask() | Request() | Cadence():
                answers = (("choice", rnd.choice("ab")), ("fakta", "x"))
                return Answered(who, step.id, attempt, person, answers)
            case Checklist():
                return ItemTicked(who, step.id, rnd.choice("ab"), person)
            case Approve():
                seen = self.seen(step.id) if rnd.random() < 0.95 else "?"
                verdict = rnd.choice((Verdict.APPROVE,) * 6 + (Verdict.RETURN, Verdict.REJECT))
                if rnd.random() < 0.15:
                    return self._edit(rnd.choice(self.state.playbook.steps), person)
                return Voted(who, step.id, attempt, person, verdict, seen)
            case Compose() | Answer() if rnd.random() < 0.7:
                return self._edit(step, person)
            case _:
                return None

    def _edit(self, step: Step, person) -> Event:  # type: ignore[no-untyped-def]  # a person
        run = self.run(step.id)
        self.written += 1
        version = run.letter.version if run.letter is not None else 0
        return Edited(self.roster, step.id, run.attempt, person, version, f"Kata {self.written}")

    def check(self) -> None:
        """What holds after everything that can happen."""
        state = self.state
        ladder = [timer for timer in self.timers if timer.kind.of_ladder]
        if state.phase.going_on:
            [live] = ladder
            assert (live.epoch, live.seq) == (state.epoch, state.timer_seq)
            assert live.kind is LIVE[state.phase, state.paging]
            assert (state.owner is not None) is (state.paging is Paging.ACKED)
            self._no_wait_is_lost()
            self._no_shift_ends_in_silence()
        else:
            assert ladder == []
            assert state.outcome is not None

    def _no_shift_ends_in_silence(self) -> None:
        """Whoever was asked to take it over has time to answer, or others are called."""
        over, state = self.state.shift_over, self.state
        if over is None or state.phase is not Phase.OPEN:
            return
        assert state.owner is not None
        waits = any(t.kind is TimerKind.OFFER and t.seq == over.timer for t in self.timers)
        assert waits or over.calling

    def _no_wait_is_lost(self) -> None:
        timed = {(timer.step, timer.attempt) for timer in self.timers}
        moving = {step for step, _, _ in self.on_the_way}
        for run in self.state.steps:
            step = self.state.playbook.step(run.step)
            assert step is not None
            if run.state is StepState.WAITING and not isinstance(step.uses, Checklist):
                held = bool(run.asked) or run.step in moving
                assert held or (run.step, run.attempt) in timed, f"nobody and nothing waits for {run}"


def play(seed: int, acts: int = 40) -> Course:
    """One course, checked after everything that happens. The same seed is the same course."""
    rnd = Random(seed)
    course = Course(rnd)
    course.happen(Opened(course.roster))
    for _ in range(acts):
        course.act()
        course.check()
    return course


__all__ = ["Course", "TimerFired", "play"]
