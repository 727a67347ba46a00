"""Many callers, one model: texts that arrive together are classified together, off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from classifiers.base import Classifier, Prediction

_Waiting = tuple[str, asyncio.Future[Prediction]]


class MicroBatcher:
    """Collects texts for at most `max_wait_s` or until `max_batch` are there, then runs the model in its own
    thread. While it runs, the next batch gathers. With `max_queue` texts waiting, callers wait to get in.

    Belongs to the event loop of its first caller. After `close`, `classify` raises RuntimeError.
    """

    def __init__(
        self, classifier: Classifier, max_batch: int = 64, max_wait_s: float = 0.005, max_queue: int = 4096
    ) -> None:
        self._classifier = classifier
        self._max_batch = max_batch
        self._max_wait_s = max_wait_s
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(max_queue)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="classifier")
        self._worker: asyncio.Task[None] | None = None
        self._closed = False
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def name(self) -> str:
        """Name of the model behind."""
        return self._classifier.name

    async def classify(self, text: str) -> Prediction:
        """One prediction. An error of the model is raised to every caller of that batch."""
        if self._closed:
            raise RuntimeError("the classifier is closed")
        if self._worker is None:
            self._worker = asyncio.create_task(self._work(), name="classifier")
        answer: asyncio.Future[Prediction] = asyncio.get_running_loop().create_future()
        self._inside += 1
        self._empty.clear()
        try:
            await self._queue.put((text, answer))
            return await answer
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def close(self) -> None:
        """Answer everybody who is already inside, then stop the thread. Calling it again is harmless."""
        self._closed = True
        await self._empty.wait()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
            self._worker = None
        self._thread.shutdown()

    async def _work(self) -> None:
        while True:
            batch = await self._gather()
            await self._answer(batch)

    async def _gather(self) -> list[_Waiting]:
        """The first text, and whatever comes within `max_wait_s` after it."""
        batch = [await self._queue.get()]
        loop = asyncio.get_running_loop()
        until = loop.time() + self._max_wait_s
        while len(batch) < self._max_batch:
            if not self._queue.empty():
                batch.append(self._queue.get_nowait())
                continue
            if loop.time() >= until:
                break
            try:
                batch.append(await asyncio.wait_for(self._queue.get(), until - loop.time()))
            except TimeoutError:
                break
        return batch

    async def _answer(self, batch: list[_Waiting]) -> None:
        wanted = [waiting for waiting in batch if not waiting[1].done()]  # some callers may have given up
        if not wanted:
            return
        texts = [text for text, _ in wanted]
        loop = asyncio.get_running_loop()
        try:
            predictions = await loop.run_in_executor(self._thread, self._classifier.classify, texts)
            pairs = list(zip(wanted, predictions, strict=True))
        except Exception as error:  # noqa: BLE001  (what the model raises belongs to its callers)
            for _, answer in wanted:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), prediction in pairs:
            if not answer.done():
                answer.set_result(prediction)
