"""HTML of the Bot API to plain text and entities, with Telegram's own refusals.

Offsets and lengths of entities count UTF-16 code units. The rules are those of the public "HTML style"
section: only the named tags and attributes, all closed and nested; `&lt; &gt; &amp; &quot;` and numeric
references.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|([a-zA-Z]+));?")
_LINK = re.compile(r"(?:https?|tg|ton|tonsite)://[^\s/?#]|mailto:|tel:", re.IGNORECASE)
_USER_LINK = re.compile(r"tg://user/?\?id=([0-9]+)$", re.IGNORECASE)
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+([/?#:]\S*)?$")
_SPACE = " \t\r\n\v\f"
MAX_ENTITIES = 100


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if char > "\uffff")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    text_start: int
    offset: int


@dataclass(slots=True)
class _Parser:
    source: str
    out: list[str] = field(default_factory=list)
    offset: int = 0
    entities: list[Entity] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        at = 0
        while at < len(self.source):
            char = self.source[at]
            if char == "<":
                at = self._end(at) if self.source.startswith("</", at) else self._start(at)
            elif char == "&":
                at = self._reference(at)
            else:
                stop = _next_special(self.source, at)
                self._emit(self.source[at:stop])
                at = stop
        if self.stack:
            last = self.stack[-1].tag
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{last}\""
            )
        return "".join(self.out), self.entities

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16(text)

    def _reference(self, at: int) -> int:
        text, stop = decode_reference(self.source, at)
        self._emit(text)
        return stop

    def _error(self, text: str, at: int, tail: str = "") -> ApiError:
        where = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {text} at byte offset {where}{tail}")

    def _start(self, begin: int) -> int:
        at = begin + 1
        while at < len(self.source) and self.source[at] not in _SPACE + ">":
            at += 1
        if at == len(self.source):
            raise self._error("Unclosed start tag", begin)
        tag = self.source[begin + 1 : at].lower()
        if tag not in _TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument, at = self._attributes(tag, begin, at)
        if tag == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, argument, len("".join(self.out)) if tag == "a" else 0, self.offset))
        return at + 1

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        argument = ""
        while True:
            at = self._skip_space(at)
            if at >= len(self.source):
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            if self.source[at] == ">":
                return argument, at
            name_at = at
            while at < len(self.source) and self.source[at] not in _SPACE + "=>":
                at += 1
            name = self.source[name_at:at].lower()
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            at = self._skip_space(at)
            value = ""
            if at < len(self.source) and self.source[at] == "=":
                value, at = self._value(self._skip_space(at + 1), tag, begin)
            elif (tag, name) != ("blockquote", "expandable"):
                raise self._error(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
                )
            argument = _argument(tag, name, value) or argument

    def _value(self, at: int, tag: str, begin: int) -> tuple[str, int]:
        if at >= len(self.source):
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        quote = self.source[at]
        if quote not in "'\"":
            start = at
            while at < len(self.source) and (self.source[at].isalnum() or self.source[at] in ".-"):
                at += 1
            if at < len(self.source) and self.source[at] not in _SPACE + ">":
                raise self._error("Unexpected end of name token", start)
            return self.source[start:at].lower(), at
        stop = self.source.find(quote, at + 1)
        if stop < 0:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return decode_all(self.source[at + 1 : stop]), stop + 1

    def _skip_space(self, at: int) -> int:
        while at < len(self.source) and self.source[at] in _SPACE:
            at += 1
        return at

    def _end(self, begin: int) -> int:
        if not self.stack:
            raise self._error("Unexpected end tag", begin)
        at = begin + 2
        while at < len(self.source) and self.source[at] not in _SPACE + ">":
            at += 1
        name = self.source[begin + 2 : at].lower()
        at = self._skip_space(at)
        if at >= len(self.source) or self.source[at] != ">":
            raise self._error("Unclosed end tag", begin)
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name}>"')
        self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if length == 0:
            return
        entity: Entity = {"type": _TAGS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            link = _link(opened.argument or "".join(self.out)[opened.text_start :])
            if link is None:
                return
            entity.update(link)
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "code" and opened.argument and self._inside_pre(opened):
            self.stack[-1].argument = opened.argument
            return
        elif opened.tag == "pre" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _inside_pre(self, opened: _Open) -> bool:
        return bool(self.stack) and self.stack[-1].tag == "pre" and self.stack[-1].offset == opened.offset


def _next_special(text: str, at: int) -> int:
    stops = [stop for stop in (text.find("<", at), text.find("&", at)) if stop >= 0]
    return min(stops, default=len(text))


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _link(url: str) -> Entity | None:
    """What an `<a>` becomes; Telegram drops a link that leads nowhere and keeps its text."""
    if user := _USER_LINK.match(url):
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
    if _LINK.match(url):
        return {"type": "text_link", "url": url}
    if _BARE_HOST.match(url):
        return {"type": "text_link", "url": f"http://{url}"}
    return None


def decode_reference(text: str, at: int) -> tuple[str, int]:
    """The character that the reference at `at` stands for and where it ends; an unknown one stays."""
    found = _REFERENCE.match(text, at)
    if found is None:
        return "&", at + 1
    if found[3]:
        named = _NAMED.get(found[3])
        return (named, found.end()) if named else ("&", at + 1)
    code = int(found[1], 16) if found[1] else int(found[2])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), found.end()


def decode_all(text: str) -> str:
    out, at = [], 0
    while at < len(text):
        if text[at] == "&":
            char, at = decode_reference(text, at)
        else:
            char, at = text[at], at + 1
        out.append(char)
    return "".join(out)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of a message in HTML parse mode; ApiError 400 as Telegram words it."""
    text, entities = _Parser(source).run()
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities[:MAX_ENTITIES]
