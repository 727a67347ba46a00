"""Every call is held against the public description; nothing that comes in makes the server stumble."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import FakeClock
from bot.sandbox import Sandbox, example, spec
from bot.sandbox.api import BotApi
from bot.sandbox.errors import ApiError
from bot.sandbox.extract import METHODS as WANTED
from bot.sandbox.extract import extract
from bot.sandbox.methods import METHODS
from bot.sandbox.spec import Spec, Upload

SPEC = Spec.load()


def test_the_extract_and_the_methods_are_the_same_list() -> None:
    assert sorted(METHODS) == sorted(WANTED)
    assert all(SPEC.method(name.upper()) == name for name in METHODS)
    assert SPEC.method("sendTelegram") is None


def test_the_extract_keeps_names_types_and_nothing_else() -> None:
    field = {"name": "x", "types": ["Array of Kind"], "required": True, "description": "Long words."}
    page = {
        "version": "Bot API 0",
        "methods": {name: {"fields": [field]} for name in WANTED},
        "types": {
            "Kind": {"subtypes": ["KindA"]},
            "KindA": {
                "fields": [{**field, "name": "type", "types": ["String"], "description": "always “a”"}]
            },
            "Unused": {"fields": []},
        },
    }
    made = extract(page)
    assert made["methods"]["getMe"] == {"x": {"types": ["Array of Kind"], "required": True}}
    assert made["types"]["Kind"] == {"one_of": ["KindA"]}
    assert made["types"]["KindA"]["tag"] == "a"
    assert "Unused" not in made["types"]


def test_forms_and_json_mean_the_same() -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ya", "callback_data": "1"}]]}
    as_json = {"chat_id": 7, "text": "x", "disable_notification": True, "reply_markup": keyboard}
    as_form = {
        "chat_id": "7",
        "text": "x",
        "disable_notification": "true",
        "reply_markup": json.dumps(keyboard),
    }
    assert SPEC.check("sendMessage", as_form) == SPEC.check("sendMessage", as_json) == as_json
    assert SPEC.check("sendMessage", {"chat_id": "@kanal", "text": 5}) == {"chat_id": "@kanal", "text": "5"}


@pytest.mark.parametrize(
    ("method", "args", "words"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "disable_notification": "maybe"}, "Boolean expected"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "Integer or String expected"),
        ("sendMessage", {"chat_id": 2**63, "text": ["x"]}, "expected"),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": "{"}, "can't parse entities JSON object"),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": {}}, "Array of MessageEntity expected"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": {}}, "ReplyParameters expected"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 1, "loose": True}},
            'unknown field "loose" of ReplyParameters',
        ),
        (
            "setMessageReaction",
            {"chat_id": 1, "message_id": 1, "reaction": [{"type": "smell"}]},
            'unknown type "smell"',
        ),
        ("sendDocument", {"chat_id": 1, "document": {"a": 1}}, "InputFile or String expected"),
        ("deleteMessages", {"chat_id": 1, "message_ids": []}, 'parameter "message_ids" is required'),
        ("deleteMessage", {"chat_id": 1}, "message identifier is not specified"),
    ],
)
def test_wrong_types_are_named(method: str, args: dict[str, Any], words: str) -> None:
    with pytest.raises(ApiError) as refused:
        SPEC.check(method, args)
    assert words in refused.value.description
    assert refused.value.code == 400


DESCRIPTION = json.loads(Path(spec.__file__).with_name("bot_api.json").read_text(encoding="utf-8"))
# These wait or open connections, which says nothing about their parameters.
ASKED = sorted(set(DESCRIPTION["methods"]) - {"getUpdates", "setWebhook", "deleteWebhook"})
JUNK = st.one_of(st.booleans(), st.integers(), st.text(max_size=9), st.lists(st.integers(), max_size=2))
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "Integer": st.sampled_from([-1001000000003, -1001000000001, 7001, 7101, 7_000_000_000, 0, 1, 2, 3]),
    "String": st.one_of(
        st.text(max_size=9), st.sampled_from(["", "HTML", "<b>", "👍", "https://a.id", "typing"])
    ),
    "Boolean": st.booleans(),
    "Float": st.floats(allow_nan=False),
    "InputFile": st.just(Upload("a.txt", "text/plain", b"a")),
}


def fitting(kind: str, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a described type, now and then a wrong one."""
    if kind in SIMPLE:
        return st.one_of(SIMPLE[kind], SIMPLE[kind], SIMPLE[kind], JUNK) if depth else SIMPLE[kind]
    if kind.startswith("Array of "):
        return st.lists(fitting(kind.removeprefix("Array of "), depth + 1), max_size=2)
    described = DESCRIPTION["types"].get(kind)
    if described is None or depth > 4:
        return JUNK
    if "one_of" in described:
        return st.sampled_from(described["one_of"]).flatmap(lambda name: fitting(name, depth + 1))
    fields = described["fields"]
    tag = {"type": st.just(described["tag"])} if "tag" in described else {}
    required = {n: fitting(f["types"][0], depth + 1) for n, f in fields.items() if f["required"]} | tag
    optional = {n: fitting(f["types"][0], depth + 1) for n, f in fields.items() if not f["required"]}
    return st.fixed_dictionaries(required, optional=optional)


def parameters(method: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = DESCRIPTION["methods"][method]
    values = {n: st.sampled_from(f["types"]).flatmap(fitting) for n, f in fields.items()}
    needed = {n: value for n, value in values.items() if fields[n]["required"]}
    return st.fixed_dictionaries(needed, optional={n: v for n, v in values.items() if n not in needed})


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_parameters_are_answered(data: st.DataObject) -> None:
    sandbox = Sandbox(FakeClock(datetime(2026, 11, 20, tzinfo=UTC)))
    scene = example(sandbox.world)
    scene.coordinator.started = True
    sandbox.world.comment(scene.posts[0], scene.citizens[0], "halo")
    api = BotApi(sandbox.token, sandbox.platform, sandbox.faults, SPEC)
    method = data.draw(st.sampled_from(ASKED))
    answer, code = asyncio.run(api.run(method, data.draw(parameters(method))))
    assert code in (200, 400, 403)
    assert answer["ok"] is (code == 200)
    json.dumps(answer)
