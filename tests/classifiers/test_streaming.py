"""`classify` holds few lines at a time: sixty thousand lines need no more memory than twenty thousand."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from classifiers.base import Prediction
from classifiers.choose import load
from classifiers.commands import classify_stream
from classifiers.dataset import Row
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import read
from classifiers.errors import DataError
from classifiers.evaluate import evaluate

# A process of its own, so that nothing else breathes in and out of the figure. The words differ from line to
# line, as citizens' words do, so that whatever keeps what it has seen keeps growing.
PROGRAM = """
import json, resource, sys
from classifiers.choose import load
from classifiers.commands import classify_stream

def lines(count):
    for n in range(count):
        yield json.dumps({"n": n, "text": f"air mati{n:x} {n * 7919 % 99991:x}ke"})

count, first, size = 0, 0, 0
for line in classify_stream(lines(int(sys.argv[1])), load()):
    count += 1
    size += len(line)
    if count == 20_000:
        first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([count, size, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
LINES = 60_000
ROOM_KIB = 12 * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
def test_memory_does_not_grow_with_the_number_of_lines() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", PROGRAM, str(LINES)], capture_output=True, text=True, check=True
    )
    count, size, first, last = json.loads(done.stdout)
    assert count == LINES
    assert size > 15_000_000, "what was written would not fit into the room that is left"
    assert last - first < ROOM_KIB


def test_a_line_is_answered_before_the_next_is_read() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(3):
            read.append(number)
            yield json.dumps({"text": "halo"})

    stream = classify_stream(lines(), load())
    next(stream)
    assert read == [0]


class Three(LinearClassifier):
    """Likes three texts together, and remembers how many it was given."""

    at_once = 3

    def __init__(self) -> None:
        super().__init__(read(SHIPPED))
        self.given: list[int] = []

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        self.given.append(len(texts))
        return super().classify(texts)


def test_a_model_that_likes_company_is_given_texts_together() -> None:
    texts = ["air mati", "halo", "jalan rusak", "kapan nyala?", "mantap pak"]
    lines = [json.dumps({"text": text}) for text in texts]
    together = Three()
    assert list(classify_stream(lines, together)) == list(classify_stream(lines, load()))
    assert together.given == [3, 2]
    rows = [Row(text, frozenset(), "uji", "uji") for text in texts]
    told: list[int] = []
    measured = evaluate(rows, together, progress=lambda done, _all: told.append(done))
    assert measured == evaluate(rows, load())
    assert (together.given[2:], told) == ([3, 2], [3, 5])


def test_a_bad_line_loses_nothing_that_came_before_it() -> None:
    stream = classify_stream(['{"text": "halo"}', '{"text": "air mati"}', "rusak"], Three())
    assert [json.loads(next(stream))["text"] for _ in range(2)] == ["halo", "air mati"]
    with pytest.raises(DataError, match="baris 3"):
        next(stream)


def test_what_came_before_a_bad_line_is_given() -> None:
    stream = classify_stream(['{"text": "halo"}', "rusak"], load())
    assert json.loads(next(stream))["text"] == "halo"
    with pytest.raises(DataError, match="baris 2"):
        next(stream)
