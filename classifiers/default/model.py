"""The embedded classifier: hash, look up, add."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Prediction, Thresholds, Verdict
from classifiers.default.weights import Weights, known_rows, read
from classifiers.explain import Contributions, reasons
from classifiers.features import Features, extract
from classifiers.labels import Label
from classifiers.text import Token, tokens

SHIPPED = Path(__file__).with_name("weights.bin")

_LABELS = tuple(Label)


class Reading(NamedTuple):
    """A text as the model sees it: per family its known rows and their values, of length 1 together."""

    tokens: list[Token]
    features: Features
    rows: tuple[NDArray[np.intp], NDArray[np.intp]]
    values: tuple[NDArray[np.float32], NDArray[np.float32]]


class LinearClassifier:
    """Linear scores over hashed features. Holds nothing that changes, so any thread may call it."""

    def __init__(self, weights: Weights, thresholds: Mapping[Label, Thresholds] | None = None) -> None:
        self._weights = weights
        self._thresholds = {**weights.thresholds, **(thresholds or {})}
        self._name = f"tanggap-linear-{weights.digest[:8] or 'baru'}"

    @property
    def name(self) -> str:
        """Model name with the start of its checksum."""
        return self._name

    @property
    def thresholds(self) -> Mapping[Label, Thresholds]:
        """The lines in use, overrides included."""
        return self._thresholds

    @property
    def about(self) -> Mapping[str, object]:
        """How the model was made: sources with licences, seed, rows."""
        return self._weights.about

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One prediction per text, in order."""
        return [self._one(text) for text in texts]

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores only, texts x labels, 0..1: for measuring, where reasons are not wanted."""
        if not texts:
            return np.zeros((0, len(_LABELS)), dtype=np.float32)
        return _squeeze(np.stack([self._log_odds(self._read(text)) for text in texts]))

    def _one(self, text: str) -> Prediction:
        reading = self._read(text)
        scores = {
            label: float(score)
            for label, score in zip(_LABELS, _squeeze(self._log_odds(reading)), strict=True)
        }
        verdicts = {label: self._thresholds[label].verdict(score) for label, score in scores.items()}
        certain = tuple(label for label, verdict in verdicts.items() if verdict is Verdict.CERTAIN)
        unsure = tuple(label for label, verdict in verdicts.items() if verdict is Verdict.UNSURE)
        spoken = (*certain, *unsure)
        why = reasons(text, reading.tokens, self._contributions(reading), spoken) if spoken else ()
        return Prediction(scores, certain, unsure, why, self._name)

    def _read(self, text: str) -> Reading:
        found = tokens(text)
        features = extract(text, found)
        keys = (_unique(features.word_keys), _unique([key for group in features.char_keys for key in group]))
        rows, values = [], []
        for family, own in zip(self._weights.families, keys, strict=True):
            found_rows, is_known = known_rows(family.keys, own)
            known = found_rows[is_known]
            idf = family.idf[known]
            rows.append(known)
            values.append(idf / np.float32(max(float(np.sqrt(idf @ idf)), 1e-9)))
        return Reading(found, features, (rows[0], rows[1]), (values[0], values[1]))

    def _log_odds(self, reading: Reading) -> NDArray[np.float32]:
        total = self._weights.bias.copy()
        for family, rows, values in zip(self._weights.families, reading.rows, reading.values, strict=True):
            total += values @ family.real(rows)
        return total

    def _contributions(self, reading: Reading) -> Contributions:
        """What each occurrence of a known feature adds to each label; a repeated one shares its part."""
        lines = []
        for number, family in enumerate(self._weights.families):
            keys, first, last = _occurrences(reading.features, number)
            rows = reading.rows[number]
            place, known = known_rows(family.keys[rows], keys)
            place = place[known]
            parts = reading.values[number][:, None] * family.real(rows)
            times = np.bincount(place, minlength=len(rows)).astype(np.float32)
            lines.append((parts[place] / times[place, None], keys[known], first[known], last[known]))
        return Contributions(*(np.concatenate(column) for column in zip(*lines, strict=True)))


def load_shipped(thresholds: Mapping[Label, Thresholds] | None = None) -> LinearClassifier:
    """The model that ships with Tanggap. Raises ModelError when its file is missing or broken."""
    return LinearClassifier(read(SHIPPED), thresholds)


def _occurrences(
    features: Features, family: int
) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.intp]]:
    """Keys of one family with repeats, and the first and last token of each."""
    if family == 0:
        places = np.array(features.word_places, dtype=np.intp).reshape(-1, 2)
        return np.array(features.word_keys, dtype=np.uint32), places[:, 0], places[:, 1]
    lengths = [len(group) for group in features.char_keys]
    where = np.repeat(np.arange(len(lengths)), lengths)
    return np.array([key for group in features.char_keys for key in group], dtype=np.uint32), where, where


def _unique(keys: list[int]) -> NDArray[np.uint32]:
    return np.array(sorted(set(keys)), dtype=np.uint32)


def _squeeze(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
