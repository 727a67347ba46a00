"""A second model looks on: what it says is noted, and nothing else changes."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from agency import Agency, Restarts
from fakes import comment, verdict

from bot.services.shadowing import Shadowing
from bot.store.learning import Disagreement

NAME = "tanggap-linear-baru"


class Second:
    """The second model: the last known word decides; it can be slow and it can fail."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.error: Exception | None = None

    async def labels(self, text: str) -> Sequence[str]:
        self.asked.append(text)
        if self.error is not None:
            raise self.error
        return next((labels for word, labels in self.known.items() if word in text), ["question"])


def looking_on(
    agency: Agency, second: Second, keep: timedelta = timedelta(days=90), most: int = 1000
) -> Shadowing:
    return Shadowing(agency.database, NAME, second.labels, agency.clock, keep=keep, most=most)


async def found(agency: Agency) -> list[Disagreement]:
    return await agency.database.read.learning.disagreements(NAME)


async def compared(agency: Agency) -> int:
    (model,) = await agency.database.read.learning.shadow_models()
    assert model.name == NAME
    return model.compared


async def test_only_where_the_two_differ_something_is_kept(agency: Agency) -> None:
    second = Second()
    second.known["gacor"] = ["spam"]
    shadow = looking_on(agency, second)
    await shadow.step()
    await agency.receive("kapan bukanya?")
    case = await agency.receive("gacor, daftar sekarang?")
    before = await agency.case(case)
    assert await shadow.step() == 2
    (one,) = await found(agency)
    assert (one.case, one.text, one.first, one.second) == (
        case, "gacor, daftar sekarang?", ("question",), ("spam",)
    )  # fmt: skip
    assert one.first_model == "fake"
    assert await compared(agency) == 2
    assert await agency.case(case) == before
    assert await agency.actions(f"case:{case}") == ["receive"]


async def test_it_starts_with_what_comes_after_it_and_reads_nothing_twice(
    agency: Agency, restart: Restarts
) -> None:
    await agency.receive("sebelum")
    second = Second()
    shadow = looking_on(agency, second)
    assert await shadow.step() == 0
    await agency.receive("sesudah")
    await shadow.step()
    assert await shadow.step() == 0
    again = await restart(agency)
    await again.receive(comment("setelah mulai lagi", author="tg:99"))
    await looking_on(again, second).step()
    assert second.asked == ["sesudah", "setelah mulai lagi"]


async def test_what_the_first_model_could_not_read_is_not_compared(agency: Agency) -> None:
    second = Second()
    shadow = looking_on(agency, second)
    await shadow.step()
    agency.reads.known["rusak"] = RuntimeError("no model")
    await agency.receive("rusak")
    await agency.receive("   ")
    assert await shadow.step() == 2
    assert second.asked == []
    assert await compared(agency) == 0


async def test_words_of_somebody_at_risk_are_compared_and_never_shown(agency: Agency) -> None:
    second = Second()
    shadow = looking_on(agency, second)
    await shadow.step()
    agency.reads.known["sudahi"] = verdict("emergency", topics=["bunuh-diri"])
    await agency.receive("aku mau sudahi semuanya")
    await shadow.step()
    (one,) = await found(agency)
    assert (one.text, one.first, one.second) == ("", ("emergency",), ("question",))


async def test_a_second_model_that_fails_is_asked_again_and_holds_up_nobody(agency: Agency) -> None:
    second = Second()
    shadow = looking_on(agency, second)
    await shadow.step()
    second.error = RuntimeError("broken")
    running = asyncio.create_task(shadow.run())
    case = await agency.receive("kapan?")
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert second.asked
    assert (await agency.case(case)).verdict.labels == ("question",)
    second.error = None
    second.known["kapan"] = ["hoax"]
    while not await found(agency):
        agency.clock.advance(61)
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_old_disagreements_go_and_their_number_is_bounded(agency: Agency) -> None:
    second = Second()
    second.known["x"] = ["spam"]
    shadow = looking_on(agency, second, keep=timedelta(days=2), most=3)
    await shadow.step()
    for number in range(5):
        await agency.receive(f"x {number}")
    await shadow.step()
    assert [one.text for one in await found(agency)] == ["x 4", "x 3", "x 2"]
    agency.clock.advance(timedelta(days=3).total_seconds())
    await agency.receive("x baru")
    await shadow.step()
    assert [one.text for one in await found(agency)] == ["x baru"]
    assert await compared(agency) == 6


async def test_texts_that_it_can_never_read_are_passed_over_after_three_times(agency: Agency) -> None:
    second = Second()

    async def labels(text: str) -> Sequence[str]:
        if "tersandung" in text:
            raise ValueError(text)
        return await second.labels(text)

    shadow = Shadowing(agency.database, NAME, labels, agency.clock, keep=timedelta(days=90))
    await shadow.step()
    second.known["gacor"] = ["spam"]
    for text in ("tersandung satu", "tersandung dua", "gacor di belakangnya"):
        await agency.receive(text)
    for _ in range(4):
        with pytest.raises(ValueError, match="tersandung"):
            await shadow.step()
    assert await shadow.step() == 3
    assert [one.text for one in await found(agency)] == ["gacor di belakangnya"]
