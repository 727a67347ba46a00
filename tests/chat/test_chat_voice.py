"""Answers to commands: at the chat's pace, in their order, and never at the cost of a crisis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from fakes import MORNING
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat.voice import Voice
from bot.clock import FakeClock
from bot.domain.lane import Lane
from bot.wire.pacing import Pacer

GROUP, OTHER = -1001, -1002


@dataclass
class Phone:
    """What arrived, and what Telegram says instead of taking it."""

    said: list[str] = field(default_factory=list)
    refuses: list[TelegramError] = field(default_factory=list)

    def __call__(self, words: str) -> Callable[[], Awaitable[None]]:
        async def send() -> None:
            if self.refuses:
                raise self.refuses.pop(0)
            self.said.append(words)

        return send


@dataclass
class Booth:
    clock: FakeClock = field(default_factory=lambda: FakeClock(MORNING))
    pacer: Pacer = field(default_factory=Pacer)
    phone: Phone = field(default_factory=Phone)
    voice: Voice = field(init=False)

    def __post_init__(self) -> None:
        self.voice = Voice(self.pacer, self.clock)

    async def ask(self, count: int, chat: int = GROUP) -> list[bool]:
        return [await self.voice.say(chat, self.phone(f"{n}")) for n in range(count)]

    async def pass_(self, seconds: float) -> None:
        """In small steps, so that who wakes in between goes back to sleep until its own hour."""
        for _ in range(int(seconds * 2)):
            self.clock.advance(0.5)
            for _ in range(4):
                await asyncio.sleep(0)


@pytest.fixture
async def booth() -> AsyncIterator[Booth]:
    made = Booth()
    yield made
    await made.voice.close()


async def test_what_is_too_much_for_the_minute_is_said_later_in_its_order(booth: Booth) -> None:
    assert await booth.ask(20) == [True] * 20
    assert len(booth.phone.said) < 4, "a group takes three messages in a moment"
    await booth.pass_(200)
    assert booth.phone.said == [f"{n}" for n in range(20)]


async def test_a_flood_of_questions_leaves_room_for_a_crisis(booth: Booth) -> None:
    await booth.ask(20)
    for _ in range(120):
        assert booth.pacer.ready_in(GROUP, Lane.CRISIS, booth.clock.monotonic()) <= 2
        await booth.pass_(0.5)


async def test_what_telegram_refuses_for_its_pace_is_said_when_the_chat_takes_words_again(
    booth: Booth,
) -> None:
    booth.phone.refuses = [RetryAfter(30)]
    assert await booth.ask(2) == [True, True]
    assert booth.pacer.ready_in(GROUP, Lane.CRISIS, booth.clock.monotonic()) == 30, "the outbox knows too"
    await booth.ask(1, OTHER)
    assert booth.phone.said == ["0"], "and another chat goes on"
    await booth.pass_(29)
    assert len(booth.phone.said) == 1
    await booth.pass_(3)
    assert booth.phone.said == ["0", "0", "1"]


async def test_a_chat_that_is_refused_twice_waits_twice(booth: Booth) -> None:
    booth.phone.refuses = [RetryAfter(5), RetryAfter(7)]
    await booth.ask(1)
    await booth.pass_(11)
    assert booth.phone.said == []
    await booth.pass_(2)
    assert booth.phone.said == ["0"]


async def test_whoever_lets_nobody_in_is_told_apart_from_a_crowded_chat(booth: Booth) -> None:
    booth.phone.refuses = [Forbidden("blocked"), NetworkError("cut")]
    assert await booth.ask(3, chat=7) == [False, False, True]


async def test_a_fault_of_ours_in_one_answer_does_not_silence_the_next(
    booth: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> None:
        raise KeyError("word")

    await booth.ask(3)
    await booth.voice.say(GROUP, broken)
    await booth.voice.say(GROUP, booth.phone("after"))
    await booth.pass_(60)
    assert booth.phone.said[-1] == "after"
    assert "an answer broke" in caplog.text


async def test_nobody_reads_hundreds_of_late_answers_so_they_are_not_kept(booth: Booth) -> None:
    given = await booth.ask(40)
    assert given.count(False) > 10
    assert given[0]
    assert await booth.ask(1, OTHER) == [True], "another chat's answers are not concerned"
    crowd = [await booth.voice.say(10_000 + n, booth.phone("x")) for n in range(800)]
    assert 500 <= crowd.count(True) < 600


async def test_a_crowd_of_strangers_takes_neither_room_nor_pace_from_the_team(booth: Booth) -> None:
    crowd = [await booth.voice.say(10_000 + n, booth.phone("stranger"), lane=Lane.BOARD) for n in range(800)]
    now = booth.clock.monotonic()
    assert booth.pacer.ready_in(GROUP, Lane.BOARD, now) > 0, "they have used up what is theirs"
    assert booth.pacer.ready_in(GROUP, Lane.APPROVAL, now) == 0
    assert 50 <= crowd.count(True) < 100, "whoever comes then is not answered at all"
    assert await booth.ask(1) == [True]
    assert booth.phone.said[-1] == "0", "at once"
    team = [await booth.voice.say(20_000 + n, booth.phone("team"), lane=Lane.APPROVAL) for n in range(800)]
    assert team.count(True) >= 500


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([GROUP, OTHER, 7]), st.integers(0, 40)), max_size=40))
def test_whenever_they_come_no_limit_is_passed_and_each_chat_hears_them_in_order(
    asked: list[tuple[int, int]],
) -> None:
    async def told() -> None:
        booth, heard = Booth(), list[tuple[int, int, float]]()

        def hear(chat: int, number: int) -> Callable[[], Awaitable[None]]:
            async def send() -> None:
                heard.append((chat, number, booth.clock.monotonic()))

            return send

        taken = []
        for number, (chat, pause) in enumerate(asked):
            await booth.pass_(pause / 10)
            if await booth.voice.say(chat, hear(chat, number)):
                taken.append((chat, number))
        await booth.pass_(240)
        await booth.voice.close()
        assert sorted(taken) == sorted((chat, number) for chat, number, _ in heard)
        for chat in {chat for chat, _ in asked}:
            mine = [(number, at) for one, number, at in heard if one == chat]
            assert mine == sorted(mine)
            for _, start in mine:
                assert sum(start <= at < start + 60 for _, at in mine) <= 18 or chat > 0
                assert sum(start <= at < start + 3 for _, at in mine) <= 3

    asyncio.run(told())
