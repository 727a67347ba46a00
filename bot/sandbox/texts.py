"""From what a caller sent to what the message holds: parse mode, trimming, length, automatic links."""

import re
from typing import Any

from bot.sandbox.entities import MAX_ENTITIES, Entity, parse_html, utf16
from bot.sandbox.errors import bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024

_FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+|\b(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:id|com|org|net)\b(?:/[^\s<>\"]*)?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b)",
    re.IGNORECASE,
)


def automatic(text: str, taken: list[Entity]) -> list[Entity]:
    """Entities that Telegram finds by itself: links, mentions, hashtags, commands; none inside given ones."""
    found = []
    for match in _FOUND.finditer(text):
        kind = match.lastgroup
        # A full stop or bracket after a link ends the sentence, not the link.
        hit = match[0].rstrip(".,;:!?)'") if kind == "url" else match[0]
        start, length = utf16(text[: match.start()]), utf16(hit)
        if all(start + length <= e["offset"] or start >= e["offset"] + e["length"] for e in _opaque(taken)):
            found.append({"type": kind, "offset": start, "length": length})
    return found


def _opaque(entities: list[Entity]) -> list[Entity]:
    return [e for e in entities if e["type"] in {"pre", "code", "text_link", "text_mention"}]


def with_automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """Given and found entities in order."""
    everything = entities + automatic(text, entities)
    return sorted(everything, key=lambda e: (e["offset"], -e["length"]))[:MAX_ENTITIES]


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram strips white space at both ends and moves or cuts the entities with it."""
    body = text.rstrip()
    cut = len(body) - len(body.lstrip())
    body = body[cut:]
    shift, end = utf16(text[:cut]), utf16(body)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] - shift + entity["length"])
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return body, kept


def compose(args: dict[str, Any], key: str, limit: int) -> tuple[str, list[Entity]]:
    """Text and entities of parameter `key` ("text" or "caption") with its parse mode or entity list."""
    source: str = args.get(key) or ""
    given: list[Entity] = args.get("entities" if key == "text" else "caption_entities") or []
    mode: str = args.get("parse_mode") or ""
    if not mode:
        text, entities = source, given[:MAX_ENTITIES]
    elif mode.lower() == "html":
        text, entities = parse_html(source)
    else:
        # Markdown is real at Telegram; the product speaks HTML only, so here it counts as a slip.
        raise bad_request("unsupported parse_mode")
    text, entities = trim(text.replace("\r", "").replace("\0", ""), entities)
    if key == "text" and not text:
        raise bad_request("text must be non-empty")
    if len(text) > limit:
        raise bad_request("message is too long" if key == "text" else "message caption is too long")
    return text, with_automatic(text, entities)
