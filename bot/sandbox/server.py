"""The sandbox as one object: world, Bot API, control API and page on one loopback port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox.api import MAX_BODY, BotApi, Call
from bot.sandbox.control import Control, loopback_only
from bot.sandbox.deeds import Backstage, OnAdvance
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.model import User
from bot.sandbox.platform import Platform
from bot.sandbox.stage import Stage
from bot.sandbox.ticking import Clock
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

TOKEN = "7000000000:sandbox-token-that-opens-nothing-at-all"  # noqa: S105  opens only the sandbox itself


def _bot() -> User:
    return User(7_000_000_000, "Tanggap", username="tanggap_sandbox_bot", is_bot=True)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's token and user."""

    token: str = TOKEN
    bot: User = field(default_factory=_bot)


class Sandbox:
    """A local Bot API. Limits are off unless given; the stage may be set later (`sandbox.stage = ...`).

    sandbox = Sandbox(clock)
    async with sandbox.serve() as url:      # "http://127.0.0.1:43121"
        bot = telegram.Bot(sandbox.token, base_url=f"{url}/bot")
    """

    def __init__(
        self,
        clock: Clock,
        *,
        limits: Limits | None = None,
        stage: Stage | None = None,
        on_advance: OnAdvance | None = None,
        identity: Identity | None = None,
    ) -> None:
        who = identity or Identity()
        self.token = who.token
        self.world = World(clock, who.bot)
        self.faults = Faults(clock)
        self.pace = Pace(clock, limits or Limits.off())
        self.webhook = Webhook(self.world.updates, clock)
        self.platform = Platform(self.world, self.pace, self.webhook)
        self._api = BotApi(who.token, self.platform, self.faults)
        self._backstage = Backstage(self._api, stage or Stage("Tanggap"), on_advance)

    @property
    def stage(self) -> Stage:
        return self._backstage.stage

    @stage.setter
    def stage(self, stage: Stage) -> None:
        self._backstage.stage = stage
        self.world.tell("reload")

    @property
    def calls(self) -> list[Call]:
        """The calls that came in (without getUpdates), oldest first."""
        return list(self._api.calls)

    def app(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY, middlewares=[loopback_only])
        app.add_routes(self._api.routes())
        app.add_routes(Control(self._backstage).routes())
        return app

    @asynccontextmanager
    async def serve(self, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
        """Listens on the loopback and yields the address, without a slash at its end. OSError: port taken."""
        runner = web.AppRunner(self.app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            yield f"http://{host}:{runner.addresses[0][1]}"
        finally:
            self.world.updates.interrupt()
            await self.webhook.stop()
            await runner.cleanup()
