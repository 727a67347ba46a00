"""What opens a playbook besides comments and people: the clock, a silence, events of other systems."""

from dataclasses import dataclass

from bot.services.events import Events
from bot.services.oncall import OnCall
from bot.services.ports import Clock, Store
from bot.services.pulse import Pulse
from bot.services.run_book import RunBook
from bot.services.schedules import Schedules
from bot.services.standing import Standing


@dataclass(frozen=True, slots=True)
class Outside:
    """One of each."""

    pulse: Pulse
    events: Events
    schedules: Schedules

    @property
    def standing(self) -> dict[str, Standing]:
        """By the first word of their timers' subjects."""
        return {"schedule": self.schedules, "heartbeat": self.pulse}


def outside_of(store: Store, book: RunBook, oncall: OnCall, clock: Clock) -> Outside:
    """A playbook's time of day is meant by the clock of the office."""
    pulse = Pulse(store, book, clock)
    schedules = Schedules(store, book, oncall.hours.zone, clock)
    return Outside(pulse, Events(store, book, pulse, clock), schedules)
