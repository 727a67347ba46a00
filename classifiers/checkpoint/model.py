"""The classifier behind a converted folder: onnxruntime and tokenizers, no torch."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Prediction, Reason, Thresholds, Verdict
from classifiers.checkpoint.folder import NETWORK, PROBES, TOKENIZER, Manifest, read
from classifiers.checkpoint.libraries import runtime
from classifiers.checkpoint.reading import Reader
from classifiers.checkpoint.reasons import Proposer, by_leaving_out
from classifiers.checkpoint.scoring import Run, log_odds
from classifiers.errors import ModelError
from classifiers.labels import Label

Why = Callable[[str, Sequence[Label]], tuple[Reason, ...]]
"""A text and its labels to reasons."""

_LABELS = tuple(Label)
_AT_ONCE = 512  # texts held in memory together
_TOGETHER = 64
_LIKE_BEFORE = 0.1  # a score may differ so much from the one on the machine that made the model


class CheckpointClassifier:
    """Scores by the network, words by `reasons`. Holds nothing that changes, so any thread may call it."""

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
        self._proposer = Proposer()
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

    @property
    def at_once(self) -> int:
        """Enough for batches of like length; two thirds more a second than one by one."""
        return _TOGETHER

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One prediction per text, in order. Reasons are proposed by the embedded model: see `reasons`."""
        return [
            self._predict(text, scores, self._proposer.reasons)
            for text, scores in zip(texts, self.scores(texts), strict=True)
        ]

    def explain(self, text: str) -> Prediction:
        """The same with reasons tested one by one, for a person who asks why: a pass per word."""

        def why(text: str, labels: Sequence[Label]) -> tuple[Reason, ...]:
            return by_leaving_out(text, labels, self._proposer.reasons(text, labels), self._log_odds)

        return self._predict(text, self.scores([text])[0], why)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores only, texts x labels, 0..1."""
        odds = self._log_odds(texts)
        return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)

    def _log_odds(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts x labels, calibrated."""
        found = [np.zeros((0, len(_LABELS)), dtype=np.float32)]
        for start in range(0, len(texts), _AT_ONCE):
            chunk = texts[start : start + _AT_ONCE]
            odds = log_odds(self._run, self._reader.read(chunk), len(chunk), self._manifest.pad)
            found.append(odds * self._scale + self._bias)
        return np.concatenate(found)

    def _predict(self, text: str, scores: NDArray[np.float32], why: Why) -> Prediction:
        every = dict(zip(_LABELS, scores.tolist(), strict=True))
        verdicts = {label: self._thresholds[label].verdict(score) for label, score in every.items()}
        certain = tuple(label for label in _LABELS if verdicts[label] is Verdict.CERTAIN)
        unsure = tuple(label for label in _LABELS if verdicts[label] is Verdict.UNSURE)
        spoken = (*certain, *unsure)
        return Prediction(every, certain, unsure, why(text, spoken) if spoken else (), self._name)


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
            "Latih lagi di komputer ini."
        )
    return classifier


def session(path: Path, threads: int = 1) -> Run:
    """The network as a function of ids and mask. Raises ModelError and MissingExtraError."""
    library = runtime("onnxruntime")
    options = library.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Comments differ in length: memory kept for the longest would be held for ever, and gains no time.
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    try:
        network = library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            f"Jaringan {path} tidak dapat dijalankan onnxruntime {library.__version__}. "
            "Perbarui dengan: .venv/bin/pip install -U -e '.[onnx]', atau latih lagi."
        ) from error

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        odds: NDArray[np.float32] = network.run(None, {"ids": ids, "mask": mask})[0]
        return odds

    return run
