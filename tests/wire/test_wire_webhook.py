"""Telegram's side of a webhook played by a real HTTP client, good and bad."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from wire_inbox import SqliteInbox
from wire_loopback import TOKEN, Api, body, message, ok

from bot.clock import FakeClock
from bot.wire.source import ALLOWED_UPDATES
from bot.wire.transport import make_request
from bot.wire.trouble import PollState
from bot.wire.webhook import LARGEST_BODY, WebhookReceiver, register, status, unregister

SECRET = "rahasia_yang-panjang-0123456789"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


class Door:
    """The receiver behind a real server, and how many times it woke the pump."""

    def __init__(self, inbox: SqliteInbox, clock: FakeClock) -> None:
        self.wakes = 0
        self.receiver = WebhookReceiver(inbox, SECRET, clock, on_stored=self.wake)
        self.url = ""

    def wake(self) -> None:
        self.wakes += 1

    async def knock(self, data: object, headers: dict[str, str] = HEADER) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=data, headers=headers) as answer,
        ):
            return answer.status


@pytest.fixture
async def door(inbox: SqliteInbox, clock: FakeClock) -> AsyncIterator[Door]:
    opened = Door(inbox, clock)
    app = web.Application()
    app.router.add_post("/telegram", opened.receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield opened
    await runner.cleanup()


def update(number: int) -> bytes:
    return json.dumps(message(number)).encode()


async def test_an_update_is_answered_after_it_was_stored(
    door: Door, inbox: SqliteInbox, clock: FakeClock
) -> None:
    assert await door.knock(update(5)) == 200
    assert inbox.text(5, "raw") == update(5).decode(), "as it came, byte for byte"
    assert door.wakes == 1
    assert door.receiver.health.state is PollState.LISTENING
    assert door.receiver.health.last_answer == clock.now()


async def test_the_same_update_twice_is_stored_once_and_wakes_nobody_twice(
    door: Door, inbox: SqliteInbox
) -> None:
    assert await door.knock(update(5)) == 200
    assert await door.knock(update(5)) == 200
    assert list(inbox.states()) == [5]
    assert door.wakes == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}],
    ids=["none", "empty", "nearly right"],
)
async def test_without_the_secret_nothing_is_read(
    door: Door, inbox: SqliteInbox, headers: dict[str, str]
) -> None:
    assert await door.knock(update(5), headers) == 403
    assert not inbox.states()


async def test_a_secret_of_odd_bytes_is_just_wrong(door: Door, inbox: SqliteInbox) -> None:
    host, port = door.url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    writer.write(head + b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\xc3\r\n\r\n{}")
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    "content",
    [b"", b"halo", b"[]", b"null", b"{", b'{"update_id":"5"}', b'{"update_id":true}', b'{"update_id":5.5}',
     b'{"update_id":-5}', b'{"update_id":99999999999999999999}', b'{"x":5}', b"\xff\xfe{}"],
)  # fmt: skip
async def test_what_is_no_update_is_refused(door: Door, inbox: SqliteInbox, content: bytes) -> None:
    assert await door.knock(content) == 400
    assert not inbox.states()


@pytest.mark.parametrize(
    "content",
    [
        b'{"update_id":5,"message":[]}',
        b'{"update_id":5,"message":{"text":"\\ud83d"}}',
        b'{"update_id":5,"message":{"text":"\xff"}}',
        b'{"update_id":5,"n":' + b"9" * 5_000 + b"}",
        b'{"update_id":5,"deep":' + b"[" * 9_000 + b"]" * 9_000 + b"}",
    ],
    ids=["a list", "half a pair", "not UTF-8", "5,000 digits", "9,000 deep"],
)
async def test_odd_but_correct_json_is_kept_so_that_telegram_does_not_repeat_it(
    door: Door, inbox: SqliteInbox, content: bytes
) -> None:
    assert await door.knock(content) == 200
    assert inbox.ids("new") == [5]


async def test_a_megabyte_is_too_much_whether_announced_or_not(door: Door, inbox: SqliteInbox) -> None:
    async def in_chunks() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 50_000

    just_fits = b'{"update_id":5,"x":"' + b"a" * (LARGEST_BODY - 22) + b'"}'
    assert len(just_fits) == LARGEST_BODY
    assert await door.knock(just_fits) == 200
    assert await door.knock(just_fits + b" ") == 413
    assert await door.knock(in_chunks()) == 413
    assert inbox.ids("new") == [5]


async def test_what_could_not_be_stored_is_asked_for_again(door: Door, inbox: SqliteInbox) -> None:
    inbox.fails = 1
    assert await door.knock(update(5)) == 503
    assert door.receiver.health.state is PollState.STORE_FAILING
    assert "disk is full" in door.receiver.health.last_error
    assert await door.knock(update(5)) == 200
    assert inbox.ids("new") == [5]
    assert door.receiver.health.last_error == ""


@pytest.mark.parametrize("secret", ["", "dengan spasi", "é", "x" * 257])
def test_a_secret_that_telegram_would_refuse_is_refused_here(
    inbox: SqliteInbox, clock: FakeClock, secret: str
) -> None:
    with pytest.raises(ValueError, match="Rahasia webhook"):
        WebhookReceiver(inbox, secret, clock)


async def test_registering_says_which_kinds_and_drops_nothing(api: Api) -> None:
    info = {"url": "https://x.example/t", "has_custom_certificate": False, "pending_update_count": 3}
    info |= {"last_error_date": 1_790_000_000, "last_error_message": f"Wrong response from bot{TOKEN}"}
    async with make_request() as request:
        bot = Bot(TOKEN, base_url=f"{api.url}/bot", request=request)
        await register(bot, "https://bot.example/telegram", SECRET, max_connections=20)
        await unregister(bot)
        api.answers = [body(ok(info).body)]
        known = await status(bot)
    (_, set_fields), (_, delete_fields), _ = api.calls
    assert set_fields["secret_token"] == SECRET
    assert set_fields["allowed_updates"] == list(ALLOWED_UPDATES)
    assert set_fields["max_connections"] == 20
    assert set_fields["drop_pending_updates"] is False
    assert delete_fields["drop_pending_updates"] is False
    assert known.pending == 3
    assert known.last_error == "Wrong response from bot123456789:***"
