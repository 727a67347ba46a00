"""Which model a command works with, by the word that people write after --model."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.files.config import load_settings
from bot.judging import classifier_of
from classifiers.base import Classifier
from classifiers.choose import DEFAULT, load
from classifiers.corrections_home import SHIPPED_NAME

IN_USE = "bot"
"""The model that the bot of this config uses, with the agency's own thresholds."""

Model = Annotated[
    str,
    typer.Option(
        "--model",
        help="`default` (bawaan), `bot` (yang dipakai bot menurut --config), atau path model sendiri.",
    ),
]


def classifier(model: str, config: Path) -> Classifier:
    """Raises ClassifierError and FilesFaulty."""
    if model == IN_USE:
        return classifier_of(load_settings(config, os.environ))
    return load(DEFAULT if model == SHIPPED_NAME else model)
