"""Run the sandbox alone: `python -m bot.sandbox --port 8081`.

It prints one JSON line with its address, the token and the ids of the example stage, then serves until it is
stopped. A bot in another process may come, be killed and come again: this world stays.
"""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from bot.sandbox import Limits, Sandbox, example


class _MachineClock:
    """The machine's time plus what the page moved it by."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift  # noqa: TID251  alone, the sandbox has no owner to give it a clock

    def advance(self, seconds: float) -> None:
        self._shift += timedelta(seconds=seconds)


async def serve(port: int, limits: bool) -> None:
    sandbox = Sandbox(_MachineClock(), limits=Limits() if limits else None)
    stage = example(sandbox.world)
    sandbox.stage = stage.stage
    async with sandbox.serve(port) as url:
        facts = {
            "url": url,
            "token": sandbox.token,
            "channel": stage.channel.id,
            "discussion": stage.discussion.id,
            "triage": stage.triage.id,
            "posts": [post.message_id for post in stage.posts],
            "coordinator": stage.coordinator.id,
            "on_call": stage.on_call.id,
            "officer": stage.officer.id,
            "citizens": [citizen.id for citizen in stage.citizens],
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")
    parser.add_argument("--limits", action="store_true", help="pace the bot as Telegram does")
    chosen = parser.parse_args()
    try:
        asyncio.run(serve(chosen.port, chosen.limits))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
