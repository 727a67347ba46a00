"""page-test."""

import asyncio
import os
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.app import opened_quietly
from bot.chat.words.names import way
from bot.cli.running import DEFAULT, ConfigPath, set_up_logging
from bot.cli.saying import note, plainly, say, stop
from bot.clock import SystemClock
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.second import Tried


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("page-test")(page_test)


def page_test(
    person: Annotated[str, typer.Argument(help="ID orang di config.yaml.")], config: ConfigPath = DEFAULT
) -> None:
    """Mengirim pesan uji kepada satu orang lewat setiap jalan lain yang ia punya (SMS, surel, …)."""
    with plainly():
        settings = load_settings(config, os.environ)
        set_up_logging(settings.secrets)
        whom = settings.persons.get(PersonId(person))
        if whom is None:
            stop(f"Orang “{person}” tidak ada di config.yaml. Yang ada: {', '.join(settings.persons)}.")
        if not settings.other_ways[whom.id]:
            stop(f"{whom.name} belum punya jalan lain. Isi contacts-nya dan pages.gateways di config.yaml.")
        done = asyncio.run(_try(settings, whom.id))
    for one in done:
        say(f"✗ {way(one.via)}: {one.error}" if one.error else f"✓ {way(one.via)}: diterima gerbang")
    note(f"Tanyakan kepada {whom.name} apakah pesannya benar-benar sampai.")
    raise typer.Exit(1 if any(one.error for one in done) else 0)


async def _try(settings: Settings, person: PersonId) -> Sequence[Tried]:
    async with opened_quietly(settings, SystemClock()) as (services, _):
        return await services.second.test(person)
