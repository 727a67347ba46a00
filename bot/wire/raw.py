"""From what came over the wire to rows for the inbox, without understanding it.

An update that python-telegram-bot cannot parse (a date out of range, a field of the wrong type) stops PTB's
own polling for good: the batch is dropped and asked for again, for ever. Here only the id is needed to keep
an update; whether the rest makes sense is found out later, one update at a time.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.wire.ports import RawUpdate

_LARGEST_ID = 2**63 - 1  # what an INTEGER PRIMARY KEY holds
_ID = re.compile(r'"update_id"\s*:\s*(\d{1,19})(?![\d.eE])')


_ABOVE = "reply_to_message"


class Unreadable(ValueError):
    """This is not what Telegram sends."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The updates of one answer, and how many entries had no usable id."""

    updates: tuple[RawUpdate, ...]
    nameless: int = 0


def read_object(text: str) -> dict[str, Any]:
    """The JSON object in `text`. Raises Unreadable whatever is wrong: syntax, depth, a number too long."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from None
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object")
    return value


def one_update(body: str) -> RawUpdate | None:
    """The update in a webhook body, kept as it came; None when it is no JSON object with an id to keep it by.

    JSON that is correct but cannot be read (too deep, a number of 5,000 digits) is kept: it has an id, and
    refusing it would only make Telegram send it again.
    """
    found: int | None
    try:
        found = update_id_of(json.loads(body))
    except json.JSONDecodeError:
        return None
    except (ValueError, RecursionError):
        found = _first_id(body)
    return None if found is None else RawUpdate(found, body)


def update_id_of(update: object) -> int | None:
    """Its id, when it is an object with one that can be a key."""
    found = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(found, bool) or not isinstance(found, int):
        return None
    return found if 0 <= found <= _LARGEST_ID else None


def without_its_post(update: dict[str, Any]) -> dict[str, Any]:
    """The update of a comment without the post above it, which Telegram sends along with every comment; its
    thread names that post, and to make objects of it costs as much again as the comment. A command keeps what
    it points at. The inbox keeps all of it.
    """
    for kind in ("message", "edited_message"):
        message = update.get(kind)
        if isinstance(message, dict) and _stands_under_a_post(message):
            return {**update, kind: {key: value for key, value in message.items() if key != _ABOVE}}
    return update


def _stands_under_a_post(message: Mapping[str, Any]) -> bool:
    above = message.get(_ABOVE)
    post = isinstance(above, dict) and above.get("is_automatic_forward") is True
    return post and "message_thread_id" in message and not str(message.get("text", "")).startswith("/")


def split_batch(payload: bytes) -> Batch:
    """The updates in an answer of getUpdates, in its order. Raises Unreadable when it is none."""
    result = read_object(payload.decode("utf-8", errors="replace")).get("result")
    if not isinstance(result, list):
        raise Unreadable("no list of updates")
    kept = []
    for entry in result:
        found = update_id_of(entry)
        if found is not None:
            # ASCII with escapes: half a surrogate pair survives it, and every database takes it.
            kept.append(RawUpdate(found, json.dumps(entry, separators=(",", ":"))))
    return Batch(tuple(kept), nameless=len(result) - len(kept))


def salvage(payload: bytes) -> RawUpdate | None:
    """The id of the one update in an answer that cannot be read, with the answer as its text.

    For the inbox it is an update that will turn out unreadable and be put aside, which is all that is wanted:
    without its id it could not be confirmed, and nothing behind it would ever come.
    """
    text = payload.decode("utf-8", errors="replace")
    found = _first_id(text)
    return None if found is None else RawUpdate(found, text)


def _first_id(text: str) -> int | None:
    match = _ID.search(text)
    found = int(match.group(1)) if match else _LARGEST_ID + 1
    return found if found <= _LARGEST_ID else None
