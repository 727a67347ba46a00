"""Signs of life of every connector; a silence that lasts opens the playbooks that watch it."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.domain.journal import Entry
from bot.domain.outgoing import IncidentCard, Timeline
from bot.domain.outside import TELEGRAM, silence_reason
from bot.domain.playbook import Playbook
from bot.domain.run_types import What
from bot.domain.timer import Timer
from bot.domain.trigger import HeartbeatTrigger
from bot.services.opening import open_or_feed
from bot.services.ports import Clock, Parts, Store
from bot.services.ports_outside import Life
from bot.services.run_book import RunBook
from bot.services.triggers import Fired

log = logging.getLogger(__name__)
NAME, KIND = "heartbeat", "silence"
LOOK_S = 20.0
"""How often Telegram is asked for: much less than the shortest silence that a playbook may ask for."""
_AWAY = timedelta(seconds=90)
"""As in timers.py: so long without a clockwork, and the bot counts as having been down."""


class Pulse:
    """Stands behind the timers of `heartbeat:…`. A connector that was never heard is not waited for."""

    def __init__(self, store: Store, book: RunBook, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._clock = clock
        self.hears: Callable[[], bool] = lambda: False
        """Whether Telegram is heard now; the composition knows."""

    async def plan(self) -> None:
        """At the start: whoever is waited for has a timer. While the bot was away it could hear nobody."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            alive = await tx.runs.last_alive()
            if alive is not None and now - alive > _AWAY:
                await tx.outside.excuse(now - alive)
            for life in await tx.outside.lives():
                if not life.silent:
                    await self._wait_for(tx, life)

    async def run(self, steady: Clock) -> None:
        """Notes again and again whether Telegram is heard, until cancelled. `steady`: the network's clock."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("a sign of life could not be noted")
            await steady.sleep(LOOK_S)

    async def look(self) -> None:
        """Notes that Telegram is heard, where it is."""
        if self.hears():
            await self.note(TELEGRAM)

    async def note(self, connector: str) -> None:
        """A sign of life now, in a transaction of its own."""
        async with self._store.transaction(durable=False) as tx:
            await self.heard(tx, connector, self._clock.now())

    async def heard(self, tx: Parts, connector: str, at: datetime) -> None:
        """A sign of life, from that moment."""
        before = await tx.outside.life(connector)
        await tx.outside.heard(connector, at)
        after = await tx.outside.life(connector)
        if after is None or (before is not None and not before.silent) or after.silent:
            return
        await self._wait_for(tx, after)
        if before is not None:
            await self._back(tx, before)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """So long after the last sign of life that was known when it was set: is there a later one?"""
        connector, now = timer.subject.partition(":")[2], self._clock.now()
        if connector == TELEGRAM and self.hears():
            await self.heard(tx, connector, now)
        life = await tx.outside.life(connector)
        found = next((one for one in self._watching(connector) if one[0].id == timer.step), None)
        if life is None or found is None:
            return
        playbook, trigger = found
        if life.since + trigger.silent_for > now:
            await self._set(tx, playbook, trigger, life, 1 - timer.seq)
            return
        await tx.outside.fell_silent(connector)
        reason = silence_reason(connector, life.heard_at)
        cause = f"{timer.subject}:{int(life.heard_at.timestamp())}"
        fired = Fired(_group(playbook, connector), reason, True)
        run = await open_or_feed(self._book, tx, playbook, fired, cause, now)
        detail: dict[str, object] = {"playbook": playbook.id, "run": run}
        await tx.journal.write(Entry(now, "bot", "fell_silent", f"connector:{connector}", cause, detail))

    async def _back(self, tx: Parts, life: Life) -> None:
        """It is heard again: those who work on it are told. Closing stays a person's word."""
        now, connector = self._clock.now(), life.connector
        cause = f"{_subject(connector)}:{int(life.heard_at.timestamp())}:back"
        params: dict[str, object] = {"connector": connector, "since": life.heard_at.isoformat()}
        for playbook, _ in self._watching(connector):
            state = await self._book.of_group(tx, _group(playbook, connector))
            if state is not None and state.phase.going_on:
                run = state.incident.id
                await tx.runs.tell(run, What.HEARD_AGAIN, params, now)
                await tx.outbox.put(f"{cause}:run{run}", Timeline(run, What.HEARD_AGAIN, params), now)
                await tx.outbox.put(f"{cause}:run{run}:card", IncidentCard(run), now, now)
        await tx.journal.write(Entry(now, "bot", "heard_again", f"connector:{connector}", cause))

    async def _wait_for(self, tx: Parts, life: Life) -> None:
        """Every playbook that watches it has one timer, by the silence that its file asks for today."""
        await tx.timers.cancel_all(_subject(life.connector))
        for playbook, trigger in self._watching(life.connector):
            await self._set(tx, playbook, trigger, life, 0)

    async def _set(
        self, tx: Parts, playbook: Playbook, trigger: HeartbeatTrigger, life: Life, seq: int
    ) -> None:
        """Two names in turn: the one that has just fired is still marked as done after this."""
        due = life.since + trigger.silent_for
        await tx.timers.set(Timer(_subject(life.connector), KIND, due, step=playbook.id, seq=seq))

    def _watching(self, connector: str) -> Iterator[tuple[Playbook, HeartbeatTrigger]]:
        for playbook in self._book.playbooks:
            trigger = playbook.triggers.heartbeat
            if trigger is not None and trigger.connector == connector:
                yield playbook, trigger


def _subject(connector: str) -> str:
    return f"{NAME}:{connector}"


def _group(playbook: Playbook, connector: str) -> str:
    return f"{playbook.id}/{NAME}:{connector}"
