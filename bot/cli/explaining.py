"""explain: one comment, its labels, and the words that weighed, where they stand."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.chat.words.names import LABELS
from bot.cli.running import DEFAULT as CONFIG
from bot.cli.running import ConfigPath
from bot.cli.saying import plainly, stop
from bot.cli.which import Model, classifier
from classifiers.base import Prediction, Reason
from classifiers.choose import DEFAULT
from classifiers.labels import Label

COLOURS = {
    Label.QUESTION: "cyan",
    Label.COMPLAINT: "yellow",
    Label.HOAX: "magenta",
    Label.HATE: "red",
    Label.ABUSIVE: "bright_red",
    Label.EMERGENCY: "bold white on red",
    Label.SPAM: "blue",
    Label.PRAISE: "green",
}
_BAR = 24


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(explain)


def explain(
    text: Annotated[str, typer.Argument(help="Komentarnya, dalam tanda petik; - untuk masukan standar.")],
    model: Model = DEFAULT,
    config: ConfigPath = CONFIG,
) -> None:
    """Menjelaskan satu komentar: label, skor, dan kata yang paling berpengaruh beserta letaknya."""
    with plainly():
        given = sys.stdin.read().rstrip("\n") if text == "-" else text
        if not given.strip():
            stop("Belum ada komentar yang dijelaskan: tulis teksnya dalam tanda petik.", 2)
        prediction = classifier(model, config).explain(given)
        console = Console()
        console.print(coloured(given, prediction.reasons))
        console.print()
        console.print(_scores(prediction))
        if prediction.reasons:
            console.print(_reasons(prediction))
        console.print(f"Model: {prediction.model}", highlight=False, style="dim")


def coloured(text: str, reasons: tuple[Reason, ...]) -> Text:
    """The text as it was written, each reason in its label's colour; the heaviest is laid on last.

    A character that would command the terminal becomes a blank, so that every offset stays true.
    """
    shown = Text("".join(char if char.isprintable() or char == "\n" else " " for char in text))
    for reason in sorted(reasons, key=lambda one: one.weight):
        if not reason.is_rule:
            shown.stylize(f"{COLOURS[reason.label]} underline", reason.start, reason.end)
    return shown


def _scores(prediction: Prediction) -> Table:
    table = Table("label", "skor", "", "putusan")
    for label, score in sorted(prediction.scores.items(), key=lambda item: -item[1]):
        said = "ya" if label in prediction.labels else "belum yakin" if label in prediction.unsure else ""
        bar = Text("█" * round(score * _BAR), style=COLOURS[label] if said else "dim")
        table.add_row(Text(LABELS[label], style=COLOURS[label] if said else ""), f"{score:.2f}", bar, said)
    return table


def _reasons(prediction: Prediction) -> Table:
    table = Table("label", "kata atau aturan", "bobot", "huruf ke-")
    for reason in prediction.reasons:
        place = "aturan" if reason.is_rule else f"{reason.start}–{reason.end}"
        word = "".join(char if char.isprintable() else " " for char in reason.text)
        table.add_row(LABELS[reason.label], Text(word), f"{reason.weight:+.2f}", place)
    return table
