"""Having a run is on loan: whoever took it shows now and then that they are still on it."""

from datetime import timedelta

from bot.domain import ladder
from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.run_effects import AskLease
from bot.domain.run_types import TimerKind, What
from bot.domain.turn import CADENCE, Turn

ANSWER_WITHIN = timedelta(minutes=5)
"""How long the owner has to answer "are you still on it?"."""


def hold(turn: Turn, owner: PersonId, what: What) -> None:
    """Give the run to this person, with the timer that asks after it."""
    turn.new_epoch(what, owner)
    turn.change(
        paging=Paging.ACKED,
        owner=owner,
        lease_until=turn.now + turn.state.playbook.ladder.ack_lease,
        lease_asked=False,
        calling=(),
        first_ack_at=turn.state.first_ack_at or turn.now,
    )
    if turn.state.phase is Phase.MONITORING:
        turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
    else:
        turn.set_ladder_timer(TimerKind.LEASE, turn.now + turn.state.playbook.ladder.ack_lease)


def extend(turn: Turn, person: PersonId) -> None:
    """Anything the owner does shows that they are on it. The timer notices when it fires."""
    if turn.state.paging is Paging.ACKED and turn.state.owner == person:
        turn.change(lease_until=turn.now + turn.state.playbook.ladder.ack_lease, lease_asked=False)


def ask(turn: Turn, owner: PersonId) -> None:
    """Ask the owner, and listen for a while."""
    until = turn.now + ANSWER_WITHIN
    turn.change(lease_asked=True)
    turn.do(AskLease(owner, turn.state.epoch, until))
    turn.tell(What.LEASE_ASKED, person=owner)
    turn.set_ladder_timer(TimerKind.LEASE, until)


def lose(turn: Turn, owner: PersonId) -> None:
    """The owner is silent: the ladder starts again; the work that was done stays done."""
    turn.announce(What.LEASE_LOST, person=owner)
    ladder.start_over(turn, What.LEASE_LOST)


def cut_off(turn: Turn, owner: PersonId) -> None:
    """The question cannot reach the owner, so nobody can say yes: the ladder starts again, without them."""
    turn.announce(What.UNDELIVERABLE, person=owner)
    turn.announce(What.LEASE_LOST, person=owner)
    ladder.start_over(turn, What.LEASE_LOST, unreached=(owner,))
