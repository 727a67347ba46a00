"""How far a step is."""

from enum import StrEnum


class StepState(StrEnum):
    """`ended_well` lets what needs the step start; the other ends have their `on_…` in the playbook."""

    PENDING = "pending"
    WAITING = "waiting"
    """It waits for people, for time, or for a message to arrive."""
    DONE = "done"
    SKIPPED = "skipped"
    RETURNED = "returned"
    """Sent back to its author with a note."""
    REJECTED = "rejected"
    EXPIRED = "expired"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    """A later attempt took its place."""
    CANCELLED = "cancelled"

    @property
    def ended_well(self) -> bool:
        """Whether steps that need this one may start."""
        return self in {StepState.DONE, StepState.SKIPPED}

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected of it by itself."""
        return self not in {StepState.PENDING, StepState.WAITING}
