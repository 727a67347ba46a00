"""An exercise in the real chat: what of its scenario comes when, and when the next one is due."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.scenario import Inject, Scenario, StagedComment

_DIGITS = 12
"""Of the hash, in hexadecimal: fits into every integer column."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that the exercise puts into the world; `at` counts from the opening."""

    number: int
    at: timedelta
    what: StagedComment | Inject


@dataclass(frozen=True, slots=True)
class Practice:
    """A scenario with how long ago it, and its playbook by whatever scenario, was last practised."""

    scenario: Scenario
    playbook: str
    """How the playbook is called."""
    every: timedelta | None = None
    last: datetime | None = None
    practised: datetime | None = None
    known: datetime | None = None
    """Since when this bot has had the playbook."""

    def is_overdue(self, now: datetime) -> bool:
        """Whether the playbook's time is over: since its last exercise, else since the bot has had it."""
        since = self.practised or self.last or self.known
        return self.every is not None and since is not None and now - since > self.every


def scenes(scenario: Scenario) -> tuple[Scene, ...]:
    """In order; citizens write before the questions that this leads to. Nothing comes after the end."""
    found: list[StagedComment | Inject] = [*scenario.comments, *scenario.injects]
    ordered = sorted((one for one in found if one.at <= scenario.lasts), key=lambda one: one.at)
    return tuple(Scene(number, one.at, one) for number, one in enumerate(ordered))


def revision(scenario: Scenario) -> int:
    """Another number when anything in it is another: a drill never goes on with a file that has changed."""
    return int(hashlib.sha256(repr(scenario).encode()).hexdigest()[:_DIGITS], 16)
