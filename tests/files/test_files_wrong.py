"""One edit, one fault: told once, exactly, at the very character, and nothing else with it."""

import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lint_table import LINT_CODES
from write_faults import meant_by
from wrong_edits import HERE, ODD, Odd, Wrong, wrongs

from bot.domain.playbook import Playbook
from bot.files.config import read_config
from bot.files.fault import Fault
from bot.files.known import Known
from bot.files.models import model_faults
from bot.files.neutral_words import read_neutral_words
from bot.files.playbooks import read_playbooks
from bot.files.replies import read_templates, templates_by_id
from bot.files.scenarios import read_scenarios
from bot.files.topics import read_topics

PLAYBOOKS = ["yaml.txt", "steps.txt", "rules.txt"]
THE_REST = ["config.txt"]
CARRIES_ON = EXAMPLE.parent / "playbooks/hoaks-viral.yaml"
"""The playbook that the good one hands on to."""
SCENARIOS = ["scenarios.txt"]


@pytest.fixture(scope="module")
def known() -> Known:
    config = read_config(EXAMPLE, ENV)
    assert config.settings is not None
    own = [HERE / "whole/templat.yaml", *config.paths("templates")]
    return replace(config.known, templates=templates_by_id(own, config.known))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each broken file is written in the place of the one before."""
    return tmp_path_factory.mktemp("salah")


def alone(found: list[Fault], wrong: Wrong) -> None:
    """This one fault, and no other."""
    assert [(fault.line, fault.column, fault.message) for fault in sorted(set(found))] == [
        (*wrong.place(), wrong.said)
    ]
    # A rule of docs/lint.md also says what to do.
    assert found[0].hint or LINT_CODES.isdisjoint(meant_by(wrong.said))


def test_the_good_files_are_good(known: Known) -> None:
    for name in PLAYBOOKS:
        for base in {wrong.base for wrong in wrongs(name)}:
            assert read_playbooks([HERE / base, CARRIES_ON], known)[1] == []


@pytest.fixture(scope="module")
def practised(known: Known) -> tuple[Playbook, ...]:
    good = [HERE / "whole/langkah.yaml", HERE / "whole/kecil.yaml", CARRIES_ON]
    playbooks, faults = read_playbooks(good, known)
    assert faults == []
    return playbooks


def test_a_good_scenario_is_read_as_it_is_written(known: Known, practised: tuple[Playbook, ...]) -> None:
    (scenario,), faults = read_scenarios([HERE / "whole/latihan.yaml"], known, practised)
    assert faults == []
    assert (scenario.playbook, scenario.lasts, scenario.opens) == ("langkah", timedelta(hours=4), "burst")
    assert [act.do for act in scenario.acts[:3]] == ["acknowledge", "answer", "answer"]
    assert scenario.acts[1].fields[:2] == (
        ("sumber", "https://bmkg.go.id/a"),
        ("fakta", "Belum ada keterangan"),
    )
    assert scenario.acts[5].items == ("mitra", "aduan")
    assert scenario.comments[0].author == "Laras"
    assert [goal.within for goal in scenario.targets] == [timedelta(minutes=m) for m in (5, 15, 240)]
    assert scenario.event is None


def test_the_message_that_opens_an_exercise_is_read_too(
    known: Known, practised: tuple[Playbook, ...]
) -> None:
    (scenario,), faults = read_scenarios([HERE / "whole/latihan-kabar.yaml"], known, practised)
    assert faults == []
    assert scenario.event is not None
    assert (scenario.event.source, scenario.event.kind) == ("bmkg", "gempa")
    assert scenario.event.fields == (("tingkat", "Awas"), ("pusat", "dekat Tanjung Melati"))


@pytest.mark.parametrize("wrong", [w for name in SCENARIOS for w in wrongs(name)], ids=str)
def test_a_scenario_broken_by_one_edit_has_that_one_fault(
    wrong: Wrong, folder: Path, known: Known, practised: tuple[Playbook, ...]
) -> None:
    (folder / "salah.yaml").write_text(wrong.text(), encoding="utf-8")
    alone(read_scenarios([folder / "salah.yaml"], known, practised)[1], wrong)


ENV_OF_ALL = ENV | {
    "JALAN": "ntfys://ntfy.kota.example/{to}",
    "DENYUT": "https://denyut.kota.example/1",
    "KABAR_SATU": "satu-rahasia-uji-yang-panjang-sekali",
    "KABAR_DUA": "dua-rahasia-uji-yang-panjang-sekali",
    "BURUK": "bukan alamat",
    "TANPA": "ntfys://ntfy.kota.example/piket",
}


@pytest.fixture(scope="module")
def agency(folder: Path) -> Path:
    """The good files side by side, since a configuration names the others."""
    shutil.copytree(HERE / "whole", folder / "instansi")
    return folder / "instansi"


def judged(path: Path, known: Known) -> list[Fault]:
    """What is wrong with this file, whatever it is."""
    if path.name == "config.yaml":
        config = read_config(path, ENV_OF_ALL)
        return [*config.faults, *model_faults(config.root, config.known.folder)]
    lists = {"topik.yaml": read_topics, "netral.yaml": read_neutral_words}
    read = lists.get(path.name)
    return read(path)[1] if read is not None else read_templates([path], known)[1]


@pytest.mark.parametrize("wrong", [w for name in THE_REST for w in wrongs(name)], ids=str)
def test_settings_templates_and_topics_broken_by_one_edit_have_that_one_fault(
    wrong: Wrong, agency: Path, known: Known
) -> None:
    path = agency / Path(wrong.base).name
    good = path.read_text(encoding="utf-8")
    assert judged(path, known) == []
    path.write_text(wrong.text(), encoding="utf-8")
    found = judged(path, known)
    path.write_text(good, encoding="utf-8")
    alone(found, wrong)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.said)
def test_bytes_that_are_no_file_of_ours_are_told_too(odd: Odd, folder: Path, known: Known) -> None:
    (folder / "aneh.yaml").write_bytes(odd.data)
    found = {
        (f.line, f.column, f.message) for f in read_playbooks([folder / "aneh.yaml", CARRIES_ON], known)[1]
    }
    assert {one for one in found if one[2] not in odd.besides} == {(*odd.place, odd.said)}


@pytest.mark.parametrize("wrong", [w for name in PLAYBOOKS for w in wrongs(name)], ids=str)
def test_a_playbook_broken_by_one_edit_has_that_one_fault(wrong: Wrong, folder: Path, known: Known) -> None:
    (folder / "salah.yaml").write_text(wrong.text(), encoding="utf-8")
    alone(read_playbooks([folder / "salah.yaml", CARRIES_ON], known)[1], wrong)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if: steps.periksa.choice == 'benar'", "if: ▸steps.perikso.choice == 'benar'", "perikso” tidak ada"),
        ("if: steps.periksa.choice == 'benar'", "if: ▸steps.tugas.done", "tugas” baru ada sesudah ini"),
        ("until: claim.new_comments(1h) < 2", "until: not ▸steps.ucap.done", "ucap” baru ada sesudah ini"),
        ("met_when: steps.tugas.done", "met_when: ▸steps.tugass.done", "tugass” tidak ada"),
        ("(2h) < 3 and steps.tugas.done", "(2h) < 3 and ▸steps.tugass.done", "tugass” tidak ada"),
        ("if: steps.periksa.choice == 'benar'", "if: ▸dan", "Nama “dan” tidak dikenal di syarat."),
    ],
)
def test_a_condition_is_judged_in_a_file_that_has_not_the_right_shape(
    folder: Path, known: Known, old: str, new: str, said: str
) -> None:
    """Else whoever mends the one is told of the other only then."""
    good = (HERE / "whole/langkah.yaml").read_text(encoding="utf-8")
    marked = good.replace(old, new).replace("remind_before", "remind_befor")
    line = next(n for n, text in enumerate(marked.splitlines(), 1) if "▸" in text)
    column = marked.splitlines()[line - 1].index("▸") + 1
    (folder / "salah.yaml").write_text(marked.replace("▸", ""), encoding="utf-8")
    found = read_playbooks([folder / "salah.yaml", CARRIES_ON], known)[1]
    (condition,) = [fault for fault in found if "remind_befor" not in fault.message]
    assert (condition.line, condition.column) == (line, column)
    assert said in condition.message
    assert len(found) == 2


def test_a_step_whose_name_is_misspelt_makes_no_condition_wrong(folder: Path, known: Known) -> None:
    good = (HERE / "whole/langkah.yaml").read_text(encoding="utf-8")
    (folder / "salah.yaml").write_text(good.replace("- id: tugas", "- idd: tugas"), encoding="utf-8")
    found = read_playbooks([folder / "salah.yaml", CARRIES_ON], known)[1]
    assert not [fault for fault in found if "tugas" in fault.message]


SERIAH = """\
playbook: v1
id: {id}
version: 1
name: Uji
summary: Untuk uji.
severity: tinggi
owner: role:koordinator
on: {{manual: [role:admin]}}
escalate:
  levels: [{{page: oncall:medsos, ack_within: 5m}}]
  exhausted: group:pimpinan
