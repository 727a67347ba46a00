"""`tanggap train --base`: arguments to a fine-tuned folder, and what came of it as a table."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.chat.words.names import LABELS
from bot.cli.learning import corrected, refusal, show
from bot.cli.saying import note, plain_table, stop
from bot.files.config import load_settings
from bot.judging import classifier_of, thresholds_of
from classifiers.checkpoint.commands import Compared, Team, train_checkpoint
from classifiers.checkpoint.learning import Course
from classifiers.corrections import settled
from classifiers.dataset import Row
from classifiers.labels import Label


def from_checkpoint(
    base: str,
    out: Path | None,
    rows: Iterable[Row],
    seed: int,
    progress: Callable[[str, int, int], None],
    team: Team | None = None,
) -> None:
    """Fine-tunes, converts, compares, and says all of it; ends the command where the team's judgement is no.

    Raises ClassifierError.
    """
    folder = out or Path(f"model-{Path(base).expanduser().name or 'checkpoint'}")
    found = train_checkpoint(base, folder, rows, Course(seed=seed), progress, team)
    Console().print(table(found))
    held_out = found.model.built.after.rows
    note(f"Sebelum dan sesudah: pada {held_out} komentar yang disisihkan, {found.model.own} dari data Anda.")
    note(f"* pada {found.ours.rows} komentar penguji yang tidak dipelajari kedua model.")
    if found.model.built.remark:
        note(found.model.built.remark)
    say_where(found.model.classifier.name, found.model.folder, team)


def say_where(name: str, folder: Path, team: Team | None) -> None:
    """Where the new model lies, and, for one that learnt from the team, how it stands to the one in use."""
    if team is not None and team.judged is not None:
        show(team.judged)
        if team.refused:
            stop(f"{refusal(team.judged)}. Model {name} ada di {folder}.")
    note(f"Model {name} disimpan di {folder}. Pakai dengan classifier.model: {folder}")
    if team is not None:
        note("Bila hasilnya mengecewakan: tanggap train --rollback")


def team_of(config: Path, *, force: bool) -> Team:
    """What the team corrected, and the model in use. Raises what reading either raises."""
    settings = load_settings(config, os.environ)
    corrections = settled(corrected(settings))
    return Team(corrections, classifier_of(settings), thresholds_of(settings), force=force)


def table(found: Compared) -> Table:
    """F1 before and after on held-out rows, and beside the shipped model on the regression set."""
    before, after = found.model.before, found.model.built.after
    shown = plain_table(
        "F1", "n", "sebelum", "sesudah", "bawaan*", "model ini*", title=found.model.classifier.name
    )
    for label, row in after.labels.items():
        figures = (before.labels[label], row, found.shipped.labels[label], found.ours.labels[label])
        shown.add_row(LABELS[Label(label)], str(row.support), *(f"{one.f1:.3f}" for one in figures))
    macros = (before.macro_f1, after.macro_f1, found.shipped.macro_f1, found.ours.macro_f1)
    shown.add_row("rata-rata", str(after.rows), *(f"{one:.3f}" for one in macros))
    return shown
