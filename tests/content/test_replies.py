"""The proposed replies: well-formed, calm, without promises or personal data, and usable as they stand."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.comment import Platform
from bot.domain.draft_advice import About, advice_on, lines_of
from bot.domain.guard import find_personal_data, tone_findings
from bot.domain.template import (
    Fitness,
    Slot,
    SlotKind,
    Template,
    TemplateState,
    fingerprint,
    is_closed,
    render,
    usable,
)
from bot.domain.topic import fold
from classifiers.labels import Label

CONTENT = Path(__file__).parents[2] / "playbooks"
FILES = sorted((CONTENT / "replies").glob("*.yaml"))
SUBJECTS = [
    "air-listrik",
    "apresiasi",
    "bansos",
    "bencana",
    "dukcapil",
    "hoaks",
    "jalan",
    "kesehatan",
    "keselamatan-jiwa",
    "krisis-akun-diretas",
    "krisis-bencana",
    "krisis-gangguan-layanan",
    "krisis-hoaks-bencana",
    "krisis-hoaks-viral",
    "krisis-kebocoran-data",
    "krisis-kerusuhan-konflik",
    "krisis-pertanyaan",
    "krisis-ujaran-kebencian",
    "pajak",
    "sampah",
    "sekolah",
    "ujaran-kebencian",
]
ALL: list[dict[str, Any]] = [
    row for path in FILES for row in yaml.safe_load(path.read_text("utf-8"))["templates"]
]
# What a playbook's step says to everybody has rules of its own: see test_announcements.py.
ROWS = [row for row in ALL if row.get("use") != "playbook" or row["id"].startswith("keselamatan-jiwa/")]
EACH = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
TODAY = date(2026, 11, 22)


def read(row: dict[str, Any]) -> Template:
    slots = tuple(
        Slot(
            name,
            SlotKind(spec["type"]),
            spec.get("ask", ""),
            tuple(spec.get("choices", {}).items()),
            spec.get("max", 0),
        )
        for name, spec in row["slots"].items()
    )
    return Template(
        id=row["id"],
        topic=row["id"].partition("/")[0],
        title=row["title"],
        labels=tuple(row["labels"]),
        topics=tuple(row.get("topics", ())),
        keywords=tuple(row.get("keywords", ())),
        text=row["text"],
        slots=slots,
        owner=row["owner"],
        source=row.get("source", ""),
        basis=row.get("basis", ""),
        version=row["version"],
        valid_until=row["valid_until"],
        state=TemplateState(row["state"]),
    )


def longest(template: Template) -> str:
    """The text with the longest value in every slot."""
    values = {
        SlotKind.NAME: "Maria Fransiska van der Kusumawardhani",
        SlotKind.DATE: "2027-11-30",
        SlotKind.LINK: "https://kota.go.id/" + "a" * 80,
        SlotKind.TEXT: "x" * 200,
    }
    given = {
        slot.name: max(slot.choices, key=lambda choice: len(choice[1]))[0]
        if slot.kind is SlotKind.CHOICE
        else values[slot.kind]
        for slot in template.slots
    }
    return render(template, given, ["kota.go.id"])


def test_every_subject_has_a_file_with_at_least_three_texts() -> None:
    assert [path.stem for path in FILES] == SUBJECTS
    assert len(ROWS) >= 40
    counts = [len(yaml.safe_load(path.read_text("utf-8"))["templates"]) for path in FILES]
    assert min(counts) >= 3


def test_ids_and_titles_are_unique_because_they_become_buttons() -> None:
    assert len({row["id"] for row in ALL}) == len(ALL)
    assert len({row["title"] for row in ALL}) == len(ALL)


def test_every_label_that_people_answer_has_a_reply() -> None:
    assert {label for row in ROWS for label in row["labels"]} == {label.value for label in Label}


@EACH
def test_the_row_says_what_an_approver_needs(row: dict[str, Any]) -> None:
    assert 3 <= len(row["title"]) <= 24
    assert row["owner"].startswith("role:")
    assert row.get("source", "").startswith("https://") or row.get("basis")
    assert row["state"] == "proposed"
    assert row["valid_until"] > TODAY
    assert set(row["labels"]) <= {label.value for label in Label}
    assert all(word == fold(word) and " " not in word for word in row["keywords"])


@EACH
def test_the_slots_used_are_the_slots_declared_and_all_are_closed(row: dict[str, Any]) -> None:
    template = read(row)
    assert set(re.findall(r"\{(\w+)\}", row["text"])) == set(row["slots"])
    assert is_closed(template)
    assert all(slot.ask.endswith("?") for slot in template.slots if slot.kind is not SlotKind.NAME)
    assert all(len(slot.choices) >= 2 for slot in template.slots if slot.kind is SlotKind.CHOICE)


@EACH
def test_the_reply_fits_and_reads_well_with_and_without_a_name(row: dict[str, Any]) -> None:
    template = read(row)
    text = longest(template)
    assert 120 <= len(text) <= 1000
    assert text.endswith(".")
    assert "  " not in text
    nameless = re.sub(r" ?\{nama\}", "", row["text"])
    assert " ," not in nameless
    assert nameless.startswith(("Halo", "Kak"))


@EACH
def test_the_reply_is_calm_and_holds_no_personal_data(row: dict[str, Any]) -> None:
    texts = [
        row["text"],
        *(words for slot in row["slots"].values() for words in slot.get("choices", {}).values()),
    ]
    for text in texts:
        assert find_personal_data(text) == ()
        assert tone_findings(text) == ()


@EACH
def test_a_careful_colleague_has_nothing_to_say_of_what_ships(row: dict[str, Any]) -> None:
    text = longest(read(row))
    about = About(known=(text,), vetted=text, place=Platform.TELEGRAM_DM)
    assert lines_of(advice_on(text, about)) == ()
    careless = text + " BESOK PASTI SELESAI!!! Ini salah Anda sendiri."
    assert len(lines_of(advice_on(careless, about))) >= 2  # the same colleague, on words that nobody vetted


@EACH
def test_the_reply_is_in_plain_indonesian(row: dict[str, Any]) -> None:
    words = set(fold(row["text"]).split())
    officialese = {"stakeholder", "urgent", "please", "follow", "up", "dimana", "silahkan", "merubah"}
    assert not words & officialese
    assert "!" not in row["text"]


@EACH
def test_nothing_can_be_said_before_an_agency_approves_it(row: dict[str, Any]) -> None:
    template = read(row)
    assert usable(template, None, TODAY).fitness is Fitness.NOT_APPROVED
    assert (
        usable(template, fingerprint(template), template.valid_until.replace(year=2099)).fitness
        is Fitness.EXPIRED
    )


LINK = re.compile(r"https://[^\s;,]+")
OFFICIAL = {
    "aduankonten.id",
    "bnpb.go.id",
    "cekbansos.kemensos.go.id",
    "cekfakta.com",
    "dukcapil.kemendagri.go.id",
    "kemendikdasmen.go.id",
    "magma.esdm.go.id",
    "turnbackhoax.id",
    "www.bmkg.go.id",
    "www.bpjs-kesehatan.go.id",
    "www.lapor.go.id",
    "www.pajak.go.id",
    "www.pln.co.id",
}
HOTLINES = {"110", "112", "117", "119", "123", "129", "165"}


def test_only_known_national_sites_and_hotlines_are_named() -> None:
    said = [row["text"] + " " + row.get("source", "") for row in ROWS]
    hosts = {found.split("/")[2].rstrip(".") for text in said for found in LINK.findall(text)}
    assert hosts <= OFFICIAL
    numbers = {number for row in ROWS for number in re.findall(r"\b\d{3,}\b", row["text"])}
    assert numbers <= HOTLINES