steps:
{steps}
resolve: {{confirm_by: role:koordinator}}
"""
HANDS_ON = "  - {{id: serah, name: Serah, uses: handoff, {more}with: {{playbook: {to}}}}}"
ASKS = (
    "  - {id: tanya, name: Tanya, uses: ask, to: acker, timeout: 5m, on_timeout: notify, "
    "with: {question: Lanjut, choices: {ya: Ya, tidak: Tidak}}}\n"
)


SMALL = Known(
    people={"ratna": frozenset({"koordinator"}), "sari": frozenset({"admin"})},
    groups=frozenset({"pimpinan"}),
    rotas=frozenset({"medsos"}),
)


def ring(folder: Path, first: str) -> list[Fault]:
    """Two playbooks that hand on to each other; `first` are the steps of the first one."""
    back = HANDS_ON.format(more="", to="satu")
    (folder / "satu.yaml").write_text(SERIAH.format(id="satu", steps=first))
    (folder / "dua.yaml").write_text(SERIAH.format(id="dua", steps=back))
    return read_playbooks([folder], SMALL)[1]


def test_two_playbooks_that_hand_on_to_each_other_need_a_person_in_between(
    tmp_path: Path,
) -> None:
    alone_on = HANDS_ON.format(more="", to="dua")
    found = ring(tmp_path, alone_on)
    assert [fault.message for fault in sorted(found, key=str, reverse=True)] == [
        "Playbook “dua” menyerahkan kembali tanpa jeda manusia.",
        "Playbook “satu” menyerahkan kembali tanpa jeda manusia.",
    ]
    asked = HANDS_ON.format(more="if: steps.tanya.choice == 'ya', ", to="dua")
    assert ring(tmp_path, ASKS + asked) == []


KINDS = ("approve", "publish", "draft", "freeze")


@st.composite
def graphs(draw: st.DrawFn) -> list[tuple[str, str, list[str]]]:
    """Steps with their kind and what they need, looking back only."""
    count = draw(st.integers(1, 8))
    made: list[tuple[str, str, list[str]]] = []
    for number in range(count):
        before = [name for name, _, _ in made]
        needs = draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else []
        made.append(("abcdefgh"[number], draw(st.sampled_from(KINDS)), needs))
    return made


ROWS = {
    "approve": "to: role:koordinator, timeout: 5m, on_timeout: notify",
    "publish": "with: {to: [x]}",
    "draft": "with: {template: uji/tanpa}",
    "freeze": "with: {scope: replies}",
}


def ways_back(name: str, needs: dict[str, list[str]]) -> list[list[str]]:
    """Every way from a step back to one that needs nothing."""
    if not needs[name]:
        return [[name]]
    return [[name, *way] for one in needs[name] for way in ways_back(one, needs)]


def words_at(approve: str, kinds: dict[str, str], needs: dict[str, list[str]]) -> set[str]:
    """The drafts back to the approval before it; without any, those of one that it follows at once."""
    own = {
        one
        for way in ways_back(approve, needs)
        for one in takewhile(lambda name: kinds[name] != "approve", way[1:])
        if kinds[one] == "draft"
    }
    followed = [one for one in needs[approve] if kinds[one] == "approve"]
    return own or {word for one in followed for word in words_at(one, kinds, needs)}


IN_TURN = [
    ("a", "draft", []),
    ("b", "approve", ["a"]),
    ("c", "approve", ["b"]),
    ("d", "publish", ["c"]),
]


@settings(deadline=None, max_examples=60)  # reads a file; the machine may be busy
@example(IN_TURN)
@given(graphs())
def test_words_are_let_out_only_where_some_way_back_meets_an_approval_of_a_draft(
    folder: Path, graph: list[tuple[str, str, list[str]]]
) -> None:
    steps = "\n".join(
        f"  - {{id: {name}, name: {name}, uses: {kind}, needs: [{', '.join(needs)}], {ROWS[kind]}}}"
        for name, kind, needs in graph
    )
    (folder / "graf.yaml").write_text(SERIAH.format(id="graf", steps=steps))
    found = read_playbooks([folder / "graf.yaml"], SMALL)[1]
    told = {fault.line - 13: fault.message for fault in found}
    kinds = {name: kind for name, kind, _ in graph}
    needs = {name: before for name, _, before in graph}
    for number, (name, kind, _) in enumerate(graph):
        if kind != "publish":
            continue
        ways = [[one for one in way[1:] if kinds[one] == "approve"] for way in ways_back(name, needs)]
        closest = {way[0] for way in ways if way}
        if not closest:
            assert "tanpa persetujuan" in told[number]
        else:
            has_words = any(words_at(one, kinds, needs) for one in closest)
            assert ("tidak punya teks" in told.get(number, "")) is not has_words


def test_a_file_that_cannot_be_opened_is_told_as_well(tmp_path: Path, known: Known) -> None:
    found = read_playbooks([tmp_path / "tidak-ada.yaml"], known)[1]
    assert [(fault.line, fault.column, fault.message) for fault in found] == [
        (1, 1, "Berkas ini tidak dapat dibuka.")
    ]
