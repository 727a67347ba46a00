"""Many callers and one model, without ever holding the event loop up."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from classifiers.base import Prediction
from classifiers.batching import MicroBatcher
from classifiers.choose import load
from classifiers.labels import Label


class Gate:
    """A classifier that works only while its gate is open, and remembers what it was asked."""

    name = "gerbang"
    at_once = 1

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.batches: list[list[str]] = []
        self._asked = threading.Event()
        self.threads: set[str] = set()
        self.fault: Exception | None = None

    async def entered(self) -> None:
        """Wait until the model has been asked something."""
        assert await asyncio.to_thread(self._asked.wait, 10)

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        self.batches.append(list(texts))
        self._asked.set()
        self.threads.add(threading.current_thread().name)
        assert self.open.wait(10)
        if self.fault:
            raise self.fault
        return [Prediction(dict.fromkeys(Label, 0.0), (), (), (), text) for text in texts if text != "hilang"]


@asynccontextmanager
async def batcher(model: Gate, **settings: float) -> AsyncIterator[MicroBatcher]:
    made = MicroBatcher(model, **settings)  # type: ignore[arg-type]  # numbers by name
    try:
        yield made
    finally:
        model.open.set()
        await made.close()


async def test_each_caller_gets_the_answer_to_its_own_text() -> None:
    model = Gate()
    async with batcher(model) as made:
        answers = await asyncio.gather(*(made.classify(str(number)) for number in range(300)))
    assert [answer.model for answer in answers] == [str(number) for number in range(300)]
    assert max(map(len, model.batches)) <= 64
    assert len(model.batches) < 30, "texts that arrive together are classified together"
    assert model.threads == {"classifier_0"}


async def test_a_lone_text_does_not_wait_for_company() -> None:
    model = Gate()
    async with batcher(model) as made:
        assert (await asyncio.wait_for(made.classify("sendiri"), 5)).model == "sendiri"
    assert model.batches == [["sendiri"]]


async def test_the_event_loop_turns_while_the_model_works() -> None:
    model = Gate()
    model.open.clear()
    async with batcher(model) as made:
        asked = asyncio.create_task(made.classify("lama"))
        await model.entered()
        turns = 0
        for _ in range(100):  # the model holds its thread all this time
            await asyncio.sleep(0)
            turns += 1
        assert turns == 100
        assert not asked.done()
        model.open.set()
        assert (await asked).model == "lama"


async def test_what_arrives_while_the_model_works_forms_the_next_batch() -> None:
    model = Gate()
    model.open.clear()
    async with batcher(model) as made:
        first = asyncio.create_task(made.classify("pertama"))
        await model.entered()
        rest = [asyncio.create_task(made.classify(str(number))) for number in range(10)]
        await asyncio.sleep(0)
        model.open.set()
        await asyncio.gather(first, *rest)
    assert [len(batch) for batch in model.batches] == [1, 10]


async def test_an_error_reaches_every_caller_and_the_next_batch_works() -> None:
    model = Gate()
    model.fault = ValueError("rusak")
    async with batcher(model) as made:
        answers = await asyncio.gather(*(made.classify("x") for _ in range(5)), return_exceptions=True)
        assert [str(answer) for answer in answers] == ["rusak"] * 5
        model.fault = None
        assert (await made.classify("pulih")).model == "pulih"


async def test_a_model_that_loses_a_text_is_an_error_and_no_mix_up() -> None:
    async with batcher(Gate()) as made:
        answers = await asyncio.gather(
            made.classify("a"), made.classify("hilang"), made.classify("b"), return_exceptions=True
        )
        assert all(isinstance(answer, ValueError) for answer in answers)
        assert (await made.classify("pulih")).model == "pulih"


async def test_a_caller_that_gives_up_harms_nobody() -> None:
    model = Gate()
    model.open.clear()
    async with batcher(model) as made:
        leaver = asyncio.create_task(made.classify("pergi"))
        stayer = asyncio.create_task(made.classify("tinggal"))
        await model.entered()
        leaver.cancel()
        model.open.set()
        assert (await stayer).model == "tinggal"


async def test_a_full_queue_makes_callers_wait_instead_of_growing() -> None:
    model = Gate()
    model.open.clear()
    async with batcher(model, max_batch=1, max_queue=2) as made:
        asked = [asyncio.create_task(made.classify(str(number))) for number in range(10)]
        await model.entered()
        assert made._queue.qsize() <= 2
        model.open.set()
        assert [answer.model for answer in await asyncio.gather(*asked)] == [str(n) for n in range(10)]


async def test_closing_answers_those_inside_and_refuses_newcomers() -> None:
    model = Gate()
    made = MicroBatcher(model)
    inside = [asyncio.create_task(made.classify(str(number))) for number in range(100)]
    await asyncio.sleep(0)
    await made.close()
    assert len([task.result() for task in inside]) == 100
    with pytest.raises(RuntimeError):
        await made.classify("terlambat")
    await made.close()


async def test_an_unused_batcher_closes_and_stays_closed() -> None:
    model = Gate()
    made = MicroBatcher(model)
    await asyncio.wait_for(made.close(), 5)
    with pytest.raises(RuntimeError):
        await made.classify("terlambat")
    assert model.batches == []


async def test_the_real_model_answers_through_it() -> None:
    made = MicroBatcher(load())
    text = "kapan jadwal imunisasi bulan depan kak?"
    assert await made.classify(text) == load().classify([text])[0]
    await made.close()
