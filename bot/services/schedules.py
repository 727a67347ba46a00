"""Playbooks that open at a time of the week or month: a stored timer for the next one of each."""

from datetime import datetime

from bot.domain.journal import Entry
from bot.domain.ladder import LATE, MAX_LATE
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.outside import next_opening, schedule_reason, timetable
from bot.domain.people import Zone
from bot.domain.playbook import Playbook
from bot.domain.timer import Timer
from bot.services.opening import open_or_feed
from bot.services.ports import Clock, Parts, Store
from bot.services.run_book import RunBook
from bot.services.triggers import Fired

NAME, KIND = "schedule", "schedule"


class Schedules:
    """Stands behind the timers of `schedule:…`. `step` holds the timetable that a timer was set by."""

    def __init__(self, store: Store, book: RunBook, zone: Zone, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._zone = zone
        self._clock = clock

    async def plan(self) -> None:
        """At the start: the next time stands. One that came while the bot was away is left to be fired; one
        that was set by another timetable is not.
        """
        async with self._store.transaction() as tx:
            for playbook in self._book.playbooks:
                of = timetable(playbook.triggers.schedule, self._zone.tz)
                standing = await tx.timers.open(_subject(playbook))
                if not any(timer.step == of for timer in standing):
                    await tx.timers.cancel_all(_subject(playbook))
                    await self._set_next(tx, playbook, 0)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """Its time has come. However often it came while the bot was away, it opens once."""
        name = timer.subject.partition(":")[2]
        playbook = next((one for one in self._book.playbooks if one.id == name), None)
        if playbook is None or timer.step != timetable(playbook.triggers.schedule, self._zone.tz):
            return
        now, due = self._clock.now(), timer.due_at
        cause = f"{timer.subject}:{int(due.timestamp())}"
        if now - due > MAX_LATE:
            await self._missed(tx, playbook, due, cause)
        else:
            reason = schedule_reason(due, late=now - due > LATE)
            fired = Fired(f"{playbook.id}/{NAME}", reason, True, anew=True)
            await open_or_feed(self._book, tx, playbook, fired, cause, now)
        await self._set_next(tx, playbook, 1 - timer.seq)

    async def _missed(self, tx: Parts, playbook: Playbook, due: datetime, cause: str) -> None:
        """A round of the morning is no use in the night; people are told instead of called."""
        now = self._clock.now()
        said: dict[str, object] = {
            "playbook": playbook.name,
            "due_at": due.isoformat(),
            "zone": str(self._zone),
        }
        await tx.journal.write(Entry(now, "bot", "schedule_missed", f"playbook:{playbook.id}", cause, said))
        await tx.outbox.put(f"{cause}:missed", Notice(TRIAGE, "schedule_missed", said), now)

    async def _set_next(self, tx: Parts, playbook: Playbook, seq: int) -> None:
        """Two names in turn: the one that has just fired is still marked as done after this."""
        schedule, now = playbook.triggers.schedule, self._clock.now()
        due = next_opening(schedule, self._zone.tz, now)
        if due is not None:
            of = timetable(schedule, self._zone.tz)
            await tx.timers.set(Timer(_subject(playbook), KIND, due, step=of, seq=seq))


def _subject(playbook: Playbook) -> str:
    return f"{NAME}:{playbook.id}"
