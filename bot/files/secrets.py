"""Secrets that lie in files: whether others on the machine can read them too."""

import stat
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr

from bot.files.fault import Fault

_TOO_WIDE = 0o037
"""All beyond 0640: the group may read it (a service's own), nobody else may do anything."""


class FileSecret(SecretStr):
    """The content of a file; remembers which."""

    def __init__(self, content: str, path: Path) -> None:
        super().__init__(content)
        self.path = path


def too_open(settings: BaseModel) -> Iterator[Fault]:
    """Advice about every secret file of these settings whose rights are wider than 0640: it is the place."""
    for path in dict.fromkeys(_paths(settings)):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue  # gone since it was read; whoever reads it next says so
        if mode & _TOO_WIDE:
            message = f"Berkas rahasia ini terbuka bagi orang lain (hak {mode:04o})."
            yield Fault(str(path), 1, 1, message, f"Tutup: chmod 600 {path}")


def _paths(value: object) -> Iterator[Path]:
    match value:
        case FileSecret():
            yield value.path
        case BaseModel():
            for name in type(value).model_fields:
                yield from _paths(getattr(value, name))
        case tuple() | list():
            for one in value:
                yield from _paths(one)
        case dict():
            for one in value.values():
                yield from _paths(one)
        case _:
            pass
