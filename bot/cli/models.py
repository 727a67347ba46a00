"""classify, evaluate, train."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from bot.cli.saying import note, plainly, say, stop
from classifiers.choose import DEFAULT, load
from classifiers.commands import classify_stream, evaluate_file, train_from
from classifiers.evaluate import Evaluation
from classifiers.plot import plot as draw
from classifiers.train import save

Model = Annotated[str, typer.Option("--model", help="`default`, atau path berkas dari `tanggap train`.")]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    for command in (classify, evaluate, train):
        app.command()(command)


def classify(
    file: Annotated[str, typer.Argument(help="Berkas JSONL, atau - untuk masukan standar.")] = "-",
    model: Model = DEFAULT,
) -> None:
    """Memberi label: JSONL masuk, JSONL keluar, urutan dan kunci lain tetap."""
    with plainly(), ExitStack() as stack:
        classifier = load(model)
        if file == "-":
            lines, total = sys.stdin, None
        else:
            path = Path(file)
            if not path.is_file():
                stop(f"{file} tidak ditemukan.", 2)
            with path.open("rb") as raw:
                total = sum(1 for _ in raw)
            lines = stack.enter_context(path.open(encoding="utf-8"))
        with _bar() as progress:
            task = progress.add_task("Memberi label", total=total)
            for line in classify_stream(lines, classifier):
                sys.stdout.write(line + "\n")
                progress.advance(task)


def evaluate(
    file: Annotated[Path, typer.Argument(help="JSONL berlabel.")],
    model: Model = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Cetak JSON.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Simpan gambar PNG.")] = None,
) -> None:
    """Mengukur model: presisi, recall, F1, AP per label, macro-F1, kalibrasi."""
    with plainly():
        found = evaluate_file(file, load(model))
        say(found.to_json()) if as_json else Console().print(_table(found))
        if plot is not None:
            draw(found, plot)
            note(f"Gambar disimpan di {plot}.")


def train(
    out: Annotated[Path, typer.Option(help="Berkas model yang ditulis.")] = Path("model.bin"),
    data: Annotated[list[Path] | None, typer.Option(help="JSONL tambahan (kunci `licence`).")] = None,
    exclude_licence: Annotated[list[str] | None, typer.Option(help="Lisensi yang tidak dipakai.")] = None,
    seed: Annotated[int, typer.Option(help="Benih acak.")] = 0,
) -> None:
    """Melatih ulang model bawaan dari data di repositori, boleh ditambah data sendiri."""
    with plainly(), _bar() as progress:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            task = tasks.setdefault(stage, progress.add_task(stage, total=total))
            progress.update(task, completed=done)

        save(train_from(data or (), exclude_licence or (), seed=seed, progress=advance), out)
        note(f"Model disimpan di {out}. Pakai dengan classifier.model: {out}")


def _table(found: Evaluation) -> Table:
    """F1 with its 95 % interval per label."""
    title = f"{found.model} · {found.rows} baris · macro-F1 {found.macro_f1:.3f}"
    table = Table("label", "n", "P", "R", "F1", "95 %", "AP", title=title)
    for label, row in found.labels.items():
        figures = (row.precision, row.recall, row.f1)
        interval = f"{row.low:.2f}–{row.high:.2f}"
        shown = (f"{x:.3f}" for x in (*figures, row.average_precision))
        precision, recall, f1, average = shown
        table.add_row(label, str(row.support), precision, recall, f1, interval, average)
    return table


def _bar() -> Progress:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal)
