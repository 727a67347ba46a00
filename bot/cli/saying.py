"""How the commands speak: results on standard output, everything else on standard error."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot.chat.words.refusals import refusal
from bot.domain.errors import Refused
from bot.domain.people import Zone
from bot.files.fault import FilesFaulty
from bot.store.database import DatabaseUnusable
from bot.wire.lock import SecondInstance
from classifiers.errors import ClassifierError


def say(text: str) -> None:
    typer.echo(text)


def note(text: str) -> None:
    typer.echo(text, err=True)


def stop(text: str, code: int = 1) -> NoReturn:
    """Ends the command with one clear sentence."""
    note(text)
    raise typer.Exit(code)


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
        if error.errno != errno.EADDRINUSE:
            raise
        stop("Port itu sedang dipakai program lain. Pilih yang lain: --port (demo), web.port (config.yaml).")
