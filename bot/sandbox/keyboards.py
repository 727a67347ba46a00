"""Reply markups: what Telegram accepts and how it refuses the rest."""

import json
import re
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Markup = dict[str, Any]

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}$|^\d+(?:\.\d+){3}$|^localhost$")
MAX_BUTTONS = 100


def check_markup(markup: Markup | None) -> Markup | None:
    """The markup as the message will carry it (None for an empty keyboard); ApiError 400 otherwise."""
    if not markup:
        return None
    if not any(kind in markup for kind in _KINDS):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        _reply_keyboard(markup["keyboard"])
    if len(markup.get("input_field_placeholder") or "") > 64:
        raise bad_request("PLACEHOLDER_TOO_LONG")
    return markup


def _inline(rows: list[list[Markup]]) -> Markup | None:
    rows = [row for row in rows if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > 8 for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _button(button)
    return {"inline_keyboard": rows} if rows else None


def _button(button: Markup) -> None:
    if not button["text"].strip():
        # Telegram drops such a button silently; a bot that draws one has lost a label.
        raise bad_request("[sandbox] inline keyboard button text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise _broken("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _broken("exactly one action must be given")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _url(button["url"])
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise _broken("invalid button style specified")


def _broken(text: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {text}")


def _url(url: str) -> None:
    scheme, mark, rest = url.strip().partition("://")
    if not mark:
        scheme, rest = "http", url.strip()
    if scheme.lower() in {"tg", "ton", "tonsite"} and rest:
        return
    if scheme.lower() not in {"http", "https"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    if not host:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")
    if not _HOST.match(host):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_keyboard(rows: list[list[Any]]) -> None:
    if not any(rows):
        raise bad_request("reply keyboard must be non-empty")
    if any(not button["text"].strip() for row in rows for button in row):
        raise bad_request("keyboard button text must be non-empty")


def same_markup(one: Markup | None, other: Markup | None) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
