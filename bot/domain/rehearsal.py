"""A playbook on a fake clock: who is called when, what is asked, what would be said. Nothing is sent.

The same reducer as in earnest, so a rehearsal cannot flatter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.comment import CommentId
from bot.domain.expression import seconds_of
from bot.domain.incident import Incident, RunId
from bot.domain.late import DueTimer, coalesce
from bot.domain.outgoing_steps import OWN_CHANNEL
from bot.domain.playbook import Playbook
from bot.domain.rehearsal_acts import Act, Deed, event_of
from bot.domain.roster import Roster
from bot.domain.run import reduce
from bot.domain.run_effects import AskLease, CancelTimers, CardChanged, Decision, Effect, Refusal, SetTimer
from bot.domain.run_events import Composed, Event, Opened, PostSettled, TimerFired
from bot.domain.run_types import RunState, Timer, Told, prepare
from bot.domain.run_waits import COMMENTS, OPENING
from bot.domain.scenario import Inject, StagedComment
from bot.domain.step_effects import PublishPost, RedrawStep, ReplyTo, ShowStep, Write
from bot.domain.step_run import Letter, PostState
from bot.domain.steps import Answer, Cadence, Compose

RosterAt = Callable[[datetime], Roster]
"""Who is behind the targets at a moment: rotas change while a rehearsal runs."""
Words = Callable[[RunState, str], Letter | str]
"""The words of a step, or in a sentence why there are none."""


@dataclass(frozen=True, slots=True)
class WordsOut:
    """What would stand on a channel now, or under so many comments."""

    step: str
    text: str
    channel: str = ""
    comments: int = 0


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that a person would see or do; `after` counts from the opening."""

    at: datetime
    after: timedelta
    what: Effect | Refusal | Act | StagedComment | Inject | WordsOut


@dataclass(frozen=True, slots=True)
class Staging:
    """What a rehearsal has besides people: made-up comments, surprises, words, and why it opens."""

    comments: tuple[StagedComment, ...] = ()
    injects: tuple[Inject, ...] = ()
    words: Words | None = None
    reason: str = "rehearsal"
    """What opens it, in the short form of triggers."""
    event: Told = ()


_NOTHING_NEW = (("catatan", "belum ada yang baru"),)
"""What is answered to a question that comes back, where the script says nothing of it."""
Cues = list[tuple[timedelta, Act | StagedComment | Inject]]
"""What is still to come from outside, and how long after the opening."""


