"""shadow: where the second model would have said something else."""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.chat.words.names import LABELS
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.store.database import open_database
from bot.store.learning import Disagreement, ShadowModel
from classifiers.explain import masked
from classifiers.labels import Label

_Found = list[tuple[ShadowModel, list[Disagreement]]]
_HIDDEN = "(kasus keselamatan jiwa: isinya tidak ditampilkan)"


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(shadow)


def shadow(
    config: ConfigPath = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Cetak JSON.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Paling banyak sekian komentar yang ditampilkan.")] = 30,
) -> None:
    """Membandingkan model kedua (classifier.shadow) dengan model yang dipakai."""
    with plainly():
        settings = load_settings(config, os.environ)
        found = asyncio.run(_read(settings))
    if as_json:
        say(json.dumps({"models": [_plain(*one, limit) for one in found]}, ensure_ascii=False, indent=2))
        return
    if not found:
        note(
            "Belum ada model kedua yang ikut menilai. Isi classifier.shadow di config.yaml, mulai ulang bot,"
        )
        note("lalu lihat lagi setelah ada komentar masuk.")
    for model, differing in found:
        _show(settings, model, differing, limit)


def counts(differing: Sequence[Disagreement]) -> dict[str, tuple[int, int]]:
    """Per label, how often only the first model gave it and how often only the second."""
    first = Counter(label for one in differing for label in set(one.first) - set(one.second))
    second = Counter(label for one in differing for label in set(one.second) - set(one.first))
    return {label.value: (first[label.value], second[label.value]) for label in Label}


async def _read(settings: Settings) -> _Found:
    database = await open_database(settings.database_file)
    try:
        learning = database.read.learning
        return [(model, await learning.disagreements(model.name)) for model in await learning.shadow_models()]
    finally:
        await database.close()


def _plain(model: ShadowModel, differing: Sequence[Disagreement], limit: int) -> dict[str, object]:
    return {
        "model": model.name,
        "since": model.since.isoformat(),
        "compared": model.compared,
        "kept": len(differing),
        "labels": {
            label: {"only_first": first, "only_second": second}
            for label, (first, second) in counts(differing).items()
        },
        "disagreements": [
            {
                "comment": one.comment,
                "case": one.case,
                "text": masked(one.text),
                "first": list(one.first),
                "second": list(one.second),
                "first_model": one.first_model,
                "at": one.at.isoformat(),
            }
            for one in differing[:limit]
        ],
    }


def _show(settings: Settings, model: ShadowModel, differing: Sequence[Disagreement], limit: int) -> None:
    console = Console()
    since = model.since.astimezone(settings.agency.zone.tz)
    title = (
        f"{model.name}: {model.compared} komentar dibandingkan sejak {since:%d-%m-%Y}, "
        f"{len(differing)} perbedaan tersimpan"
    )
    table = Table("label", "hanya model pertama", "hanya model kedua", title=title)
    for label, (first, second) in counts(differing).items():
        if first or second:
            table.add_row(LABELS[label], str(first), str(second))
    console.print(table)
    for one in differing[:limit]:
        labels = f"[{_named(one.first)} → {_named(one.second)}]"
        console.print(Text(f"#{one.case} {labels} {masked(one.text) or _HIDDEN}"))


def _named(labels: Sequence[str]) -> str:
    return ", ".join(LABELS.get(label, label) for label in labels) or "tanpa label"
