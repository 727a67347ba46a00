"""From the configured name of a model to a classifier."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from classifiers.base import Thresholds
from classifiers.default.model import LinearClassifier, load_shipped
from classifiers.default.weights import read
from classifiers.errors import ModelError
from classifiers.labels import Label

DEFAULT = "default"
_CHECKPOINT = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def load(model: str = DEFAULT, thresholds: Mapping[Label, Thresholds] | None = None) -> LinearClassifier:
    """The classifier behind `default` or the path of a file made by `tanggap train`.

    `thresholds` replace the model's own, label by label. Raises ModelError when there is no such model.
    """
    if model == DEFAULT:
        return load_shipped(thresholds)
    path = Path(model).expanduser()
    if path.is_file():
        return LinearClassifier(read(path), thresholds)
    if _CHECKPOINT.fullmatch(model) and not path.suffix and not path.parent.is_dir():
        raise ModelError(
            f"Model {model} tampaknya dari Hugging Face. Model seperti itu memerlukan paket tambahan "
            "'fine-tune', yang belum ada di versi ini. "
            f"Pakai '{DEFAULT}' atau berkas dari `tanggap train`."
        )
    hint = f" Maksud Anda '{DEFAULT}'?" if difflib.get_close_matches(model, [DEFAULT]) else ""
    raise ModelError(f"Model {model} tidak ditemukan. Isi dengan '{DEFAULT}' atau path berkas model.{hint}")
