"""Words that take a side: told at the very word, in a block too, and in no other playbook's words."""

from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE

from bot.domain.loaded_words import heard
from bot.files.check import check
from bot.files.config import read_config
from bot.files.neutral_advice import loaded_advice
from bot.files.neutral_words import load_neutral_words
from bot.files.playbooks import read_playbooks

SHIPPED = EXAMPLE.parent / "playbooks"
TEMPLATES = """\
replies: v1
topic: TOPIC
templates:
  - id: TOPIC/uji
    title: Uji
    labels: [hoax]
    text: |
      Halo Kak, terima kasih.

      Polisi memeriksa provokator dan {siapa}.
    slots:
      siapa: {type: choice, choices: {a: beberapa orang, b: "massa anarkis"}}
    owner: role:koordinator
    basis: SOP
    version: 1
    valid_until: 2027-12-31
    state: proposed
"""


def advised(tmp_path: Path, topic: str, text: str = TEMPLATES) -> list[tuple[int, int, str]]:
    path = tmp_path / "t.yaml"
    path.write_text(text.replace("TOPIC", topic), encoding="utf-8")
    config = read_config(EXAMPLE, ENV)
    playbooks, faults = read_playbooks([SHIPPED], config.known)
    assert faults == []
    found = loaded_advice([path], load_neutral_words(SHIPPED / "neutral-words.yaml"), playbooks)
    return [(one.line, one.column, one.message) for one in found]


def test_a_word_is_told_where_it_stands_in_a_block_and_in_a_choice(tmp_path: Path) -> None:
    assert advised(tmp_path, "kerusuhan-konflik") == [
        (10, 24, "Kata “provokator” tidak netral. Menuduh sebelum ada putusan."),
        (12, 62, "Kata “massa anarkis” tidak netral. Cap bagi semua yang hadir."),
    ]


def test_a_folded_text_is_told_where_it_begins(tmp_path: Path) -> None:
    folded = TEMPLATES.replace("text: |", "text: >")
    assert advised(tmp_path, "kerusuhan-konflik", folded)[0][:2] == (7, 11)


def test_other_playbooks_words_are_not_judged(tmp_path: Path) -> None:
    assert advised(tmp_path, "bencana") == []


def test_what_we_ship_takes_no_side(tmp_path: Path) -> None:
    said = [str(one) for one in check(EXAMPLE, ENV).advice if "tidak netral" in one.message]
    assert said == []


WORDS = load_neutral_words(SHIPPED / "neutral-words.yaml")


def test_the_shipped_list_is_about_conflicts_and_every_word_has_a_neutral_one() -> None:
    assert WORDS.playbooks >= {"kerusuhan-konflik"}
    assert {"perusuh", "massa anarkis", "oknum", "provokator"} <= {one.word for one in WORDS.words}
    assert len(WORDS.words) >= 40
    # What is proposed instead must not be on the list itself.
    assert [one.say for one in WORDS.words if list(heard(one.say, WORDS.words))] == []
    assert all(one.why.endswith(".") for one in WORDS.words)


@pytest.mark.parametrize("id_", sorted(WORDS.playbooks))
def test_the_playbooks_that_it_names_exist(id_: str) -> None:
    assert (SHIPPED / f"{id_}.yaml").is_file()
