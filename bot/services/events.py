"""Signed events of other systems: each counts once, and opens what its source and kind open."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import Timeline
from bot.domain.outside import (
    PULSE,
    OutsideEvent,
    event_facts,
    event_key,
    event_params,
    event_reason,
    matches_event,
)
from bot.domain.playbook import Playbook
from bot.domain.run_types import What
from bot.services.opening import open_or_feed
from bot.services.ports import Clock, Parts, Store
from bot.services.pulse import Pulse
from bot.services.run_book import RunBook
from bot.services.triggers import Fired


class Contradicted(Exception):
    """This event has come before and said something else."""


@dataclass(frozen=True, slots=True)
class Received:
    """`new`: it had not come before. `runs`: the incidents that it opened or fed."""

    new: bool
    runs: tuple[RunId, ...] = ()


class Events:
    """Whoever calls has checked the signature."""

    def __init__(self, store: Store, book: RunBook, pulse: Pulse, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._pulse = pulse
        self._clock = clock

    async def receive(self, event: OutsideEvent) -> Received:
        """Leaves after the commit. Raises Contradicted; then nothing has changed."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            # What is signed for a moment to come is no sign of life of that moment.
            await self._pulse.heard(tx, event.source, min(event.sent_at, now))
            if event.kind == PULSE:
                return Received(new=True)
            said = _hash(event)
            known = await tx.outside.event(event.source, event.id)
            if known not in {None, said}:
                raise Contradicted
            if known is not None:
                return Received(new=False)
            await tx.outside.keep_event(event.source, event.id, said, now)
            return Received(new=True, runs=await self._open(tx, event, now))

    async def _open(self, tx: Parts, event: OutsideEvent, now: datetime) -> tuple[RunId, ...]:
        cause = f"event:{event.source}:{event.id}"
        runs = []
        for playbook in self._book.playbooks:
            if any(matches_event(trigger, event) for trigger in playbook.triggers.event):
                key = event_key(playbook.id, playbook.triggers, playbook.concurrency.group, event)
                facts = event_facts(event, hidden=playbook.sensitive)
                fired = Fired(key, event_reason(event), True, event=facts)
                run = await open_or_feed(self._book, tx, playbook, fired, f"{cause}:{playbook.id}", now)
                if run is not None:
                    await tell_event(tx, playbook, run, event, cause, now)
                    runs.append(run)
        detail: dict[str, object] = {"kind": event.kind, "runs": runs}
        await tx.journal.write(Entry(now, "bot", "event", f"source:{event.source}", cause, detail))
        return tuple(runs)


async def tell_event(
    tx: Parts, playbook: Playbook, run: RunId, event: OutsideEvent, cause: str, now: datetime
) -> None:
    """What it says, for the team only."""
    params = event_params(event, hidden=playbook.sensitive)
    await tx.runs.tell(run, What.EVENT_CAME, params, now)
    await tx.outbox.put(f"{cause}:run{run}:event", Timeline(run, What.EVENT_CAME, params), now)


def _hash(event: OutsideEvent) -> str:
    return sha256(repr((event.kind, sorted(event.fields))).encode("utf-8", "surrogatepass")).hexdigest()
