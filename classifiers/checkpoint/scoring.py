"""From windows to log-odds, with any network."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.reading import Window
from classifiers.labels import Label

Run = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""Ids and attention mask (windows x pieces) to log-odds (windows x labels)."""

MOST_PIECES = 128
"""Ids in one batch, padding counted. More gain nothing on a processor, and widen the padding."""


def log_odds(run: Run, windows: Sequence[Window], texts: int, pad: int) -> NDArray[np.float32]:
    """Texts x labels, not calibrated. Of a long text the loudest window counts: a cry for help may come last.

    Windows of like length go together, since padding costs as much as text.
    """
    found = np.full((texts, len(Label)), -np.inf, dtype=np.float32)
    for places in _batches([len(window.ids) for window in windows]):
        own = run(*padded([windows[place].ids for place in places], pad))
        np.maximum.at(found, [windows[place].text for place in places], own)
    return found


def padded(lines: Sequence[Sequence[int]], pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and attention mask of one batch, as long as its longest line."""
    width = max(len(line) for line in lines)
    ids = np.full((len(lines), width), pad, dtype=np.int64)
    mask = np.zeros((len(lines), width), dtype=np.int64)
    for number, line in enumerate(lines):
        ids[number, : len(line)] = line
        mask[number, : len(line)] = 1
    return ids, mask


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places in order of length, at most MOST_PIECES ids together unless a single one has more."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > MOST_PIECES:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
