"""One edit, one fault: told once, exactly, at the very character, and nothing else with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE
from wrong_edits import HERE, Wrong, wrongs

from bot.domain.playbook import Playbook
from bot.files.config import read_config
from bot.files.fault import Fault
from bot.files.known import Known
from bot.files.playbooks import read_playbooks
from bot.files.scenarios import read_scenarios

PLAYBOOKS = ["steps.txt"]
SCENARIOS = ["scenarios.txt"]


@pytest.fixture(scope="module")
def known() -> Known:
    config = read_config(EXAMPLE, ENV)
    assert config.settings is not None
    return config.known


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each broken file is written in the place of the one before."""
    return tmp_path_factory.mktemp("salah")


def alone(found: list[Fault], wrong: Wrong) -> None:
    """This one fault, and no other."""
    assert [(fault.line, fault.column, fault.message) for fault in sorted(set(found))] == [
        (*wrong.place(), wrong.said)
    ]


def test_the_good_files_are_good(known: Known) -> None:
    for name in PLAYBOOKS:
        for base in {wrong.base for wrong in wrongs(name)}:
            assert read_playbooks([HERE / base], known)[1] == []


@pytest.fixture(scope="module")
def practised(known: Known) -> tuple[Playbook, ...]:
    return read_playbooks([HERE / "whole/langkah.yaml"], known)[0]


def test_a_good_scenario_is_read_as_it_is_written(known: Known, practised: tuple[Playbook, ...]) -> None:
    (scenario,), faults = read_scenarios([HERE / "whole/latihan.yaml"], known, practised)
    assert faults == []
    assert (scenario.playbook, scenario.lasts, scenario.opens) == ("langkah", timedelta(hours=4), "burst")
    assert [act.do for act in scenario.acts[:3]] == ["acknowledge", "answer", "answer"]
    assert scenario.acts[1].fields == (("fakta", "Belum ada keterangan"),)
    assert scenario.acts[5].items == ("mitra", "aduan")
    assert scenario.comments[0].author == "Laras"
    assert [goal.within for goal in scenario.targets] == [timedelta(minutes=m) for m in (5, 15, 240)]


@pytest.mark.parametrize("wrong", [w for name in SCENARIOS for w in wrongs(name)], ids=str)
def test_a_scenario_broken_by_one_edit_has_that_one_fault(
    wrong: Wrong, folder: Path, known: Known, practised: tuple[Playbook, ...]
) -> None:
    (folder / "salah.yaml").write_text(wrong.text(), encoding="utf-8")
    alone(read_scenarios([folder / "salah.yaml"], known, practised)[1], wrong)


@pytest.mark.parametrize("wrong", [w for name in PLAYBOOKS for w in wrongs(name)], ids=str)
def test_a_playbook_broken_by_one_edit_has_that_one_fault(wrong: Wrong, folder: Path, known: Known) -> None:
    (folder / "salah.yaml").write_text(wrong.text(), encoding="utf-8")
    alone(read_playbooks([folder / "salah.yaml"], known)[1], wrong)
