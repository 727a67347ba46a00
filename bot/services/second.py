"""The second channel: a page that Telegram does not bring leaves by SMS, voice, e-mail, ntfy or a webhook.

Every attempt is a row of the one outbox and a line of the journal. The ladder never waits for any of this: it
climbs by its own timers, and an attempt of an older epoch is dropped.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.errors import NotFound
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import CRISIS, IncidentCard, Notice, PageCard, Queued, SendState
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.run_types import RunState, What
from bot.domain.second import Because, SecondPage, attempt
from bot.domain.timer import Timer
from bot.services.delivery import Impossible, NothingToSay, Outcome, Sent
from bot.services.incidents import Incidents
from bot.services.ports import Clock, Parts, Store
from bot.services.second_start import PAGE, WAIT, SecondWays, chain_of, key_of, set_off

log = logging.getLogger(__name__)
_BACK = "back"
_LOOK_AGAIN = timedelta(seconds=30)
_TELEGRAM = f"{PAGE}:0"
"""The subject of the timer that waits for Telegram; there is no run 0."""


class Gateways(Protocol):
    """The ways out: one address, one short text."""

    async def send(self, via: Via, address: str, title: str, text: str) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Tried:
    """One way of a person, tested. `error` is empty where the gateway took it."""

    via: Via
    error: str = ""


class SecondChannel:
    """Follows pages in Telegram and by other ways; fires the timers that ask whether they arrived."""

    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        ways: SecondWays,
        gateways: Gateways,
        clock: Clock,
        *,
        test_words: tuple[str, str] = ("", ""),
    ) -> None:
        """`test_words`: title and text of a test."""
        self._store = store
        self._incidents = incidents
        self._ways = ways
        self._gateways = gateways
        self._clock = clock
        self._test_words = test_words

    # --- what follows a send ---

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """Whether it is still worth sending: nobody is woken for what is taken, over, or called anew."""
        if not isinstance(queued.what, SecondPage):
            return await self._incidents.before(tx, queued)
        return await self._wanted(tx, queued.what.run, queued.what) is not None

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        if isinstance(queued.what, SecondPage):
            if not isinstance(outcome, NothingToSay):
                await self._tried(tx, queued.what, outcome)
        elif isinstance(queued.what, PageCard) and isinstance(outcome, Impossible):
            if not await self._instead(tx, queued.what, blocked=outcome.blocked):
                await self._incidents.after(tx, queued, outcome)
        else:
            await self._incidents.after(tx, queued, outcome)

    async def _instead(self, tx: Parts, page: PageCard, *, blocked: bool) -> bool:
        """Telegram has refused this page. Whether another way is tried, or was."""
        state = await self._wanted(tx, page.run, page)
        ways = () if state is None or not page.loud else self._ways.for_call(state, page.person)
        if state is None or not ways or await tx.journal.has(chain_of(page.run, page), "second_gave_up"):
            return False
        if blocked:
            await tx.people.set_reachable(page.person, reachable=False)
        await set_off(tx, state, page, ways, Because.REFUSED, self._clock.now())
        return True

    async def _tried(self, tx: Parts, page: SecondPage, outcome: Outcome) -> None:
        now = self._clock.now()
        await self._note(tx, page, outcome, now)
        if isinstance(outcome, Sent):
            await self._tell(tx, page, What.SECOND_SENT, now)
            return
        state = await self._wanted(tx, page.run, page)
        if state is None:
            return
        following = attempt(self._ways.for_call(state, page.person), page.attempt + 1)
        if following is None:
            await self._give_up(tx, page, now)
            return
        again = replace(page, via=following.via, attempt=following.number)
        await tx.outbox.put(key_of(again), again, now, now + following.pause if following.pause else None)

    async def _give_up(self, tx: Parts, page: SecondPage, now: datetime) -> None:
        """Every way has failed. Where Telegram has refused as well, the ladder is told; where it is merely
        out of order, the ladder climbs on its own time: else one broken line would call everybody at once.
        """
        chain = chain_of(page.run, page)
        await tx.journal.write(Entry(now, "bot", "second_gave_up", f"run:{page.run}", chain))
        await self._tell(tx, page, What.SECOND_FAILED, now)
        card = await tx.outbox.page_of(PageCard(page.run, page.person, page.epoch, repeat=page.repeat))
        if card is not None and card.state is SendState.FAILED:
            await self._incidents.after(tx, card, Impossible("every way failed"))

    async def _note(self, tx: Parts, page: SecondPage, outcome: Outcome, now: datetime) -> None:
        """One line per attempt: who, by which way, and what the gateway said. Never the address."""
        detail = {"person": page.person, "via": page.via, "because": page.because, **_said(outcome)}
        await tx.journal.write(Entry(now, "bot", "second_page", f"run:{page.run}", key_of(page), detail))

    async def _tell(self, tx: Parts, page: SecondPage, what: What, now: datetime) -> None:
        said = {"person": page.person, "via": page.via, "because": page.because}
        await tx.runs.tell(RunId(page.run), what, said, now)
        await tx.outbox.put(f"{key_of(page)}:{what}", IncidentCard(page.run), now, now)

    async def _wanted(self, tx: Parts, run: int, page: SecondPage | PageCard) -> RunState | None:
        """The run, while it still makes this very call."""
        kept = await tx.runs.get(RunId(run))
        if kept is None:
            raise NotFound("run", str(run))
        state = self._incidents.read(kept)
        asked = state.phase.going_on and page.person in state.calling
        return state if asked and state.epoch == page.epoch else None

    # --- Telegram is out of order ---

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """A stored timer: has Telegram brought the page by now; or: is Telegram back?"""
        if timer.kind == WAIT:
            await self._still_waiting(timer, tx)
        else:
            await self._is_it_back(timer, tx)

    async def _still_waiting(self, timer: Timer, tx: Parts) -> None:
        run = int(timer.subject.partition(":")[2])
        call = PageCard(run, PersonId(timer.step), timer.epoch, repeat=timer.attempt)
        state = await self._wanted(tx, run, call)
        card = await tx.outbox.page_of(call)
        if state is None or card is None or card.state not in {SendState.QUEUED, SendState.SENDING}:
            return
        now = self._clock.now()
        await set_off(tx, state, call, self._ways.for_call(state, call.person), Because.STUCK, now)
        if not await tx.timers.open(_TELEGRAM):
            since = int((now - self._ways.wait).timestamp())
            await tx.journal.write(Entry(now, "bot", "telegram_stuck", "telegram", f"{_TELEGRAM}:{since}"))
            await tx.timers.set(Timer(_TELEGRAM, _BACK, now + _LOOK_AGAIN, epoch=since))

    async def _is_it_back(self, timer: Timer, tx: Parts) -> None:
        """Said once, when no page waits for Telegram any longer. The timer's epoch is when it began."""
        now = self._clock.now()
        oldest = await tx.outbox.oldest_page()
        if oldest is not None and now - oldest > self._ways.wait:
            await tx.timers.set(replace(timer, due_at=now + _LOOK_AGAIN, seq=timer.seq + 1))
            return
        cause = f"{_TELEGRAM}:{timer.epoch}"
        await tx.journal.write(Entry(now, "bot", "telegram_back", "telegram", cause))
        minutes = max(1, round((now.timestamp() - timer.epoch) / 60))
        await tx.outbox.put(f"{cause}:back", Notice(CRISIS, "telegram_back", {"minutes": minutes}), now)

    # --- a test ---

    async def test(self, person: PersonId) -> Sequence[Tried]:
        """Tries every way of this person at once, with words that say that it is a test. Journalled."""
        contacts = self._ways.contacts.get(person, {})
        done = []
        for via, address in contacts.items():
            outcome = await self._gateways.send(via, address, *self._test_words)
            now = self._clock.now()
            detail = {"via": via, **_said(outcome)}
            async with self._store.transaction() as tx:
                await tx.journal.write(Entry(now, "bot", "page_test", f"person:{person}", "", detail))
            done.append(Tried(via, str(detail.get("error", ""))))
        return done


def _said(outcome: Outcome) -> dict[str, object]:
    match outcome:
        case Sent():
            return {"outcome": "sent"}
        case Impossible(error, perhaps=True):
            return {"outcome": "unknown", "error": error}
        case Impossible(error):
            return {"outcome": "failed", "error": error}
        case _:
            return {"outcome": "unknown", "error": type(outcome).__name__}
