"""The embedded classifier: hash, look up, add."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Prediction, Reason, Thresholds, Verdict
from classifiers.default.weights import Family, Weights, known_rows, read
from classifiers.explain import Contributions, reasons
from classifiers.features import Features, extract
from classifiers.labels import Label
from classifiers.text import Token, tokens

SHIPPED = Path(__file__).with_name("weights.bin")

_LABELS = tuple(Label)
_PLACE = {label: place for place, label in enumerate(Label)}


class Known(NamedTuple):
    """What a model knows of a text in one family: ascending keys, how strongly each counts, their weights."""

    keys: NDArray[np.uint32]
    strength: NDArray[np.float32]
    weights: NDArray[np.int8]


class Reading(NamedTuple):
    """A text as the model sees it."""

    tokens: Sequence[Token]
    features: Features
    families: tuple[Known, Known]


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

    def why(self, text: str, labels: Sequence[Label]) -> tuple[Reason, ...]:
        """What speaks for these labels, in their order, whether this model gives them or not."""
        reading = self._read(text)
        return reasons(text, reading.tokens, _contributions(reading, labels), labels)

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
        why = reasons(text, reading.tokens, _contributions(reading, spoken), spoken) if spoken else ()
        return Prediction(scores, certain, unsure, why, self._name)

    def _read(self, text: str) -> Reading:
        found = tokens(text)
        features = extract(text, found)
        words, letters = self._weights.families
        known = (
            _known(words, set(features.word_keys)),
            _known(letters, set().union(*features.char_keys)),
        )
        return Reading(found, features, known)

    def _log_odds(self, reading: Reading) -> NDArray[np.float32]:
        total = self._weights.bias.copy()
        for known in reading.families:
            total += known.strength @ known.weights
        return total


def load_shipped(thresholds: Mapping[Label, Thresholds] | None = None) -> LinearClassifier:
    """The model that ships with Tanggap. Raises ModelError when its file is missing or broken."""
    return LinearClassifier(read(SHIPPED), thresholds)


def _contributions(reading: Reading, labels: Sequence[Label]) -> Contributions:
    """What each occurrence of a known feature adds to `labels`; a repeated one shares its part."""
    columns = [_PLACE[label] for label in labels]
    words, letters = reading.families
    groups = reading.features.word_groups
    keys, home = _occurrences([group[0] for group in groups])
    parts, known = _parts(words, columns, keys)
    ends = np.array([group[1:] for group in groups], np.intp).reshape(-1, 2).take(home[known], axis=0)
    inside, where = _occurrences(reading.features.char_keys)
    spelt, seen = _parts(letters, columns, inside)
    return Contributions(parts, keys[known], ends[:, 0], ends[:, 1], spelt, where[seen])


def _parts(
    family: Known, columns: Sequence[int], keys: NDArray[np.uint32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Occurrences x columns, for those of the `keys` that are known; and which are."""
    place, known = known_rows(family.keys, keys)
    place = place[known]
    share = family.strength / np.maximum(np.bincount(place, minlength=len(family.keys)), 1)
    each: NDArray[np.float32] = family.weights.take(columns, axis=1) * share.astype(np.float32)[:, None]
    return each.take(place, axis=0), known


def _occurrences(groups: Sequence[Sequence[int]]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The keys of all groups with repeats, and the number of the group of each."""
    lengths = [len(group) for group in groups]
    keys = np.fromiter(chain.from_iterable(groups), np.uint32, sum(lengths))
    return keys, np.repeat(np.arange(len(lengths)), lengths)


def _known(family: Family, keys: set[int]) -> Known:
    """Those of the keys that the model knows; a text's features are of length 1 together."""
    wanted = np.fromiter(keys, np.uint32, len(keys))
    wanted.sort()
    rows, known = known_rows(family.keys, wanted)
    rows = rows[known]
    idf = family.idf.take(rows)
    values = idf / np.float32(max(float(np.sqrt(idf @ idf)), 1e-9))
    return Known(wanted[known], values * family.scales.take(rows), family.weights.take(rows, axis=0))


def _squeeze(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    bounded = np.minimum(np.maximum(log_odds, -30), 30)  # np.clip takes as long as all the rest of this line
    return (1 / (1 + np.exp(-bounded))).astype(np.float32)
