"""A town whose citizens and whose team type the same nasty words everywhere, and a judge of every message."""

import io
import re
from html.parser import HTMLParser
from itertools import count
from typing import Any

from nasty import FORBIDDEN, longest_pile
from pypdf import PdfReader
from story_town import Town

from bot.sandbox import Message, User
from bot.sandbox.model import Json
from bot.sandbox.spec import Upload

CITIZEN, COLLEAGUE = "warga7", "tim7"
"""Stand in front of the nasty words, so that one sees where they came through, and whose they are."""
SOURCE = "https://dinas.contoh.go.id/kabar"
_OURS = {"bold", "italic", "strikethrough", "code", "pre", "blockquote", "expandable_blockquote"}
_HARMLESS = {"hashtag", "cashtag"}
"""A tap on one searches; it sends nothing and leads nowhere."""
_COMMANDS = {
    *("/buka", "/kunci", "/bantuan", "/templat", "/lapor", "/cari", "/klaim", "/piket", "/tukar"),
    *("/antrean", "/krisis", "/laporan", "/latihan", "/siaga", "/catat", "/status"),
}
_EXAMPLES = {
    "@nama",
    "https://www.lapor.go.id",
    "go.id",
    "https://…",
    SOURCE,
    SOURCE.removeprefix("https://"),
}
_LINKS = ("https://t.me/", "https://www.lapor.go.id", SOURCE, "https://media.example/")


class Nasty:
    """The town, the words, and what has been said so far."""

    def __init__(self, town: Town, words: str) -> None:
        self.town = town
        self.words = words
        self._accounts = count(9001)
        self._judged = 0

    def citizen_says(self, begin: str) -> str:
        return f"{CITIZEN} {begin} {self.words}"

    def colleague_says(self, begin: str = "", most: int = 900) -> str:
        """As much of it as the field takes."""
        return f"{COLLEAGUE} {begin} {self.words}"[:most].rstrip()

    def villain(self) -> User:
        """Somebody whom nobody knows, by a name of the same kind."""
        user = self.town.world.add_user(self.words or "-", next(self._accounts))
        self.town.world.join(self.town.discussion, user)
        return user

    async def comment(self, begin: str, **more: Any) -> Message:
        """The card of a new comment of somebody new."""
        self.town.world.comment(self.town.post, self.villain(), self.citizen_says(begin), **more)
        await self.town.settled()
        return self.town.card(begin, button="Ambil")

    async def types(self, key: str, text: str, *, private: bool = False) -> None:
        """Answers the bot's latest question in the group, or in the own chat."""
        await self.town.answer(key, text, self.town.private(key) if private else None)

    async def may_press(self, key: str, message: Message, button: str) -> bool:
        """Presses where there is such a button: what these words hold may have been refused in a sentence."""
        there = any(button in one["text"] for one in message.buttons)
        if there:
            await self.town.press(key, message, button)
        return there

    def judge(self, path: str) -> None:
        """Since the last time nothing was refused, the words came through, and none of them became ours."""
        calls = list(self.town.sandbox.calls)[self._judged :]
        self._judged += len(calls)
        refused = [
            f"{one.method} {one.args.get('chat_id')}: {one.description} {str(one.args.get('text'))[:300]}"
            for one in calls
            if one.code != 200
        ]
        assert refused == [], (path, refused)
        said = [str(one.args.get("text") or one.args.get("caption") or "") for one in calls]
        said += [_read(value) for one in calls for value in one.args.values() if isinstance(value, Upload)]
        assert any(CITIZEN in text or COLLEAGUE in text for text in said), f"{path} carried nothing"
        bot = self.town.world.bot.id
        for message in self.town.world.everything():
            if message.sender_id == bot:
                self._judge_one(path, message)

    def _judge_one(self, path: str, message: Message) -> None:
        assert not FORBIDDEN.search(message.text), path
        assert longest_pile(message.text) <= 3, path
        for button in message.buttons:
            assert not FORBIDDEN.search(button["text"]), path
            assert button.get("url", "https://t.me/").startswith(_LINKS), path
        entities = message.raw.get("entities", message.raw.get("caption_entities", ()))
        for entity in entities:
            assert self._is_ours(message, entity, entities), (
                path,
                entity,
                _part(message, entity),
                message.text,
            )

    def _is_ours(self, message: Message, entity: Json, entities: Any) -> bool:
        kind, part = entity["type"], _part(message, entity)
        if kind == "text_link":
            return str(entity["url"]).startswith(_LINKS)
        if kind == "text_mention":
            team = {user.id for user in self.town.people.values()}
            return message.prompt is not None and entity["user"]["id"] in team
        if kind in _OURS | _HARMLESS or part in _EXAMPLES or part in _COMMANDS:
            return True
        return _typed_by_the_team(message, entity, entities)


class _Page(HTMLParser):
    """A report: nothing in it runs, fetches, or leads elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "iframe", "object", "img", "link", "form", "base"}
        for name, value in attrs:
            assert not name.startswith("on"), attrs
            assert name != "href" or str(value).startswith(_LINKS), attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def _read(file: Upload) -> str:
    """What stands in a file that was sent."""
    assert re.fullmatch(r"[\w.-]+", file.name, re.ASCII), file.name
    if file.name.endswith(".pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    return _Page(file.content.decode()).words if file.name.endswith(".html") else ""


def _typed_by_the_team(message: Message, entity: Json, entities: Any) -> bool:
    """Telegram marks up an address by itself. In words that a colleague typed it may: they stand as typed."""
    quotes = [one for one in entities if "blockquote" in one["type"] and _holds(one, entity)]
    shown = _part(message, quotes[-1]) if quotes else message.text
    return COLLEAGUE in shown and CITIZEN not in shown


def _holds(outer: Json, inner: Json) -> bool:
    return bool(outer["offset"] <= inner["offset"] < outer["offset"] + outer["length"])


def _part(message: Message, entity: Json) -> str:
    units = message.text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode(
        "utf-16-le", "replace"
    )
