"""From windows to log-odds, with any network that gives every piece of a text its part."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.reading import Window
from classifiers.labels import Label

Run = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""Ids and attention mask (windows x pieces) to parts (windows x pieces x labels)."""

MOST_TOGETHER = 16
MOST_PIECES = 2048


def parts_of(run: Run, windows: Sequence[Window], pad: int) -> list[NDArray[np.float32]]:
    """Per window, what each of its ids adds to each label: ids x labels. Frame tokens add nothing.

    Windows of like length go together, since padding costs as much as text.
    """
    found: list[NDArray[np.float32]] = [np.zeros((0, len(Label)), np.float32)] * len(windows)
    for places in _batches([len(window.ids) for window in windows]):
        ids, mask = padded([windows[place].ids for place in places], pad)
        parts = run(ids, mask)
        for line, place in enumerate(places):
            inside = np.array(windows[place].inside, dtype=np.float32)
            own = parts[line, : len(inside)] * inside[:, None]
            found[place] = own / np.float32(max(float(inside.sum()), 1.0))
    return found


def log_odds(run: Run, windows: Sequence[Window], pad: int, bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """Windows x labels, not yet calibrated."""
    return np.stack([own.sum(axis=0) for own in parts_of(run, windows, pad)]) + bias


def padded(lines: Sequence[Sequence[int]], pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and attention mask of one batch, as long as its longest line."""
    width = max(len(line) for line in lines)
    ids = np.full((len(lines), width), pad, dtype=np.int64)
    mask = np.zeros((len(lines), width), dtype=np.int64)
    for number, line in enumerate(lines):
        ids[number, : len(line)] = line
        mask[number, : len(line)] = 1
    return ids, mask


def strongest(windows: Sequence[Window], sums: NDArray[np.float32], texts: int) -> NDArray[np.intp]:
    """Per text and label the number of the window that speaks loudest: a cry for help at the end counts."""
    best = np.full((texts, sums.shape[1]), -1, dtype=np.intp)
    columns = np.arange(sums.shape[1])
    for place, window in enumerate(windows):
        held = best[window.text]
        louder = (held < 0) | (sums[place] > sums[held, columns])
        best[window.text][louder] = place
    return best


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places in order of length, at most MOST_TOGETHER of them and MOST_PIECES ids, padding counted."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == MOST_TOGETHER or (len(batch) + 1) * lengths[place] > MOST_PIECES):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
