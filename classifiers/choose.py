"""From the configured name of a model to a classifier."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from classifiers.base import Thresholds
from classifiers.checkpoint import local
from classifiers.checkpoint.folder import MANIFEST
from classifiers.checkpoint.model import CheckpointClassifier
from classifiers.checkpoint.model import load as load_checkpoint
from classifiers.default.model import LinearClassifier, load_shipped
from classifiers.default.weights import read
from classifiers.errors import ModelError
from classifiers.labels import Label

DEFAULT = "default"


def load(
    model: str = DEFAULT, thresholds: Mapping[Label, Thresholds] | None = None
) -> LinearClassifier | CheckpointClassifier:
    """The classifier behind `default`, the path of a model made by `tanggap train`, or an id.

    A file is an embedded model, a folder a converted checkpoint. An id counts only if it lies in the local
    Hugging Face cache: nothing is fetched. `thresholds` replace the model's own, label by label. Raises
    ModelError when there is no such model, and MissingExtraError.
    """
    if model == DEFAULT:
        return load_shipped(thresholds)
    path = Path(model).expanduser()
    if path.is_file():
        return LinearClassifier(read(path), thresholds)
    if model and path.is_dir():
        return load_checkpoint(path, thresholds)
    if local.looks_like_id(model):
        return load_checkpoint(_of_id(model), thresholds)
    hint = f" Maksud Anda '{DEFAULT}'?" if difflib.get_close_matches(model, [DEFAULT]) else ""
    raise ModelError(
        f"Model {model} tidak ditemukan. Isi dengan '{DEFAULT}', atau path berkas atau folder model.{hint}"
    )


def _of_id(name: str) -> Path:
    """The converted folder that was published under this id and downloaded. Raises ModelError."""
    folder = local.cached(name)
    if folder is not None and (folder / MANIFEST).is_file():
        return folder
    first = (
        f"{local.missing(name)} Lalu latih" if folder is None else f"Checkpoint {name} belum dilatih: latih"
    )
    raise ModelError(
        f"{first} untuk label Tanggap: tanggap train --base {name} --data BERKAS --out FOLDER, dan isi "
        "classifier.model dengan FOLDER itu."
    )
