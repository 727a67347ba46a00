"""The command line, thin: each command reads its arguments, calls one thing and says what came of it."""

import typer

from bot.cli import (
    claims,
    data,
    evaluating,
    explaining,
    exporting,
    models,
    page_testing,
    rehearsing,
    reporting,
    restoring,
    rota,
    running,
    shadowing,
)

app = typer.Typer(
    name="tanggap",
    help="Tanggap: triase komentar dan respons krisis untuk tim humas pemerintah.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
running.add_to(app)
page_testing.add_to(app)
models.add_to(app)
evaluating.add_to(app)
explaining.add_to(app)
shadowing.add_to(app)
data.add_to(app)
exporting.add_to(app)
restoring.add_to(app)
claims.add_to(app)
rehearsing.add_to(app)
reporting.add_to(app)
rota.add_to(app)
