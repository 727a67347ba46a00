"""A raid comes in: what is an emergency by its label or its topic is hurried; the rest keeps its turn.

What comes together is read together, once.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.domain.comment import Verdict
from bot.foreseeing import AT_ONCE, LOOK_FROM, Foresight, ReadAhead
from bot.wire.ports import RawUpdate

GROUP, ELSEWHERE = -1001, -1002


def row(update_id: int, text: str, chat: int = GROUP, kind: str = "message") -> RawUpdate:
    return RawUpdate(
        update_id, json.dumps({"update_id": update_id, kind: {"chat": {"id": chat}, "text": text}})
    )


@dataclass
class Pump:
    held: int = LOOK_FROM
    hurried: list[int] = field(default_factory=list)

    def hurry(self, updates: Sequence[RawUpdate]) -> None:
        self.hurried += [update.update_id for update in updates]


class Inbox:
    async def put(self, updates: Sequence[RawUpdate]) -> int:
        return len(updates)


@dataclass
class Reads:
    """Knows fire by its label, despair by its topic, and stumbles over one word."""

    read_so_far: list[str] = field(default_factory=list)

    async def read(self, text: str) -> Verdict:
        self.read_so_far.append(text)
        if text == "rusak":
            raise RuntimeError("the model")
        return Verdict(
            labels=("emergency",) if text == "kebakaran" else ("spam",),
            topics=("bunuh-diri",) if text == "putus asa" else (),
            model="test",
        )


@dataclass
class Slow(Reads):
    """Reads when it is told to."""

    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, text: str) -> Verdict:
        await self.go.wait()
        return await super().read(text)


def foresight(pump: Pump, reads: Reads) -> Foresight:
    return Foresight(Inbox(), pump, ReadAhead(reads), {"bunuh-diri"}, {GROUP})


async def test_emergencies_of_both_kinds_are_hurried_and_junk_is_not() -> None:
    pump = Pump()
    raid = [*(row(i, "slot gacor") for i in range(1, 30)), row(30, "kebakaran"), row(31, "putus asa")]
    assert await foresight(pump, Reads()).put(raid) == 31
    assert pump.hurried == [30, 31]


async def test_a_single_comment_while_little_waits_is_read_when_its_turn_comes() -> None:
    pump, reads = Pump(held=LOOK_FROM - 1), Reads()
    await foresight(pump, reads).put([row(1, "kebakaran")])
    assert (pump.hurried, reads.read_so_far) == ([], [])


async def test_what_comes_together_is_read_at_once_and_every_comment_once_only() -> None:
    reads = Reads()
    ahead = ReadAhead(reads)
    texts = [f"nomor {i}" for i in range(3 * AT_ONCE)]
    rows = [row(i, text) for i, text in enumerate(texts, start=1)]
    await Foresight(Inbox(), Pump(held=0), ahead, {"bunuh-diri"}, {GROUP}).put(rows)
    assert reads.read_so_far == texts
    verdicts = [await ahead.read(text) for text in texts]
    assert reads.read_so_far == texts
    assert verdicts[0].labels == ("spam",)


async def test_a_turn_that_comes_while_the_text_is_being_read_waits_for_that_reading() -> None:
    reads = Slow()
    ahead = ReadAhead(reads)
    ahead.begin(["banjir", "macet"])
    turn = asyncio.create_task(ahead.read("banjir"))
    await asyncio.sleep(0)
    reads.go.set()
    assert (await turn).labels == ("spam",)
    await ahead.read("macet")
    assert reads.read_so_far == ["banjir", "macet"]


async def test_a_turn_that_is_given_up_takes_the_reading_from_nobody_else() -> None:
    reads = Slow()
    ahead = ReadAhead(reads)
    begun = ahead.begin(["banjir", "macet"])
    turn = asyncio.create_task(ahead.read("banjir"))
    await asyncio.sleep(0)
    turn.cancel()
    await asyncio.wait({turn})
    reads.go.set()
    assert [(await one).labels for one in begun] == [("spam",), ("spam",)]


async def test_the_same_words_of_two_people_are_read_for_both() -> None:
    reads = Reads()
    ahead = ReadAhead(reads)
    ahead.begin(["banjir", "banjir"])
    assert [(await ahead.read("banjir")).labels for _ in range(2)] == [("spam",), ("spam",)]


async def test_a_failure_met_ahead_is_the_failure_of_the_turn_and_the_next_attempt_reads_anew() -> None:
    reads = Reads()
    ahead = ReadAhead(reads)
    ahead.begin(["rusak", "macet"])
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await ahead.read("rusak")
    assert reads.read_so_far == ["rusak", "macet", "rusak"]


async def test_what_nobody_asked_for_goes_when_nobody_waits_any_more() -> None:
    reads, pump = Reads(), Pump(held=3)
    ahead = ReadAhead(reads)
    inbox = Foresight(Inbox(), pump, ahead, {"bunuh-diri"}, {GROUP})
    await inbox.put([row(1, "dari tim"), row(2, "juga dari tim")])
    await inbox.put([row(3, "banjir"), row(4, "macet")])
    pump.held = 0
    await inbox.put([row(5, "listrik"), row(6, "air")])
    for text in ("dari tim", "listrik"):
        await ahead.read(text)
    assert reads.read_so_far.count("dari tim") == 2
    assert reads.read_so_far.count("listrik") == 1


async def test_of_a_raid_the_first_are_kept_and_the_rest_is_read_when_its_turn_comes() -> None:
    reads = Reads()
    ahead = ReadAhead(reads)
    for start in range(0, 5_000, 100):
        await asyncio.wait(ahead.begin([f"nomor {start + i}" for i in range(100)]))
    await ahead.read("nomor 0")
    await ahead.read("nomor 4999")
    assert reads.read_so_far.count("nomor 0") == 1
    assert reads.read_so_far.count("nomor 4999") == 2


async def test_edits_other_chats_and_what_cannot_be_read_keep_their_turn() -> None:
    pump = Pump()
    odd = [
        row(1, "kebakaran", kind="edited_message"),
        row(2, "kebakaran", chat=ELSEWHERE),
        RawUpdate(3, "{"),
        RawUpdate(4, json.dumps({"update_id": 4, "message": {"chat": {"id": GROUP}}})),
        row(5, "kebakaran"),
    ]
    assert await foresight(pump, Reads()).put(odd) == 5
    assert pump.hurried == [5]


async def test_a_model_that_fails_loses_nothing() -> None:
    pump = Pump()
    assert await foresight(pump, Reads()).put([row(1, "rusak"), row(2, "kebakaran")]) == 2
    assert pump.hurried == []