class _Stage:
    """The run, its waiting timers, and the lines so far."""

    def __init__(
        self, state: RunState, roster_at: RosterAt, start: datetime, staging: Staging, cues: Cues
    ) -> None:
        self.state = state
        self.cues = cues
        self.timers: list[Timer] = []
        self.lines: list[TimelineLine] = []
        self._roster_at = roster_at
        self._start = start
        self._staging = staging

    def write(self, at: datetime, what: Effect | Refusal | Act | StagedComment | Inject | WordsOut) -> None:
        self.lines.append(TimelineLine(at, at - self._start, what))

    def roster(self, at: datetime) -> Roster:
        """The people of the moment, with the made-up comments counted."""
        wanted = {*self.state.playbook.counts(), COMMENTS, OPENING}
        counted = {count: self._count(at, seconds_of(count)) for count in wanted}
        return replace(self._roster_at(at), facts=counted, channels=frozenset({OWN_CHANNEL}))

    def _count(self, at: datetime, within: int | None) -> int:
        moments = [self._start + one.at for one in self._staging.comments]
        since = at - timedelta(seconds=within) if within is not None else self._start - timedelta(days=1)
        return sum(since <= moment <= at for moment in moments)

    def happen(self, event: Event, at: datetime) -> None:
        decision: Decision = reduce(self.state, event, at)
        self.state = decision.state
        if decision.refusal is not None and not isinstance(event, TimerFired):
            self.write(at, decision.refusal)
        for effect in decision.effects:
            self._note(effect, at)
        for effect in decision.effects:
            self._carry_out(effect, at)

    def _note(self, effect: Effect, at: datetime) -> None:
        match effect:
            case SetTimer(timer):
                self.timers.append(timer)
            case CancelTimers(epoch, steps):
                self.timers = [t for t in self.timers if not _cancels(t, epoch, steps=steps)]
            case PublishPost() | ReplyTo() | Write() | CardChanged() | RedrawStep():
                pass
            case _:
                self.write(at, effect)

    def _carry_out(self, effect: Effect, at: datetime) -> None:
        """Words are made at once, and arrive at once."""
        match effect:
            case Write(step, attempt):
                made = (self._staging.words or _stand_in)(self.state, step)
                letter = self._addressed(step, made, at) if isinstance(made, Letter) else None
                fault = made if isinstance(made, str) else ""
                self.happen(Composed(self.roster(at), step, attempt, letter, fault), at)
            case PublishPost(step, attempt, channel):
                self.write(at, WordsOut(step, self._text(step), channel))
                self.happen(PostSettled(self.roster(at), step, attempt, channel, PostState.SENT), at)
            case ReplyTo(step, attempt, comments):
                self.write(at, WordsOut(step, self._text(step), comments=len(comments)))
                for comment in comments:
                    settled = PostSettled(self.roster(at), step, attempt, str(comment), PostState.SENT)
                    self.happen(settled, at)
            case AskLease(person):
                self._at_the_desk(Act(at - self._start, Deed.STILL_HANDLING, person), at)
            case ShowStep(step, people=(first, *_)) if self._comes_back(step):
                self._at_the_desk(Act(at - self._start, Deed.ANSWER, first, step, answers=_NOTHING_NEW), at)
            case _:
                return

    def _at_the_desk(self, answer: Act, at: datetime) -> None:
        """Whoever is asked every so often is there while the script has something ahead, and no longer."""
        if any(isinstance(cue, Act) for _, cue in self.cues):
            self.play(answer, at)

    def _comes_back(self, step_id: str) -> bool:
        step = self.state.playbook.step(step_id)
        return step is not None and isinstance(step.uses, Cadence)

    def _addressed(self, step_id: str, letter: Letter, at: datetime) -> Letter:
        step = self.state.playbook.step(step_id)
        if step is None or not isinstance(step.uses, Answer):
            return letter
        return replace(letter, recipients=tuple(CommentId(n + 1) for n in range(self._count(at, None))))

    def _text(self, step: str) -> str:
        run = self.state.step_run(step)
        return run.letter.text if run is not None and run.letter is not None else ""

    def fire_next(self) -> None:
        """What is due first, with the items that are due in the same moment: those are one message."""
        now = min(timer.due_at for timer in self.timers)
        due = [DueTimer(self.state.incident.id, timer) for timer in self.timers if timer.due_at == now]
        first = coalesce(due, now)[0]
        self.timers = [timer for timer in self.timers if timer not in {first.timer, *first.also}]
        self.happen(TimerFired(self.roster(now), first.timer, first.also), now)

    def play(self, what: Act | StagedComment | Inject, at: datetime) -> None:
        self.write(at, what)
        if isinstance(what, Act):
            self.happen(event_of(what, self.state, self.roster(at)), at)


def rehearse(
    playbook: Playbook,
    roster: RosterAt,
    script: Sequence[Act],
    start: datetime,
    lasts: timedelta = timedelta(hours=4),
    staging: Staging | None = None,
) -> list[TimelineLine]:
    """Play the playbook from an opening at `start` (aware, UTC) for `lasts`, with the script's people."""
    staging = staging or Staging()
    incident = Incident(RunId(0), "rehearsal", start, staging.reason, drill=True)
    stage = _Stage(
        prepare(incident, playbook, event=staging.event), roster, start, staging, _cues(script, staging)
    )
    stage.happen(Opened(stage.roster(start)), start)
    end = start + lasts
    while True:
        due = min((timer.due_at for timer in stage.timers), default=None)
        cue_at = start + stage.cues[0][0] if stage.cues else None
        if cue_at is not None and (due is None or cue_at <= due):
            if cue_at > end:
                break
            stage.play(stage.cues.pop(0)[1], cue_at)
        elif due is not None and due <= end:
            stage.fire_next()
        else:
            break
    return stage.lines


def _cues(script: Sequence[Act], staging: Staging) -> Cues:
    """Everything that comes from outside, in order; citizens write before people do something about it."""
    cues: Cues = [
        *((comment.at, comment) for comment in staging.comments),
        *((inject.at, inject) for inject in staging.injects),
        *((act.after, act) for act in script),
    ]
    return sorted(cues, key=lambda cue: cue[0])


def _cancels(timer: Timer, epoch: int, *, steps: bool) -> bool:
    return timer.epoch <= epoch if timer.kind.of_epoch else steps


def _stand_in(state: RunState, step_id: str) -> Letter:
    """Where no templates are at hand their name stands for the words."""
    step = state.playbook.step(step_id)
    template = step.uses.template if step is not None and isinstance(step.uses, Compose | Answer) else ""
    return Letter(f"[{template}]", template, 0, unedited=True)


__all__ = ["Act", "Deed", "RosterAt", "Staging", "TimelineLine", "Words", "WordsOut", "rehearse"]
