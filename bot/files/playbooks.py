"""Playbook files: read, linted, and made into the domain's definition."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from bot.domain.playbook import Playbook
from bot.files.condition_rules import condition_faults, tree_condition_faults
from bot.files.fault import Fault, did_you_mean, fault_at, quote, without_echoes
from bot.files.known import Known
from bot.files.nodes import Entries, Scalar, descend, named, rows, text_of, texts, twice
from bot.files.rule_places import Sheet
from bot.files.section import validate
from bot.files.sections_playbook import PlaybookFile
from bot.files.slot_rules import slot_faults
from bot.files.sources import Source, kind_of, read_kind, wrong_kind
from bot.files.step_rules import handoff_faults, step_faults
from bot.files.to_playbook import playbook_of


def read_playbooks(paths: Iterable[Path], known: Known) -> tuple[tuple[Playbook, ...], list[Fault]]:
    """Every playbook of these files and folders that could be read, and everything that is wrong."""
    sheets, faults = read_sheets(paths, known)
    return tuple(sheet.playbook for sheet in sheets), faults


def read_sheets(paths: Iterable[Path], known: Known) -> tuple[tuple[Sheet, ...], list[Fault]]:
    """The same, each playbook beside the tree that it was read from, for those who point into it."""
    sources, faults = read_kind(paths, "playbook")
    sheets: list[Sheet] = []
    first: dict[str, Scalar] = {}
    for source in sources:
        root = source.root
        if missing := wrong_kind(root, "playbook"):
            faults += missing
            continue
        model, found = validate(PlaybookFile, root, known)
        own_id = [node for node in (root.get("id"),) if isinstance(node, Scalar)]
        linted = [*_lint(root), *_scenario_fault(source), *twice(own_id, "ID playbook", first)]
        if model is None:
            linted += tree_condition_faults(root)
        faults += without_echoes(faults, [*found, *without_echoes(found, linted)])
        if model is not None:
            sheets.append(Sheet(playbook_of(model, source.data), root))
    ruled = [fault for sheet in sheets for fault in _rules(sheet, known)] + [*handoff_faults(sheets)]
    return tuple(sheets), [*faults, *without_echoes(faults, ruled)]


def _rules(sheet: Sheet, known: Known) -> Iterator[Fault]:
    """What can be judged of a file that has the right shape."""
    yield from step_faults(sheet)
    yield from condition_faults(sheet)
    yield from slot_faults(sheet, known)


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """The scenarios that these playbooks can be practised with: those that they name, and those that lie
    beside them or in a folder `drills`. Where playbooks are named one by one, only those of theirs.
    """
    paths = list(paths)
    sources, _ = read_kind(paths, "playbook")
    found = [path for source in sources if (path := _scenario_file(source)) is not None]
    folders = [path for path in paths if path.is_dir()]
    beside = [path.parent for path in paths if not path.is_dir()]
    found += [source.path for source in read_kind(folders, "drill")[0] if kind_of(source.root) == "drill"]
    found += [file for folder in folders for file in _in(folder / DRILLS)]
    ids = {text_of(source.root.get("id")) for source in sources}
    around = read_kind([folder / DRILLS for folder in beside if (folder / DRILLS).is_dir()], "drill")[0]
    found += [source.path for source in around if text_of(source.root.get("playbook")) in ids]
    plain = (Path(os.path.normpath(path)) for path in found)
    return [path for path in dict.fromkeys(plain) if path.is_file()]


DRILLS = "drills"
"""The folder beside playbooks in which every file is an exercise."""


def _in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.y*ml") if file.suffix in {".yaml", ".yml"})


def _scenario_file(source: Source) -> Path | None:
    name = text_of(descend(source.root, ("drill", "scenario")))
    return source.path.parent / name if name else None


def _scenario_fault(source: Source) -> Iterator[Fault]:
    path = _scenario_file(source)
    node = descend(source.root, ("drill", "scenario"))
    if path is not None and node is not None and not path.is_file():
        message = f"Berkas skenario {quote(text_of(node))} tidak ditemukan."
        yield fault_at(node.place, message, "Dicari dari folder playbook ini.")


def _lint(root: Entries) -> Iterator[Fault]:
    """What joins distant lines; read from the tree, so that a fault elsewhere hides none."""
    sensitive = root.get("sensitive")
    if sensitive is not None and text_of(sensitive) == "true" and root.get("private_to") is None:
        message = "Playbook sensitive perlu private_to."
        yield fault_at(sensitive.place, message, "Contoh: private_to: group:pendamping")
    daytime = descend(root, ("escalate", "working_hours"))
    if daytime is not None and text_of(daytime) == "lighter" and text_of(root.get("severity")) == "darurat":
        yield fault_at(daytime.place, "Untuk severity darurat, working_hours harus same.")
    yield from _step_faults(root)


def _basis_fault(row: Entries, keys: Collection[str]) -> Iterator[Fault]:
    basis = row.get("basis")
    if isinstance(basis, Scalar) and basis.text not in keys:
        message = f"Rujukan {quote(basis.text)} tidak ada di basis."
        yield fault_at(basis.place, message, did_you_mean(basis.text, keys))


def _step_faults(root: Entries) -> Iterator[Fault]:
    yield from twice(named(root.get("steps"), "id"), "Langkah")
    basis = root.get("basis")
    keys = {key.text for key, _ in basis.pairs} if isinstance(basis, Entries) else set()
    yield from twice(named(root.get("clocks"), "id"), "Tenggat")
    for clock in rows(root.get("clocks")):
        yield from _basis_fault(clock, keys)
    before: list[str] = []
    all_ids = {step_id.text for step_id in named(root.get("steps"), "id")}
    for step in rows(root.get("steps")):
        yield from twice(named(descend(step, ("with", "items")), "id"), "Butir")
        for need in texts(step.get("needs")):
            if need.text in before:
                continue
            if need.text in all_ids:
                yield fault_at(
                    need.place, f"Langkah {quote(need.text)} baru ada sesudah ini.", "needs hanya ke atas."
                )
            else:
                yield fault_at(
                    need.place, f"Langkah {quote(need.text)} tidak ada.", did_you_mean(need.text, before)
                )
        yield from twice(texts(step.get("needs")), "Langkah")
        yield from _basis_fault(step, keys)
        before += [node.text for node in (step.get("id"),) if isinstance(node, Scalar)]
