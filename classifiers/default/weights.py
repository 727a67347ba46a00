"""The weights file: one header line, one line of JSON, then plain arrays.

    tanggap-weights 1 <sha256 of everything after this line>\\n
    {"labels": [...], "thresholds": {...}, "families": [{"rows": n, "scales": [...]}, ...], ...}\\n
    per family: keys (uint32, ascending), idf (float16), scales (float16), weights (int8, rows x labels)

Little-endian. A stored weight q of a row stands for `q * scale` of that row. One scale per label instead of
per row changed one decision in 700; these change one in several thousand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Thresholds
from classifiers.errors import ModelError, because
from classifiers.labels import Label

MAGIC = b"tanggap-weights 1 "
_REMEDY = "Pasang ulang Tanggap, atau buat lagi dengan `tanggap train`."


@dataclass(frozen=True, slots=True)
class Family:
    """The rows of one feature family, in ascending order of key."""

    keys: NDArray[np.uint32]
    idf: NDArray[np.float32]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]

    def real(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Weights of these rows as they were trained, but for rounding: rows x labels."""
        return self.weights.take(rows, axis=0) * self.scales.take(rows)[:, None]


@dataclass(frozen=True, slots=True)
class Weights:
    """A whole model. `bias` is one number per label; `about` says how it was made."""

    families: tuple[Family, Family]
    bias: NDArray[np.float32]
    thresholds: Mapping[Label, Thresholds]
    about: Mapping[str, Any]
    digest: str = ""


def known_rows(
    known: NDArray[np.uint32], wanted: NDArray[np.uint32]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where the `wanted` keys stand among the ascending `known` ones, and which of them stand there."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return found, known.take(found) == wanted


def quantise(keys: NDArray[np.uint32], idf: NDArray[np.float32], weights: NDArray[np.float32]) -> Family:
    """Real weights (rows x labels) to one byte each: the largest of a row becomes about 127."""
    largest = np.abs(weights).max(axis=1)
    # Rounded as they will be read back, so that the steps fit; the floor keeps an all-zero row off zero.
    scales = _halved(np.maximum(largest / 127, 1e-6))
    steps = np.clip(np.rint(weights / scales[:, None]), -127, 127).astype(np.int8)
    return Family(keys, _halved(idf), steps, scales)


def _halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values.astype(np.float16).astype(np.float32)


def pack(weights: Weights) -> bytes:
    """The whole file. The same weights always give the same bytes."""
    header = {
        "labels": [label.value for label in Label],
        "bias": [float(value) for value in weights.bias],
        "thresholds": {label.value: [t.certain, t.unsure] for label, t in weights.thresholds.items()},
        "rows": [len(family.keys) for family in weights.families],
        "about": dict(weights.about),
    }
    parts = [json.dumps(header, ensure_ascii=False, sort_keys=True).encode(), b"\n"]
    for family in weights.families:
        parts += [
            family.keys.astype("<u4").tobytes(),
            family.idf.astype("<f2").tobytes(),
            family.scales.astype("<f2").tobytes(),
            family.weights.astype("<i1").tobytes(),
        ]
    body = b"".join(parts)
    return MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read(path: Path) -> Weights:
    """Read a weights file.

    Raises ModelError when it is missing, unreadable, cut short, altered or of another version.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"Berkas model {path} tidak dapat dibaca ({because(error)}). {_REMEDY}") from error
    if not data.startswith(MAGIC):
        raise ModelError(f"Berkas {path} bukan model Tanggap, atau dari versi lain. {_REMEDY}")
    first, _, body = data.partition(b"\n")
    digest = first[len(MAGIC) :].decode("ascii", "replace")
    if hashlib.sha256(body).hexdigest() != digest:
        raise ModelError(f"Berkas model {path} rusak atau terpotong. {_REMEDY}")
    try:
        return _unpack(body, digest)
    except (ValueError, KeyError, TypeError) as error:
        # The checksum holds, so the file is whole: it was written by a version with other contents.
        raise ModelError(
            f"Isi berkas model {path} tidak dikenal versi Tanggap ini ({error}). {_REMEDY}"
        ) from error


def _unpack(body: bytes, digest: str) -> Weights:
    line, _, arrays = body.partition(b"\n")
    header = json.loads(line)
    if header["labels"] != [label.value for label in Label]:
        raise ValueError("daftar label berbeda")
    families, offset = [], 0
    for rows in header["rows"]:
        family, offset = _family(arrays, offset, int(rows))
        families.append(family)
    if len(families) != 2 or offset != len(arrays):
        raise ValueError("ukuran berbeda")
    return Weights(
        families=(families[0], families[1]),
        bias=np.array(header["bias"], dtype=np.float32),
        thresholds={Label(name): Thresholds(*pair) for name, pair in header["thresholds"].items()},
        about=header["about"],
        digest=digest,
    )


def _family(arrays: bytes, offset: int, rows: int) -> tuple[Family, int]:
    keys = np.frombuffer(arrays, "<u4", rows, offset)
    offset += keys.nbytes
    idf = np.frombuffer(arrays, "<f2", rows, offset)
    offset += idf.nbytes
    scales = np.frombuffer(arrays, "<f2", rows, offset)
    offset += scales.nbytes
    weights = np.frombuffer(arrays, "<i1", rows * len(Label), offset).reshape(rows, len(Label))
    return Family(keys, idf.astype(np.float32), weights, scales.astype(np.float32)), offset + weights.nbytes
