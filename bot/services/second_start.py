"""When a run calls somebody, the other ways are made ready in the same transaction: a stored timer asks later
whether Telegram has brought the call, or the first way sets off at once where the playbook wants it so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.incident import Paging
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.run_effects import Decision, PageExhausted, PagePerson
from bot.domain.run_types import RunState
from bot.domain.second import Because, SecondPage, at_once, attempt, ways_of
from bot.domain.timer import Timer
from bot.services.ports import Parts

PAGE = "page"
"""The subject of the timers: `page:3` belongs to run 3."""
WAIT = "second"
_BESIDE_TELEGRAM = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class SecondWays:
    """Who can be reached how, in the agency's order, and how long Telegram may take."""

    contacts: Mapping[PersonId, Mapping[Via, str]] = field(default_factory=dict)
    wait: timedelta = _BESIDE_TELEGRAM

    def of(self, person: PersonId) -> tuple[Via, ...]:
        return tuple(self.contacts.get(person, {}))

    def for_call(self, state: RunState, person: PersonId) -> tuple[Via, ...]:
        """The ways of the call that this run is making now."""
        return ways_of(wanted_by(state), self.of(person))

    async def prepare(self, tx: Parts, decision: Decision, now: datetime) -> None:
        """Called with every decision, in its transaction."""
        state = decision.state
        for call in decision.effects:
            if not isinstance(call, PagePerson | PageExhausted) or not _rings(call):
                continue
            ways = self.for_call(state, call.person)
            if ways and at_once(wanted_by(state)):
                await set_off(tx, state, call, ways, Because.FIRST, now)
            elif ways:
                subject, step, due = f"{PAGE}:{state.incident.id}", call.person, now + self.wait
                await tx.timers.set(Timer(subject, WAIT, due, step, call.repeat, call.epoch))


def _rings(call: PagePerson | PageExhausted) -> bool:
    """A page without a sound stays in Telegram: any other way would ring."""
    return isinstance(call, PageExhausted) or call.loud


def wanted_by(state: RunState) -> tuple[Via, ...]:
    """The ways that the level being called names; () for the last resort and where it names none."""
    levels = state.playbook.ladder.levels
    unanswered = state.paging is Paging.UNANSWERED
    return () if unanswered or state.level >= len(levels) else levels[state.level].via


class Call(Protocol):
    """What one chain is about: a page in Telegram, or the wish for one."""

    @property
    def person(self) -> PersonId: ...
    @property
    def epoch(self) -> int: ...
    @property
    def repeat(self) -> int: ...


async def set_off(
    tx: Parts, state: RunState, call: Call, ways: tuple[Via, ...], because: Because, now: datetime
) -> None:
    """The first attempt. A chain that runs already stays as it is."""
    first = attempt(ways, 0)
    if first is not None:
        page = SecondPage(state.incident.id, call.person, call.epoch, call.repeat, first.via, because)
        await tx.outbox.put(key_of(page), page, now)


def chain_of(run: int, call: Call) -> str:
    """What one call of one person sets off, by one name."""
    return f"{PAGE}:{run}:{call.person}:{call.epoch}:{call.repeat}"


def key_of(page: SecondPage) -> str:
    return f"{chain_of(page.run, page)}:{page.attempt}"
