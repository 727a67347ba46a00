"""From a trained network to a file that runs without torch: ONNX, with whole-number weights if they agree.

Whole-number (int8) weights make a network four times smaller and several times faster, and now and then
wrong. So they are taken only when they decide as the exact ones do, on texts that neither has learnt from.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.libraries import training
from classifiers.checkpoint.network import quiet
from classifiers.errors import ModelError
from classifiers.labels import Label

LEAST_SAME = 0.98
"""Share of held-out texts that must get exactly the same certain labels from both."""

LEAST_SAME_LABEL = 0.95
"""Per label, of the verdicts that either gives, the share (Dice) that both must give."""

_ENOUGH = 20  # verdicts of one label from which its share means something
_NEAR = 0.02  # log-odds by which the written file may differ from the network it was written from
_OPSET = 17


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far int8 decides as fp32 does. `texts` is a share of `rows`; `labels`: those seen often enough."""

    rows: int
    texts: float
    labels: dict[str, float]

    @property
    def holds(self) -> bool:
        """Whether int8 may be taken."""
        return self.texts >= LEAST_SAME and min(self.labels.values(), default=1.0) >= LEAST_SAME_LABEL


def agreement(exact: NDArray[np.bool_], small: NDArray[np.bool_]) -> Agreement:
    """Compare certain labels, texts x labels."""
    shares = {}
    for place, label in enumerate(Label):
        given = int(exact[:, place].sum()) + int(small[:, place].sum())
        if given >= 2 * _ENOUGH:
            shares[label.value] = 2 * int((exact[:, place] & small[:, place]).sum()) / given
    texts = float((exact == small).all(axis=1).mean()) if len(exact) else 0.0
    return Agreement(len(exact), texts, shares)


def export(network: Any, path: Path, kind: str) -> None:
    """Write the network in full precision. Raises ModelError for a kind that cannot be written."""
    torch = training("torch")
    training("onnx")
    network.eval().to("cpu")
    ids = torch.full((2, 7), 5, dtype=torch.int64)
    any_size = {0: "windows", 1: "pieces"}
    try:
        with quiet(), _hushed("torch.onnx"):
            torch.onnx.export(
                network,
                (ids, torch.ones_like(ids)),
                str(path),
                input_names=["ids", "mask"],
                output_names=["odds"],
                dynamic_axes={"ids": any_size, "mask": any_size, "odds": {0: "windows"}},
                opset_version=_OPSET,
                dynamo=False,  # the newer exporter's files need repair before they can be quantised
            )
    except Exception as error:
        raise ModelError(
            f"Checkpoint jenis {kind} tidak dapat diubah ke ONNX. "
            "Pilih keluarga BERT, ALBERT, RoBERTa, DistilBERT, ELECTRA, atau XLM-R."
        ) from error


def same(first: NDArray[np.float32], second: NDArray[np.float32]) -> bool:
    """Whether two ways to run one network give the same log-odds, but for rounding."""
    return bool(np.abs(first - second).max(initial=0.0) <= _NEAR * (1 + np.abs(first).max(initial=0.0)))


def quantise(exact: Path, path: Path, *, narrow: bool) -> None:
    """Write an int8 copy. `narrow` uses seven bits, which processors without VNNI add up without overflow."""
    library = training("onnxruntime.quantization")
    with quiet(), _hushed("root"):
        library.quantize_dynamic(
            str(exact), str(path), weight_type=library.QuantType.QInt8, per_channel=True, reduce_range=narrow
        )


@contextmanager
def _hushed(name: str) -> Iterator[None]:
    """Keeps one logger's advice to developers off the operator's screen."""
    logger = logging.getLogger(None if name == "root" else name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
