"""rehearse: a playbook on a fake clock, told line by line."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.app import opened_quietly
from bot.assembly import Services
from bot.chat.words import rehearsal as words
from bot.chat.words.outside import opened_by
from bot.chat.words.story import Teller, story
from bot.cli.rehearsal_lines import folded, told
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import plainly, say, stop
from bot.clock import SystemClock
from bot.domain.composing import compose
from bot.domain.outside import event_facts, event_params, event_reason, schedule_reason, silence_reason
from bot.domain.playbook import Playbook
from bot.domain.rehearsal import Act, Deed, Staging, TimelineLine, Words, rehearse
from bot.domain.rehearsal_acts import acts_of
from bot.domain.roster import Roster
from bot.domain.run_effects import Announce, TimelineEntry
from bot.domain.run_types import RunState, What
from bot.domain.scenario import Moment, Scenario, judge
from bot.domain.step_run import Letter
from bot.domain.steps import Answer, Compose
from bot.domain.target import ACKER
from bot.domain.template import SlotFault
from bot.files.config import load_settings
from bot.files.load import load_beside, load_playbooks, load_scenarios
from bot.files.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("rehearse")(rehearse_playbook)


@dataclass(frozen=True, slots=True)
class _Play:
    """What is played: with a scenario its people and comments, without one at most one answer."""

    playbook: Playbook
    scenario: Scenario | None
    answered_after: timedelta | None
    lasts: timedelta


def rehearse_playbook(
    playbook: Annotated[str, typer.Argument(help="ID playbook, misalnya hoaks-viral, atau berkasnya.")],
    config: ConfigPath = DEFAULT,
    scenario: Annotated[
        Path | None, typer.Option(help="Berkas latihan: siapa berbuat apa, kapan, dan sasarannya.")
    ] = None,
    answered_after: Annotated[
        int | None, typer.Option("--answered-after", help="Menit sampai ada yang menjawab; kosong: tak ada.")
    ] = None,
    hours: Annotated[int, typer.Option(help="Berapa jam dimainkan (tanpa skenario).")] = 2,
) -> None:
    """Memainkan playbook dengan jam tiruan: siapa dipanggil kapan, apa yang ditanyakan, apa yang akan tayang.
    Tidak ada yang dikirim.
    """
    with plainly():
        settings = load_settings(config, os.environ)
        chosen, known = _chosen(playbook, settings)
        staged = _scenario(scenario, settings, known, chosen.id)
        wait = timedelta(minutes=answered_after) if answered_after is not None else None
        lasts = staged.lasts if staged is not None else timedelta(hours=hours)
        for line in asyncio.run(_lines(settings, _Play(chosen, staged, wait, lasts))):
            say(line)


def _chosen(named: str, settings: Settings) -> tuple[Playbook, tuple[Playbook, ...]]:
    """By its id, or by its file, which need not be in use yet."""
    path = Path(named)
    if path.suffix in {".yaml", ".yml"}:
        if not path.is_file():
            stop(f"Berkas {named} tidak ada.")
        return load_beside(path, settings)
    known = load_playbooks(settings.playbooks, settings)
    found = next((one for one in known if one.id == named), None)
    if found is None:
        stop(f"Playbook “{named}” tidak ada. Yang ada: {', '.join(one.id for one in known)}.")
    return found, known


def _scenario(
    path: Path | None, settings: Settings, known: tuple[Playbook, ...], playbook: str
) -> Scenario | None:
    if path is None:
        return None
    [scenario] = load_scenarios([path], settings, known)[:1] or [None]
    if scenario is None or scenario.playbook != playbook:
        stop(f"Berkas {path.name} bukan latihan untuk playbook “{playbook}”.")
    return scenario


async def _lines(settings: Settings, play: _Play) -> list[str]:
    clock = SystemClock()
    start = clock.now()
    async with opened_quietly(settings, clock) as (services, _):
        lines = rehearse(
            play.playbook,
            _everybody(services, play),
            _script(play),
            start,
            play.lasts,
            _staging(settings, services, play, start),
        )
        names = services.team.names
    teller = Teller(names, settings.agency.zone, start, play.playbook)
    said = [(line.after, one) for line in lines for one in told(line, play.playbook, teller)]
    return [*_head(play, teller), words.LEGEND, "", *folded(said), *_goals(play, lines, start)]


def _everybody(services: Services, play: _Play) -> Callable[[datetime], Roster]:
    """A rehearsal asks what the rota says, not who has enrolled yet."""
    acting = {line.by for line in play.scenario.acts} if play.scenario is not None else set()
    targets = (play.playbook.targets() | acting) - {ACKER}
    return lambda at: services.oncall.planned(targets, at)


def _script(play: _Play) -> list[Act]:
    if play.scenario is not None:
        return [act for line in play.scenario.acts for act in acts_of(line)]
    return [Act(play.answered_after, Deed.ACKNOWLEDGE)] if play.answered_after is not None else []


def _staging(settings: Settings, services: Services, play: _Play, start: datetime) -> Staging:
    scenario = play.scenario
    if scenario is None:
        return Staging(words=_words(settings, services))
    reason = _reason(scenario, play.playbook, start)
    said = event_facts(scenario.event, hidden=play.playbook.sensitive) if scenario.event is not None else ()
    return Staging(scenario.comments, scenario.injects, _words(settings, services), reason, said)


def _reason(scenario: Scenario, playbook: Playbook, start: datetime) -> str:
    """What opens it in earnest, as the trigger would say."""
    silent = playbook.triggers.heartbeat
    match scenario.opens:
        case "event" if scenario.event is not None:
            return event_reason(scenario.event)
        case "heartbeat" if silent is not None:
            return silence_reason(silent.connector, start - silent.silent_for)
        case "schedule":
            return schedule_reason(start)
        case _:
            return "rehearsal"


def _words(settings: Settings, services: Services) -> Words:
    """The templates as they are in the files: whether they are approved is for the day itself."""
    agency = {"agency.name": settings.agency.name, "agency.short": settings.agency.short}

    def write(state: RunState, step_id: str) -> Letter | str:
        step = state.playbook.step(step_id)
        if step is None or not isinstance(step.uses, Compose | Answer):
            raise LookupError(step_id)
        template = services.templates.get(step.uses.template)
        if template is None:
            return f"Templat {step.uses.template} tidak ada di berkas balasan."
        try:
            return compose(template, step.uses.slots, state, agency, settings.links.allow)
        except SlotFault as no:
            return f"{template.title}: {no.why}"

    return write


def _head(play: _Play, teller: Teller) -> list[str]:
    """What it is about, and what opens it besides comments and people."""
    scenario = play.scenario
    opens = opened_by(play.playbook.triggers)
    if scenario is None:
        return [words.opens(opens), ""] if opens else []
    told = [scenario.title, "", *scenario.story.splitlines(), ""]
    if scenario.event is not None:
        params = event_params(scenario.event, hidden=play.playbook.sensitive)
        told += [*story(What.EVENT_CAME, params, teller).splitlines(), ""]
    return told


def _goals(play: _Play, lines: list[TimelineLine], start: datetime) -> list[str]:
    """What this course is held against; no person is judged by it."""
    if play.scenario is None or not play.scenario.targets:
        return []
    moments = [
        Moment(line.what.kind, line.at, dict(line.what.params).get("step", ""))
        for line in lines
        if isinstance(line.what, Announce | TimelineEntry)
    ]
    reached = judge(play.scenario, start, [_plain(moment) for moment in moments])
    steps = {step.id: step.name for step in play.playbook.steps}
    return ["", words.GOALS, *(words.goal(one, steps.get(one.goal.step, "")) for one in reached)]


def _plain(moment: Moment) -> Moment:
    """Only the end of a step is told apart by its step."""
    return moment if moment.what == "step_done" else Moment(moment.what, moment.at)
