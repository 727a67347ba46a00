"""Places that will be written to after minutes of work, tried before it."""

import tempfile
from pathlib import Path

from classifiers.errors import ModelError, because


def writable(out: Path) -> None:
    """Makes a file beside `out` and takes it away again. Raises ModelError where that cannot be done."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".tanggap-"):
            pass
    except OSError as error:
        raise ModelError(f"Model tidak dapat disimpan ke {out} ({because(error)}).") from error
