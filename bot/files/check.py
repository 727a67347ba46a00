"""`tanggap check`: every file of the agency, every fault at once, and what a person should know besides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.domain.people import Action, Person, Role, may
from bot.domain.playbook import Playbook
from bot.domain.template import Template, TemplateState, is_closed
from bot.files.advice import say_advice
from bot.files.alone import say_ladders, say_length, say_rotas
from bot.files.config import Config, read_config
from bot.files.fault import Fault
from bot.files.other_ways import say_other_ways
from bot.files.outside import say_outside
from bot.files.playbooks import read_playbooks, scenario_files
from bot.files.replies import by_id, read_templates
from bot.files.scenarios import read_scenarios
from bot.files.secrets import too_open
from bot.files.settings import Settings
from bot.files.topics import Normalise, read_topics

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was found. `summary` holds Indonesian lines; `exit_code` is for the shell."""

    faults: tuple[Fault, ...]
    summary: tuple[str, ...]
    exit_code: int


def check(
    config_path: Path | str, env: Mapping[str, str], normalise: Normalise = str, today: date | None = None
) -> CheckReport:
    """Read config.yaml and all that it names. Never raises for what stands in a file.

    `env` is where secrets come from; `normalise` is what the classifier does to comments before topics are
    matched; `today` is the day by which reviews and templates grow old. Exit code 0: clean, 1: faults, 2: the
    configuration itself cannot be opened.
    """
    path = Path(config_path)
    config = read_config(path, env)
    if config.root is None and not path.is_file():
        return CheckReport(config.faults, (), UNREADABLE)
    templates, in_templates = read_templates(config.paths("templates"), config.known)
    known = config.known if in_templates else replace(config.known, templates=by_id(templates))
    playbooks, in_playbooks = read_playbooks(config.paths("playbooks"), known)
    in_topics = [fault for file in config.paths("topics") for fault in read_topics(file, normalise)[1]]
    scenarios = scenario_files(config.paths("playbooks"))
    in_scenarios = read_scenarios(scenarios, config.known, playbooks)[1] if not in_playbooks else []
    faults = (*config.faults, *sorted({*in_playbooks, *in_scenarios, *in_templates, *in_topics}))
    summary = tuple(_summary(config, playbooks, templates))
    if config.settings is not None:
        summary += tuple(say_advice(config.settings, playbooks, by_id(templates), today))
    return CheckReport(faults, summary, FAULTY if faults else CLEAN)


def _summary(
    config: Config, playbooks: tuple[Playbook, ...], templates: tuple[Template, ...]
) -> Iterator[str]:
    if config.settings is not None:
        yield from (f"Perhatian: {said[0].lower()}{said[1:]}" for said in too_open(config.settings))
        yield from _team(config.settings)
        yield from say_rotas(config.settings)
        yield from say_ladders(config.settings, playbooks)
        yield from say_other_ways(config.settings)
        yield from say_outside(config.settings, playbooks)
    for playbook in playbooks:
        length = say_length(playbook.ladder.time_to_exhausted)
        whom = ", ".join(str(target) for target in playbook.ladder.exhausted)
        yield f"Playbook {playbook.id}: bila tak ada yang menjawab, setelah {length} {whom} diberi tahu."
    offered = [template for template in templates if template.state is not TemplateState.RETIRED]
    closed = sum(map(is_closed, offered))
    yield f"{len(offered)} templat, {closed} tanpa isian bebas; disetujui lewat /templat."


def _team(settings: Settings) -> Iterator[str]:
    holders = {role: sum(role in row.roles for row in settings.people) for role in Role}
    counts = ", ".join(f"{count} {role.value}" for role, count in holders.items() if count)
    yield f"{len(settings.people)} orang: {counts}."
    able = _able(settings, Action.APPROVE)
    workers = {person.id for action in (Action.APPROVE, Action.SUBMIT) for person in _able(settings, action)}
    if settings.approval.alone and len(workers) > 1:
        yield "Perhatian: approval.alone menyala padahal ada orang kedua yang bisa menyetujui atau menulis."
    elif len(able) == 1 and not settings.approval.alone:
        yield f"Perhatian: hanya {able[0].name} yang bisa menyetujui; drafnya sendiri tidak bisa terkirim."
    if Role.KOORDINATOR in settings.withdrawn:
        yield "Perhatian: ada hak koordinator yang dicabut di bagian roles."


def _able(settings: Settings, action: Action) -> list[Person]:
    return [
        person
        for person in settings.persons.values()
        if may(person.roles, action, on_duty=True, withdrawn=settings.withdrawn)
    ]
