"""A raid comes in: what is an emergency by its label or its topic is hurried; the rest keeps its turn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.comment import Verdict
from bot.foreseeing import LOOK_FROM, Foresight
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


def foresight(pump: Pump, reads: Reads) -> Foresight:
    return Foresight(Inbox(), pump, reads, {"bunuh-diri"}, {GROUP})


async def test_emergencies_of_both_kinds_are_hurried_and_junk_is_not() -> None:
    pump = Pump()
    raid = [*(row(i, "slot gacor") for i in range(1, 30)), row(30, "kebakaran"), row(31, "putus asa")]
    assert await foresight(pump, Reads()).put(raid) == 31
    assert pump.hurried == [30, 31]


async def test_while_little_waits_every_comment_is_read_once_only() -> None:
    pump, reads = Pump(held=LOOK_FROM - 1), Reads()
    await foresight(pump, reads).put([row(1, "kebakaran")])
    assert (pump.hurried, reads.read_so_far) == ([], [])


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
