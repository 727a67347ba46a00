"""The composition root: settings become objects, in the order of their start. It alone meets everything."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.adapters import HealthReport, StoredInbox
from bot.assembly import Services, assemble, directory_of
from bot.calling import both, outbox_of
from bot.chat.commands import set_menus
from bot.chat.handlers import Doors, handlers
from bot.chat.handlers.thumbs import PressRate
from bot.chat.voice import Voice
from bot.connectors.forwarded import ForwardedConnector
from bot.connectors.telegram_discussion import DiscussionConnector
from bot.connectors.telegram_dm import DirectConnector
from bot.connectors.telegram_updates import PublicUpdates
from bot.files.settings import Settings
from bot.foreseeing import Foresight, ReadAhead
from bot.judging import looking_on, reads_of
from bot.listening import AGAIN_S, Ear, listen, tell_dead_letters
from bot.services.outbox import Outbox
from bot.services.people import retire_dropped
from bot.services.ports import Clock
from bot.services.shadowing import Shadowing
from bot.speaking import Spoken, outbox_to_telegram
from bot.store.database import Database, open_database
from bot.tidying import tidy
from bot.watching import heartbeat_of, told_to_systemd
from bot.web.events import EventDoor, add_events
from bot.web.health import add_health
from bot.web.server import serve
from bot.wire.inbox import InboxPump
from bot.wire.lock import InstanceLock
from bot.wire.pacing import Limits, Pacer
from bot.wire.raw import without_its_post
from bot.wire.source import bot_base_url
from bot.wire.transport import make_request, proxy_from_environment

log = logging.getLogger(__name__)
_PUBLIC, _TEAM = 1, 0
_HEAR_FIRST_S, _LOOK_AGAIN_S = {"polling": 15.0, "webhook": 3.0}, 0.1
"""To a webhook nobody says that nothing waits: what waits comes at once, or there is nothing."""


class _Honest(Application[Any, Any, Any, Any, Any, Any]):
    """Lets an error in a handler reach the inbox, which tries again and keeps what fails for good."""

    async def process_error(
        self,
        update: object,  # noqa: ARG002 - the name is python-telegram-bot's
        error: Exception,
        *_: Any,
        **__: Any,
    ) -> bool:
        raise error


@dataclass(frozen=True, slots=True)
class Machine:
    """What runs: the loops, and what tests and the demo look into."""

    settings: Settings
    database: Database
    services: Services
    bot: Bot
    outbox: Outbox
    second: Outbox
    """Sends pages by other ways than Telegram."""
    pump: InboxPump
    foresight: Foresight
    application: _Honest
    reports: HealthReport
    shadow: Shadowing | None


@asynccontextmanager
async def opened_quietly(settings: Settings, clock: Clock) -> AsyncIterator[tuple[Services, Database]]:
    """Services and store without Telegram, for commands beside a bot that may be running."""
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_file)
        stack.push_async_callback(database.close)
        reads, batcher = reads_of(settings)
        stack.push_async_callback(batcher.close)
        yield assemble(settings, database, reads, clock), database


@asynccontextmanager
async def opened(settings: Settings, clock: Clock, *, limits: Limits | None = None) -> AsyncIterator[Machine]:
    """Everything built and recovered, nothing running yet.

    Raises SecondInstance, DatabaseUnusable, FilesFaulty, ModelError.
    """
    async with AsyncExitStack() as stack:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(InstanceLock(settings.database_file))
        database = await open_database(settings.database_file)
        stack.push_async_callback(database.close)
        await database.own()
        judge, batcher = reads_of(settings)
        stack.push_async_callback(batcher.close)
        reads = ReadAhead(judge)
        services = assemble(settings, database, reads, clock)
        await retire_dropped(database, directory_of(settings), clock.now())
        base_url = bot_base_url(settings.telegram.api_base_url)
        proxy = proxy_from_environment(settings.telegram.api_base_url)
        request = make_request(settings.telegram.transport, proxy=proxy)
        # An application that is stopped while it introduces itself closes nothing; the pool is open by then.
        stack.push_async_callback(request.shutdown)
        bot = Bot(settings.telegram.token.get_secret_value(), base_url=base_url, request=request)
        pacer = Pacer(limits or Limits())
        voice = Voice(pacer, clock)
        stack.push_async_callback(voice.close)
        spoken = Spoken(settings, database, services, bot, clock, pacer, voice)
        outbox, application = outbox_to_telegram(spoken), _application(spoken)
        inbox = StoredInbox(database, clock)
        pump = InboxPump(inbox, _handler(application, bot), clock, on_dead=tell_dead_letters(database, clock))
        groups = [public.discussion for public in settings.chats.public]
        foresight = Foresight(inbox, pump, reads, services.life_at_risk, groups)
        database.ring_on("inbox", pump.notify)
        second = outbox_of(settings, database, services.incidents, services.second, clock)
        database.ring_on("outbox", both(outbox, services.live_board))
        database.ring_on("outbox.second", second.wake)
        database.ring_on("timers", services.timers.wake)
        await outbox.recover()
        shadow = await stack.enter_async_context(looking_on(settings, database, clock))
        reports = HealthReport(database, clock)
        services.board.hearing, services.outside.pulse.hears = reports.trouble, reports.hears
        yield Machine(
            settings, database, services, bot, outbox, second, pump, foresight, application, reports, shadow
        )


async def live(settings: Settings, clock: Clock, *, limits: Limits | None = None) -> None:
    """`tanggap run`: builds everything and runs it until cancelled, in a process of its own."""
    async with opened(settings, clock, limits=limits) as machine:
        # What was built lasts as long as the process: to look through all of it for garbage again and again
        # was a twentieth of the work.
        gc.freeze()
        await run(machine, clock)


async def run(machine: Machine, clock: Clock, *, steady: Clock | None = None) -> None:
    """Listens, works, speaks, keeps time. Ends only when cancelled: all that matters is in the store.

    `steady` is the clock of the network where `clock` is one that people move: a moved hour is no silence.
    """
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_farewell, machine)
        health = web.Application()
        add_health(health, machine.reports)
        add_events(health, EventDoor(machine.services.outside.events, machine.settings.events.secrets, clock))
        row = machine.settings.web
        await stack.enter_async_context(serve(health, host=row.listen, port=row.port))
        ear = Ear(
            machine.settings,
            machine.database,
            machine.bot,
            machine.reports,
            machine.foresight,
            steady or clock,
        )
        heartbeat = heartbeat_of(machine.settings, machine.reports, steady or clock)
        systemd = await stack.enter_async_context(told_to_systemd())
        async with asyncio.TaskGroup() as group:
            group.create_task(systemd.watch(machine.reports.ticking, steady or clock), name="systemd")
            if heartbeat is not None:
                group.create_task(heartbeat.run(), name="heartbeat")
            group.create_task(listen(ear), name="intake")
            group.create_task(_keep_time(machine, steady or clock), name="timers")
            group.create_task(machine.services.outside.pulse.run(steady or clock), name="signs of life")
            group.create_task(machine.second.run(), name="second channel")
            group.create_task(machine.services.register.links.index.run(steady or clock), name="claims")
            group.create_task(machine.services.clusters.load(), name="recent texts")
            await _introduce(machine, steady or clock)
            group.create_task(machine.pump.run(), name="inbox")
            group.create_task(machine.outbox.run(), name="outbox")
            group.create_task(_menus(machine), name="menus")
            index = machine.services.finding.searching.index
            group.create_task(tidy(machine.settings, machine.database, index, clock), name="tidy")
            group.create_task(index.run(), name="words")
            group.create_task(machine.services.live_board.run(), name="board")
            if machine.shadow is not None:
                group.create_task(machine.shadow.run(), name="shadow")


async def _keep_time(machine: Machine, clock: Clock) -> None:
    """Fires timers, after what people pressed while the bot was away: an acknowledgement comes before the
    escalation that it prevents. If Telegram is away too, nobody waits for it longer than a moment.
    """
    patience = clock.monotonic() + _HEAR_FIRST_S[machine.settings.telegram.mode]
    while clock.monotonic() < patience:
        report = await machine.reports.health()
        if report.intake_age_s is not None and report.inbox_waiting == 0:
            break
        await clock.sleep(_LOOK_AGAIN_S)
    await machine.services.timers.run()


async def _introduce(machine: Machine, clock: Clock) -> None:
    """Waits until Telegram knows us; what citizens write meanwhile waits there."""
    while True:
        try:
            await machine.application.initialize()
        except TelegramError as error:
            log.warning("Telegram is not answering yet: %s", type(error).__name__)
            await clock.sleep(AGAIN_S)
        else:
            return


async def _menus(machine: Machine) -> None:
    """The lists behind the / button. Cosmetic: a failure is logged, the commands work without."""
    try:
        await set_menus(machine.bot, machine.settings.chats.triage)
    except TelegramError as error:
        log.warning("the command menus could not be set: %s", type(error).__name__)


async def _farewell(machine: Machine) -> None:
    await machine.application.shutdown()


def _application(spoken: Spoken) -> _Honest:
    settings, database, services, bot, clock, pacer, voice = spoken
    builder = ApplicationBuilder().application_class(_Honest)
    application = cast("_Honest", builder.bot(bot).updater(None).job_queue(None).build())
    forwarded = ForwardedConnector(services.intake)
    public = PublicUpdates(
        DiscussionConnector({c.discussion: c.channel for c in settings.chats.public}, services.intake),
        DirectConnector(services.intake),
        forwarded,
        services.team,
        clock,
    )
    doors = Doors(
        services,
        database,
        forwarded,
        settings.chats.triage,
        clock,
        voice,
        crisis=settings.chats.crisis,
        playbooks=services.playbooks,
        discussions=frozenset(public.discussion for public in settings.chats.public),
        zone=settings.agency.zone,
        greeting=settings.agency.greeting,
        press_rate=PressRate(pacer.limits.presses.count, pacer.limits.presses.seconds),
    )
    application.add_handlers(handlers(doors), _TEAM)
    application.add_handlers(list(public.handlers()), _PUBLIC)
    return application


def _handler(application: _Honest, bot: Bot) -> Callable[[dict[str, Any]], Awaitable[None]]:
    async def handle(raw: dict[str, Any]) -> None:
        update = Update.de_json(without_its_post(raw), bot)
        await application.process_update(update)

    return handle
