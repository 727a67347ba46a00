"""How the bot hears Telegram: by asking or by being called, and whom it tells when it hears nothing."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.adapters import HealthReport
from bot.domain.outgoing import TRIAGE, Notice
from bot.files.settings import Settings
from bot.services.ports import Clock
from bot.store.database import Database
from bot.web.server import serve
from bot.wire.hooked import HookWatch
from bot.wire.polling import Poller
from bot.wire.ports import UpdateSink
from bot.wire.source import HttpUpdates
from bot.wire.transport import make_request, proxy_from_environment
from bot.wire.trouble import WORDS, PollPolicy, PollState
from bot.wire.webhook import WebhookReceiver, unregister

log = logging.getLogger(__name__)
_GATHER_S = 0.03
"""For each update of an answer, up to a tenth of a second in all (`PollPolicy.gather_most_s`). The next press
is heard so much later, which nobody feels."""
AGAIN_S = 5.0
"""Between two attempts to reach Telegram at the start."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What listening needs of the machine."""

    settings: Settings
    database: Database
    bot: Bot
    reports: HealthReport
    inbox: UpdateSink
    clock: Clock


async def listen(ear: Ear) -> None:
    """Until cancelled, in the way that the config names."""
    if ear.settings.telegram.mode == "webhook":
        await _be_called(ear, ear.inbox)
    else:
        await _poll(ear, ear.inbox)


async def _poll(ear: Ear, inbox: UpdateSink) -> None:
    row = ear.settings.telegram
    proxy = proxy_from_environment(row.api_base_url)

    def connect() -> BaseRequest:
        return make_request(row.transport, pool_size=1, proxy=proxy)

    source = HttpUpdates(connect, row.api_base_url, row.token.get_secret_value())
    poller = Poller(source, inbox, ear.clock, alarm=_alarm(ear), policy=PollPolicy(gather_s=_GATHER_S))
    ear.reports.intake = lambda: poller.health
    try:
        await poller.run()
    finally:
        await source.close()


async def _be_called(ear: Ear, inbox: UpdateSink) -> None:
    row = ear.settings.telegram.webhook
    if row is None:
        raise LookupError("webhook mode without a webhook section")
    secret = row.secret.get_secret_value()
    receiver = WebhookReceiver(inbox, secret, ear.clock)
    watch = HookWatch(ear.bot, row.url, secret, receiver, ear.clock, _alarm(ear))
    ear.reports.intake = lambda: watch.health
    ear.reports.expects_polls = False
    site = web.Application()
    site.router.add_post(urlsplit(row.url).path or "/", receiver.handle)
    async with serve(site, host=row.listen, port=row.port):
        await watch.run()


def _alarm(ear: Ear) -> Callable[[PollState, str], Awaitable[None]]:
    async def ring(state: PollState, detail: str) -> None:
        log.warning("intake: %s (%s)", state, detail)
        if state is PollState.WEBHOOK_SET:
            await _unhook(ear)
        now = ear.clock.now()
        async with ear.database.transaction() as tx:
            notice = Notice(TRIAGE, "intake", {"said": WORDS[state]})
            await tx.outbox.put(f"intake:{state}:{int(now.timestamp())}", notice, now)

    return ring


async def _unhook(ear: Ear) -> None:
    """Polling hears nothing while a webhook is set."""
    try:
        await unregister(ear.bot)
    except TelegramError as error:
        log.warning("the webhook could not be removed: %s", type(error).__name__)


def tell_dead_letters(database: Database, clock: Clock) -> Callable[[int, str], Awaitable[None]]:
    """An update that cannot be handled is shown to people; it stays in the inbox for them."""

    async def tell(update_id: int, error: str) -> None:
        log.error("update %d was put aside: %s", update_id, error)
        now = clock.now()
        async with database.transaction() as tx:
            await tx.outbox.put(
                f"dead:{update_id}", Notice(TRIAGE, "dead_update", {"update": update_id}), now
            )

    return tell
