"""Until when a citizen is to have a first answer: a target per label, counted in open office time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.calendar import NoWorkingTimeError, WorkingHours
from bot.domain.case import Case
from bot.domain.limit import Length, WorkingDays, on_the_wall
from classifiers.labels import Label

_SHARE = 0.75
"""Of the time is over when the holder is reminded."""
_ROUND = timedelta(minutes=5)
_ROUND_WHERE_SHORT = timedelta(minutes=1)
_SHORT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due`: the promise. `remind` and `late`: when people are told, in full minutes: many come as one."""

    due: datetime
    remind: datetime
    late: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """`targets` of the agency. Without `hours` nothing is promised.

    A time is office time, `3wd` days on which the office opens. An emergency does not wait for the office to
    open: its target runs by the clock on the wall.
    """

    targets: Mapping[Label, Length] = field(default_factory=dict)
    hours: WorkingHours | None = None

    def deadline(self, case: Case) -> Deadline | None:
        """The earliest of the case's certain labels; None where none has a target. In full seconds, as kept.

        None too for somebody at risk: the ladder that calls people keeps a shorter time than any of these.
        """
        if case.sensitive:
            return None
        opened_at = case.opened_at.replace(microsecond=0)
        found = [
            deadline
            for label in case.verdict.labels
            if (deadline := self._of(Label(label), opened_at)) is not None
        ]
        return min(found, key=lambda deadline: deadline.due, default=None)

    def open_time(self, at: datetime, length: timedelta) -> datetime:
        """So much open office time later; by the clock on the wall where no hours are known."""
        try:
            return at + length if self.hours is None else self.hours.add_working_time(at, length)
        except NoWorkingTimeError:
            return at + length

    def _of(self, label: Label, opened_at: datetime) -> Deadline | None:
        target = self.targets.get(label)
        if target is None or self.hours is None:
            return None
        length = on_the_wall(target)
        step = _ROUND_WHERE_SHORT if length < _SHORT else _ROUND
        try:
            if isinstance(target, WorkingDays) and label is not Label.EMERGENCY:
                return _by_days(target, opened_at, self.hours)
            due, remind = (self._after(label, opened_at, part) for part in (length, length * _SHARE))
        except NoWorkingTimeError:
            return None  # an office that never opens promises nothing
        return Deadline(due, _up(remind, step), _up(due, step))

    def _after(self, label: Label, opened_at: datetime, length: timedelta) -> datetime:
        if label is Label.EMERGENCY or self.hours is None:
            return opened_at + length
        return self.hours.add_working_time(opened_at, length)


def _by_days(target: WorkingDays, opened_at: datetime, hours: WorkingHours) -> Deadline:
    """Until the office closes on the last of the days; people are reminded when it opens that day."""
    last = hours.add_working_days(opened_at.astimezone(hours.zone.tz).date(), target.count)
    opens, closes = hours.span_of(last)
    return Deadline(closes, _up(opens, _ROUND), _up(closes, _ROUND))


def _up(at: datetime, step: timedelta) -> datetime:
    """The next full minute, or five."""
    over = timedelta(seconds=at.timestamp() % step.total_seconds())
    return at + (step - over if over else timedelta(0))
