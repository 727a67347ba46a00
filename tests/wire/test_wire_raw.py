"""Updates that nobody can read: each is kept, and none holds up those behind it."""

import asyncio
import contextlib
import json

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_inbox import SqliteInbox
from wire_intake import intake
from wire_loopback import Api, body, hang, message, until

from bot.clock import FakeClock
from bot.wire.raw import Unreadable, one_update, salvage, split_batch, without_its_post
from bot.wire.trouble import PollState

POISON = [
    pytest.param(
        json.dumps(message(2)).replace("1790000000", "99999999999999999999"), id="date out of range"
    ),
    pytest.param('{"update_id": 2, "message": {"text": "\\ud83d", "chat": 7}}', id="half a surrogate pair"),
    pytest.param('{"update_id": 2, "sesuatu_yang_baru": {"x": [1, 2, {"y": null}]}}', id="an unknown kind"),
    pytest.param('{"update_id": 2, "message": []}', id="a message that is a list"),
    pytest.param('{"update_id": 2, "n": ' + "9" * 5_000 + "}", id="a number of 5,000 digits"),
    pytest.param('{"update_id": 2, "deep": ' + "[" * 9_000 + "]" * 9_000 + "}", id="9,000 levels deep"),
    pytest.param('{"update_id": 2, "text": "' + "a" * 1_000_000 + '"}', id="a megabyte"),
]


@pytest.mark.parametrize("poison", POISON)
async def test_poison_is_kept_and_those_behind_it_arrive(
    api: Api, clock: FakeClock, inbox: SqliteInbox, poison: str
) -> None:
    world = {1: json.dumps(message(1)), 2: poison, 3: json.dumps(message(3))}

    async def telegram(request: web.Request) -> web.StreamResponse:
        """Keeps what is not confirmed, as the real one does."""
        for confirmed in [i for i in world if i < int(request.query.get("offset", 0))]:
            del world[confirmed]
        if not world:
            return await hang(request)
        some = list(world.values())[: int(request.query["limit"])]
        return await body(b'{"ok":true,"result":[%b]}' % ",".join(some).encode())(request)

    api.answers = [telegram] * 50
    async with intake(api, clock, inbox) as running:
        await until(lambda: 3 in inbox.states())
        await until(lambda: not world)
        assert running.rung == []
    assert list(inbox.states()) == [1, 2, 3]
    for whole in (1, 3):
        assert json.loads(inbox.text(whole, "raw")) == message(whole), "its neighbours are as they were sent"
    assert '"update_id":2' in inbox.text(2, "raw").replace(" ", "")
    assert api.calls[-1][1]["limit"] == "100", "and from then on in big batches again"


async def test_rubbish_without_any_id_is_told_and_not_asked_for_in_a_hot_loop(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [body(b'{"ok":true,"result":[{"update_id":"x"},7]}')] * 300
    async with intake(api, clock, inbox) as running:
        await asyncio.sleep(0.1)
        assert len(api.calls) <= 2
        await running.move_until(lambda: running.rung)
        assert running.rung == [PollState.UNREADABLE]


def test_entries_without_an_id_do_not_hold_up_the_others() -> None:
    batch = split_batch(
        b'{"ok":true,"result":[{"update_id":true},{"update_id":4,"x":1},{"update_id":-1},null]}'
    )
    assert [u.update_id for u in batch.updates] == [4]
    assert batch.nameless == 3


@pytest.mark.parametrize("payload", [b"", b"null", b"[]", b'{"ok":true}', b'{"result":{}}', b"\xff\xfe"])
def test_what_is_no_answer_is_said_to_be_none(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        split_batch(payload)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_bring_down_the_reader(payload: bytes) -> None:
    salvage(payload)
    one_update(payload.decode("utf-8", errors="replace"))
    with contextlib.suppress(Unreadable):
        split_batch(payload)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=20)
)
def test_an_update_of_any_content_is_kept_as_it_was(content: object) -> None:
    payload = json.dumps({"ok": True, "result": [{"update_id": 9, "message": content}]}).encode()
    (kept,) = split_batch(payload).updates
    assert kept.raw.isascii()
    assert json.dumps(json.loads(kept.raw)["message"]) == json.dumps(content)


POST = {"message_id": 1, "date": 0, "chat": {"id": -7, "type": "supergroup"}, "is_automatic_forward": True}


def said(**more: object) -> dict[str, object]:
    words: dict[str, object] = {
        "message_id": 2,
        "message_thread_id": 1,
        "text": "Kapan?",
        "reply_to_message": POST,
    }
    return words | more


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_a_comment_comes_without_the_post_above_it_and_the_raw_one_keeps_it(kind: str) -> None:
    raw = {"update_id": 5, kind: said()}
    slim = without_its_post(raw)
    assert slim == {"update_id": 5, kind: {"message_id": 2, "message_thread_id": 1, "text": "Kapan?"}}
    assert raw == {"update_id": 5, kind: said()}


@pytest.mark.parametrize(
    "update",
    [
        {"message": said(reply_to_message={"message_id": 9})},
        {"message": said(reply_to_message={"message_id": 9, "is_automatic_forward": "yes"})},
        {"message": said(text="/lapor")},
        {"message": {"message_id": 2, "reply_to_message": POST}},
        {"message": {"message_thread_id": 1, "reply_to_message": "post"}},
        {"message": "kapan"},
        {"callback_query": {"message": said()}},
        {},
    ],
)
def test_whatever_else_comes_stays_as_it_is(update: dict[str, object]) -> None:
    assert without_its_post(update) is update
