"""Timers that the bot itself held up: one message for what piled up while it was down, not nine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.incident import RunId
from bot.domain.ladder import LATE
from bot.domain.run_types import Timer, TimerKind


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer to fire. `also` are late ones that are fired with it, not by themselves."""

    run: RunId
    timer: Timer
    also: tuple[Timer, ...] = ()

    def is_late(self, now: datetime) -> bool:
        """Whether it was held up by the bot."""
        return now - self.timer.due_at > LATE


def coalesce(due: Iterable[DueTimer], now: datetime) -> tuple[DueTimer, ...]:
    """What to fire, in order of due time. Ladder timers that are on time stay as they are.

    Of one run's late ladder timers only the newest can be live, so it carries the others; its due items
    become one reminder, for the items of a checklist often share their moment. Time-outs of steps stay
    single, since each changes a step of its own.
    """
    fire: list[DueTimer] = []
    piles: dict[tuple[RunId, str], list[Timer]] = {}
    for one in due:
        if one.timer.kind is TimerKind.DUE or (one.is_late(now) and one.timer.kind is not TimerKind.EXPIRE):
            pile = _pile(one.timer)
            piles.setdefault((one.run, pile), []).extend((one.timer, *one.also))
        else:
            fire.append(one)
    fire += [_folded(run, timers) for (run, _), timers in piles.items()]
    return tuple(sorted(fire, key=lambda one: (one.timer.due_at, one.run, one.timer.seq)))


def _pile(timer: Timer) -> str:
    """What becomes one message: the ladder, the overdue items, the reminders and rounds of one step each."""
    if timer.kind.of_ladder:
        return "ladder"
    return str(timer.kind) if timer.kind is TimerKind.DUE else f"{timer.kind}:{timer.step}"


def _folded(run: RunId, timers: list[Timer]) -> DueTimer:
    if timers[0].kind.of_ladder:
        ordered = sorted(timers, key=lambda timer: (timer.epoch, timer.seq), reverse=True)
    else:
        ordered = sorted(timers, key=lambda timer: (timer.due_at, timer.step, timer.seq))
    return DueTimer(run, ordered[0], tuple(ordered[1:]))
