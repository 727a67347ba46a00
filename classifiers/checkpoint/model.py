"""The classifier behind a converted folder: onnxruntime and tokenizers, no torch."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Prediction, Reason, Thresholds, Verdict
from classifiers.checkpoint.folder import NETWORK, PROBES, TOKENIZER, Manifest, read
from classifiers.checkpoint.libraries import runtime
from classifiers.checkpoint.reading import Reader, Window
from classifiers.checkpoint.scoring import Run, parts_of, strongest
from classifiers.errors import ModelError
from classifiers.explain import Contributions, reasons
from classifiers.labels import Label

_LABELS = tuple(Label)
_AT_ONCE = 512  # texts held in memory together
_LIKE_BEFORE = 0.1  # a score may differ so much from the one on the machine that made the model


class CheckpointClassifier:
    """Scores and reasons in one pass: every piece of a text has its part in every label's log-odds.

    Holds nothing that changes, so any thread may call it.
    """

    def __init__(
        self,
        manifest: Manifest,
        run: Run,
        reader: Reader,
        thresholds: Mapping[Label, Thresholds] | None = None,
    ) -> None:
        self._manifest = manifest
        self._run = run
        self._reader = reader
        self._scale = np.array(manifest.scale, dtype=np.float32)
        self._bias = np.array(manifest.bias, dtype=np.float32)
        self._thresholds = {**manifest.thresholds, **(thresholds or {})}
        self._name = f"{manifest.name}-{manifest.precision}-{manifest.files[NETWORK][1][:8]}"

    @property
    def name(self) -> str:
        """Name of the checkpoint, precision, and the start of the network's checksum."""
        return self._name

    @property
    def thresholds(self) -> Mapping[Label, Thresholds]:
        """The lines in use, overrides included."""
        return self._thresholds

    @property
    def about(self) -> Mapping[str, object]:
        """How the model was made: base, seed, rows, figures before and after."""
        return self._manifest.about

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One prediction per text, in order."""
        found: list[Prediction] = []
        for start in range(0, len(texts), _AT_ONCE):
            found += self._classify(texts[start : start + _AT_ONCE])
        return found

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores only, texts x labels, 0..1."""
        found = [np.zeros((0, len(_LABELS)), dtype=np.float32)]
        for start in range(0, len(texts), _AT_ONCE):
            chunk = texts[start : start + _AT_ONCE]
            reading = self._reader.read(chunk)
            _, sums = self._weigh(reading.windows)
            best = strongest(reading.windows, sums, len(chunk))
            found.append(_squeeze(np.take_along_axis(sums, best, axis=0)))
        return np.concatenate(found)

    def _classify(self, texts: Sequence[str]) -> list[Prediction]:
        reading = self._reader.read(texts)
        parts, sums = self._weigh(reading.windows)
        best = strongest(reading.windows, sums, len(texts))
        scores = _squeeze(np.take_along_axis(sums, best, axis=0))
        found = []
        for place, text in enumerate(texts):
            verdicts = [
                self._thresholds[label].verdict(score)
                for label, score in zip(_LABELS, scores[place].tolist(), strict=True)
            ]
            certain, unsure = _of(verdicts, Verdict.CERTAIN), _of(verdicts, Verdict.UNSURE)
            why: tuple[Reason, ...] = ()
            if certain or unsure:
                contributions = _contributions(reading.windows, parts, best[place])
                why = reasons(text, reading.tokens[place], contributions, (*certain, *unsure))
            every = dict(zip(_LABELS, scores[place].tolist(), strict=True))
            found.append(Prediction(every, certain, unsure, why, self._name))
        return found

    def _weigh(self, windows: Sequence[Window]) -> tuple[list[NDArray[np.float32]], NDArray[np.float32]]:
        """Parts per window (ids x labels), calibrated, and their sums with the bias (windows x labels)."""
        parts = [own * self._scale for own in parts_of(self._run, windows, self._manifest.pad)]
        return parts, np.stack([own.sum(axis=0) for own in parts]) + self._bias


def load(
    folder: Path, thresholds: Mapping[Label, Thresholds] | None = None, threads: int = 1
) -> CheckpointClassifier:
    """The classifier of a converted folder, after its files and a few known answers were checked.

    `threads` is for one call; one leaves the other cores to the bot. Raises ModelError and MissingExtraError.
    """
    manifest = read(folder)
    run = session(folder / NETWORK, threads)
    classifier = CheckpointClassifier(
        manifest, run, Reader.open(folder / TOKENIZER, manifest.max_tokens), thresholds
    )
    differs = float(np.abs(classifier.scores(PROBES) - np.array(manifest.probe)).max())
    if not differs <= _LIKE_BEFORE:
        raise ModelError(
            f"Model {folder} menjawab lain di komputer ini daripada saat dibuat (beda skor {differs:.2f}). "
            "Latih lagi di komputer ini, atau dengan --precision fp32."
        )
    return classifier


def session(path: Path, threads: int = 1) -> Run:
    """The network as a function of ids and mask. Raises ModelError and MissingExtraError."""
    library = runtime("onnxruntime")
    options = library.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Comments differ in length, so the memory laid out for one is rarely right for the next.
    options.enable_mem_pattern = False
    try:
        network = library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            f"Jaringan {path} tidak dapat dijalankan onnxruntime {library.__version__}. "
            "Perbarui dengan: pip install -U 'tanggap[onnx]', atau latih lagi."
        ) from error

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        parts: NDArray[np.float32] = network.run(None, {"ids": ids, "mask": mask})[0]
        return parts

    return run


def _contributions(
    windows: Sequence[Window], parts: Sequence[NDArray[np.float32]], best: NDArray[np.intp]
) -> Contributions:
    """What each word of one text adds, each label taken from the window that spoke loudest for it."""
    lines, words = [], []
    for place in np.unique(best):
        owners = np.array(windows[place].words, dtype=np.intp)
        lines.append((parts[place] * (best == place))[owners >= 0])
        words.append(owners[owners >= 0])
    where = np.concatenate(words)
    return Contributions(np.concatenate(lines), np.zeros(len(where), np.uint32), where, where)


def _of(verdicts: Sequence[Verdict], wanted: Verdict) -> tuple[Label, ...]:
    return tuple(label for label, verdict in zip(_LABELS, verdicts, strict=True) if verdict is wanted)


def _squeeze(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
