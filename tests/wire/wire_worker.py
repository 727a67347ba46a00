"""A process that listens and handles until it is killed: `python wire_worker.py URL INBOX_DB OUT`.

Run by test_wire_kill.py. A handled update becomes a line in OUT, written before it is marked as done.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from wire_inbox import SqliteInbox
from wire_loopback import TOKEN

from bot.clock import SystemClock
from bot.wire.inbox import InboxPump
from bot.wire.lock import InstanceLock
from bot.wire.polling import Poller
from bot.wire.source import HttpUpdates
from bot.wire.transport import make_request


async def main(url: str, database: Path, out: Path) -> None:
    with InstanceLock(database), out.open("a") as lines:

        async def handle(update: dict[str, Any]) -> None:
            await asyncio.sleep(0.001)
            lines.write(f"{update['update_id']}\n")
            lines.flush()

        clock, inbox = SystemClock(), SqliteInbox(database)
        pump = InboxPump(inbox, handle, clock)
        poller = Poller(HttpUpdates(make_request, url, TOKEN), inbox, clock, on_stored=pump.notify)
        await asyncio.gather(poller.run(), pump.run())


asyncio.run(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
