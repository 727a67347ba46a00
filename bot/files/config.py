"""Reading config.yaml: the tree, the names in it, the model, and the rules between its sections."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.files.config_rules import config_faults
from bot.files.fault import Fault, FilesFaulty, fault_at, without_echoes
from bot.files.known import Known, known_of
from bot.files.nodes import Entries, Node, Scalar, text_of, texts
from bot.files.references import SHIPPED_FILES, find
from bot.files.section import validate
from bot.files.sections_calendar import HolidaysFile
from bot.files.settings import Settings
from bot.files.sources import read, wrong_kind
from bot.files.topics import topic_keys


@dataclass(frozen=True, slots=True)
class Config:
    """What came of one config.yaml. `settings` is None where there are faults; `known` is always there."""

    settings: Settings | None
    known: Known
    faults: tuple[Fault, ...]
    root: Entries | None

    def paths(self, key: str) -> list[Path]:
        """The files and folders under `playbooks`, `templates` or `topics` that exist."""
        node = self.root.get(key) if self.root else None
        named = [text_of(node)] if isinstance(node, Scalar) else [text.text for text in texts(node)]
        shipped = SHIPPED_FILES[key]
        return [
            path for name in named or ["bawaan"] if (path := find(name, self.known.folder, shipped)).exists()
        ]


def load_settings(path: Path | str, env: Mapping[str, str]) -> Settings:
    """Read config.yaml. `env` holds the environment that secrets come from. Raises FilesFaulty."""
    config = read_config(Path(path), env)
    if config.settings is None:
        raise FilesFaulty(config.faults)
    return config.settings


def read_config(path: Path, env: Mapping[str, str]) -> Config:
    """As load_settings, with the faults beside, for those who go on to check the other files."""
    folder = path.absolute().parent
    root, faults = read(path)
    if not isinstance(root, Entries):
        if root is not None:
            faults.append(fault_at(root.place, "Berkas ini harus berisi kunci dan nilai."))
        return Config(None, Known(folder, env), tuple(faults), None)
    root, included = _with_holidays(root, folder)
    known = known_of(root, folder, env)
    settings, found = validate(Settings, root, known)
    if settings is not None and known.unread:
        # Nothing is wrong with the sections themselves: then every reference is judged.
        known = replace(known, unread=frozenset())
        settings, found = validate(Settings, root, known)
    faults += without_echoes(faults, [*included, *found, *config_faults(root, known)])
    config = Config(None if faults else settings, known, tuple(sorted(set(faults))), root)
    topics = config.paths("topics")
    return replace(config, known=replace(known, topics=topic_keys(topics[0]) if topics else None))


def _with_holidays(root: Entries, folder: Path) -> tuple[Entries, list[Fault]]:
    """Put the entries of a holiday file in the place of its name; each keeps its own file and line."""
    name = root.get("holidays")
    if not isinstance(name, Scalar) or not text_of(name):
        return root, []
    path = folder / name.text
    if not path.is_file():
        fault = fault_at(
            name.place, "Berkas hari libur ini tidak ditemukan.", "Dicari dari folder config.yaml."
        )
        return _replaced(root, "holidays", None), [fault]
    held, faults = read(path)
    entries: Node | None = None
    if isinstance(held, Entries):
        _, found = validate(HolidaysFile, held, Known())
        faults += wrong_kind(held, "holidays") or found
        entries = held.get("entries")
    return _replaced(root, "holidays", None if faults else entries), faults


def _replaced(root: Entries, key: str, node: Node | None) -> Entries:
    """The tree with another value under a key, or without the key."""
    pairs = tuple((name, node if name.text == key else held) for name, held in root.pairs)
    return replace(root, pairs=tuple((name, held) for name, held in pairs if held is not None))


def known_names(settings: Settings, env: Mapping[str, str] | None = None) -> Known:
    """The names that settings define, for reading playbooks and templates against them."""
    return Known(
        env=env or {},
        people={row.id: frozenset(role.value for role in row.roles) for row in settings.people},
        groups=frozenset(settings.groups),
        units=frozenset(unit.id for unit in settings.units),
        rotas=frozenset(settings.rota),
        topics=topic_keys(settings.topics),
    )
