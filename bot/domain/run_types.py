"""The state of one run of a playbook."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.incident import Incident, Outcome, Paging, Phase, RunId, Severity
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.step_run import StepRun


class What(StrEnum):
    """Everything an incident's story can tell; chat/words has the sentence for each."""

    OPENED = "opened"
    REOPENED = "reopened"
    EVIDENCE_ADDED = "evidence_added"
    SEVERITY_RAISED = "severity_raised"
    PAGED = "paged"
    ESCALATED = "escalated"
    LEVEL_EMPTY = "level_empty"
    UNREACHABLE = "unreachable"
    UNDELIVERABLE = "undeliverable"
    SECOND_SENT = "second_sent"
    SECOND_FAILED = "second_failed"
    EXHAUSTED = "exhausted"
    NOBODY_LEFT = "nobody_left"
    STILL_UNANSWERED = "still_unanswered"
    DELAYED = "delayed"
    """The bot itself was down too long; one card says so and the ladder starts anew."""
    LATE = "late"
    ACKED = "acked"
    RAISED = "raised"
    TAKEN_OVER = "taken_over"
    LEASE_ASKED = "lease_asked"
    STILL_HANDLING = "still_handling"
    LEASE_LOST = "lease_lost"
    STEP_READY = "step_ready"
    STEP_DONE = "step_done"
    STEP_EXPIRED = "step_expired"
    ITEM_TICKED = "item_ticked"
    ITEM_OVERDUE = "item_overdue"
    NOTIFIED = "notified"
    TARGET_EMPTY = "target_empty"
    PRIVATE_EMPTY = "private_empty"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    FALSE_ALARM = "false_alarm"
    FROZEN = "frozen"
    HELD_BY_HAND = "held_by_hand"
    RELEASED = "released"
    SNAPSHOT_KEPT = "snapshot_kept"
    ASKED = "asked"
    ANSWERED = "answered"
    REMINDED = "reminded"
    COMPOSED = "composed"
    NOT_COMPOSED = "not_composed"
    EDITED = "edited"
    APPROVED = "approved"
    """One of the approvals that are needed, or the last of them."""
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    """The correct words stand on a channel; the first of a run is its first correct post."""
    HOLDING_POSTED = "holding_posted"
    """A holding statement stands on a channel: it says what is not known yet."""
    POST_ASKED = "post_asked"
    POST_FAILED = "post_failed"
    POST_UNCERTAIN = "post_uncertain"
    REPLIED = "replied"
    STEP_SKIPPED = "step_skipped"
    STEP_FAILED = "step_failed"
    JUMPED = "jumped"
    HAND_OVER_OFFERED = "hand_over_offered"
    HAND_OVER_ACCEPTED = "hand_over_accepted"
    HAND_OVER_DECLINED = "hand_over_declined"
    SHIFT_OVER = "shift_over"
    """The owner's shift has ended; they keep it until somebody else has it."""
    HAND_OVER_UNANSWERED = "hand_over_unanswered"
    HANDED_OFF = "handed_off"
    """Another playbook carries on."""
    MERGED = "merged"
    STOOD_DOWN = "stood_down"
    CLOCK_NEAR = "clock_near"
    CLOCK_OVER = "clock_over"
    CLOCK_MET = "clock_met"
    REVIEW_ASKED = "review_asked"
    REVIEWED = "reviewed"
    EVENT_CAME = "event_came"
    """What a signed event of another system says."""
    HEARD_AGAIN = "heard_again"
    """The connector whose silence opened the run."""


class TimerKind(StrEnum):
    """What a stored timer is for. The first three belong to the ladder: a run has one of them at a time."""

    ESCALATE = "escalate"
    LEASE = "lease"
    CADENCE = "cadence"
    DUE = "due"
    EXPIRE = "expire"
    REMIND = "remind"
    ROUND = "round"
    """A cadence step asks again, a reply step sends its next batch, a wait looks again."""
    STATUTE = "statute"
    """A limit set by law is near or over; `step` names the clock."""
    REVIEW = "review"
    OFFER = "offer"
    """The owner's shift is over: how long others have to take the run, before the next are called."""

    @property
    def of_ladder(self) -> bool:
        """Whether it is the one that a run always has."""
        return self in {TimerKind.ESCALATE, TimerKind.LEASE, TimerKind.CADENCE}

    @property
    def of_epoch(self) -> bool:
        """Whether it ends with the run's epoch; the others are bound to a step's attempt."""
        return self.of_ladder or self is TimerKind.OFFER


