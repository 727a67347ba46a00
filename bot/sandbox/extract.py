"""Make `bot_api.json`, the part of the public Bot API description that the sandbox checks calls against.

    python -m bot.sandbox.extract bot-api-spec.json

The input is any machine-readable copy of the Bot API page of the common shape `{"methods": {name: {"fields":
[{"name", "types", "required"}]}}, "types": {name: {"fields": [...], "subtypes": [...]}}}`. Descriptions are
left out: only names, types and what is required are kept.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

METHODS = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "close",
    "logOut",
    "sendMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "deleteMessages",
    "forwardMessage",
    "copyMessage",
    "pinChatMessage",
    "unpinChatMessage",
    "answerCallbackQuery",
    "setMessageReaction",
    "sendChatAction",
    "sendDocument",
    "sendPhoto",
    "getFile",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "getChatMemberCount",
    "leaveChat",
    "restrictChatMember",
    "banChatMember",
    "unbanChatMember",
    "banChatSenderChat",
    "unbanChatSenderChat",
    "createForumTopic",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "setMyName",
    "getMyName",
]

# "always “emoji”", "must be chat": the value of `type` that names a member of a union.
_TAG = re.compile(r"(?:always|must be) [“\"*]?(\w+)")


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        field["name"]: {"types": field["types"], "required": field["required"]}
        for field in entry.get("fields", [])
    }


def _type(entry: dict[str, Any]) -> dict[str, Any]:
    if entry.get("subtypes"):
        return {"one_of": entry["subtypes"]}
    result: dict[str, Any] = {"fields": _fields(entry)}
    for field in entry.get("fields", []):
        if field["name"] == "type" and (found := _TAG.search(field["description"])):
            result["tag"] = found[1]
    return result


def _named(types: list[str]) -> set[str]:
    return {name.removeprefix("Array of ").removeprefix("Array of ") for name in types}


def extract(spec: dict[str, Any]) -> dict[str, Any]:
    """Shape: `{"version", "methods": {name: fields}, "types": {name: {"fields"|"one_of", "tag"?}}}`."""
    methods = {name: _fields(spec["methods"][name]) for name in METHODS}
    types: dict[str, Any] = {}
    wanted = {
        name for fields in methods.values() for field in fields.values() for name in _named(field["types"])
    }
    while wanted:
        name = wanted.pop()
        if name in types or name not in spec["types"] or name == "InputFile":
            continue
        types[name] = _type(spec["types"][name])
        wanted.update(types[name].get("one_of", []))
        for field in types[name].get("fields", {}).values():
            wanted.update(_named(field["types"]))
    return {"version": spec["version"], "methods": methods, "types": dict(sorted(types.items()))}


def main() -> None:
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = Path(__file__).with_name("bot_api.json")
    target.write_text(json.dumps(extract(spec), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
