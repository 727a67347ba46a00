"""The bot as a process that kills itself with SIGKILL at a chosen point.

    python -m benchmarks.mortal CONFIG SOCKET

Waits at SOCKET with everything imported and read; each connection is one life of the bot, forked off and
steered line by line: the first says when it is now and where to die, the others move its clock and ask what
still waits. Points are seen from outside of the product: SQLite's own trace of the connection that writes,
the moment after each COMMIT, and a transport around the bot's.
"""

import asyncio
import json
import logging
import os
import signal
import socket
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import aiosqlite

import bot.app
import bot.store.database
from benchmarks.roomy import ROOMY
from bot.adapters import Reader
from bot.app import Machine, opened, run
from bot.clock import FakeClock, SystemClock
from bot.domain.lane import SECOND_LANES
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.files.topics import load_topics
from bot.judging import classifier_of
from bot.services.ports import Reads
from bot.store.line import Line
from bot.store.line import writing as plain_writing
from bot.wire.transport import AiohttpRequest
from classifiers.base import Classifier
from classifiers.batching import MicroBatcher
from classifiers.text import normalise

_LOOK_S = 0.002


class Fate:
    """Counts the points that a life passes, and ends it at the one that was chosen (0: never)."""

    def __init__(self, dies_at: int) -> None:
        self.points: list[str] = []
        self._dies_at = dies_at

    def passes(self, point: str) -> None:
        self.points.append(point)
        if len(self.points) == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(self, statement: str) -> None:
        """SQLite is about to run it. What its triggers do counts with it."""
        if not statement.startswith("--"):
            self.passes(f"sql {' '.join(statement.split()[:3])}")


def bind(fate: Fate) -> None:
    """From now on whoever writes, and every call to Telegram but the one for updates, pass `fate`."""

    class Watched(AiohttpRequest):
        """The product's own transport; its calls are points."""

        async def do_request(self, url: str, *facts: Any, **more: Any) -> tuple[int, bytes]:
            method = url.rpartition("/")[2]
            fate.passes(f"http> {method}")
            answer = await super().do_request(url, *facts, **more)
            fate.passes(f"http< {method}")
            return answer

    class Traced(Line):
        """The product's own line; what follows a COMMIT is a point too."""

        async def commit(self) -> None:
            await super().commit()
            fate.passes("committed")

        def commit_here(self) -> None:
            super().commit_here()
            fate.passes("committed")

    def writing(conn: aiosqlite.Connection) -> Line:
        plain_writing(conn)
        direct: sqlite3.Connection = conn._conn  # noqa: SLF001 - as in the store
        direct.set_trace_callback(fate.traced)
        return Traced(conn, direct)

    setattr(bot.app, "make_request", lambda *_, **__: Watched())  # noqa: B010 - the rig stands in for a name
    setattr(bot.store.database, "writing", writing)  # noqa: B010


def keep_model(settings: Settings) -> None:
    """Every life judges with the model that was loaded before it began."""
    model: Classifier = classifier_of(settings)
    topics = load_topics(settings.topics, normalise)

    def reads_of(_: Settings) -> tuple[Reads, MicroBatcher]:
        batcher = MicroBatcher(model, max_wait_s=0.0)
        return Reader(batcher.classify, topics), batcher

    setattr(bot.app, "reads_of", reads_of)  # noqa: B010


class Life:
    """One start of the bot and its answers to whoever steers it."""

    def __init__(self, settings: Settings, connection: socket.socket) -> None:
        self._settings = settings
        self._connection = connection

    async def live(self) -> None:
        """Until the other side hangs up."""
        reader, self._writer = await asyncio.open_connection(sock=self._connection)
        order = json.loads(await reader.readline())
        self._fate = fate = Fate(order["dies_at"])
        self._clock = FakeClock(datetime.fromisoformat(order["now"]))
        bind(fate)
        async with opened(self._settings, self._clock, limits=ROOMY) as machine:
            self._work = asyncio.create_task(run(machine, self._clock, steady=SystemClock()))
            self._work.add_done_callback(lambda _: os._exit(3))
            while await machine.database.read.runs.last_alive() != self._clock.now():  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_S)
            self._say({})
            while line := await reader.readline():
                self._say(await self._obey(machine, json.loads(line)))
        os._exit(0)

    def _say(self, answer: dict[str, Any]) -> None:
        self._writer.write(json.dumps(answer).encode() + b"\n")

    async def _obey(self, machine: Machine, order: dict[str, Any]) -> dict[str, Any]:
        if "seconds" in order:
            self._clock.advance(order["seconds"])
            for one in (machine.outbox, machine.second, machine.services.timers):
                one.wake()
            return {}
        if "points" in order:
            return {"points": self._fate.points}
        if "verify" in order:
            return {"broken_at": (await machine.database.read.journal.verify())[1]}
        return await self._what_waits(machine)

    async def _what_waits(self, machine: Machine) -> dict[str, Any]:
        read, now = machine.database.read, self._clock.now()
        dues = (
            await read.timers.next_due(),
            await read.outbox.next_due(),
            await read.outbox.next_due(SECOND_LANES),
        )
        waits = {
            "inbox": (await read.inbox.health()).pending,
            "to send": len(await read.outbox.heads(now)) + len(await read.outbox.heads(now, SECOND_LANES)),
            "sending": len(await read.outbox.unsettled()),
            "timers": len(await read.timers.due(now, 1)),
        }
        ahead = [due for due in dues if due is not None and due > now]
        return {"waits": waits, "next": min(ahead).isoformat() if ahead else None}


def serve(settings: Settings, place: Path) -> None:
    """A child for every connection; nothing here may have started a thread."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        early = place.with_name("early.sock")
        listening.bind(str(early))
        listening.listen()
        early.rename(place)  # whoever sees it there is answered
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                asyncio.run(Life(settings, connection).live())
            connection.close()


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    config, place = map(Path, sys.argv[1:])
    settings = load_settings(config, os.environ)
    keep_model(settings)
    serve(settings, place)


if __name__ == "__main__":
    main()
