"""Calls of the real PTB Bot over both transports, against a server on loopback that breaks in every way."""

import asyncio
import contextlib
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from wire_loopback import SECRET_HALF, TOKEN, Api, body, closed_port_url, hang, message, reset, status, until

from bot.wire.delivery import Delivery, NotSent, Unsendable, delivery_of
from bot.wire.transport import AiohttpRequest, Timeouts, TransportKind, make_request, proxy_from_environment

BOTH = pytest.mark.parametrize("kind", ["aiohttp", "httpx"])
QUICK = Timeouts(connect=0.3, read=0.3, write=0.3, media_write=0.5, pool=0.3)
SENT = message(1)["message"]


@asynccontextmanager
async def a_bot(
    kind: TransportKind, url: str, pool_size: int = 8, timeouts: Timeouts = QUICK
) -> AsyncIterator[Bot]:
    def request() -> object:
        return make_request(kind, timeouts=timeouts, pool_size=pool_size)

    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request(), get_updates_request=request())
    for part in bot._request:
        await part.initialize()
    try:
        yield bot
    finally:
        for part in bot._request:
            await part.shutdown()


async def failure(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(7, "halo")
    assert SECRET_HALF not in "".join(traceback.format_exception(caught.value))
    return caught.value


@BOTH
async def test_a_message_with_buttons_arrives_as_it_was_meant(api: Api, kind: TransportKind) -> None:
    api.result = SENT
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("✋ Ambil", callback_data="a:1:2")]])
    async with a_bot(kind, api.url) as bot:
        sent = await bot.send_message(-100, "Halo Kak 👋 & <b>terima kasih</b>", reply_markup=keyboard)
    assert sent.message_id == 1
    method, fields = api.calls[0]
    assert method == "sendMessage"
    assert fields["text"] == "Halo Kak 👋 & <b>terima kasih</b>"
    assert str(fields["chat_id"]) == "-100"
    assert "Ambil" in str(fields["reply_markup"]) or "\\u270b" in str(fields["reply_markup"])


@BOTH
async def test_a_file_is_uploaded_with_its_name_and_bytes(api: Api, kind: TransportKind) -> None:
    api.result = SENT
    async with a_bot(kind, api.url) as bot:
        file = InputFile(b"a;b\n1;2\n", filename="laporan\r\nX-Evil: 1.csv")
        await bot.send_document(7, file, caption="Laporan pekan ini")
    _, fields = api.calls[0]
    assert fields["caption"] == "Laporan pekan ini"
    filename, content = fields["document"]
    assert content == b"a;b\n1;2\n"
    assert filename.startswith("laporan")


@BOTH
async def test_connections_are_kept_and_used_again(api: Api, kind: TransportKind) -> None:
    async with a_bot(kind, api.url) as bot:
        for _ in range(5):
            assert await bot.delete_message(7, 1)
    assert len(api.calls) == 5
    assert len(api.peers) == 1


@BOTH
async def test_nobody_listens_so_nothing_was_sent(kind: TransportKind) -> None:
    async with a_bot(kind, closed_port_url()) as bot:
        error = await failure(bot)
    assert isinstance(error, NotSent)
    assert delivery_of(error) is Delivery.NOT_SENT


@BOTH
async def test_an_unknown_host_was_not_sent_to(kind: TransportKind) -> None:
    async with a_bot(kind, "http://tidak-ada.invalid", timeouts=Timeouts(connect=5, pool=5)) as bot:
        assert delivery_of(await failure(bot)) is Delivery.NOT_SENT


@BOTH
async def test_a_full_queue_of_connections_never_sends(api: Api, kind: TransportKind) -> None:
    api.answers = [hang]
    async with a_bot(kind, api.url, pool_size=1, timeouts=Timeouts(connect=0.2, read=3, pool=0.2)) as bot:
        first = asyncio.create_task(bot.send_message(7, "pertama"))
        await until(lambda: api.calls)
        assert delivery_of(await failure(bot)) is Delivery.NOT_SENT
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
    assert len(api.calls) == 1


@BOTH
async def test_a_host_that_swallows_the_connection_was_not_sent_to(kind: TransportKind) -> None:
    # A listening socket whose queue is full accepts nothing more: connecting hangs, as with a dropped packet.
    with socket.socket() as listener, contextlib.ExitStack() as fillers:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            filler = fillers.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        async with a_bot(kind, f"http://127.0.0.1:{listener.getsockname()[1]}") as bot:
            assert delivery_of(await failure(bot)) is Delivery.NOT_SENT


