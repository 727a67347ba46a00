"""Where the team's own model lies: in a folder beside the agency's data, never inside the package.

`tim.bin` is in use, `tim-sebelumnya.bin` was before it, `tim-ditarik.bin` was taken back. Each step puts a
whole file in the place of another, so whenever the power goes, the bot finds one model or the other.
"""

import os
from pathlib import Path

from classifiers.choose import DEFAULT
from classifiers.default.model import SHIPPED
from classifiers.default.weights import Weights, pack, read
from classifiers.errors import ModelError, because

SHIPPED_NAME = "bawaan"
"""In `classifier.model`: the shipped model, even where the team has one of its own."""


class Home:
    """The folder of the team's model. Nothing is created before a model is installed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.current = folder / "tim.bin"
        self._previous = folder / "tim-sebelumnya.bin"
        self._taken_back = folder / "tim-ditarik.bin"

    def resolve(self, model: str) -> str:
        """What `classifier.model` means here: `default` is the team's own model where there is one."""
        if model == DEFAULT and self.current.is_file():
            return str(self.current)
        return DEFAULT if model == SHIPPED_NAME else model

    def outgrown(self) -> bool:
        """Whether the team's model was made from weights that shipped with another version of Tanggap.

        It keeps working, but knows nothing of what the newer shipped model has learnt. Raises ModelError.
        """
        if not self.current.is_file():
            return False
        made_from = read(self.current).about.get("shipped")
        return made_from is not None and made_from != read(SHIPPED).digest

    def install(self, weights: Weights) -> None:
        """Takes a model into use and keeps the one before. Raises ModelError when the disk does not allow."""
        fresh = self.current.with_name(f"{self.current.name}.baru")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(fresh, pack(weights))
            read(fresh)
            if self.current.is_file():
                _copy(self.current, self._previous)
            else:
                self._previous.unlink(missing_ok=True)  # what was before is the shipped model
            fresh.replace(self.current)
            _settle(self._folder)
        except OSError as error:
            raise ModelError(
                f"Model tim tidak dapat disimpan di {self._folder} ({because(error)})."
            ) from error

    def roll_back(self) -> str:
        """Takes the present model back; returns what is in use now: a path, or `default` for the shipped one.

        Raises ModelError when the team has no model of its own, or the one before cannot be read.
        """
        if not self.current.is_file():
            raise ModelError(
                "Belum ada model tim, jadi tidak ada yang dikembalikan. Model bawaan yang dipakai."
            )
        if self._previous.is_file():
            read(self._previous)  # a torn file must not take the place of a whole one
        try:
            _copy(self.current, self._taken_back)
            if self._previous.is_file():
                self._previous.replace(self.current)
            else:
                self.current.unlink()
            _settle(self._folder)
        except OSError as error:
            raise ModelError(f"Model tim tidak dapat dikembalikan ({because(error)}).") from error
        return self.resolve(DEFAULT)


def _copy(source: Path, target: Path) -> None:
    """A whole copy in the place of `target`, or what stood there before."""
    fresh = target.with_name(f"{target.name}.baru")
    _write(fresh, source.read_bytes())
    fresh.replace(target)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """The names too are on the disk: a power cut must not bring back the model that was replaced."""
    if os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    """On the disk when it returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
