"""The optional packages, looked up when they are needed and not before."""

import importlib
from typing import Any

from classifiers.errors import MissingExtraError


def runtime(name: str) -> Any:
    """A module of the `onnx` extra. Raises MissingExtraError."""
    return _found(name, "Model dari checkpoint", "onnx")


def training(name: str) -> Any:
    """A module of the `finetune` extra. Raises MissingExtraError."""
    return _found(name, "Melatih dari checkpoint", "finetune")


def _found(name: str, what: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError(what, extra) from error
