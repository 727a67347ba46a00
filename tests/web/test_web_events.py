"""The door for other systems: who is let in, what is refused and how little a stranger learns."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import FakeClock
from bot.domain.incident import RunId
from bot.domain.outside import OutsideEvent
from bot.services.events import Contradicted, Received
from bot.web.event_body import BadBody, read_body
from bot.web.events import LARGEST_BODY, SIGNATURE, STAMP, EventDoor, Rate, add_events, sign
from bot.web.server import serve

SECRET = "satu-rahasia-uji-yang-panjang-sekali"
OTHER = "dua-rahasia-uji-yang-panjang-sekali"
QUAKE = {"id": "g-1", "kind": "gempa", "fields": {"tingkat": "awas", "magnitudo": 6.1}}


@dataclass
class Desk:
    """In the place of the service: remembers what came, or fails as it is told."""

    got: list[OutsideEvent] = field(default_factory=list)
    fails: Exception | None = None

    async def receive(self, event: OutsideEvent) -> Received:
        if self.fails is not None:
            raise self.fails
        self.got.append(event)
        return Received(new=True, runs=(RunId(1),))


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    retry: str = ""

    def json(self) -> dict:
        return dict(json.loads(self.body))


@dataclass
class Sender:
    desk: Desk
    clock: FakeClock
    url: str
    session: aiohttp.ClientSession

    async def post(
        self, body: object = None, source: str = "bmkg", secret: str = SECRET, **more: str
    ) -> Answer:
        """A call; `stamp` and `signature` in the place of the true ones."""
        data = body if isinstance(body, bytes) else json.dumps(QUAKE if body is None else body).encode()
        stamp = more.get("stamp", str(int(self.clock.now().timestamp())))
        signature = more.get("signature", sign(secret.encode(), stamp, data))
        headers = {STAMP: stamp, SIGNATURE: signature}
        async with self.session.post(f"{self.url}/{source}", data=data, headers=headers) as answer:
            return Answer(answer.status, await answer.read(), answer.headers.get("Retry-After", ""))

    async def status(self, body: object = None, **more: str) -> int:
        return (await self.post(body, **more)).status

    async def error(self, body: object) -> str:
        answer = await self.post(body)
        assert answer.status == 400
        return str(answer.json()["error"])


@pytest.fixture
async def sender() -> AsyncIterator[Sender]:
    desk, clock = Desk(), FakeClock(MORNING)
    app = web.Application()
    add_events(app, EventDoor(desk, {"bmkg": SECRET, "loket": OTHER}, clock, Rate(3, 60.0)))  # type: ignore[arg-type]  # the desk stands for it
    async with serve(app) as port, aiohttp.ClientSession() as session:
        yield Sender(desk, clock, f"http://127.0.0.1:{port}/events", session)


async def test_a_signed_event_arrives_as_it_was_written(sender: Sender) -> None:
    answer = await sender.post()
    assert answer.status == 200
    assert answer.json() == {"new": True, "incidents": 1}
    [event] = sender.desk.got
    assert event == OutsideEvent("bmkg", "g-1", "gempa", MORNING, (("tingkat", "awas"), ("magnitudo", "6.1")))


async def test_nobody_learns_more_than_that_the_signature_is_wrong(sender: Sender) -> None:
    good = sign(SECRET.encode(), str(int(MORNING.timestamp())), json.dumps(QUAKE).encode())
    for wrong in ("", "v1=", good[:-1], good.removeprefix("v1="), "v2=" + good[3:], good.upper(), "é" * 9):
        answer = await sender.post(signature=wrong)
        assert (answer.status, answer.body) == (401, b"")
    assert await sender.status(secret=OTHER) == 401
    assert await sender.status(source="loket") == 401
    assert await sender.status(b"not even JSON", signature=good) == 401
    assert sender.desk.got == []


async def test_a_source_that_nobody_set_up_is_not_there(sender: Sender) -> None:
    assert await sender.status(source="pvmbg") == 404
    assert await sender.status(source="..%2Fhealthz") == 404
    async with sender.session.get(f"{sender.url}/bmkg") as answer:
        assert answer.status == 405


@pytest.mark.parametrize(("off", "status"), [(-299, 200), (299, 200), (-301, 401), (301, 401), (86_400, 401)])
async def test_a_call_counts_for_five_minutes_around_its_stamp(sender: Sender, off: int, status: int) -> None:
    stamp = str(int((MORNING + timedelta(seconds=off)).timestamp()))
    assert await sender.status(stamp=stamp) == status


@pytest.mark.parametrize("stamp", ["", "now", "1e9", "-5", "١٢٣", "99999999999999999999", " 5", "5.0"])
async def test_a_stamp_that_is_no_time_is_refused_however_well_it_is_signed(
    sender: Sender, stamp: str
) -> None:
    assert await sender.status(stamp=stamp) in {400, 401}
    assert sender.desk.got == []


async def test_a_call_that_somebody_wrote_down_is_worth_nothing_later(sender: Sender) -> None:
    stamp = str(int(MORNING.timestamp()))
    signature = sign(SECRET.encode(), stamp, json.dumps(QUAKE).encode())
    assert await sender.status(stamp=stamp, signature=signature) == 200
    sender.clock.advance(301)
    assert await sender.status(stamp=stamp, signature=signature) == 401
    fresh = str(int(sender.clock.now().timestamp()))
    assert await sender.status(stamp=fresh, signature=signature) == 401


async def test_what_is_too_large_is_refused_announced_or_not(sender: Sender) -> None:
    large = b"x" * (LARGEST_BODY + 1)
    assert await sender.status(large) == 413

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 2):
            yield b"y" * 1000

    async with sender.session.post(f"{sender.url}/bmkg", data=pieces()) as answer:
        assert answer.status == 413


async def test_one_that_sends_too_much_waits_and_holds_nobody_else_up(sender: Sender) -> None:
    assert [await sender.status() for _ in range(4)] == [200, 200, 200, 429]
    assert await sender.status(source="loket", secret=OTHER) == 200
    sender.clock.advance(61)
    assert await sender.status() == 200


async def test_who_cannot_sign_uses_up_nobodys_room(sender: Sender) -> None:
    assert {await sender.status(signature="v1=0") for _ in range(20)} == {401}
    assert await sender.status() == 200


async def test_failures_within_say_only_to_come_again(sender: Sender) -> None:
    sender.desk.fails = RuntimeError("disk full at /var/lib/secret")
    answer = await sender.post()
    assert answer == Answer(503, b"", "5")
    sender.desk.fails = Contradicted()
    answer = await sender.post()
    assert answer.status == 409
    assert answer.json() == {"error": "id ini sudah pernah dikirim dengan isi lain."}


async def test_whoever_may_send_is_told_what_is_wrong(sender: Sender) -> None:
    assert "bukan JSON" in await sender.error(b"{")
    assert "satu objek" in await sender.error([1])
    sender.clock.advance(61)
    assert "“jenis”" in await sender.error({"id": "1", "jenis": "gempa"})


async def test_a_sender_that_stops_in_the_middle_does_not_hold_the_door(sender: Sender) -> None:
    host, port = sender.url.removeprefix("http://").removesuffix("/events").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /events/bmkg HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    await writer.drain()
    assert await sender.status() == 200
    writer.close()
    assert [event.id for event in sender.desk.got] == ["g-1"]


BAD = [
    ("{}", "id wajib"),
    ('{"id": "", "kind": "a"}', "id wajib"),
    ('{"id": "a b", "kind": "a"}', "id wajib"),
    ('{"id": ["a"], "kind": "a"}', "id wajib"),
    (f'{{"id": "{"x" * 101}", "kind": "a"}}', "id wajib"),
    ('{"id": "1"}', "kind wajib"),
    ('{"id": "1", "kind": "Gempa Bumi"}', "kind wajib"),
    ('{"id": "1", "kind": "a", "fields": null}', "fields harus"),
    ('{"id": "1", "kind": "a", "fields": [1]}', "fields harus"),
    ('{"id": "1", "kind": "a", "fields": {"Nama": "x"}}', "“Nama”"),
    ('{"id": "1", "kind": "a", "fields": {"a": {"b": 1}}}', "Nilai a harus"),
    ('{"id": "1", "kind": "a", "fields": {"a": null}}', "Nilai a harus"),
    ('{"id": "1", "kind": "a", "fields": {"a": NaN}}', "bukan angka"),
    (f'{{"id": "1", "kind": "a", "fields": {{"a": "{"x" * 301}"}}}}', "300"),
    ('{"id": "1", "id": "2", "kind": "a"}', "dua kali"),
    ('{"id": "1", "kind": "a", "fields": {"a": 1, "a": 2}}', "dua kali"),
    (json.dumps({"id": "1", "kind": "a", "fields": {f"f{n}": n for n in range(21)}}), "paling banyak"),
    ("[" * 20_000, "bukan JSON"),
    ('"teks"', "satu objek"),
    ("\ufeff{}", "bukan JSON"),
]


@pytest.mark.parametrize(("body", "said"), BAD, ids=range(len(BAD)))
def test_a_body_that_is_not_right_is_named_by_what_is_wrong(body: str, said: str) -> None:
    with pytest.raises(BadBody, match=said):
        read_body(body.encode(), "bmkg", MORNING)


def test_bytes_that_are_no_text_are_named_too() -> None:
    with pytest.raises(BadBody, match="UTF-8"):
        read_body(b'{"id": "\xff"}', "bmkg", MORNING)


def test_values_become_one_plain_line_each_and_numbers_stay_as_they_were() -> None:
    body = json.dumps({"id": "1", "kind": "a", "fields": {"t": "Awas\n\u202epantai\x07 ", "b": True}})
    event = read_body(body.encode().replace(b"true", b"5.10"), "bmkg", MORNING)
    assert event.fields == (("t", "Awas pantai"), ("b", "5.10"))
    assert read_body(body.encode(), "bmkg", MORNING).fields[1] == ("b", "ya")


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_at_all_make_it_fall_over(body: bytes) -> None:
    try:
        assert read_body(body, "bmkg", MORNING).kind
    except BadBody:
        return


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "kind", "fields", "x"]), json_values))
def test_whatever_gets_through_is_plain_and_small(found: dict[str, object]) -> None:
    try:
        event = read_body(json.dumps(found).encode(), "bmkg", MORNING)
    except BadBody:
        return
    for name, value in event.fields:
        assert name.isascii()
        assert value.isprintable()
        assert len(value) <= 300


@given(st.binary(max_size=60), st.binary(max_size=60), st.text(alphabet="0123456789", max_size=11))
def test_a_signature_is_good_for_these_bytes_and_this_stamp_only(a: bytes, b: bytes, stamp: str) -> None:
    assert (sign(SECRET.encode(), stamp, a) == sign(SECRET.encode(), stamp, b)) is (a == b)
    assert sign(SECRET.encode(), stamp, a) != sign(OTHER.encode(), stamp, a)
    assert sign(SECRET.encode(), stamp + "0", a) != sign(SECRET.encode(), stamp, a)