@dataclass(frozen=True, slots=True)
class Timer:
    """A stored timer; all but `due_at` is its key. Ladder timers have no step, step timers no epoch."""

    kind: TimerKind
    due_at: datetime
    step: str = ""
    attempt: int = 0
    epoch: int = 0
    seq: int = 0


Told = tuple[tuple[str, str], ...]
"""Names and plain texts of a signed event."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who was called in this run, and how often."""

    person: PersonId
    times: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What last made older buttons stale: the answer to whoever presses one."""

    what: What
    at: datetime
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ShiftOver:
    """The shift of whoever has the run has ended, and nobody has taken it from them yet.

    `change` names the change of hands. `timer` is the number of the latest OFFER timer, `until` when it is
    due, None where none waits. `calling`: the offer was in vain, and the ladder is called besides. Who has
    `declined` is not asked again.
    """

    change: str
    timer: int = 0
    until: datetime | None = None
    calling: bool = False
    declined: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class RunState:
    """One run. Two fields say where it stands: `phase` (the work) and `paging` (who has it).

    `epoch` grows whenever it changes who is responsible; a button or ladder timer of another epoch is stale.
    `timer_seq` names the one live ladder timer. `calling` can still answer at this level; `unreached` could
    not be delivered to since the ladder last began. `level` and `round` count from 0. `began_at` is the
    latest opening. A run before its opening has epoch 0.
    """

    incident: Incident
    playbook: Playbook
    severity: Severity
    phase: Phase = Phase.OPEN
    paging: Paging = Paging.UNACKED
    outcome: Outcome | None = None
    epoch: int = 0
    level: int = 0
    round: int = 0
    timer_seq: int = 0
    owner: PersonId | None = None
    lease_until: datetime | None = None
    lease_asked: bool = False
    calling: tuple[PersonId, ...] = ()
    called: tuple[Called, ...] = ()
    unreached: tuple[PersonId, ...] = ()
    steps: tuple[StepRun, ...] = ()
    offered_to: PersonId | None = None
    """Who was asked to take the run over and has not answered yet."""
    shift_over: ShiftOver | None = None
    holding: tuple[str, ...] = ()
    """The freeze steps whose hold nobody has released yet."""
    triggers: int = 0
    began_at: datetime | None = None
    first_ack_at: datetime | None = None
    resolved_at: datetime | None = None
    last: Happening | None = None
    clocks_met: tuple[str, ...] = ()
    clocks_due: tuple[tuple[str, datetime], ...] = ()
    """When each limit is over, counted at the opening: a calendar that changes later moves none of them."""
    queued: int = 0
    """Triggers that wait for a run of their own (`on_repeat: queue`)."""
    late: tuple[str, ...] = ()
    """The steps whose lateness has called somebody besides the owner."""
    resort_at: datetime | None = None
    """When the last resort was last called besides the owner of this epoch."""
    carried_by: RunId | None = None
    """The run that carries on where this one was merged or handed off."""
    event: Told = ()
    """What signed events have said, by name; of two that say a thing the later holds."""
    informed_at: datetime | None = None
    """When the first correct words stood outside; a holding statement does not count."""

    def was_called(self, person: PersonId) -> bool:
        """Whether this run has called them: the permission table's "when paged"."""
        return any(called.person == person for called in self.called)

    def step_run(self, step: str) -> StepRun | None:
        """How far this step is."""
        return next((run for run in self.steps if run.step == step), None)

    def told(self, name: str) -> str | None:
        """What `event.NAME` stands for; None where no event has said it."""
        return dict(self.event).get(name.removeprefix("event."))

    def may_reopen(self, now: datetime) -> bool:
        """Whether a trigger of the group opens this run again instead of a new one."""
        if self.phase is not Phase.RESOLVED or self.resolved_at is None:
            return False
        if self.outcome in {Outcome.MERGED, Outcome.HANDED_OFF}:
            return False
        return now < self.resolved_at + self.playbook.resolve.reopen_within


def prepare(
    incident: Incident, playbook: Playbook, severity: Severity | None = None, event: Told = ()
) -> RunState:
    """A run that waits for its Opened event. `severity` overrides the playbook's own."""
    steps = tuple(StepRun(step.id) for step in playbook.steps)
    return RunState(incident, playbook, severity or playbook.severity, steps=steps, event=event)
