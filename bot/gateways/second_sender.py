"""What the outbox of the second channel sends with, and whom it may not keep waiting."""

from collections.abc import Awaitable, Callable, Mapping
from itertools import count

from bot.domain.outgoing import Queued
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.second import SecondPage
from bot.services.delivery import Impossible, NothingToSay, Outcome
from bot.services.second import Gateways

Drawing = Callable[[SecondPage], Awaitable[tuple[str, str] | None]]
"""Title and text, from what is true when it is sent; None where there is nothing to say any more."""


class SecondSender:
    """`contacts`: how each person is reached, by way."""

    def __init__(
        self, gateways: Gateways, contacts: Mapping[PersonId, Mapping[Via, str]], draw: Drawing
    ) -> None:
        self._gateways = gateways
        self._contacts = contacts
        self._draw = draw

    async def deliver(self, queued: Queued, _chat_id: int) -> Outcome:
        page = queued.what
        if not isinstance(page, SecondPage):
            return NothingToSay("not for this channel")
        address = self._contacts.get(page.person, {}).get(Via(page.via))
        if address is None:
            return Impossible("no contact any more")
        drawn = await self._draw(page)
        if drawn is None:
            return NothingToSay("what it was about is gone")
        return await self._gateways.send(Via(page.via), address, *drawn)


class OwnPlaces:
    """Gateways have no chats: each way of each person gets a number, so what hangs is alone."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._next = count(1)

    async def chat_of(self, recipient: str) -> int:
        return self._numbers.setdefault(recipient, next(self._next))


class NoPace:
    """A page is one message: there is nothing to pace."""

    def ready_in(self, _chat: int, _lane: int, _now: float, *, edit: bool = False) -> float:  # noqa: ARG002 - a Pacer's
        return 0.0

    def take(self, _chat: int, _lane: int, _now: float, *, edit: bool = False) -> None:
        """Nothing to count."""

    def freeze(self, _chat: int, _seconds: float, _now: float) -> None:
        """No gateway asks for it by number."""
