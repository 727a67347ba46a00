"""A scenario: the made-up emergency of an exercise, one file for `tanggap rehearse` and the drill in chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.outside import OutsideEvent
from bot.domain.step_run import Answers
from bot.domain.target import Target


@dataclass(frozen=True, slots=True)
class StagedComment:
    """What a made-up citizen writes; `at` counts from the opening. Never stored as a comment."""

    at: timedelta
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Inject:
    """Something that the exercise throws in: a question of a reporter, a broken phone."""

    at: timedelta
    to: Target
    text: str


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """What somebody does in a good course, for the rehearsal. `do` is a rehearsal.Deed by its name."""

    at: timedelta
    do: str
    by: Target
    step: str = ""
    choice: str = ""
    fields: Answers = ()
    channel: str = ""
    items: tuple[str, ...] = ()
    text: str = ""


class Goal(StrEnum):
    """What is looked at after an exercise."""

    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    """This step has ended well."""
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class GoalWithin:
    """Something observable, and by when it should have happened."""

    what: Goal
    within: timedelta
    step: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario file, checked."""

    id: str
    playbook: str
    title: str
    story: str
    lasts: timedelta
    opens: str
    comments: tuple[StagedComment, ...] = ()
    injects: tuple[Inject, ...] = ()
    acts: tuple[ScriptLine, ...] = ()
    targets: tuple[GoalWithin, ...] = ()
    event: OutsideEvent | None = None
    """The made-up message that opens it, where one does."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How one goal went. `after` is None where it was not reached at all."""

    goal: GoalWithin
    after: timedelta | None

    @property
    def in_time(self) -> bool:
        """Whether it happened by then."""
        return self.after is not None and self.after <= self.goal.within


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the run's story, as far as goals need it."""

    what: str
    at: datetime
    step: str = ""


def judge(scenario: Scenario, opened_at: datetime, story: Sequence[Moment]) -> tuple[Reached, ...]:
    """The goals beside what happened: the first time counts. No person is judged by this, only the course."""
    return tuple(_reached(goal, opened_at, story) for goal in scenario.targets)


_SHOWN_BY = {
    Goal.ACKNOWLEDGED: frozenset({"acked"}),
    Goal.DONE: frozenset({"step_done"}),
    Goal.RESOLVED: frozenset({"resolved"}),
}


def _reached(goal: GoalWithin, opened_at: datetime, story: Sequence[Moment]) -> Reached:
    shown = _SHOWN_BY[goal.what]
    times = [one.at for one in story if one.what in shown and one.step == goal.step]
    return Reached(goal, min(times) - opened_at if times else None)
