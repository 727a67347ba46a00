"""The folder of a converted checkpoint: the network, its tokenizer, and a manifest that vouches for both."""

import hashlib
import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifiers.base import Thresholds
from classifiers.errors import ModelError, because
from classifiers.labels import Label

MANIFEST = "tanggap.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
FORMAT = 1

PROBES = (
    "Kapan air di kelurahan kami menyala lagi, min? Sudah tiga hari mati.",
    "Terima kasih, petugasnya ramah sekali!",
    "tolong kami terjebak banjir di atap, air terus naik",
    "Pagi semuanya.",
)
"""Sentences whose scores are kept in the manifest: another machine must come to the same ones."""

_AGAIN = "Salin ulang foldernya dengan lengkap, atau buat lagi dengan `tanggap train --base`."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the folder says of itself.

    `scale` and `bias` calibrate the network's log-odds, one number per label. `files` holds
    size and SHA-256 by name; `probe` the scores of `PROBES`, sentences x labels.
    """

    name: str
    precision: str
    max_tokens: int
    pad: int
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    thresholds: Mapping[Label, Thresholds]
    files: Mapping[str, tuple[int, str]]
    probe: tuple[tuple[float, ...], ...]
    about: Mapping[str, Any]


def sealed(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file, as the manifest keeps them."""
    with path.open("rb") as data:
        return path.stat().st_size, hashlib.file_digest(data, "sha256").hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest beside the files it names."""
    content = {
        "format": FORMAT,
        "labels": [label.value for label in Label],
        **{name: value for name, value in asdict(manifest).items() if name != "thresholds"},
        "thresholds": {label.value: [t.certain, t.unsure] for label, t in manifest.thresholds.items()},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest and compare every file with it. Raises ModelError saying what to do."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ModelError(_not_ours(folder))
    try:
        found = _manifest(json.loads(path.read_text(encoding="utf-8")))
        for name, kept in found.files.items():
            _whole(folder / name, kept)
    except OSError as error:
        raise ModelError(
            f"Folder model {folder} tidak dapat dibaca ({because(error)}). Periksa hak aksesnya."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"Berkas {path} rusak atau dari versi Tanggap lain ({type(error).__name__}). {_AGAIN}"
        ) from error
    return found


def put(made: Path, out: Path) -> None:
    """Move a finished folder to its place; a model that stood there moves to `NAME.sebelumnya`."""
    try:
        if out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        elif out.exists():
            before = out.with_name(out.name + ".sebelumnya")
            if before.exists():
                shutil.rmtree(before)
            out.rename(before)
        shutil.move(made, out)
    except OSError as error:
        raise ModelError(f"Model tidak dapat disimpan ke {out} ({because(error)}).") from error


def keep(made: Path, out: Path, *, fit: bool) -> Path:
    """Move a finished folder to `out`, or, where it may not be installed, beside it; returns where it lies.

    One that was refused earlier makes room. Raises ModelError; then `out` is as it was.
    """
    if fit:
        put(made, out)
        return out
    beside = out.with_name(out.name + ".ditolak")
    try:
        if beside.exists():
            may_become(beside)
            shutil.rmtree(beside)
        shutil.move(made, beside)
    except OSError as error:
        raise ModelError(f"Model tidak dapat disimpan ke {beside} ({because(error)}).") from error
    return beside


def swap_back(folder: Path) -> None:
    """Change places with `NAME.sebelumnya`; a second time undoes the first. Raises ModelError."""
    before = folder.with_name(folder.name + ".sebelumnya")
    if not before.is_dir():
        raise ModelError(f"Tidak ada model sebelumnya: {before} tidak ditemukan. Tidak ada yang diubah.")
    read(before)  # a torn one is not taken back into use
    aside = folder.with_name(folder.name + ".ditukar")
    try:
        folder.rename(aside)
        before.rename(folder)
        aside.rename(before)
    except OSError as error:
        raise ModelError(f"Model di {folder} tidak dapat ditukar ({because(error)}).") from error


def may_become(out: Path) -> None:
    """Raises ModelError when something that is no model of ours stands at `out`: it will not be replaced."""
    if out.is_dir() and ((out / MANIFEST).is_file() or not any(out.iterdir())):
        return
    if out.exists() or out.is_symlink():
        raise ModelError(f"{out} sudah ada dan bukan folder model Tanggap. Pilih nama lain dengan --out.")


def _whole(path: Path, kept: tuple[int, str]) -> None:
    size = path.stat().st_size if path.is_file() else -1
    if size < 0:
        raise ModelError(f"Berkas {path} tidak ada. {_AGAIN}")
    if size < kept[0]:
        raise ModelError(f"Berkas {path} terpotong: {size} dari {kept[0]} bita. {_AGAIN}")
    if sealed(path) != kept:
        raise ModelError(f"Berkas {path} berubah sejak dibuat. {_AGAIN}")


def _manifest(content: dict[str, Any]) -> Manifest:
    if content["format"] != FORMAT:
        raise ValueError("format")
    _same_labels(content["labels"])
    if set(content["files"]) != {NETWORK, TOKENIZER}:
        raise ValueError("files")
    return Manifest(
        name=str(content["name"]),
        precision=str(content["precision"]),
        max_tokens=int(content["max_tokens"]),
        pad=int(content["pad"]),
        scale=_numbers(content["scale"]),
        bias=_numbers(content["bias"]),
        thresholds={label: Thresholds(*content["thresholds"][label.value]) for label in Label},
        files={name: (int(size), str(digest)) for name, (size, digest) in content["files"].items()},
        probe=tuple(_numbers(line) for line in content["probe"]),
        about=dict(content["about"]),
    )


def _same_labels(found: Sequence[str]) -> None:
    ours = [label.value for label in Label]
    if list(found) != ours:
        raise ModelError(
            f"Label model ini tidak dikenal: {', '.join(map(str, found))}. Tanggap memakai "
            f"{', '.join(ours)}, dalam urutan itu. Latih lagi dengan `tanggap train --base`."
        )


def _numbers(values: Sequence[float]) -> tuple[float, ...]:
    numbers = tuple(float(value) for value in values)
    if len(numbers) != len(Label) or not all(map(math.isfinite, numbers)):
        raise ValueError("angka")
    return numbers


def _not_ours(folder: Path) -> str:
    if (folder / "config.json").is_file():
        return (
            f"{folder} adalah checkpoint Hugging Face yang belum disiapkan untuk Tanggap. "
            f"Jalankan dulu: tanggap train --base {folder} --data BERKAS --out FOLDER, "
            "lalu isi classifier.model dengan FOLDER itu."
        )
    return (
        f"Folder {folder} bukan model Tanggap: tidak ada {MANIFEST} di dalamnya. "
        "Isi dengan folder hasil `tanggap train --base`."
    )
