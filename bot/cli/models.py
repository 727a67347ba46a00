"""classify, train."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.progress import TaskID

from bot.cli.finetuning import from_checkpoint, team_of
from bot.cli.learning import from_corrections, roll_back, senseless
from bot.cli.running import DEFAULT as CONFIG
from bot.cli.running import ConfigPath
from bot.cli.saying import note, plainly, stop, working
from bot.cli.which import Model, classifier
from classifiers.choose import DEFAULT
from classifiers.commands import classify_stream, rows_of, train_from
from classifiers.places import writable
from classifiers.train import save


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    for command in (classify, train):
        app.command()(command)


def classify(
    file: Annotated[str, typer.Argument(help="Berkas JSONL, atau - untuk masukan standar.")] = "-",
    model: Model = DEFAULT,
    config: ConfigPath = CONFIG,
) -> None:
    """Memberi label: JSONL masuk, JSONL keluar, urutan dan kunci lain tetap."""
    with plainly(), ExitStack() as stack:
        judge = classifier(model, config)
        lines: BinaryIO
        if file == "-":
            lines, total = sys.stdin.buffer, None
        else:
            path = Path(file)
            if not path.exists():
                stop(f"{file} tidak ditemukan.", 2)
            lines = stack.enter_context(path.open("rb"))
            total = sum(1 for _ in lines) if path.is_file() else None
            if total is not None:
                lines.seek(0)
        with working() as progress:
            task = progress.add_task("Memberi label", total=total)
            for line in classify_stream(lines, judge):
                sys.stdout.write(line + "\n")
                progress.advance(task)


def train(  # noqa: PLR0913 - one parameter per option, as Typer reads them
    *,
    out: Annotated[Path | None, typer.Option(help="Berkas model yang ditulis; biasanya model.bin.")] = None,
    data: Annotated[list[Path] | None, typer.Option(help="JSONL tambahan (kunci `licence`).")] = None,
    exclude_licence: Annotated[list[str] | None, typer.Option(help="Lisensi yang tidak dipakai.")] = None,
    seed: Annotated[int | None, typer.Option(help="Benih acak; bawaannya 0.")] = None,
    base: Annotated[
        str | None,
        typer.Option(help="Latih dari checkpoint Hugging Face: folder, atau id yang sudah diunduh."),
    ] = None,
    corrections: Annotated[
        bool, typer.Option("--from-corrections", help="Belajar dari koreksi tim (🏷 Label), lalu memasangnya.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Pasang walau hasil ujinya lebih buruk.")] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Kembali ke model sebelumnya.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Melatih ulang model bawaan dari data di repositori, atau dari koreksi tim."""
    more = bool(data or exclude_licence or out) or seed is not None
    if wrong := senseless(rollback=rollback, base=base, corrections=corrections, force=force, more=more):
        stop(wrong, 2)
    with plainly(), working() as progress:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done)

        if rollback:
            roll_back(config)
        elif base:
            team = team_of(config, force=force) if corrections else None
            from_checkpoint(base, out, rows_of(data or (), exclude_licence or ()), seed or 0, advance, team)
        elif corrections:
            from_corrections(config, advance, force=force)
        else:
            out = place_of(out)
            save(train_from(data or (), exclude_licence or (), seed=seed or 0, progress=advance), out)
            note(f"Model disimpan di {out}. Pakai dengan classifier.model: {out}")


def place_of(out: Path | None) -> Path:
    """Where the model goes: none that stands there is replaced unasked. Raises ModelError."""
    place = out or Path("model.bin")
    if out is None and place.exists():
        stop(f"{place} sudah ada. Sebutkan tempatnya: --out {place} bila memang hendak menggantinya.", 2)
    if place.is_dir():
        stop(f"{place} adalah folder; --out memerlukan nama berkas.", 2)
    writable(place)
    return place
