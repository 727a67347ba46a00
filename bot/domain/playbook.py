"""The definition of a playbook: when it opens, who is called, what is done, who closes it.

Immutable, and frozen with every run by `sha256`: editing a file never moves a live incident.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.incident import Severity
from bot.domain.target import ACKER, Target
from bot.domain.trigger import GroupBy, Triggers


class Via(StrEnum):
    """How a page travels. More ways are new members; the ladder does not change."""

    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the ladder: who is called together, and how long they have before the next is called."""

    page: tuple[Target, ...]
    ack_within: timedelta
    via: tuple[Via, ...] = (Via.TELEGRAM,)


class DaytimePaging(StrEnum):
    """How pages sound while the office is open. Outside working hours they are always loud."""

    SAME = "same"
    LIGHTER = "lighter"
    """Without sound, since people sit before the triage group anyway. Never for an urgent severity."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is called, in which order. `repeat` counts the rounds AFTER the first one."""

    levels: tuple[Level, ...]
    exhausted: tuple[Target, ...]
    repeat: int = 0
    ack_lease: timedelta = timedelta(minutes=30)
    working_hours: DaytimePaging = DaytimePaging.SAME

    @property
    def time_to_exhausted(self) -> timedelta:
        """How long it takes until `exhausted` is called if nobody answers at all."""
        return sum((level.ack_within for level in self.levels), timedelta()) * (self.repeat + 1)


class OnRepeat(StrEnum):
    """What a trigger does while a run of its group goes on."""

    MERGE = "merge"
    """Adds evidence, raises the severity if it is higher, calls nobody again."""
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Concurrency:
    """One run per group."""

    group: GroupBy = GroupBy.CLAIM
    on_repeat: OnRepeat = OnRepeat.MERGE


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell people something; done as soon as it is said. `acker` waits for the first acknowledgement."""

    to: tuple[Target, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. `due` counts from the moment the step is ready."""

    id: str
    text: str
    due: timedelta | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things people tick; done when every required item is (all of them, where none is required)."""

    items: tuple[Item, ...]

    @property
    def required(self) -> tuple[Item, ...]:
        """The items that must be ticked before the step is done."""
        return tuple(item for item in self.items if not item.optional) or self.items


Uses = Notify | Checklist
"""What a step does: a closed union, so that a new kind is a new member and every `match` asks for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Ready when everything in `needs` is done or skipped; without `needs`, at the opening.

    `timeout` counts from ready; a step that is not done by then is expired, and that is said aloud.
    """

    id: str
    name: str
    uses: Uses
    needs: tuple[str, ...] = ()
    timeout: timedelta | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Resolve:
    """Who may close a run, and how long afterwards a new trigger opens it again."""

    confirm_by: Target
    reopen_within: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Playbook:
    """One playbook file, checked. `source_text` is what `sha256` (hex) was taken of."""

    id: str
    version: int
    name: str
    summary: str
    severity: Severity
    owner: Target
    triggers: Triggers
    ladder: Ladder
    resolve: Resolve
    sha256: str
    source_text: str
    steps: tuple[Step, ...] = ()
    concurrency: Concurrency = Concurrency()
    review_every: timedelta | None = None
    basis: Mapping[str, str] = field(default_factory=dict)
    sensitive: bool = False
    """The card in a group shows no name, no text, no link."""
    private_to: Target | None = None
    """Who sees the original of a sensitive matter, privately."""

    def step(self, step_id: str) -> Step | None:
        """The step of this id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def targets(self) -> frozenset[Target]:
        """Everybody whom a run of this playbook may ever need: what a roster has to answer."""
        ladder = {target for level in self.ladder.levels for target in level.page}
        told = {to for step in self.steps if isinstance(step.uses, Notify) for to in step.uses.to}
        single = {self.resolve.confirm_by, self.owner} | ({self.private_to} if self.private_to else set())
        return frozenset(ladder | told | single | set(self.ladder.exhausted)) - {ACKER}
