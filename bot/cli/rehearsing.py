"""rehearse: a playbook on a fake clock, told line by line."""

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Annotated

import typer

from bot.app import opened_quietly
from bot.chat.words.story import Teller, story
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import plainly, say, stop
from bot.clock import SystemClock
from bot.domain.playbook import Playbook
from bot.domain.rehearsal import Act, Deed, TimelineLine, rehearse
from bot.domain.roster import Roster
from bot.domain.run_effects import Announce, NotifyTarget, TimelineEntry
from bot.files.config import load_settings
from bot.files.load import load_playbooks
from bot.files.settings import Settings
from bot.services.oncall import OnCall


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("rehearse")(rehearse_playbook)


def rehearse_playbook(
    playbook: Annotated[str, typer.Argument(help="ID playbook, misalnya hoaks-viral.")],
    config: ConfigPath = DEFAULT,
    answered_after: Annotated[
        int | None, typer.Option("--answered-after", help="Menit sampai ada yang menjawab; kosong: tak ada.")
    ] = None,
    hours: Annotated[int, typer.Option(help="Berapa jam dimainkan.")] = 2,
) -> None:
    """Memainkan playbook dengan jam tiruan: siapa dipanggil kapan. Tidak ada yang dikirim."""
    with plainly():
        settings = load_settings(config, os.environ)
        known = {one.id: one for one in load_playbooks(settings.playbooks, settings)}
        if playbook not in known:
            stop(f"Playbook “{playbook}” tidak ada. Yang ada: {', '.join(known)}.")
        wait = timedelta(minutes=answered_after) if answered_after is not None else None
        for line in asyncio.run(_lines(settings, known[playbook], wait, timedelta(hours=hours))):
            say(line)


async def _lines(
    settings: Settings, playbook: Playbook, wait: timedelta | None, lasts: timedelta
) -> list[str]:
    clock = SystemClock()
    start = clock.now()
    async with opened_quietly(settings, clock) as (services, _):
        lines = rehearse(playbook, _everybody(services.oncall, playbook), _script(wait), start, lasts)
        names = services.team.names
    teller = Teller(names, settings.agency.zone, start, playbook)
    return [f"{_minutes(line.after)}  {said}" for line in lines for said in _told(line, teller)]


def _everybody(oncall: OnCall, playbook: Playbook) -> Callable[[datetime], Roster]:
    """A rehearsal asks what the rota says, not who has enrolled yet."""
    return lambda at: oncall.planned(playbook.targets(), at)


def _script(wait: timedelta | None) -> list[Act]:
    return [Act(wait, Deed.ACKNOWLEDGE)] if wait is not None else []


def _told(line: TimelineLine, teller: Teller) -> Iterator[str]:
    match line.what:
        case Announce(kind, params) | TimelineEntry(kind, params):
            yield story(kind, dict(params), teller)
        case NotifyTarget(people=people, text=text):
            yield f"Pesan kepada {', '.join(teller.name(person) for person in people)}: {text}"
        case _:
            return


def _minutes(after: timedelta) -> str:
    minutes, seconds = divmod(int(after.total_seconds()), 60)
    return f"{minutes:3d}.{seconds:02d}"
