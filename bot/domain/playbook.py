"""The definition of a playbook: when it opens, who is called, what is done, who closes it.

Immutable, and frozen with every run by `sha256`: editing a file never moves a live incident.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.expression import Expression
from bot.domain.incident import Severity
from bot.domain.limit import Length, WorkingDays
from bot.domain.step_state import StepState
from bot.domain.steps import Publish, Uses, Wait
from bot.domain.target import ACKER, Target
from bot.domain.trigger import GroupBy, Triggers


class Via(StrEnum):
    """How a page travels. All but Telegram are named as the kinds of a person's contacts."""

    TELEGRAM = "telegram"
    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
    NTFY = "ntfy"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the ladder: who is called together, and how long they have before the next is called.

    `via`: the ways in order, each tried where the one before failed; none: the order of the agency.
    """

    page: tuple[Target, ...]
    ack_within: timedelta
    via: tuple[Via, ...] = ()


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
    QUEUE = "queue"
    """Waits, and opens a run of its own when the going one is resolved."""


@dataclass(frozen=True, slots=True)
class Concurrency:
    """One run per group."""

    group: GroupBy = GroupBy.CLAIM
    on_repeat: OnRepeat = OnRepeat.MERGE


class After(StrEnum):
    """What follows when a step does not end well."""

    CONTINUE = "continue"
    """What needs it may start. Never for an approval."""
    ESCALATE = "escalate"
    """The step goes on waiting; the next level is called."""
    NOTIFY = "notify"
    """It is over, and the people of the step are told."""
    ASK_HUMAN = "ask_human"
    """It stands still until a person decides."""
    GOTO = "goto"
    """That step, and everything after it, begins its next attempt."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """`escalate`, or `goto sikap-awal`."""

    what: After
    step: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Ready when everything in `needs`, and every step that `condition` names, has ended well;
    without needs, at the opening; `to: acker` waits for the first acknowledgement.

    `timeout` and `remind_every` count from ready. `reactions` holds what the file says under on_timeout,
    on_return, on_reject and on_failure, by the state that the step ended in.
    """

    id: str
    name: str
    uses: Uses
    needs: tuple[str, ...] = ()
    timeout: timedelta | None = None
    basis: str | None = None
    to: tuple[Target, ...] = ()
    condition: Expression | None = None
    reactions: Mapping[StepState, Reaction] = field(default_factory=dict)
    remind_every: timedelta | None = None

    @property
    def before(self) -> tuple[str, ...]:
        """The steps that have to end well before this one is looked at."""
        return (*self.needs, *(self.condition.steps if self.condition is not None else ()))


@dataclass(frozen=True, slots=True)
class Resolve:
    """Who may close a run, and how long afterwards a new trigger opens it again."""

    confirm_by: Target
    reopen_within: timedelta = timedelta(hours=24)
    when: Expression | None = None
    """While it holds in monitoring, closing is proposed. Without one: hourly, while the office is open."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit set by law, counted from the opening: shown, reminded of, never acted on by the bot.

    `met_when` stops it. `remind_before` are moments before its end. `own`: the agency has set it for itself.
    """

    id: str
    name: str
    within: Length
    basis: str | None = None
    remind_before: tuple[timedelta | WorkingDays, ...] = ()
    met_when: Expression | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Looking back: who answers which questions how long after the closing, what is measured and exported."""

    due: timedelta
    owner: Target
    ask: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    export: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """How often this playbook is to be practised, and with which scenario file."""

    every: timedelta | None = None
    scenario: str = ""


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
    clocks: tuple[Clock, ...] = ()
    review: Review | None = None
    drill: Drill | None = None
    reviewed: date | None = None
    """When somebody last looked whether it still holds."""

    @property
    def review_due(self) -> date | None:
        """The last day by which somebody should look whether it still holds; None where it names none."""
        if self.review_every is None or self.reviewed is None:
            return None
        return self.reviewed + self.review_every

    def step(self, step_id: str) -> Step | None:
        """The step of this id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def counts(self) -> frozenset[str]:
        """What has to be counted before the conditions can be judged: the facts of a roster."""
        found = [self.resolve.when, *(clock.met_when for clock in self.clocks)]
        for step in self.steps:
            found += [step.condition, step.uses.until if isinstance(step.uses, Wait) else None]
            found += [step.uses.correct_when] if isinstance(step.uses, Publish) else []
        return frozenset(count for one in found if one is not None for count in one.counts)

    def targets(self) -> frozenset[Target]:
        """Everybody whom a run of this playbook may ever need: what a roster has to answer."""
        ladder = {target for level in self.ladder.levels for target in level.page}
        told = {to for step in self.steps for to in step.to}
        single = {self.resolve.confirm_by, self.owner}
        single |= {self.private_to} if self.private_to else set()
        single |= {self.review.owner} if self.review else set()
        return frozenset(ladder | told | single | set(self.ladder.exhausted)) - {ACKER}


def sensitive_topics(playbooks: Sequence[Playbook]) -> dict[str, timedelta]:
    """The topics whose comments the group never sees, each with how long after its end it may come back."""
    found: dict[str, timedelta] = {}
    for playbook in playbooks:
        trigger = playbook.triggers.comment if playbook.sensitive else None
        for topic in trigger.topics if trigger is not None else ():
            found[topic] = max(playbook.resolve.reopen_within, found.get(topic, timedelta(0)))
    return found
