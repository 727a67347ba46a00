"""evaluate: how good a model is, where it goes wrong, and whether it is fair."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.chat.words.names import LABELS
from bot.cli.running import DEFAULT as CONFIG
from bot.cli.running import ConfigPath
from bot.cli.saying import note, plain_table, plainly, say, stop, working
from bot.cli.which import Model, classifier
from classifiers.base import Classifier
from classifiers.choose import DEFAULT
from classifiers.commands import evaluate_file
from classifiers.evaluate import Evaluation
from classifiers.fairness import Fairness, measure
from classifiers.mistakes import NOTHING, Mistake, OfSource
from classifiers.plot import figures
from classifiers.plot import plot as draw

_WIDEST = 160


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(evaluate)


def evaluate(
    file: Annotated[Path | None, typer.Argument(help="JSONL berlabel.")] = None,
    model: Model = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Cetak JSON.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Simpan gambar PNG.")] = None,
    fair: Annotated[
        bool,
        typer.Option("--fairness", help="Uji keadilan: kalimat wajar yang disebut kebencian."),
    ] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Mengukur model: angka per label, kesalahan terburuk, per sumber, kalibrasi, keadilan."""
    if (file is None) != fair:
        stop("Sebutkan berkas berlabel, atau pakai --fairness saja (kalimat ujinya sudah disertakan).", 2)
    with plainly():
        judge = classifier(model, config)
        if file is None:
            _show_fairness(measure(judge), as_json=as_json)
            return
        if plot is not None:
            figures()
        found = _measured(file, judge)
        if not found.rows:
            stop(f"{file} tidak berisi satu baris pun; tidak ada yang diukur.")
        say(found.to_json()) if as_json else _show(found)
        if plot is not None:
            draw(found, plot)
            note(f"Gambar disimpan di {plot}.")


def _measured(file: Path, judge: Classifier) -> Evaluation:
    with working() as progress:
        task = progress.add_task("Mengukur", total=None)
        return evaluate_file(
            file, judge, progress=lambda done, rows: progress.update(task, completed=done, total=rows)
        )


def _show(found: Evaluation) -> None:
    console = Console()
    console.print(_figures(found))
    if found.new_sources is not None:
        console.print(_figures(found.new_sources, " · tanpa baris dari sumber yang sudah dipelajari"))
    console.print(
        f"Mikro: P {found.micro_precision:.3f} · R {found.micro_recall:.3f} · F1 {found.micro_f1:.3f}. "
        f"Makro-F1 {found.macro_f1:.3f} ({found.macro_low:.2f}–{found.macro_high:.2f}). "
        f"Tepat semua label: {found.exact:.1%}. Ditanyakan kepada orang: {found.unsure_share:.1%}. "
        f"Galat kalibrasi: {found.calibration_error:.3f}.",
        highlight=False,
    )
    console.print(_confusion(found))
    if len(found.by_source) > 1:
        console.print(_parts(found.by_source, "sumber"))
    if found.by_register:
        console.print(_parts(found.by_register, "ragam"))
    if found.worst:
        console.print(f"{len(found.worst)} kesalahan terburuk, dari yang paling yakin", style="italic")
    for one in found.worst:
        console.print(_mistake(one))


def _figures(found: Evaluation, which: str = "") -> Table:
    """F1 with its 95 % interval per label."""
    title = f"{found.model} · {found.rows} baris · macro-F1 {found.macro_f1:.3f}{which}"
    table = plain_table("label", "n", "P", "R", "F1", "95 %", "AP", "terlihat", "kalibrasi", title=title)
    for label, row in found.labels.items():
        shown = (f"{x:.2f}" for x in (row.precision, row.recall, row.f1))
        more = (f"{x:.2f}" for x in (row.average_precision, row.caught, row.calibration_error))
        table.add_row(label, str(row.support), *shown, f"{row.low:.2f}–{row.high:.2f}", *more)
    return table


def _confusion(found: Evaluation) -> Table:
    names = [name[:6] for name in found.confusion]
    table = plain_table("benar", *names, title="Tertukar dengan apa (baris: yang benar; kolom: kata model)")
    for true, said in found.confusion.items():
        table.add_row(true, *(str(count) if count else "·" for count in said.values()))
    return table


def _parts(parts: Sequence[OfSource], kind: str) -> Table:
    table = plain_table(kind, "baris", "mikro-F1", "makro-F1", "tepat", title=f"Menurut {kind}")
    for one in parts:
        figures = (f"{x:.2f}" for x in (one.micro_f1, one.macro_f1, one.exact))
        table.add_row(Text(one.source), str(one.rows), *figures)
    return table


def _mistake(one: Mistake) -> Text:
    wrong = f"{'terlewat' if one.missed else 'keliru'}: {LABELS.get(one.label, one.label)} ({one.score:.2f})"
    text = one.text if len(one.text) <= _WIDEST else one.text[: _WIDEST - 1] + "…"
    said, meant = ", ".join(one.said) or NOTHING, ", ".join(one.true) or NOTHING
    return Text.assemble(
        (f"baris {one.row} · {wrong}", "bold"), f"\n  {text}\n  ", (f"benar: {meant}; model: {said}", "dim")
    )


def _show_fairness(found: Fairness, *, as_json: bool) -> None:
    if as_json:
        say(found.to_json())
        return
    title = f"{found.model} · kalimat wajar yang disebut ujaran kebencian"
    table = plain_table("set", "kelompok", "kalimat", "salah", "ragu", "bagian", "95 %", title=title)
    for rate in (*found.groups, *found.totals):
        counts = (str(rate.rows), str(rate.called_hate), str(rate.unsure))
        table.add_row(rate.kind, rate.group, *counts, f"{rate.rate:.1%}", f"{rate.low:.1%}–{rate.high:.1%}")
    console = Console()
    console.print(table)
    for group, text in found.wrong:
        console.print(Text(f"{group}: {text}"))
