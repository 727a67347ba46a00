"""Where a checkpoint lies on this machine: a folder, or an id in the local Hugging Face cache. No network."""

import os
import re
from pathlib import Path

from classifiers.errors import ModelError

_ID = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")


def looks_like_id(name: str) -> bool:
    """`owner/name`, as ids are written there, and no path of this machine."""
    return bool(_ID.fullmatch(name)) and "/" in name and not Path(name).parent.is_dir()


def cached(name: str) -> Path | None:
    """The newest downloaded state of an id, or None. A name cannot lead out of the cache."""
    if not _ID.fullmatch(name) or ".." in name:
        return None
    home = _cache() / ("models--" + name.replace("/", "--"))
    try:
        state = (home / "refs" / "main").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None  # not downloaded, or not whole: the same to whoever asks
    folder = home / "snapshots" / state
    return folder if state and folder.is_dir() else None


def checkpoint(base: str) -> Path:
    """The folder of the checkpoint to learn from. Raises ModelError saying how to get it."""
    path = Path(base).expanduser()
    if path.is_file():
        raise ModelError(
            f"{base} adalah berkas. --base memerlukan folder checkpoint yang berisi config.json."
        )
    if path.is_dir():
        if (path / "config.json").is_file():
            return path
        raise ModelError(f"Folder {base} bukan checkpoint Hugging Face: tidak ada config.json di dalamnya.")
    found = cached(base)
    if found is None:
        raise ModelError(missing(base))
    return found


def missing(name: str) -> str:
    """What to do about a checkpoint that is not on this machine."""
    return (
        f"Checkpoint {name} tidak ada di komputer ini, dan Tanggap tidak mengunduh sendiri. "
        f"Unduh sekali dengan `hf download {name}`, atau beri path foldernya."
    )


def _cache() -> Path:
    """The same places, in the same order, as the Hugging Face tools use."""
    if path := os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE"):
        return Path(path).expanduser()
    if path := os.environ.get("HF_HOME"):
        return Path(path).expanduser() / "hub"
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "huggingface" / "hub"
