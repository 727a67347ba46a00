"""Messages that live on in a group: kept where people see them, pinned where the bot may."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.chat import boards
from bot.chat.drawn import Drawn
from bot.domain.outgoing import ShownCard
from bot.domain.outgoing_board import BoardCard, OfBoard, card
from bot.domain.people import Zone
from bot.services.board import Board
from bot.services.ports import Store

log = logging.getLogger(__name__)
FAR_UP = 40
"""Messages below it, from which on nobody sees it any more without scrolling for long."""


class Standing:
    """The board is pinned; without that right it moves down when it is too far up, as the digest does."""

    def __init__(self, bot: Bot, store: Store, board: Board, zone: Zone, *, pin: bool = True) -> None:
        self._bot = bot
        self._store = store
        self._board = board
        self._zone = zone
        self._pin = pin

    async def draw(self, what: OfBoard) -> Drawn:
        if isinstance(what, BoardCard):
            return boards.draw_board(await self._board.live(), self._zone)
        return boards.draw_digest(await self._board.digest())

    async def is_far_up(self, shown: ShownCard) -> bool:
        read = self._store.read.board
        if await read.pinned(shown.chat_id) == shown.message_id:
            return False
        return await read.newest_message(shown.chat_id) - shown.message_id > FAR_UP

    async def moved(self, what: OfBoard, chat: int, number: int) -> None:
        """A new message stands there: the one before goes, and the board is pinned. Both are cosmetic."""
        before = await self._store.read.outbox.card(card(what))
        try:
            if before is not None and before.chat_id == chat:
                await self._bot.delete_message(chat, before.message_id)
        except TelegramError as error:
            log.info("the message before stays: %s", type(error).__name__)
        if self._pin and isinstance(what, BoardCard):
            await self._pin_it(chat, number)

    async def _pin_it(self, chat: int, number: int) -> None:
        try:
            await self._bot.pin_chat_message(chat, number, disable_notification=True)
        except TelegramError as error:
            log.info("the board is not pinned: %s", type(error).__name__)
            return
        async with self._store.transaction(durable=False) as tx:
            await tx.board.keep_pin(chat, number)
