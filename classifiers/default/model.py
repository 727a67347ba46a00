"""The embedded classifier: hash, look up, add."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Prediction, Thresholds, Verdict
from classifiers.default.weights import Family, Weights, known_rows, read
from classifiers.explain import Contributions, reasons
from classifiers.features import Features, extract
from classifiers.labels import Label
from classifiers.text import Token, tokens

SHIPPED = Path(__file__).with_name("weights.bin")

_LABELS = tuple(Label)
_PLACE = {label: place for place, label in enumerate(Label)}


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

    @property
    def at_once(self) -> int:
        """One: each text costs the same alone."""
        return 1

    def explain(self, text: str) -> Prediction:
        """The same as `classify` says: its reasons are exact already."""
        return self._one(text)

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
        why = reasons(text, reading.tokens, self._contributions(reading, spoken), spoken) if spoken else ()
        return Prediction(scores, certain, unsure, why, self._name)

    def _read(self, text: str) -> Reading:
        found = tokens(text)
        features = extract(text, found)
        words, letters = self._weights.families
        rows = _known(words, set(features.word_keys)), _known(letters, set().union(*features.char_keys))
        return Reading(found, features, rows, (_values(words, rows[0]), _values(letters, rows[1])))

    def _log_odds(self, reading: Reading) -> NDArray[np.float32]:
        total = self._weights.bias.copy()
        for family, rows, values in zip(self._weights.families, reading.rows, reading.values, strict=True):
            total += (values * family.scales.take(rows)) @ family.weights.take(rows, axis=0)
        return total

    def _contributions(self, reading: Reading, labels: Sequence[Label]) -> Contributions:
        """What each occurrence of a known feature adds to `labels`; a repeated one shares its part."""
        columns = [_PLACE[label] for label in labels]
        lines = []
        for number, family in enumerate(self._weights.families):
            keys, first, last = _occurrences(reading.features, number)
            rows = reading.rows[number]
            place, known = known_rows(family.keys.take(rows), keys)
            place = place[known]
            parts = reading.values[number] * family.scales.take(rows)
            parts /= np.maximum(np.bincount(place, minlength=len(rows)), 1)
            weights = family.weights.take(rows, axis=0)[:, columns] * parts[:, None].astype(np.float32)
            lines.append((weights.take(place, axis=0), keys[known], first[known], last[known]))
        return Contributions(*(np.concatenate(column) for column in zip(*lines, strict=True)))


def load_shipped(thresholds: Mapping[Label, Thresholds] | None = None) -> LinearClassifier:
    """The model that ships with Tanggap. Raises ModelError when its file is missing or broken."""
    return LinearClassifier(read(SHIPPED), thresholds)


def _occurrences(
    features: Features, family: int
) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.intp]]:
    """Keys of one family with repeats, and the first and last token of each."""
    if family == 0:
        groups = features.word_groups
        lengths = [len(group[0]) for group in groups]
        first, last = (np.repeat([group[end] for group in groups], lengths) for end in (1, 2))
        return np.fromiter(features.word_keys, np.uint32, sum(lengths)), first, last
    lengths = [len(group) for group in features.char_keys]
    where = np.repeat(np.arange(len(lengths)), lengths)
    return np.fromiter(chain.from_iterable(features.char_keys), np.uint32, sum(lengths)), where, where


def _known(family: Family, keys: set[int]) -> NDArray[np.intp]:
    """The rows of those keys that the model knows, ascending."""
    wanted = np.fromiter(keys, np.uint32, len(keys))
    wanted.sort()
    rows, known = known_rows(family.keys, wanted)
    return rows[known]


def _values(family: Family, rows: NDArray[np.intp]) -> NDArray[np.float32]:
    """How much each row counts in a text that holds these; of length 1 together."""
    idf = family.idf.take(rows)
    found: NDArray[np.float32] = idf / np.float32(max(float(np.sqrt(idf @ idf)), 1e-9))
    return found


def _squeeze(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
