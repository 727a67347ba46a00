"""Playbooks, templates and topics are read into the domain, from folders, with every file told apart."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, write

from bot.domain.incident import Severity
from bot.domain.steps import Checklist, Notify
from bot.domain.target import ACKER, Target, TargetKind
from bot.domain.template import SlotKind, TemplateState, fingerprint, is_closed, usable
from bot.domain.topic import match
from bot.files import (
    FilesFaulty,
    Settings,
    load_playbooks,
    load_settings,
    load_templates,
    load_topics,
)
from bot.files.load import load_scenarios
from bot.files.playbooks import scenario_files

PLAYBOOK = """\
playbook: v1
id: uji
version: 2
name: Uji
summary: Untuk uji.
severity: darurat
owner: role:koordinator
basis: {kip: UU 14/2008}
on:
  comment: {label: hoax, topics: [gempa], min_confidence: 0.95}
  burst: {label: hoax, count: 5, within: 10m, group_by: "${{ claim.id }}"}
  manual: [role:admin]
escalate:
  levels:
    - {page: oncall:medsos, ack_within: 5m}
    - {page: [oncall:medsos-cadangan, role:koordinator], ack_within: 10m}
  repeat: 1
  exhausted: group:pimpinan
steps:
  - {id: kabari, name: Kabari, uses: notify, to: acker, with: {text: Mohon dicek.}}
  - id: periksa
    name: Periksa
    uses: checklist
    needs: [kabari]
    basis: kip
    with: {items: [{id: bukti, text: Simpan bukti, due: 10m}, {id: lain, text: Lain, optional: true}]}
resolve: {confirm_by: role:koordinator, reopen_within: 12h}
"""
DRILL = """\
drill: v1
id: latihan-uji
playbook: uji
title: Gempa rekaan
story: Semua rekaan.
lasts: 1h
opens: manual
acts:
  - {at: 2m, do: acknowledge, by: "oncall:medsos"}
targets:
  - {what: acknowledged, within: 5m}
"""


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(EXAMPLE, ENV)


def test_a_playbook_file_becomes_the_domains_definition(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    (playbook,) = load_playbooks([tmp_path], settings)
    assert (playbook.id, playbook.version, playbook.severity) == ("uji", 2, Severity.URGENT)
    assert playbook.ladder.levels[0].page == (Target(TargetKind.ONCALL, "medsos"),)
    assert playbook.ladder.time_to_exhausted == timedelta(minutes=30)
    assert playbook.triggers.burst is not None
    assert playbook.triggers.burst.within == timedelta(minutes=10)
    told, listed = (step.uses for step in playbook.steps)
    assert isinstance(told, Notify)
    assert playbook.steps[0].to == (ACKER,)
    assert isinstance(listed, Checklist)
    assert [item.id for item in listed.required] == ["bukti"]
    assert playbook.resolve.reopen_within == timedelta(hours=12)
    assert playbook.source_text == PLAYBOOK


def test_another_letter_in_the_file_is_another_playbook(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    (before,) = load_playbooks([tmp_path], settings)
    (tmp_path / "uji.yaml").write_text(PLAYBOOK.replace("Mohon dicek.", "Mohon dicek!"))
    (after,) = load_playbooks([tmp_path], settings)
    assert before.sha256 != after.sha256


def test_a_sensitive_playbook_needs_somebody_who_may_see(tmp_path: Path, settings: Settings) -> None:
    text = PLAYBOOK.replace("severity:", "sensitive: true\nprivate_to: group:pendamping\nseverity:")
    (tmp_path / "uji.yaml").write_text(text)
    (playbook,) = load_playbooks([tmp_path], settings)
    assert playbook.sensitive
    assert playbook.private_to == Target(TargetKind.GROUP, "pendamping")


def test_the_same_id_in_two_files_names_both(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.yaml").write_text(PLAYBOOK)
    (tmp_path / "b.yaml").write_text(PLAYBOOK)
    with pytest.raises(FilesFaulty) as caught:
        load_playbooks([tmp_path], settings)
    (fault,) = caught.value.faults
    assert fault.file.endswith("b.yaml")
    assert "a.yaml baris 2" in fault.message


def test_a_file_named_twice_is_read_once(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.yaml").write_text(PLAYBOOK)
    assert len(load_playbooks([tmp_path, tmp_path / "a.yaml"], settings)) == 1


def test_everything_shipped_is_clean(settings: Settings) -> None:
    playbooks = load_playbooks(settings.playbooks, settings)
    templates = load_templates(settings.templates, settings)
    topics = load_topics(settings.topics)
    assert {"hoaks-viral", "keselamatan-jiwa"} <= {playbook.id for playbook in playbooks}
    assert len(templates) >= 40
    assert len({template.topic for template in templates}) >= 12
    assert {key for template in templates for key in template.topics} <= {topic.key for topic in topics}


def test_shipped_templates_wait_for_the_agencys_approval(settings: Settings) -> None:
    for template in load_templates(settings.templates, settings):
        assert template.state is TemplateState.PROPOSED
        assert template.sha256 == fingerprint(template)
        assert not usable(template, None, date(2026, 11, 21)).ok
        assert usable(template, template.sha256, date(2026, 11, 21)).ok


def test_a_template_keeps_its_slots_in_order(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "jalan.yaml").write_text("""\
replies: v1
topic: jalan
templates:
  - id: jalan/diterima
    title: Laporan diterima
    labels: [complaint]
    keywords: [Aspal]
    text: Halo Kak {nama}, {tindak} di {ruas}.
    slots:
      nama: {type: name}
      tindak: {type: choice, choices: {ya: ya, tidak: tidak}}
      ruas: {type: text, max: 80}
    owner: role:koordinator
    basis: SOP
    version: 3
    valid_until: 2027-12-31
    state: retired
