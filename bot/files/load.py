"""What the application calls to read the files: the objects, or every fault at once."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from bot.domain.playbook import Playbook
from bot.domain.scenario import Scenario
from bot.domain.template import Template
from bot.files.config import known_names
from bot.files.fault import FilesFaulty
from bot.files.known import Known
from bot.files.nodes import Entries, text_of
from bot.files.playbooks import read_sheets, scenario_files
from bot.files.replies import read_templates, templates_by_id
from bot.files.rule_places import Sheet
from bot.files.scenarios import read_scenarios
from bot.files.section import validate_frozen
from bot.files.sections_playbook import PlaybookFile
from bot.files.settings import Settings
from bot.files.sources import read_kind
from bot.files.strict_yaml import parse
from bot.files.to_playbook import playbook_of


def load_playbooks(paths: Iterable[Path], settings: Settings) -> tuple[Playbook, ...]:
    """Read playbooks, checked against the people and topics of these settings. Raises FilesFaulty."""
    return tuple(sheet.playbook for sheet in load_sheets(paths, settings))


def load_beside(path: Path, settings: Settings) -> tuple[Playbook, tuple[Playbook, ...]]:
    """The playbook of this file, and all of the settings' with it in the place of the one of its id, as if it
    were in use. Raises FilesFaulty.
    """
    own = {text_of(source.root.get("id")) for source in read_kind([path], "playbook")[0]}
    in_use = read_kind(settings.playbooks, "playbook")[0]
    others = [source.path for source in in_use if text_of(source.root.get("id")) not in own]
    playbooks = load_playbooks([path, *others], settings)
    return next(one for one in playbooks if one.id in own), playbooks


def load_sheets(paths: Iterable[Path], settings: Settings) -> tuple[Sheet, ...]:
    """The same, for those who point into the files. Raises FilesFaulty."""
    known = known_names(settings)
    known = replace(known, templates=templates_by_id(settings.templates, known))
    sheets, faults = read_sheets(paths, known)
    if faults:
        raise FilesFaulty(faults)
    return sheets


def load_scenarios(
    paths: Iterable[Path], settings: Settings, playbooks: Collection[Playbook]
) -> tuple[Scenario, ...]:
    """Read the scenarios of exercises, checked against these playbooks. Raises FilesFaulty."""
    scenarios, faults = read_scenarios(paths, known_names(settings), playbooks)
    if faults:
        raise FilesFaulty(faults)
    return scenarios


def load_drills(settings: Settings, playbooks: Collection[Playbook]) -> tuple[Scenario, ...]:
    """The scenarios that the playbooks of these settings can be practised with. Raises FilesFaulty."""
    return load_scenarios(scenario_files(settings.playbooks), settings, playbooks)


def load_templates(paths: Iterable[Path], settings: Settings) -> tuple[Template, ...]:
    """Read reply templates, approved or not, checked against these settings. Raises FilesFaulty."""
    templates, faults = read_templates(paths, known_names(settings))
    if faults:
        raise FilesFaulty(faults)
    return templates


def frozen_playbook(text: str) -> Playbook:
    """The playbook that a run was opened with, from the text kept with it.

    People and topics of today are not asked for: the definition held when it was frozen. A key that a later
    version has added or an older one had means nothing here and stops no incident. Raises FilesFaulty.
    """
    data = text.encode()
    root, faults = parse(data, "playbook")
    if isinstance(root, Entries):
        model, found = validate_frozen(PlaybookFile, root, Known(judged=False))
        if model is not None:
            return playbook_of(model, data)
        faults += found
    raise FilesFaulty(faults)
