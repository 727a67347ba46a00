"""From a trained network to the finished folder: write, choose a precision, draw lines, vouch."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.converting import Agreement, agreement, export, quantise, same
from classifiers.checkpoint.folder import NETWORK, PROBES, TOKENIZER, Manifest, sealed, write
from classifiers.checkpoint.judging import Held, Lines, draw, judge, odds_of
from classifiers.checkpoint.model import CheckpointClassifier, session
from classifiers.checkpoint.network import runner
from classifiers.checkpoint.preparing import Body
from classifiers.checkpoint.scoring import Run
from classifiers.errors import ModelError
from classifiers.evaluate import Evaluation
from classifiers.labels import Label

log = logging.getLogger(__name__)

Tell = Callable[[str, int, int], None]
Found = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Log-odds of the texts to check by and of those to judge by."""


class Precision(StrEnum):
    """What the network's weights may become."""

    AUTO = "auto"  # int8 if it decides as fp32 does
    FP32 = "fp32"
    INT8 = "int8"  # whatever the agreement: for measuring speed


@dataclass(frozen=True, slots=True)
class Built:
    """A network on disk with its lines. `remark` says why int8 was not taken, or is empty."""

    precision: str
    remark: str
    agreement: Agreement | None
    lines: Lines
    after: Evaluation


def build(body: Body, held: tuple[Held, Held], precision: Precision, folder: Path, tell: Tell) -> Built:
    """Write the network into `folder`. `held` are the texts to check and to judge by. Raises ModelError."""
    tell("Menulis ONNX", 0, 3)
    trained = _found(runner(body.network, body.device), body, held)
    exact = folder / "fp32.onnx"
    export(body.network, exact, body.kind)
    found = _found(session(exact), body, held)
    if not all(map(same, trained, found)):
        raise ModelError(f"Checkpoint jenis {body.kind} berubah jawabannya ketika ditulis sebagai ONNX.")
    lines = draw(found[0], held[0].truth)
    taken, agreed, remark = exact, None, ""
    tell("Mengecilkan bobot", 1, 3)
    if precision is not Precision.FP32:
        small, agreed, found_small = _smaller(body, exact, held, lines, found)
        if agreed is not None and (agreed.holds or precision is Precision.INT8):
            taken, found = small, found_small
        else:
            remark = _declined(agreed)
    tell("Mengukur", 2, 3)
    after = judge(lines, found[1], held[1].truth, "sesudah dilatih")
    taken.replace(folder / NETWORK)
    for left in folder.glob("*.onnx"):
        if left.name != NETWORK:
            left.unlink()
    body.tokenizer.save(str(folder / TOKENIZER))
    tell("Mengukur", 3, 3)
    return Built("fp32" if taken == exact else "int8", remark, agreed, lines, after)


def vouch(folder: Path, body: Body, built: Built, about: Mapping[str, Any]) -> None:
    """Write the manifest, with the answers that another machine must come to as well."""
    lines = built.lines
    manifest = Manifest(
        name=body.name,
        precision=built.precision,
        max_tokens=body.max_tokens,
        pad=body.pad,
        scale=tuple(lines.slopes.tolist()),
        bias=tuple(lines.shifts.tolist()),
        thresholds=lines.thresholds,
        files={name: sealed(folder / name) for name in (NETWORK, TOKENIZER)},
        probe=(),
        about={**about, "int8": asdict(built.agreement) if built.agreement else None},
    )
    scores = CheckpointClassifier(manifest, session(folder / NETWORK), body.reader).scores(PROBES)
    write(folder, replace(manifest, probe=tuple(tuple(line) for line in scores.tolist())))


def _smaller(
    body: Body, exact: Path, held: tuple[Held, Held], lines: Lines, found: Found
) -> tuple[Path, Agreement | None, Found]:
    """The first int8 copy that agrees, else the last one tried. Seven bits first: they suit any processor."""
    certain = lines.certain(np.concatenate(found))
    path, agreed, found_small = exact, None, found
    for narrow in (True, False):
        path = exact.with_name(f"int8-{'7' if narrow else '8'}.onnx")
        try:
            quantise(exact, path, narrow=narrow)
        except Exception as error:  # noqa: BLE001  (whatever it meets, fp32 remains, and the remark says so)
            log.warning("int8 could not be written: %s", error)
            continue
        found_small = _found(session(path), body, held)
        agreed = agreement(certain, lines.certain(np.concatenate(found_small)))
        if agreed.holds:
            break
    return path, agreed, found_small


def _declined(agreed: Agreement | None) -> str:
    if agreed is None:
        return "Jaringan ini tidak dapat dikecilkan ke int8; dipakai fp32, lebih besar dan lebih lambat."
    worst = min(agreed.labels.items(), key=lambda item: item[1], default=("", 1.0))
    label = f", terendah untuk {Label(worst[0]).value} {worst[1]:.1%}" if worst[0] else ""
    return (
        f"Versi int8 memutuskan sama dengan fp32 hanya pada {agreed.texts:.1%} dari {agreed.rows} komentar"
        f"{label}; dipakai fp32, lebih besar dan lebih lambat tetapi tepat."
    )


def _found(run: Run, body: Body, held: tuple[Held, Held]) -> Found:
    return odds_of(run, held[0], body.pad), odds_of(run, held[1], body.pad)
