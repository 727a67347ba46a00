"""`tanggap train --base`: arguments to a fine-tuned folder, and what came of it as a table."""

from collections.abc import Callable, Collection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.cli.saying import note
from classifiers.checkpoint.commands import Compared, rows_of, train_checkpoint
from classifiers.checkpoint.learning import Course

UNNAMED = Path("model.bin")
"""What `train` writes to when no `--out` is given: a file, so a folder gets a name of its own."""


def from_checkpoint(
    base: str,
    out: Path,
    data: Collection[Path],
    exclude_licence: Collection[str],
    seed: int,
    progress: Callable[[str, int, int], None],
) -> None:
    """Fine-tunes, converts, compares, and says all of it. Raises ClassifierError."""
    folder = out if out != UNNAMED else Path(f"model-{Path(base).expanduser().name or 'checkpoint'}")
    rows = rows_of(data, exclude_licence)
    found = train_checkpoint(base, folder, rows, Course(seed=seed), progress)
    Console().print(table(found))
    if found.model.built.remark:
        note(found.model.built.remark)
    note(f"Model {found.model.classifier.name} disimpan di {folder}. Pakai dengan classifier.model: {folder}")


def table(found: Compared) -> Table:
    """F1 before and after on held-out rows, and beside the shipped model on the regression set."""
    before, after = found.model.before, found.model.built.after
    shown = Table("label", "n", "sebelum", "sesudah", "bawaan*", "model ini*", title="F1")
    for label, row in after.labels.items():
        figures = (before.labels[label], row, found.shipped.labels[label], found.ours.labels[label])
        shown.add_row(label, str(row.support), *(f"{one.f1:.3f}" for one in figures))
    macros = (before.macro_f1, after.macro_f1, found.shipped.macro_f1, found.ours.macro_f1)
    shown.add_row("rata-rata", str(after.rows), *(f"{one:.3f}" for one in macros))
    shown.caption = f"* pada {found.ours.rows} komentar penguji yang tidak dipelajari kedua model"
    return shown
