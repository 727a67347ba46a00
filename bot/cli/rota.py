"""rota export: the shifts of the coming weeks, as a calendar file or as lines to read."""

import asyncio
import os
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

import typer

from bot.assembly import directory_of
from bot.chat.words.oncall import event_title, stretch
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import plainly, say, stop
from bot.clock import SystemClock
from bot.domain.ics import Event, calendar_file
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.duties import duties_of
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock
from bot.store.database import open_database

rota = typer.Typer(help="Jadwal piket.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.add_typer(rota, name="rota")


@rota.command()
def export(
    ics: Annotated[bool, typer.Option("--ics", help="Tulis berkas kalender (iCalendar).")] = False,
    person: Annotated[str, typer.Option(help="ID orang; kosong: semua giliran.")] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="Berapa hari ke depan.")] = 60,
    config: ConfigPath = DEFAULT,
) -> None:
    """Mencetak giliran piket, termasuk tukar giliran, pengganti, dan cuti. Contoh: --ics > piket.ics"""
    with plainly():
        settings = load_settings(config, os.environ)
        if person and person not in settings.persons:
            stop(f"Orang “{person}” tidak ada di config.yaml. Yang ada: {', '.join(settings.persons)}.")
        clock = SystemClock()
        whose = PersonId(person) if person else None
        events = asyncio.run(_events(settings, clock, whose, timedelta(days=days)))
        if ics:
            name = settings.persons[PersonId(person)].name if person else settings.agency.short
            typer.echo(calendar_file(event_title(name), events, clock.now()), nl=False)
            return
        for line in _lines(settings, events):
            say(line)


async def _events(settings: Settings, clock: Clock, person: PersonId | None, ahead: timedelta) -> list[Event]:
    database = await open_database(settings.database_file)
    try:
        directory = directory_of(settings)
        oncall = OnCall(database, directory, settings.rotations, settings.hours)
        team = Team(database, directory, oncall, clock)
        shifts = duties_of(database, team, directory, oncall, clock).shifts
        return await shifts.events(person, clock.now(), clock.now() + ahead)
    finally:
        await database.close()


def _lines(settings: Settings, events: Iterable[Event]) -> Iterable[str]:
    zone = settings.agency.zone
    for event in sorted(events, key=lambda one: one.start):
        yield f"{stretch(event.start, event.end, zone)} {zone}  {event.title}: {event.note}"
