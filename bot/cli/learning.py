"""train --from-corrections and --rollback: the team's own model, judged before it is taken into use."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bot.chat.words.names import LABELS
from bot.cli.saying import note, plain_table, say, stop
from bot.domain.correction import last_words
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.judging import classifier_of, home_of, thresholds_of
from bot.store.database import open_database
from classifiers.checkpoint.folder import swap_back
from classifiers.choose import DEFAULT
from classifiers.corrections import LEAST, Change, Compared, Judged, learn, settled
from classifiers.corrections_home import SHIPPED_NAME
from classifiers.dataset import Row
from classifiers.default.model import SHIPPED
from classifiers.default.weights import read
from classifiers.labels import Label

Progress = Callable[[str, int, int], None]


def from_corrections(config: Path, progress: Progress, *, force: bool) -> None:
    """Learns, shows before and after, and installs what did not get worse. Raises ClassifierError."""
    settings = load_settings(config, os.environ)
    if settings.classifier.model not in {DEFAULT, SHIPPED_NAME}:
        stop(
            f"Bot ini memakai model {settings.classifier.model}, bukan model bawaan. Koreksi untuk model itu "
            "dipelajari dengan: tanggap train --from-corrections --base CHECKPOINT"
        )
    rows = settled(corrected(settings))
    if len(rows) < LEAST:
        say(
            f"Baru ada {len(rows)} komentar yang dikoreksi; bot mulai belajar dari {LEAST}. "
            "Teruskan membetulkan lewat 🏷 Label, lalu coba lagi. Tidak ada yang diubah."
        )
        return
    learnt = learn(read(SHIPPED), classifier_of(settings), rows, thresholds_of(settings), progress)
    show(learnt)
    if learnt.worse and not force:
        stop(refusal(learnt))
    home = home_of(settings)
    home.install(learnt.weights)
    say(f"Model tim disimpan di {home.current} dan dipakai sejak bot dimulai ulang.")
    note("Bila hasilnya mengecewakan: tanggap train --rollback")
    if settings.classifier.model == SHIPPED_NAME:
        note("classifier.model berisi `bawaan`, jadi model tim belum dipakai. Ganti menjadi `default`.")


def roll_back(config: Path) -> None:
    """Back to the model before. Raises ModelError where there is none of the team's own."""
    settings = load_settings(config, os.environ)
    model = settings.classifier.model
    if model not in {DEFAULT, SHIPPED_NAME}:
        _swap_back(Path(model).expanduser())
        return
    now = home_of(settings).roll_back()
    what = "model bawaan" if now == DEFAULT else "model tim yang sebelumnya"
    say(f"Dikembalikan: sejak bot dimulai ulang, {what} yang dipakai.")


def _swap_back(folder: Path) -> None:
    if not folder.is_dir():
        stop(f"Bot ini memakai {folder}, bukan folder model. Isi classifier.model dengan model yang lama.")
    swap_back(folder)
    say(f"Dikembalikan: sejak bot dimulai ulang, isi {folder} adalah model yang sebelumnya.")


def senseless(*, rollback: bool, base: str | None, corrections: bool, force: bool, more: bool) -> str:
    """Why these options of train do not go together, in one sentence; "" where they do."""
    if rollback and (base or corrections or force or more):
        return "--rollback berdiri sendiri: ia mengembalikan model sebelumnya tanpa melatih."
    if force and not corrections:
        return "--force hanya berlaku bersama --from-corrections."
    if corrections and more and not base:
        return "--from-corrections tanpa --base hanya belajar dari koreksi tim, jadi tanpa pilihan yang lain."
    return ""


def corrected(settings: Settings) -> list[Row]:
    """The last word on every corrected comment, without those of people at risk, oldest first."""

    async def read_all() -> list[Row]:
        database = await open_database(settings.database_file)
        try:
            found = last_words(await database.read.learning.corrections())
        finally:
            await database.close()
        return [
            Row(one.text, frozenset(map(Label, one.labels)), "koreksi tim", "milik instansi")
            for one in found
            if not one.sensitive
        ]

    return asyncio.run(read_all())


def show(learnt: Judged) -> None:
    """F1 before and after; every fall is marked, bold where chance does not explain it."""
    on_corrections, on_regression = learnt.corrections, learnt.regression
    title = (
        f"Belajar dari {learnt.learnt_from} koreksi; diuji pada {on_corrections.rows} koreksi lain "
        f"dan {on_regression.rows} komentar penguji"
    )
    table = plain_table("F1", "koreksi", "95 %", "penguji", "95 %", title=title)
    table.add_row("rata-rata", *_cells(on_corrections.macro), *_cells(on_regression.macro))
    for label in Label:
        both = (one.labels.get(label) for one in (on_corrections, on_regression))
        table.add_row(LABELS[label], *(cell for change in both for cell in _cells(change)))
    table.add_row("tepat semua label", _right(on_corrections), "", _right(on_regression), "")
    Console().print(table)
    note("↓ = turun, mungkin kebetulan; ↓↓ = turun, dan bukan kebetulan.")


def _cells(change: Change | None) -> tuple[str, str]:
    if change is None:
        return "·", ""
    told = f"{change.before:.3f} → {change.after:.3f}"
    if change.worse:
        told = f"[bold]{told} ↓↓[/bold]"
    elif change.fell:
        told = f"{told} ↓"
    return told, f"{change.low:+.2f} … {change.high:+.2f}"


def _right(found: Compared) -> str:
    return f"{found.right_before} → {found.right_after}"


def refusal(learnt: Judged) -> str:
    """Why the new model is not taken into use, and how to insist."""
    insist = "Model lama tetap dipakai. Bila tetap ingin memasangnya: --force"
    if not learnt.surely_worse:
        return (
            f"Model baru tidak dipasang: rata-rata pada koreksi turun; dari {learnt.corrections.rows} "
            f"koreksi ini bisa juga kebetulan. {insist}"
        )
    fallen = [
        f"{LABELS.get(name, 'rata-rata')} ({where})"
        for where, found in (("koreksi", learnt.corrections), ("penguji", learnt.regression))
        for name in found.worse
    ]
    return (
        f"Model baru tidak dipasang: hasilnya turun, dan bukan karena kebetulan, pada {', '.join(fallen)}. "
        f"{insist}"
    )
