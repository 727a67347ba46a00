"""How the commands speak: results on standard output, everything else on standard error."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.chat.words.refusals import refusal
from bot.domain.errors import Refused
from bot.domain.people import Zone
from bot.files.fault import FilesFaulty
from bot.store.database import DatabaseUnusable
from bot.wire.lock import SecondInstance
from classifiers.errors import ClassifierError, because

_PORT_TAKEN = "Port itu sedang dipakai program lain. Pilih yang lain: --port (demo), web.port (config.yaml)."


def say(text: str) -> None:
    typer.echo(text)


def note(text: str) -> None:
    typer.echo(text, err=True)


def stop(text: str, code: int = 1) -> NoReturn:
    """Ends the command with one clear sentence."""
    note(text)
    raise typer.Exit(code)


def working() -> Progress:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal)


def plain_table(*columns: str, title: str) -> Table:
    """A table that stays readable on eighty columns; cells are never broken."""
    table = Table(title=title, box=box.SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


@contextmanager
def plainly() -> Iterator[None]:
    """Errors that people can mend are told in a sentence, without a traceback."""
    try:
        yield
    except (FilesFaulty, DatabaseUnusable, SecondInstance, ClassifierError) as error:
        stop(str(error))
    except Refused as error:
        stop(refusal(error, {}, Zone.WIB))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            stop(_PORT_TAKEN)
        if error.filename is None:
            raise
        stop(f"{error.filename} tidak dapat dibuka ({because(error)}).")
