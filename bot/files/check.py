"""`tanggap check`: every file of the agency, every fault at once, and what a person should know besides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.domain.people import Role
from bot.domain.playbook import Playbook
from bot.domain.template import Template, TemplateState, is_closed
from bot.files.advice import playbook_advice
from bot.files.advice_team import team_advice
from bot.files.alone import idle_levels, lonely_ladders, lonely_rotas, say_length, say_rotas
from bot.files.config import Config, read_config
from bot.files.empty import empty_hours
from bot.files.fault import Fault
from bot.files.models import model_faults
from bot.files.neutral_advice import loaded_advice
from bot.files.neutral_words import read_neutral_words
from bot.files.other_ways import say_other_ways
from bot.files.outside import say_outside, unheard
from bot.files.playbooks import read_sheets, scenario_files
from bot.files.replies import by_id, read_templates
from bot.files.rule_places import Office, Sheet
from bot.files.scenarios import read_scenarios
from bot.files.settings import Settings
from bot.files.topics import Normalise, read_topics

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was found. `advice` has a place as a fault has, but is no reason not to start.

    `summary` holds Indonesian lines; `exit_code` is for the shell.
    """

    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]
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
        return CheckReport(config.faults, (), (), UNREADABLE)
    templates, in_templates = read_templates(config.paths("templates"), config.known)
    known = config.known if in_templates else replace(config.known, templates=by_id(templates))
    sheets, in_playbooks = read_sheets(config.paths("playbooks"), known)
    playbooks = tuple(sheet.playbook for sheet in sheets)
    in_lists = [fault for file in config.paths("topics") for fault in read_topics(file, normalise)[1]]
    in_lists += [fault for file in config.paths("neutral_words") for fault in read_neutral_words(file)[1]]
    scenarios = scenario_files(config.paths("playbooks"))
    in_scenarios = read_scenarios(scenarios, config.known, playbooks)[1] if not in_playbooks else []
    in_models = model_faults(config.root, config.known.folder)
    faults = (*config.faults, *sorted({*in_models, *in_playbooks, *in_scenarios, *in_templates, *in_lists}))
    summary = tuple(_summary(config, playbooks, templates))
    advice = tuple(_advice(config, sheets, by_id(templates), today))
    return CheckReport(faults, advice, summary, FAULTY if faults else CLEAN)


def _advice(
    config: Config, sheets: tuple[Sheet, ...], templates: Mapping[str, Template], today: date | None
) -> list[Fault]:
    """In file order; the same thing at the same place once."""
    if config.settings is None or config.root is None:
        return []
    settings, office = config.settings, Office(config.settings, config.root)
    found = [
        *team_advice(office),
        *lonely_rotas(office),
        *lonely_ladders(settings, sheets),
        *idle_levels(settings, sheets),
        *unheard(settings, sheets),
        *playbook_advice(settings, sheets, templates, today),
        *_loaded(config, sheets),
        *(empty_hours(settings, sheets, today) if today is not None else ()),
    ]
    return sorted(set(found))


def _loaded(config: Config, sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    for path in config.paths("neutral_words"):
        words, playbooks = read_neutral_words(path)[0], [sheet.playbook for sheet in sheets]
        yield from loaded_advice(config.paths("templates"), words, playbooks)


def _summary(
    config: Config, playbooks: tuple[Playbook, ...], templates: tuple[Template, ...]
) -> Iterator[str]:
    if unread := ", ".join(sorted(config.known.unread)):
        yield f"Rujukan ke {unread} belum diperiksa: perbaiki dulu bagian itu, lalu periksa lagi."
    if config.settings is not None:
        yield from _team(config.settings)
        yield from _public(config.settings)
        yield from say_rotas(config.settings)
        yield from say_other_ways(config.settings)
        yield from say_outside(config.settings)
    for playbook in playbooks:
        length = say_length(playbook.ladder.time_to_exhausted)
        whom = ", ".join(str(target) for target in playbook.ladder.exhausted)
        yield f"Playbook {playbook.id}: bila tak ada yang menjawab, setelah {length} {whom} diberi tahu."
    offered = [template for template in templates if template.state is not TemplateState.RETIRED]
    closed = sum(map(is_closed, offered))
    if offered or config.settings is not None:
        yield f"{len(offered)} templat, {closed} tanpa isian bebas; disetujui lewat /templat."


def _team(settings: Settings) -> Iterator[str]:
    holders = {role: sum(role in row.roles for row in settings.people) for role in Role}
    counts = ", ".join(f"{count} {role.value}" for role, count in holders.items() if count)
    yield f"{len(settings.people)} orang: {counts}."


def _public(settings: Settings) -> Iterator[str]:
    """A bot may serve private messages alone, so it is no fault; whoever forgot it hears nobody."""
    if not settings.chats.public:
        yield (
            "Belum ada kanal publik (chats.public): komentar warga di kanal tidak terdengar. "
            "Tulis ID kanal dan grup diskusinya bila bot melayani kanal."
        )
