"""When a shift ends, what its people still have in hand is offered to whoever comes on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import PersonId
from bot.domain.run_events import ShiftEnded
from bot.domain.run_types import RunState
from bot.domain.target import Target, TargetKind
from bot.services.oncall import OnCall
from bot.services.ports import Parts
from bot.services.run_book import RunBook


@dataclass(frozen=True, slots=True)
class Change:
    """One change of hands, as the plan says now."""

    rota: str
    at: datetime
    going: tuple[PersonId, ...]
    coming: tuple[PersonId, ...]

    @property
    def name(self) -> str:
        """As the purpose of a question, and a run, keeps it."""
        return f"{self.rota}:{int(self.at.timestamp()) // 60}"


class Relief:
    """One event for each run whose owner has gone off; what follows is the machine's."""

    def __init__(self, book: RunBook, oncall: OnCall) -> None:
        self._book = book
        self._oncall = oncall

    async def offer(self, tx: Parts, change: Change, now: datetime, cause: str) -> None:
        """Whoever is on another shift still, or has taken over a run without being on any, keeps theirs."""
        target = Target(TargetKind.ONCALL, change.rota)
        on = (await self._oncall.roster([target], now)).reachable([target])
        still = {person for people in (await self._oncall.now_on(now)).values() for person in people}
        for kept in await tx.runs.going_on():
            state = self._book.read(kept)
            if state.owner is None or state.owner in still or not _is_left(state, change):
                continue
            event = ShiftEnded(
                await self._book.roster(tx, state), state.owner, _first(change, on, state), change.name
            )
            await self._book.apply(tx, state, event, "bot", f"{cause}:{state.incident.id}")


def _is_left(state: RunState, change: Change) -> bool:
    """Whether its owner goes with this change, or went with an earlier one of this rota and still has it."""
    if state.shift_over is None:
        return state.owner in change.going
    return state.shift_over.change.rpartition(":")[0] == change.rota


def _first(change: Change, on: Collection[PersonId], state: RunState) -> PersonId | None:
    """Who has just come before who was there already; nobody twice who has said that they cannot."""
    declined = state.shift_over.declined if state.shift_over is not None else ()
    able = [person for person in on if person not in declined]
    return next((person for person in able if person in change.coming), able[0] if able else None)
