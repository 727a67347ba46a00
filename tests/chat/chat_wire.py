"""The office's line to the sandbox: without a socket, through every check that Telegram would make."""

import json
from typing import Any

from telegram.error import NetworkError
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.chat.sender import ChatSender
from bot.connectors.telegram_moderation import TelegramModerator
from bot.connectors.telegram_post import TelegramPoster
from bot.domain.outgoing import PublicReply, Queued
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.outgoing_steps import ToThePublic
from bot.sandbox import Break
from bot.sandbox.api import BotApi
from bot.sandbox.errors import flood
from bot.sandbox.spec import Upload
from bot.services.delivery import Outcome
from bot.wire.delivery import NotSent
from bot.wire.pacing import Limit, Limits

_WIDE = Limit(100_000, 1.0)
NO_LIMITS = Limits(
    everywhere=_WIDE, chat=_WIDE, group=_WIDE, group_edits=_WIDE, beside_alarms=_WIDE, private_edits=_WIDE
)


class InProcess(BaseRequest):
    """python-telegram-bot's transport, straight into the sandbox, with its faults."""

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
        raw = _args(request_data) if request_data is not None else {}
        chat = raw.get("chat_id", "")
        fault = self._api.faults.strike(name, int(chat) if chat.lstrip("-").isdigit() else None)
        if fault is not None and fault.kind is Break.RESET_BEFORE:
            raise NotSent("refused")
        if fault is not None and fault.kind is Break.FLOOD:
            error = flood(fault.retry_after)
            return error.code, json.dumps(error.to_json()).encode()
        body, code = await self._api.run(name, raw)
        if fault is not None:
            raise NetworkError("cut off after the call was written")
        return code, json.dumps(body).encode()


def _args(data: RequestData) -> dict[str, Any]:
    """What was said, with its file."""
    files = {
        name: Upload(str(named), str(mime), body) for name, (named, body, mime) in data.multipart_data.items()
    }
    return {**data.json_parameters, **files}


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
    def __init__(self, chat: ChatSender, poster: TelegramPoster, moderator: TelegramModerator) -> None:
        self._chat, self._poster, self._moderator = chat, poster, moderator

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        if isinstance(queued.what, PublicWarning | CarryOut):
            return await self._moderator.deliver(queued, chat_id)
        public = isinstance(queued.what, PublicReply | ToThePublic)
        return await (self._poster if public else self._chat).deliver(queued, chat_id)
