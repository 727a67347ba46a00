"""Who notices when this bot stops: an address outside, and systemd."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters import HealthReport
from bot.files.settings import Settings
from bot.gateways.heartbeat import Heartbeat
from bot.gateways.systemd import Systemd
from bot.services.ports import Clock
from bot.web.health import Beat


def heartbeat_of(settings: Settings, reports: HealthReport, clock: Clock) -> Heartbeat | None:
    """The loop that calls the outside, where there is such an address; /healthz shows how it goes."""
    url = settings.watchdog.heartbeat_url
    if url is None:
        return None
    heartbeat = Heartbeat(url.get_secret_value(), reports.stalls, clock)
    reports.beat = lambda: Beat(heartbeat.age_s, heartbeat.error)
    return heartbeat


@asynccontextmanager
async def told_to_systemd() -> AsyncIterator[Systemd]:
    """Ready while the block runs; stopping when it ends, however it does."""
    systemd = Systemd(os.environ)
    systemd.ready()
    try:
        yield systemd
    finally:
        systemd.stopping()
