"""/tukar: two people exchange shifts, or one takes a shift over, once both have said yes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.errors import CannotSwap, NotAllowed, WrongState
from bot.domain.leave import Leave, on_leave
from bot.domain.people import Action, PersonId
from bot.domain.rota import Override, Rotation, stretches

SwapId = NewType("SwapId", int)
ANSWER_WITHIN = timedelta(hours=24)
NOT_A_PARTY = "Tukar giliran ini ditanyakan kepada orang lain."
_AT_LEAST = timedelta(minutes=30)
"""Somebody who is asked for a shift that begins at once, or has begun, still gets time to read."""


class SwapState(StrEnum):
    """Where the agreement stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Duty:
    """A stretch of one rota that somebody has."""

    rota: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Swap:
    """`giver` gives a duty to `taker` and has `back` for it, if anything.

    `asked_by` is the giver, or somebody who arranges it for them; then the giver too has to say yes.
    """

    id: SwapId
    give: Duty
    giver: PersonId
    taker: PersonId
    back: Duty | None
    asked_by: PersonId
    asked_at: datetime
    expires_at: datetime
    agreed: frozenset[PersonId] = frozenset()
    state: SwapState = SwapState.ASKED

    @property
    def parties(self) -> tuple[PersonId, PersonId]:
        return self.giver, self.taker

    @property
    def awaits(self) -> tuple[PersonId, ...]:
        """Whose yes is still missing."""
        return tuple(person for person in self.parties if person not in self.agreed)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is on when, as it stands: rotations, what was agreed on before, and who is out."""

    rotations: Mapping[str, Rotation]
    overrides: Sequence[Override] = ()
    leaves: Sequence[Leave] = ()

    def has(self, person: PersonId, duty: Duty) -> bool:
        """Whether the person is on for the whole of this duty."""
        rotation = self.rotations.get(duty.rota)
        if rotation is None or duty.start >= duty.end:
            return False
        found = stretches(rotation, duty.start, duty.end, self.overrides, self.leaves)
        return all(person in one.people for one in found)

    def busy(self, person: PersonId, duty: Duty) -> bool:
        """Whether the person is on at any moment of that time, in whatever rota."""
        return any(
            person in one.people
            for rotation in self.rotations.values()
            for one in stretches(rotation, duty.start, duty.end, self.overrides, self.leaves)
        )

    def out(self, person: PersonId, duty: Duty) -> bool:
        """Whether the person is on leave at any moment of that time."""
        moments = [duty.start, *(one.start for one in self.leaves if duty.start < one.start < duty.end)]
        return any(on_leave(person, self.leaves, moment) for moment in moments)


def ask(give: Duty, giver: PersonId, taker: PersonId, back: Duty | None, by: PersonId, now: datetime) -> Swap:
    """The question, with the asker's own yes in it. Raises CannotSwap."""
    if giver == taker:
        raise CannotSwap("same", giver)
    if give.end <= now or (back is not None and back.end <= now):
        raise CannotSwap("over", giver)
    first = min(duty.start for duty in (give, back) if duty is not None)
    until = min(now + ANSWER_WITHIN, max(first, now + _AT_LEAST))
    agreed = frozenset({by}) & {giver, taker}
    return Swap(SwapId(0), give, giver, taker, back, by, now, until, agreed)


def must_fit(swap: Swap, plan: Plan) -> None:
    """Raises CannotSwap where the exchange would lose somebody: each must have what they give, and be free
    when they stand in. Asked when the question is put, and again when it is answered.
    """
    for duty, one, other in _sides(swap):
        if not plan.has(one, duty):
            raise CannotSwap("not_on", one)
        if plan.out(other, duty):
            raise CannotSwap("on_leave", other)
        if plan.busy(other, duty):
            raise CannotSwap("busy", other)


def agree(swap: Swap, person: PersonId, now: datetime) -> Swap:
    """One party's yes. It counts once both have said it. Raises WrongState, NotAllowed."""
    _must_be_open(swap, person, swap.parties, now)
    agreed = swap.agreed | {person}
    done = agreed.issuperset(swap.parties)
    return replace(swap, agreed=agreed, state=SwapState.AGREED if done else SwapState.ASKED)


def decline(swap: Swap, person: PersonId, now: datetime) -> Swap:
    """One party's no ends it; of the one who asked it is a withdrawal. Raises as `agree`."""
    _must_be_open(swap, person, (*swap.parties, swap.asked_by), now)
    own = person == swap.asked_by
    return replace(swap, state=SwapState.WITHDRAWN if own else SwapState.DECLINED)


def expire(swap: Swap) -> Swap:
    """Nobody answered in time."""
    return replace(swap, state=SwapState.EXPIRED) if swap.state is SwapState.ASKED else swap


def overrides_of(swap: Swap) -> tuple[Override, ...]:
    """What the rota knows of it from now on: each in the other's place."""
    return tuple(
        Override(duty.rota, duty.start, duty.end, other, instead_of=one) for duty, one, other in _sides(swap)
    )


def _sides(swap: Swap) -> tuple[tuple[Duty, PersonId, PersonId], ...]:
    """What changes hands: the duty, who has it, who gets it."""
    given = ((swap.give, swap.giver, swap.taker),)
    return given if swap.back is None else (*given, (swap.back, swap.taker, swap.giver))


def _must_be_open(swap: Swap, person: PersonId, those: Collection[PersonId], now: datetime) -> None:
    if person not in those:
        raise NotAllowed(Action.SWAP_OWN, NOT_A_PARTY)
    if swap.state is not SwapState.ASKED:
        raise WrongState(f"swap_{swap.state}")
    if now >= swap.expires_at:
        raise WrongState(f"swap_{SwapState.EXPIRED}")