@BOTH
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (reset, NetworkError),
        (hang, TimedOut),
        (status(500, "Internal Server Error"), NetworkError),
        (body(b"<html>bad gateway</html>", 502), NetworkError),
        (body(b"not json at all"), TelegramError),
    ],
    ids=["reset after reading", "no answer", "500", "502 from a proxy", "200 with rubbish"],
)
async def test_what_may_have_arrived_is_uncertain(
    api: Api, kind: TransportKind, fault: object, expected: type[TelegramError]
) -> None:
    api.answers = [fault]
    async with a_bot(kind, api.url) as bot:
        error = await failure(bot)
    assert isinstance(error, expected)
    assert delivery_of(error) is Delivery.UNCERTAIN
    assert len(api.calls) == 1, "a POST is never repeated behind our back"


@BOTH
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (status(429, "Too Many Requests", retry_after=30), RetryAfter),
        (status(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (status(400, "Bad Request: message is too long"), BadRequest),
        (status(400, "Bad Request: group upgraded", migrate_to_chat_id=-1009), ChatMigrated),
    ],
    ids=["429", "403", "400", "migrated"],
)
async def test_a_refusal_is_certain(
    api: Api, kind: TransportKind, fault: object, expected: type[TelegramError]
) -> None:
    api.answers = [fault]
    async with a_bot(kind, api.url) as bot:
        error = await failure(bot)
    assert isinstance(error, expected)
    assert delivery_of(error) is Delivery.REFUSED


@BOTH
@pytest.mark.parametrize("where", ["text", "button", "caption of a file"])
async def test_half_a_character_is_refused_before_writing(api: Api, kind: TransportKind, where: str) -> None:
    button = InlineKeyboardButton("\udc00", callback_data="a")
    file = InputFile(b"x", filename="x.txt")
    async with a_bot(kind, api.url) as bot:
        calls = {
            "text": lambda: bot.send_message(7, "rusak \ud83d di sini"),
            "button": lambda: bot.send_message(7, "halo", reply_markup=InlineKeyboardMarkup([[button]])),
            "caption of a file": lambda: bot.send_document(7, file, caption="\ud83d"),
        }
        with pytest.raises(Unsendable) as caught:
            await calls[where]()
    assert delivery_of(caught.value) is Delivery.REFUSED
    assert not api.calls


async def test_an_answer_that_trickles_in_for_ever_is_cut_off(api: Api) -> None:
    async def trickle(request: object) -> object:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b" ")
            await asyncio.sleep(0.05)

    api.answers = [trickle]
    async with a_bot("aiohttp", api.url) as bot, asyncio.timeout(20):
        assert isinstance(await failure(bot), TimedOut)


async def test_a_closed_transport_says_that_nothing_was_sent() -> None:
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.do_request("http://127.0.0.1:1/bot1/x", "POST")
    await request.shutdown()


async def test_opening_twice_keeps_the_pool_and_closing_allows_opening_again(api: Api) -> None:
    request = make_request()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert (await request.do_request(f"{api.url}/bot{TOKEN}/getMe", "GET"))[0] == 200
        await request.shutdown()


async def test_cancelling_a_call_ends_it_at_once(api: Api) -> None:
    api.answers = [hang]
    async with a_bot("aiohttp", api.url, timeouts=Timeouts(read=60)) as bot:
        call = asyncio.create_task(bot.send_message(7, "halo"))
        await until(lambda: api.calls)
        call.cancel()
        async with asyncio.timeout(20):
            with pytest.raises(asyncio.CancelledError):
                await call


def test_an_unknown_error_counts_as_uncertain() -> None:
    assert delivery_of(RuntimeError("?")) is Delivery.UNCERTAIN
    assert delivery_of(TelegramError("Invalid server response")) is Delivery.UNCERTAIN


def test_the_proxy_of_the_machine_is_found_and_exceptions_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proksi.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    assert proxy_from_environment("https://api.telegram.org") == "http://proksi.example:3128"
    assert proxy_from_environment("https://127.0.0.1:8081") is None


@BOTH
def test_a_proxy_of_another_kind_is_refused_in_plain_words(kind: TransportKind) -> None:
    with pytest.raises(ValueError, match="Proksi"):
        make_request(kind, proxy="socks5://127.0.0.1:1080")


@BOTH
async def test_a_proxy_that_is_down_was_not_sent_to(api: Api, kind: TransportKind) -> None:
    request = make_request(kind, proxy=closed_port_url(), timeouts=QUICK)
    async with request:
        with pytest.raises(NotSent):
            await request.post(f"{api.url}/bot{TOKEN}/getMe")
    assert not api.calls
