"""The manuals say what the program does: same buttons, same commands, same rights, same words."""

import re
from pathlib import Path

import pytest

from bot.chat.words import (
    board,
    bulk,
    buttons,
    claims,
    clusters,
    data,
    moderation,
    names,
    notes,
    preview,
    referral,
    sharing,
    siaga,
    templates,
)
from bot.domain.guard import find_personal_data
from bot.domain.people import Role, table_markdown
from classifiers.labels import Label

DOCS = Path(__file__).parents[2] / "docs"
MANUALS = {path.stem: path.read_text("utf-8") for path in (DOCS / "panduan").glob("*.md")}
GLOSSARY = (DOCS / "glossary.md").read_text("utf-8")
COMMANDS = {
    "mulai", "start", "bantuan", "antrean", "cari", "lapor", "klaim", "templat", "piket", "tukar", "krisis",
    "latihan", "laporan", "kunci", "buka", "siaga", "status",
}  # fmt: skip
ON_THE_CARDS = (
    buttons.TAKE,
    buttons.REPLY,
    buttons.LABEL,
    buttons.ESCALATE,
    buttons.SNOOZE,
    buttons.CLOSE,
    buttons.WRITE,
    buttons.SUBMIT,
    buttons.APPROVE,
    buttons.RETURN,
    buttons.REJECT,
    buttons.ACKNOWLEDGE,
    buttons.RAISE,
    buttons.RESOLVE,
    buttons.ANSWER_REVIEW,
    buttons.WAIVE_REVIEW,
    buttons.AGREE_SWAP,
    buttons.DECLINE_SWAP,
    buttons.REACHED,
    buttons.RESEND,
    buttons.ALREADY_SENT,
    buttons.FILL_FORM,
    buttons.SEND_FORM,
    buttons.CHANGE_TEXT,
    buttons.POSTED,
    buttons.DROP_POST,
    buttons.RELEASE_HELD,
    buttons.ACCEPT,
    buttons.DECLINE,
    buttons.SKIP,
    buttons.REPEAT,
    buttons.HAND_OVER,
    buttons.STAND_DOWN,
    buttons.MERGE,
    buttons.START_DRILL,
    bulk.CLOSE_ALL,
    bulk.LABEL_ALL,
    bulk.REPLY_ALL,
    bulk.CONFIRM,
    bulk.UNDO,
    moderation.OPEN,
    moderation.MOVE_NOW,
    moderation.ANEW,
    moderation.WITHDRAW,
    moderation.CONFIRM,
    claims.CHECK,
    claims.TYPE,
    claims.FINDING,
    claims.CONFIRM,
    claims.TEMPLATE,
    claims.CORRECTED,
    claims.TOLD,
    claims.REWORD,
    claims.CLOSE,
    claims.REOPEN,
    claims.LEAVE,
    claims.TURN_STANCE,
    claims.TURN_BACK,
    data.ASK,
    clusters.ALL,
    clusters.REST,
    clusters.CORRECT,
    clusters.CORRECT_NOW,
    clusters.CORRECT_REST,
    clusters.STOP,
    clusters.JOIN.strip(),
    clusters.LOOK.strip(),
    clusters.SPLIT.strip(),
    board.SHOW_NEXT,
    siaga.SET,
    siaga.LIFT,
    preview.PREVIEW,
    preview.MORE_TEMPLATES,
    templates.MAKE,
    templates.DECLINE,
    referral.LAPOR,
    referral.WITHOUT_WORDS,
    notes.NOTE,
    sharing.ASSIGN,
    sharing.OTHER_NAME,
    sharing.TO_QUEUE,
    sharing.ACCEPT,
)


def test_the_manuals_are_there() -> None:
    assert set(MANUALS) == {
        "admin",
        "antrean",
        "bersama",
        "serupa",
        "koordinator",
        "pendamping",
        "piket",
        "gaya-bahasa",
        "melatih-bot",
        "laporan",
        "insiden",
        "krisis",
        "latihan",
        "klaim",
        "mencari",
        "kata-kata",
        "moderasi",
    }


@pytest.mark.parametrize("button", ON_THE_CARDS)
def test_every_button_is_explained_as_it_is_written(button: str) -> None:
    assert any(button in text for text in MANUALS.values())
    assert button in GLOSSARY


def test_every_command_is_named_and_none_is_invented() -> None:
    named = set(re.findall(r"(?<![\w/.`<])/([a-z]+)\b", " ".join(MANUALS.values())))
    assert named == COMMANDS


def test_the_printed_rights_are_the_rights_in_force() -> None:
    printed = MANUALS["koordinator"].split("<!-- izin:awal -->")[1].split("<!-- izin:akhir -->")[0]
    assert printed.strip() == table_markdown().strip()


def test_the_glossary_has_every_label_and_role_as_on_screen() -> None:
    assert all(f"| {label.value} | {names.LABELS[label]} |" in GLOSSARY for label in Label)
    assert all(f"| {role.value} |" in GLOSSARY for role in Role)


@pytest.mark.parametrize("name", sorted(MANUALS))
def test_a_manual_is_short_and_names_nobody(name: str) -> None:
    text = MANUALS[name]
    assert len(text.split()) <= 1200
    assert find_personal_data(text) == ()


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in [*(DOCS / "panduan").glob("*.md"), DOCS / "glossary.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


PAGES = [*(DOCS / "panduan").glob("*.md"), *DOCS.glob("*.md"), DOCS.parent / "README.md"]
SMALL = 130_000
"""Bytes of a picture that a phone still loads on a poor line."""


def test_every_picture_is_there_small_and_named_where_somebody_reads() -> None:
    named = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text("utf-8"))
    }
    kept = set((DOCS / "img").glob("*.png"))
    assert {path.name for path in named} == {path.name for path in kept}
    assert all(path.is_file() for path in named)
    assert [path.name for path in kept if path.stat().st_size > SMALL] == []
