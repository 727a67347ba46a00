"""What `check` says about playbooks that are right and may still not do what the agency wants."""

import re
from datetime import date
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, write
from wrong_edits import HERE

from bot.files.check import CLEAN, check

TODAY = date(2026, 11, 22)
CONFIG = EXAMPLE.read_text(encoding="utf-8")
PLAYBOOK = (HERE / "whole/langkah.yaml").read_text(encoding="utf-8")


def told(folder: Path, *edits: tuple[str, str], config: str = CONFIG, today: date = TODAY) -> list[str]:
    """All advice about the good playbook with these edits, in the office of the example."""
    text = PLAYBOOK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "langkah.yaml").write_text(text)
    path = write(folder, text=config.replace("playbooks: [bawaan]", "playbooks: [bawaan, langkah.yaml]"))
    report = check(path, ENV, today=today)
    assert report.exit_code == CLEAN, report.faults
    return [line for line in report.summary if line.startswith("Perhatian:")]


def said(folder: Path, *edits: tuple[str, str], config: str = CONFIG, today: date = TODAY) -> list[str]:
    """What of it is about the good playbook alone."""
    return [line for line in told(folder, *edits, config=config, today=today) if "playbook langkah" in line]


SCENARIO = (HERE / "whole/latihan.yaml").read_text(encoding="utf-8")
LINKS = ("allow: [bmkg.go.id]", "allow: [bmkg.go.id, magma.example]")


def test_a_sound_playbook_gets_no_advice(tmp_path: Path) -> None:
    (tmp_path / "skenario.yaml").write_text(SCENARIO)
    assert said(tmp_path, ("  every: 90d", "  every: 90d\n  scenario: skenario.yaml")) == []


def test_an_exercise_that_is_due_without_a_story_is_pointed_out(tmp_path: Path) -> None:
    assert said(tmp_path) == ["Perhatian: playbook langkah: latihannya belum punya skenario."]


@pytest.mark.parametrize(
    ("edit", "advice"),
    [
        (("approvals: 1", "approvals: 3"), "langkah setuju: perlu 3 persetujuan, yang berhak hanya 2 orang"),
        (("approvals: 1", "approvals: 2"), "langkah setuju: tepat 2 orang berhak menyetujui"),
        (("with: {for: 6h, until:", "with: {until:"), "langkah reda: menunggu tanpa batas"),
        (LINKS, "langkah naskah: tautan dari magma.example ditolak saat tayang"),
        (("reviewed: 2026-11-01", "reviewed: 2026-01-01"), "tinjauan sudah lewat sejak 30-06-2026"),
    ],
)
def test_each_worry_is_said_once_at_its_step(tmp_path: Path, edit: tuple[str, str], advice: str) -> None:
    found = [line for line in said(tmp_path, edit) if advice in line]
    assert len(found) == 1


def test_a_list_of_things_that_nobody_has_to_do_is_pointed_out(tmp_path: Path) -> None:
    edit = ("- {id: mitra, text: Kabari mitra, due: 30m}", "- {id: mitra, text: Kabari, optional: true}")
    advice = "Perhatian: playbook langkah, langkah tugas: semua butir optional, jadi semuanya dianggap wajib."
    assert advice in said(tmp_path, edit)


def test_words_that_run_out_are_said_before_they_are_needed(tmp_path: Path) -> None:
    found = said(tmp_path, today=date(2029, 1, 1))
    assert any("templat hoaks-bencana/sikap-awal habis berlaku pada" in line for line in found)
    assert any("tinjauan sudah lewat" in line for line in found)


NO_CHANNEL = """\
  public:                                    # kanal publik dan grup diskusinya; boleh kosong
    - name: Kanal Kota Contoh
      channel: -1001000000003
      discussion: -1001000000004             # bot harus menjadi admin di grup diskusi ini
"""


def test_a_post_without_a_channel_of_our_own_is_said_to_fall_to_people(tmp_path: Path) -> None:
    assert CONFIG.count(NO_CHANNEL) == 1
    (line,) = [one for one in said(tmp_path, config=CONFIG.replace(NO_CHANNEL, "")) if "tayang" in one]
    assert line == (
        "Perhatian: playbook langkah, langkah tayang: telegram-channel belum ada di chats.public; "
        "orang yang akan diminta menayangkannya."
    )


def rota_from(*shifts: str) -> str:
    """The example's office with these shifts as its first rota."""
    rows = "".join(f"      - {shift}\n" for shift in shifts)
    return re.sub(r"(?m)^(  medsos:\n(?:    .*\n)*?    shifts:.*\n)(?:      .*\n)+", rf"\g<1>{rows}", CONFIG)


@pytest.mark.parametrize(
    ("shifts", "empty"),
    [
        (["{days: sen-min, from: 00:00, to: 00:00, people: [sari]}"], None),
        (["{days: sen-min, from: 07:00, to: 06:00, people: [sari]}"], "14 jam"),
        (["{days: sen-jum, from: 00:00, to: 00:00, people: [sari]}"], "4 hari"),
        (["{rotate: 7d, since: 2026-11-24 00:00, people: [sari, made]}"], "2 hari"),
    ],
)
def test_a_level_with_nobody_in_the_next_fourteen_days_is_said_once(
    tmp_path: Path, shifts: list[str], empty: str | None
) -> None:
    found = [
        line for line in told(tmp_path, config=rota_from(*shifts)) if "tingkat oncall:medsos kosong" in line
    ]
    assert [line.partition(" kosong ")[2].partition(" dalam ")[0] for line in found] == [empty] * bool(empty)
