"""One page through real sockets: what counts as sent, failed and unknown, and what is never told."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from gateway_town import Gateways, gateways

from bot.domain.playbook import Via
from bot.gateways.apprise_ways import AppriseGateways, can_read
from bot.services.delivery import Impossible, Outcome, Sent

NOBODY_LISTENS = "json://127.0.0.1:9/{to}"


@pytest.fixture
async def ways() -> AsyncIterator[Gateways]:
    async with gateways() as made:
        yield made


async def through(address: str, to: str = "dimas", timeout: float = 10) -> Outcome:  # noqa: ASYNC109 - the gateway's
    made = AppriseGateways({Via.WEBHOOK: address}, timedelta(seconds=timeout))
    return await made.send(Via.WEBHOOK, to, "Panggilan K-3", "Buka Telegram.")


async def test_what_the_gateway_takes_is_sent(ways: Gateways) -> None:
    assert await through(ways.url("hook"), "kota/dimas satu") == Sent(0, 0)
    assert ways.said("hook") == ["Panggilan K-3 | Buka Telegram."]
    assert ways.got[0][0] == "/hook/kota/dimas satu"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
async def test_a_refusal_is_told_by_its_number_alone(ways: Gateways, status: int) -> None:
    ways.answers["hook"] = status
    assert await through(ways.url("hook")) == Impossible(f"HTTP {status}")


async def test_without_an_answer_nobody_knows(ways: Gateways) -> None:
    ways.answers["hook"] = -5
    before = asyncio.get_running_loop().time()
    outcome = await through(ways.url("hook"), timeout=1)
    assert outcome == Impossible("no answer in 1 s", perhaps=True)
    assert asyncio.get_running_loop().time() - before < 3


async def test_a_gateway_that_is_not_there_is_no_gateway_that_refuses() -> None:
    assert await through(NOBODY_LISTENS) == Impossible("no decisive answer", perhaps=True)


async def test_an_address_that_nobody_understands_is_told_without_it() -> None:
    outcome = await through("merpati://rahasia@kandang/{to}")
    assert outcome == Impossible("the gateway's address cannot be read")
    assert not can_read("merpati://rahasia@kandang/{to}", "dimas")
    assert can_read("ntfys://ntfy.kota.example/{to}", "kota-dimas")


async def test_a_way_without_a_gateway_fails_at_once() -> None:
    made = AppriseGateways({}, timedelta(seconds=1))
    assert await made.send(Via.SMS, "+62812", "a", "b") == Impossible("no gateway")


async def test_gateways_that_hang_keep_no_more_than_so_many_threads(ways: Gateways) -> None:
    ways.answers["hook"] = -4
    made = AppriseGateways({Via.WEBHOOK: ways.url("hook")}, timedelta(milliseconds=20))
    outcomes = [await made.send(Via.WEBHOOK, "x", "a", "b") for _ in range(30)]
    assert outcomes[-1] == Impossible("too many gateways hang")
    waiting = [thread for thread in threading.enumerate() if thread.name == "gateway"]
    assert 0 < len(waiting) <= 24
    assert all(thread.daemon for thread in waiting), "a stop of the bot waits for none of them"
    pools = [thread.name for thread in threading.enumerate() if "ThreadPoolExecutor" in thread.name]
    assert not pools, "nobody shares a queue with a gateway that hangs"


class Post:
    """As much of SMTP as one letter needs."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.to: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 pos siap\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word == "RCPT":
                self.to.append(line)
            if word == "DATA":
                writer.write(b"354 silakan\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            writer.write(b"221 pamit\r\n" if word == "QUIT" else b"250 baik\r\n")
            await writer.drain()
        writer.close()


async def test_a_letter_arrives_by_mail() -> None:
    post = Post()
    server = await asyncio.start_server(post.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        made = AppriseGateways(
            {Via.EMAIL: f"mailto://127.0.0.1:{port}?from=bot@kota.example&to={{to}}&mode=insecure"},
            timedelta(seconds=10),
        )
        outcome = await made.send(Via.EMAIL, "dimas@kota.example", "Panggilan K-3", "Buka Telegram.")
    assert outcome == Sent(0, 0)
    assert "dimas@kota.example" in post.to[0]
    assert "Buka Telegram." in post.letters[0]
