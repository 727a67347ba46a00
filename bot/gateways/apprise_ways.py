"""One page through one gateway, by Apprise. It waits in a thread of its own, and nobody waits for that thread
longer than agreed: a gateway that hangs keeps a thread, never the event loop and never a stop of the bot.
"""

import asyncio
import importlib
import importlib.util
import logging
import re
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from bot.domain.playbook import Via
from bot.services.delivery import Impossible, Outcome, Sent

_LIBRARY = "apprise"
_PLACE = "{to}"
_MOST_THREADS = 24
"""With those that hang: beyond it every gateway is down, and another thread would change nothing."""
_ANSWERED = re.compile(r"error=(\d{3})")
_PATIENCE = "rto=15&cto=5"
"""Seconds for an answer and for a connection; an address that names its own keeps them."""


def library_is_there() -> bool:
    """Whether Apprise is installed; does not import it."""
    return importlib.util.find_spec(_LIBRARY) is not None


def can_read(address: str, to: str) -> bool:
    """Whether Apprise understands this gateway's address with that contact in it. Slow: it loads Apprise."""
    return _service(_filled(address, to)) is not None


class AppriseGateways:
    """`addresses`: per way the gateway's, with a place for whom. What they hold is secret and never told."""

    def __init__(self, addresses: Mapping[Via, str], timeout: timedelta) -> None:
        self._addresses = dict(addresses)
        self._timeout = timeout.total_seconds()
        self._threads: set[threading.Thread] = set()

    async def send(self, via: Via, address: str, title: str, text: str) -> Outcome:
        """Sent, or Impossible: `perhaps` where no answer came that decides. Never raises."""
        gateway = self._addresses.get(via)
        if gateway is None:
            return Impossible("no gateway")
        self._threads = {thread for thread in self._threads if thread.is_alive()}
        if len(self._threads) >= _MOST_THREADS:
            return Impossible("too many gateways hang")
        url = _filled(gateway, address)
        try:
            async with asyncio.timeout(self._timeout):
                return await self._in_a_thread(lambda: _notify(url, title, text))
        except TimeoutError:
            return Impossible(f"no answer in {self._timeout:.0f} s", perhaps=True)

    async def _in_a_thread(self, work: Callable[[], Outcome]) -> Outcome:
        """A thread that a stop of the bot does not wait for, as it would for those of a pool."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome] = loop.create_future()

        def tell(outcome: Outcome) -> None:
            if not answer.done():
                answer.set_result(outcome)

        def run() -> None:
            outcome = _guarded(work)
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, outcome)

        thread = threading.Thread(target=run, name="gateway", daemon=True)
        self._threads.add(thread)
        thread.start()
        return await answer


def _guarded(work: Callable[[], Outcome]) -> Outcome:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - other people's plugins; the name of the error holds no secret
        return Impossible(type(error).__name__, perhaps=True)


def _notify(url: str, title: str, text: str) -> Outcome:
    service = _service(url)
    if service is None:
        return Impossible("the gateway's address cannot be read")
    result = service.notify(body=text, title=title)
    if result:
        return Sent(0, 0)
    # Only the number of an answer is taken from what Apprise says: its sentences name phones and addresses.
    said = " ".join(str(line.message) for one in result for tried in one for line in tried)
    answered = _ANSWERED.search(said)
    return (
        Impossible(f"HTTP {answered.group(1)}")
        if answered
        else Impossible("no decisive answer", perhaps=True)
    )


def _service(url: str) -> Any | None:
    """An Apprise object for one address; None where it cannot be read, or Apprise is not there."""
    if not library_is_there():
        return None
    apprise = importlib.import_module(_LIBRARY)
    # Its log lines hold addresses and numbers; the journal says what is worth knowing.
    logging.getLogger(_LIBRARY).propagate = False
    # With a time limit of its own it would send in a small pool that all gateways share and Python awaits
    # at its end. Without one it sends in the thread that asks, which is ours.
    made = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False, service_timeout=0))
    return made if made.add(url) else None


def _filled(gateway: str, to: str) -> str:
    url = gateway.replace(_PLACE, quote(to, safe=""))
    if re.search(r"[?&][rc]to=", url):
        return url
    return f"{url}{'&' if '?' in url else '?'}{_PATIENCE}"
