"""How a send can end, and what the outbox needs for sending."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.outgoing import Queued, ShownCard
from bot.services.ports import Parts


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands there. `message_id` 0: nothing new was sent (an edit, or nothing to change).

    `card`: the live card that it is, by name, and where it stands now.
    """

    chat_id: int
    message_id: int
    card: tuple[str, ShownCard] | None = None


@dataclass(frozen=True, slots=True)
class NothingToSay:
    """What it was about is gone."""

    why: str


@dataclass(frozen=True, slots=True)
class TooMany:
    """429: this chat is closed for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not delivered, and may be tried again."""

    error: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Something was written and no answer that decides came back."""

    error: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """The platform said no; the same call fails every time. `blocked`: the person does not let the bot in.

    `perhaps`: it may have arrived all the same, and something else is done instead of trying it again.
    """

    error: str
    blocked: bool = False
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup."""

    new_chat: int


Outcome = Sent | NothingToSay | TooMany | NotSent | Unsure | Impossible | Moved


class Sender(Protocol):
    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        """Draws and sends. Never raises for what the platform answers."""


class Addresses(Protocol):
    async def chat_of(self, recipient: str) -> int | None:
        """The chat behind `triage`, `person:x`, `comment:7`, `draft:3`; None: there is none (yet)."""


class Pacer(Protocol):
    def ready_in(self, chat_id: int, lane: int, now: float, *, edit: bool = False) -> float: ...
    def take(self, chat_id: int, lane: int, now: float, *, edit: bool = False) -> None: ...
    def freeze(self, chat_id: int, seconds: float, now: float) -> None: ...


class Follows(Protocol):
    """What belongs to a kind of outgoing before and after it is sent, in the transaction of its state."""

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """Whether it may still go out. False: it is dropped."""

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """Sent, Impossible, NothingToSay, or (public only) Unsure; never called for what is tried again."""
