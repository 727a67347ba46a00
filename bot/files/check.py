"""`tanggap check`: every file of the agency, every fault at once, and what a person should know besides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.people import Action, Person, Role, may
from bot.domain.playbook import Playbook
from bot.domain.template import Template, TemplateState, is_closed
from bot.files.config import Config, read_config
from bot.files.fault import Fault
from bot.files.playbooks import read_playbooks
from bot.files.replies import read_templates
from bot.files.sections_people import say_minute
from bot.files.settings import Settings
from bot.files.topics import Normalise, read_topics

CLEAN, FAULTY, UNREADABLE = 0, 1, 2
_GAPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was found. `summary` holds Indonesian lines; `exit_code` is for the shell."""

    faults: tuple[Fault, ...]
    summary: tuple[str, ...]
    exit_code: int


def check(config_path: Path | str, env: Mapping[str, str], normalise: Normalise = str) -> CheckReport:
    """Read config.yaml and all that it names. Never raises for what stands in a file.

    `env` is where secrets come from; `normalise` is what the classifier does to comments before topics are
    matched. Exit code 0: clean, 1: faults, 2: the configuration itself cannot be opened.
    """
    path = Path(config_path)
    config = read_config(path, env)
    if config.root is None and not path.is_file():
        return CheckReport(config.faults, (), UNREADABLE)
    playbooks, in_playbooks = read_playbooks(config.paths("playbooks"), config.known)
    templates, in_templates = read_templates(config.paths("templates"), config.known)
    in_topics = [fault for file in config.paths("topics") for fault in read_topics(file, normalise)[1]]
    faults = (*config.faults, *sorted({*in_playbooks, *in_templates, *in_topics}))
    summary = tuple(_summary(config, playbooks, templates))
    return CheckReport(faults, summary, FAULTY if faults else CLEAN)


def _summary(
    config: Config, playbooks: tuple[Playbook, ...], templates: tuple[Template, ...]
) -> Iterator[str]:
    if config.settings is not None:
        yield from _team(config.settings)
        yield from _rotas(config.settings)
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


def _rotas(settings: Settings) -> Iterator[str]:
    for name, row in settings.rota.items():
        spans = row.empty_spans()
        if not spans:
            yield f"Rota {name}: terisi sepanjang minggu."
            continue
        named = [f"{say_minute(start)} sampai {say_minute(end)}" for start, end in spans[:_GAPS_SHOWN]]
        more = f", dan {len(spans) - _GAPS_SHOWN} lagi" if len(spans) > _GAPS_SHOWN else ""
        hours = say_length(timedelta(minutes=sum(end - start for start, end in spans)))
        yield f"Rota {name}: kosong {hours} per minggu ({'; '.join(named)}{more})."


def say_length(length: timedelta) -> str:
    """A length of time as people say it: 1 jam 30 menit."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "hari"), (hours, "jam"), (minutes, "menit"), (seconds, "detik"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 detik"
