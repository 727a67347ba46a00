"""Check a call against the extract of the public Bot API description (see extract.py).

Telegram ignores parameters that it does not know; the sandbox refuses them, because there a misspelt name is
always a fault of the caller. Such refusals are marked `[sandbox]`, as no real server says them.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.errors import bad_request

Args = dict[str, Any]

# Telegram has its own words for the parameters that are forgotten most often.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SIMPLE = {"Integer", "String", "Boolean", "Float", "True"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart call: its name, MIME type and bytes."""

    name: str
    mime: str
    content: bytes


class Spec:
    """The methods and types of the extract."""

    def __init__(self, extract: dict[str, Any]) -> None:
        self.version: str = extract["version"]
        self._types: dict[str, Any] = extract["types"]
        self._methods: dict[str, Any] = extract["methods"]
        self._by_lower = {name.lower(): name for name in self._methods}

    @classmethod
    def load(cls) -> "Spec":
        path = Path(__file__).with_name("bot_api.json")
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def method(self, name: str) -> str | None:
        """The method's proper name, for method names are not case-sensitive; None when there is none."""
        return self._by_lower.get(name.lower())

    def check(self, method: str, raw: Args) -> Args:
        """The parameters in their declared types; ApiError 400 when one is unknown, missing or wrong."""
        fields = self._methods[method]
        for name in raw:
            if name not in fields:
                raise bad_request(f'[sandbox] unknown parameter "{name}" of {method}')
        args = {name: self._value(fields[name]["types"], value, name) for name, value in raw.items()}
        for name, field in fields.items():
            if (
                field["required"]
                and args.get(name) in (None, "", [])
                and not self._may_be_empty(method, name)
            ):
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return args

    @staticmethod
    def _may_be_empty(method: str, name: str) -> bool:
        # An empty address switches the webhook off, an empty list clears the menu.
        return (method, name) in {("setWebhook", "url"), ("setMyCommands", "commands")}

    def _value(self, types: list[str], value: Any, where: str) -> Any:
        problems = []
        for name in types:
            fits, result = self._fit(name, value, where)
            if fits:
                return result
            problems.append(name)
        raise bad_request(f'can\'t parse "{where}": {" or ".join(problems)} expected')

    def _fit(self, name: str, value: Any, where: str) -> tuple[bool, Any]:
        if isinstance(value, Upload):
            return name == "InputFile", value
        if name == "InputFile":
            return False, None
        if name in _SIMPLE:
            return _simple(name, value, where)
        # Arrays and objects come as JSON text in forms and addresses, and may do so in JSON bodies too.
        if isinstance(value, str):
            value = _parse(value, where)
        if name.startswith("Array of "):
            return self._array(name.removeprefix("Array of "), value, where)
        return self._object(name, value, where)

    def _array(self, inner: str, value: Any, where: str) -> tuple[bool, Any]:
        if not isinstance(value, list):
            return False, None
        return True, [self._value([inner], item, f"{where}[{i}]") for i, item in enumerate(value)]

    def _object(self, name: str, value: Any, where: str) -> tuple[bool, Any]:
        if not isinstance(value, dict):
            return False, None
        definition = self._types[name]
        if "one_of" in definition:
            return self._union(definition["one_of"], value, where)
        fields = definition["fields"]
        required = {key for key, field in fields.items() if field["required"]}
        if not required <= value.keys():
            return False, None
        unknown = [key for key in value if key not in fields]
        if unknown:
            raise bad_request(f'[sandbox] unknown field "{unknown[0]}" of {name} in {where}')
        return True, {
            key: self._value(fields[key]["types"], item, f"{where}.{key}") for key, item in value.items()
        }

    def _union(self, names: list[str], value: dict[str, Any], where: str) -> tuple[bool, Any]:
        for name in names:
            if self._types[name].get("tag") == value.get("type"):
                return self._object(name, value, where)
        raise bad_request(f'can\'t parse "{where}": unknown type "{value.get("type")}"')


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise bad_request(f"can't parse {where} JSON object") from error


def _simple(name: str, value: Any, where: str) -> tuple[bool, Any]:
    if name == "String":
        return _string(value, where)
    if name == "Integer":
        return _integer(value)
    if name == "Float":
        return isinstance(value, int | float) and not isinstance(value, bool), value
    if isinstance(value, str) and value.lower() in {"true", "false", "1", "0", "yes", "no"}:
        return True, value.lower() in {"true", "1", "yes"}
    return isinstance(value, bool), value


def _string(value: Any, where: str) -> tuple[bool, Any]:
    if isinstance(value, int) and not isinstance(value, bool):
        return True, str(value)
    if not isinstance(value, str):
        return False, None
    if not value.isascii() and _SURROGATE.search(value):
        raise bad_request(f"{'text' if where == 'text' else 'strings'} must be encoded in UTF-8")
    return True, value


def _integer(value: Any) -> tuple[bool, Any]:
    if isinstance(value, str):
        try:
            value = int(value)
        except ValueError:
            return False, None
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63, value
