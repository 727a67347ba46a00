"""The fakes of the tests: a classifier, a roster, a crisis side and a wire that do as they are told.

The clock is `bot.clock.FakeClock`; the database is a real one.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.clock import FakeClock
from bot.domain.case import Case
from bot.domain.comment import Author, Comment, KeptComment, Origin, Platform, Verdict
from bot.domain.late import DueTimer
from bot.domain.outgoing import Outgoing, Queued, ShownCard, redraws
from bot.domain.people import Person, PersonId, Role, Zone
from bot.services.delivery import Impossible, Outcome, Sent
from bot.services.ports import Parts
from bot.store.database import Database

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, 09.00 in Jakarta."""
TRIAGE_CHAT, CRISIS_CHAT, DISCUSSION = -1001, -1002, -1003


def verdict(*labels: str, topics: Iterable[str] = (), unsure: Iterable[str] = ()) -> Verdict:
    return Verdict(labels=labels, unsure=tuple(unsure), topics=tuple(topics), model="fake")


class FakeReads:
    """A classifier: the first known word decides. A word with an error makes it fail."""

    def __init__(self) -> None:
        self.known: dict[str, Verdict | Exception] = {}
        self.read_texts: list[str] = []

    async def read(self, text: str) -> Verdict:
        self.read_texts.append(text)
        for word, found in self.known.items():
            if word in text:
                if isinstance(found, Exception):
                    raise found
                return found
        return verdict("question")


@dataclass
class FixedDuty:
    """`find` answers from a table; everybody is on duty who is not named as off."""

    targets: dict[str, tuple[PersonId, ...]] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)

    async def on_duty(self, person: PersonId, _at: datetime) -> bool:
        return person not in self.off

    async def find(self, target: str, _at: datetime) -> tuple[PersonId, ...]:
        return self.targets.get(target, ())


@dataclass
class QuietCrisis:
    """Notes what it was asked to consider, and can fail."""

    considered: list[tuple[str, int]] = field(default_factory=list)
    error: Exception | None = None
    managers: Sequence[PersonId] = ()

    async def consider(self, _tx: Parts, kept: KeptComment, case: Case, _cause: str) -> None:
        if self.error is not None:
            raise self.error
        self.considered.append((kept.comment.text, case.id))

    async def fire(self, _tx: Parts, due: Sequence[DueTimer], _down_since: datetime | None) -> None:
        """No incident is open, so none has a timer."""
        assert not due


@dataclass(frozen=True)
class Delivered:
    chat_id: int
    what: Outgoing
    at: float
    lane: int


class FakeWire:
    """Stands for the chat and the poster: notes every send and answers as told.

    `answers` maps a kind of outgoing to outcomes that it meets in turn; without one it is sent.
    """

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self._database = database
        self._clock = clock
        self._numbers = count(1)
        self.answers: dict[type, list[Outcome | Exception]] = {}
        self.tried: list[Delivered] = []
        self.sent: list[Delivered] = []
        self.hold: dict[type, asyncio.Event] = {}
        """A kind that stays on its way until the event is set."""
        self.shut: set[int] = set()
        """Private chats whose owners have blocked the bot."""
        self.mute: set[type] = set()
        """Kinds that arrive, but whose answer never does."""
        self.cards: list[tuple[str, int]] = []
        """Every live card that was sent anew, with its message's number."""

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        one = Delivered(chat_id, queued.what, self._clock.monotonic(), int(queued.lane))
        self.tried.append(one)
        if type(queued.what) in self.hold:
            await self.hold[type(queued.what)].wait()
        if chat_id in self.shut:
            return Impossible("Forbidden: bot was blocked by the user", blocked=True)
        waiting = self.answers.get(type(queued.what))
        if waiting:
            answer = waiting.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        self.sent.append(one)
        sent = await self._message(queued, chat_id)
        if type(queued.what) in self.mute:
            await asyncio.Event().wait()
        return sent

    async def _message(self, queued: Queued, chat_id: int) -> Sent:
        """As the chat answers: where a live card stands is told, and written down by whoever asked."""
        subject = redraws(queued.what)
        if not subject:
            return Sent(chat_id, next(self._numbers))
        if await self._database.read.outbox.card(subject) is not None:
            return Sent(chat_id, 0)
        number = next(self._numbers)
        self.cards.append((subject, number))
        return Sent(chat_id, number, (subject, ShownCard(chat_id, number, "")))

    def kinds(self) -> list[str]:
        return [type(one.what).__name__ for one in self.sent]

    def of(self, kind: type) -> list[Outgoing]:
        return [one.what for one in self.sent if isinstance(one.what, kind)]


def person(name: str, *roles: Role) -> Person:
    return Person(PersonId(name), name.title(), frozenset(roles), Zone.WIB)


_numbers = count(1)


def comment(
    text: str = "Kapan jalan di Kampung Melati diperbaiki?",
    *,
    message: str = "",
    thread: str = f"{DISCUSSION}/10",
    platform: Platform = Platform.TELEGRAM_DISCUSSION,
    author: str = "tg:501",
    at: datetime = MORNING,
) -> Comment:
    """A comment of its own, unless `message` names it."""
    return Comment(
        origin=Origin(platform, thread, message or f"{next(_numbers)}"),
        author=Author(author, "Warga"),
        text=text,
        written_at=at,
        received_at=at,
        context="Jadwal layanan",
    )


def later(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)
