"""`tanggap run` without the pauses between messages, and with a card for every case: else Telegram's limits,
and what a group of people can read, would be all that is measured.

    python -m benchmarks.roomy --config config.yaml [--profile calls.prof]

Everything else is the product's own start. Ends on SIGTERM; with --profile it then writes what cProfile saw
of the loop's thread, in seconds of processor time.
"""

import argparse
import asyncio
import cProfile
import logging
import os
import signal
import time
from pathlib import Path

from bot.app import live
from bot.clock import SystemClock
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.wire.pacing import Limit, Limits

_ANY = Limit(100_000, 1.0)
ROOMY = Limits(
    everywhere=_ANY,
    chat=_ANY,
    group=_ANY,
    group_edits=_ANY,
    beside_alarms=_ANY,
    private_edits=_ANY,
    presses=_ANY,
)
_EVERY_CASE = 10_000_000
"""Cards in ten minutes: no case waits in the digest, so every comment's card is one to wait for."""


def with_every_card(settings: Settings) -> Settings:
    """The same office, but for its budget of cards; the file itself may not say so much."""
    return settings.model_copy(update={"board": settings.board.model_copy(update={"cards": _EVERY_CASE})})


async def until_stopped(config: Path) -> None:
    settings = with_every_card(load_settings(config, os.environ))
    task = asyncio.ensure_future(live(settings, SystemClock(), limits=ROOMY))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    profile = cProfile.Profile(time.thread_time) if chosen.profile else None
    if profile is not None:
        profile.enable()
    asyncio.run(until_stopped(chosen.config))
    if profile is not None:
        profile.disable()
        profile.dump_stats(chosen.profile)


if __name__ == "__main__":
    main()
