"""The office's line to the sandbox: without a socket, through every check that Telegram would make."""

import json
from typing import Any

from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.chat.sender import ChatSender
from bot.connectors.telegram_post import TelegramPoster
from bot.domain.outgoing import PublicReply, Queued
from bot.sandbox.api import BotApi
from bot.services.delivery import Outcome
from bot.wire.pacing import Limit, Limits

_WIDE = Limit(100_000, 1.0)
NO_LIMITS = Limits(_WIDE, _WIDE, _WIDE, _WIDE, _WIDE)


class InProcess(BaseRequest):
    """python-telegram-bot's transport, straight into the sandbox."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the name is python-telegram-bot's
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        name = self._api.spec.method(url.rsplit("/", 1)[1])
        assert name is not None, url
        raw = dict(request_data.json_parameters) if request_data is not None else {}
        body, code = await self._api.run(name, raw)
        return code, json.dumps(body).encode()


class Honest(Application[Any, Any, Any, Any, Any, Any]):
    """Lets an error in a handler reach the test."""

    async def process_error(
        self,
        update: object,  # noqa: ARG002 - the name is python-telegram-bot's
        error: Exception,
        *_: Any,
        **__: Any,
    ) -> bool:
        raise error


class Router:
    def __init__(self, chat: ChatSender, poster: TelegramPoster) -> None:
        self._chat, self._poster = chat, poster

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        public = isinstance(queued.what, PublicReply)
        return await (self._poster if public else self._chat).deliver(queued, chat_id)
