"""The services around the rota, wired to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.services.gap_note import GapNote
from bot.services.handover import HandOver
from bot.services.oncall import OnCall
from bot.services.people import Directory, Team
from bot.services.ports import Clock, Store
from bot.services.reachability import Reachability
from bot.services.relief import Relief
from bot.services.run_book import RunBook
from bot.services.shift_summary import ShiftSummary
from bot.services.shifts import Shifts
from bot.services.standing import Standing
from bot.services.swaps import Swaps


@dataclass(frozen=True, slots=True)
class Duties:
    """One of each."""

    shifts: Shifts
    swaps: Swaps
    handover: HandOver
    reachability: Reachability
    gap_note: GapNote
    summary: ShiftSummary

    @property
    def standing(self) -> dict[str, Standing]:
        """Whose timers are whose, by the first word of their subject."""
        return {
            "swap": self.swaps,
            "handover": self.handover,
            "reach": self.reachability,
            "gaps": self.gap_note,
        }


def duties_of(  # noqa: PLR0913 - the composition root names each once
    store: Store,
    team: Team,
    directory: Directory,
    oncall: OnCall,
    clock: Clock,
    *,
    days_off: Mapping[date, str] | None = None,
    book: RunBook | None = None,
) -> Duties:
    """`days_off`: the names of holidays, for who asks. `book`: of the incidents that a shift leaves, and of
    the playbooks that call people.
    """
    playbooks = book.playbooks if book is not None else ()
    relief = Relief(book, oncall) if book is not None else None
    handover = HandOver(store, oncall, directory, clock, relief)
    return Duties(
        shifts=Shifts(store, team, directory, oncall, handover, days_off=days_off),
        swaps=Swaps(store, team, directory, oncall, handover, clock),
        handover=handover,
        reachability=Reachability(store, oncall, directory, clock, playbooks),
        gap_note=GapNote(store, oncall, clock, playbooks),
        summary=ShiftSummary(store, team),
    )
