"""What systemd wants to hear: ready, alive, stopping. One datagram each, to the socket that it names.

A restart helps against a process that hangs, not against Telegram being down: so the watchdog hears of the
bot's own clockwork only.
"""

import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping

from bot.services.ports import Clock

log = logging.getLogger(__name__)
_CALM_S = 30.0

Alive = Callable[[], Awaitable[bool]]


class Systemd:
    """Says nothing where no systemd listens. `env`: what the process was started with."""

    def __init__(self, env: Mapping[str, str]) -> None:
        named = env.get("NOTIFY_SOCKET", "")
        # A name that begins with @ stands for one outside the file system.
        self._address = f"\0{named[1:]}" if named.startswith("@") else named
        mine = env.get("WATCHDOG_PID") in {None, "", str(os.getpid())}
        wanted = env.get("WATCHDOG_USEC", "")
        self.watchdog_s = int(wanted) / 1_000_000 if mine and wanted.isdigit() else None
        """How long systemd waits for a sign before it restarts the bot; None: it does not."""

    @property
    def listens(self) -> bool:
        return bool(self._address)

    def ready(self) -> None:
        self._say("READY=1")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    async def watch(self, alive: Alive, clock: Clock) -> None:
        """Gives a sign twice as often as it is asked for, while the bot's clockwork goes. Until cancelled."""
        while self.listens:
            if await _is(alive):
                self._say("WATCHDOG=1")
            else:
                log.error("the clockwork stands still; systemd hears nothing from here")
            await clock.sleep(self.watchdog_s / 2 if self.watchdog_s else _CALM_S)

    def _say(self, state: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.connect(self._address)
                line.sendall(state.encode())
        except OSError as error:
            log.warning("systemd does not hear %s: %s", state, error)


async def _is(alive: Alive) -> bool:
    try:
        return await alive()
    except Exception:
        log.exception("whether the clockwork goes cannot be read")
        return False