""")
    (template,) = load_templates([tmp_path], settings)
    assert [slot.kind for slot in template.slots] == [SlotKind.NAME, SlotKind.CHOICE, SlotKind.TEXT]
    assert template.slots[1].choices == (("ya", "ya"), ("tidak", "tidak"))
    assert template.keywords == ("aspal",)
    assert not is_closed(template)
    assert template.state is TemplateState.RETIRED


def test_topics_meet_the_slang_that_the_normaliser_mends(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        "topics: v1\nentries:\n"
        "  jalan: {name: Jalan, words: [bolong], phrases: [jln rusak], except: [bolong hati]}\n"
    )
    topics = load_topics(tmp_path / "t.yaml", lambda text: text.replace("jln", "jalan"))
    assert match(topics, "jalan rusak parah") == ("jalan",)
    assert match(topics, "jln rusak parah") == ("jalan",)
    assert match(topics, "bolong hati") == ()


def test_a_folder_gives_each_reader_its_own_files(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    shutil.copy(settings.topics, tmp_path / "topik.yaml")
    (tmp_path / "catatan.txt").write_text("bukan yaml")
    assert [playbook.id for playbook in load_playbooks([tmp_path], settings)] == ["uji"]
    with pytest.raises(FilesFaulty, match="harus diawali"):
        load_playbooks([tmp_path / "topik.yaml"], settings)


def test_an_exercise_in_the_folder_of_its_playbook_is_read_as_what_it_says_it_is(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    beside = tmp_path / "latihan-uji.yaml"
    beside.write_text(DRILL)
    (tmp_path / "drills").mkdir()
    for name in ("satu", "dua"):
        text = DRILL.replace("id: latihan-uji", f"id: {name}")
        (tmp_path / "drills" / f"{name}.yaml").write_text(text)
    playbooks = load_playbooks([tmp_path], settings)
    assert [playbook.id for playbook in playbooks] == ["uji"]
    found = load_scenarios(scenario_files([tmp_path]), settings, playbooks)
    assert {one.id for one in found} == {"latihan-uji", "satu", "dua"}
    with pytest.raises(FilesFaulty, match="harus diawali “playbook: v1”") as told:
        load_playbooks([beside], settings)
    assert len(told.value.faults) == 1, "one clear fault in place of one for every key"


def test_where_playbooks_are_named_one_by_one_only_their_own_exercises_are_offered(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "uji.yaml").write_text(DRILL)
    other = DRILL.replace("playbook: uji", "playbook: lain").replace("id: latihan-uji", "id: lain")
    (tmp_path / "drills" / "lain.yaml").write_text(other)
    playbooks = load_playbooks([tmp_path / "uji.yaml"], settings)
    found = load_scenarios(scenario_files([tmp_path / "uji.yaml"]), settings, playbooks)
    assert [one.id for one in found] == ["latihan-uji"]
    with pytest.raises(FilesFaulty, match="Playbook “lain” tidak ada"):
        load_scenarios(scenario_files([tmp_path]), settings, playbooks)


def test_an_exercise_that_cannot_be_read_is_told_and_not_left_out(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "uji.yaml").write_text(PLAYBOOK)
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "rusak.yaml").write_text("drill: [v1\n")
    with pytest.raises(FilesFaulty, match="rusak"):
        load_scenarios(scenario_files([tmp_path]), settings, load_playbooks([tmp_path], settings))


def test_a_folder_file_of_no_known_kind_is_told(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "apa.yaml").write_text("judul: apa\n")
    with pytest.raises(FilesFaulty, match="playbook: v1"):
        load_playbooks([tmp_path], settings)


def test_playbooks_are_judged_against_this_agencys_people(tmp_path: Path) -> None:
    small = load_settings(write(tmp_path), ENV)
    load_playbooks(small.playbooks, small)
    text = (tmp_path / "config.yaml").read_text().replace("  pendamping: [ratna, sari]\n", "")
    (tmp_path / "config.yaml").write_text(text)
    smaller = load_settings(tmp_path / "config.yaml", ENV)
    with pytest.raises(FilesFaulty, match="Kelompok “pendamping” tidak ada"):
        load_playbooks(smaller.playbooks, smaller)
