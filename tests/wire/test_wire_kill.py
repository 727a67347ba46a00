"""kill -9, again and again, in the middle of a burst: what Telegram was told to forget may not be gone."""

import json
import os
import random
import sys
from pathlib import Path

from aiohttp import web
from programs import program
from wire_inbox import SqliteInbox
from wire_loopback import Api, hang, message, ok, until

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BURST = 600


class Telegram:
    """Keeps each update until a poll confirms it, and then forgets it, as the real one does."""

    def __init__(self) -> None:
        self.waiting = {i: message(i, chat=i % 30) for i in range(1, BURST + 1)}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        offset = int(request.query.get("offset", 0))
        self.waiting = {i: update for i, update in self.waiting.items() if i >= offset}
        if not self.waiting:
            return await hang(request)
        return ok(list(self.waiting.values())[: random.Random(offset).randint(1, 40)])


async def test_nothing_is_lost_however_often_it_is_killed(api: Api, tmp_path: Path) -> None:
    telegram, out = Telegram(), tmp_path / "handled"
    out.touch()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    api.answers = [telegram.answer] * 10_000
    command = [sys.executable, str(HERE / "wire_worker.py"), api.url, str(tmp_path / "inbox.db"), str(out)]

    def handled() -> list[int]:
        return [int(line) for line in out.read_text().split("\n")[:-1]]

    kills = 0
    while kills < 6 and len(set(handled())) < BURST:
        before = len(handled())
        async with program(*command, env=environment):  # and killed
            await until(lambda: len(handled()) >= min(before + 60, BURST), limit_s=60)  # noqa: B023  # awaited here
        kills += 1
    async with program(*command, env=environment) as worker:
        await until(lambda: len(set(handled())) == BURST, limit_s=60)
        worker.terminate()
        await worker.wait()

    assert kills >= 4
    assert set(handled()) == set(range(1, BURST + 1))
    inbox = SqliteInbox(tmp_path / "inbox.db")
    assert not inbox.ids("dead")
    inbox.db.close()
    repeated = len(handled()) - BURST
    assert repeated <= kills * 60, "what was in hand when it died comes again, and no more than that"
    assert json.dumps(sorted(telegram.waiting)) == "[]"
