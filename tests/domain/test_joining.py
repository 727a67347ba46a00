"""Several templates as one letter: one greeting, one leave, every gap once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.house_style import HouseStyle
from bot.domain.joining import joined
from bot.domain.public_text import LIMIT, hosts, split, units
from bot.domain.template import SLOT, Slot, SlotKind, Template, TemplateState, is_closed, render
from bot.files.config import load_settings
from bot.files.load import load_templates

ROOT = Path(__file__).resolve().parents[2]
NAME = Slot("nama", SlotKind.NAME)
LINK = Slot("tautan", SlotKind.LINK, "Tautan?")


def made(name: str, text: str, *slots: Slot, until: date = date(2027, 12, 31)) -> Template:
    return Template(
        f"uji/{name}", "uji", name, ("question",), (), (), text, slots, "role:koordinator", "https://a.go.id",
        1, until, TemplateState.PROPOSED,
    )  # fmt: skip


FIRST = made(
    "satu",
    "Halo Kak {nama}, terima kasih sudah bertanya. Syaratnya ada di {tautan}. Semoga membantu.",
    NAME, LINK,
)  # fmt: skip
SECOND = made(
    "dua",
    "Hai Kak {nama}, terima kasih infonya. Jadwalnya ada di {tautan}. Terima kasih, Kak.",
    NAME, LINK,
    until=date(2027, 1, 31),
)  # fmt: skip
THIRD = made("tiga", "Halo Kak {nama}, loket buka setiap hari kerja. Salam dari kami.", NAME)


def test_two_templates_greet_once_and_take_leave_once() -> None:
    letter = joined((FIRST, SECOND, THIRD))
    values = {"nama": "Rina", "tautan": "https://a.go.id/1", "tautan_2": "https://a.go.id/2"}
    assert render(letter, values, ["go.id"]) == (
        "Halo Kak Rina, terima kasih sudah bertanya. Syaratnya ada di https://a.go.id/1.\n\n"
        "Jadwalnya ada di https://a.go.id/2.\n\n"
        "Loket buka setiap hari kerja. Salam dari kami."
    )
    assert (letter.id, letter.title, letter.valid_until) == (
        "uji/satu",
        "satu + dua + tiga",
        date(2027, 1, 31),
    )
    assert is_closed(letter)


def test_one_template_alone_is_left_as_it_is() -> None:
    assert joined((FIRST,)) is FIRST


def test_a_text_that_is_nothing_but_a_greeting_is_kept() -> None:
    bare = made("sapa", "Halo Kak {nama}, terima kasih sudah menunggu.", NAME)
    assert joined((THIRD, bare)).text.endswith("Terima kasih sudah menunggu.")


def test_the_citizens_name_in_the_middle_stays_one_gap() -> None:
    inside = made(
        "sebut", "Kak, nomor antrean atas nama {warga} masih berlaku.", Slot("warga", SlotKind.NAME)
    )
    letter = joined((THIRD, inside))
    assert {slot.name for slot in letter.slots} == {"nama"}
    assert "atas nama {nama}" in letter.text


def shipped() -> list[Template]:
    settings = load_settings(ROOT / "config.example.yaml", {"TANGGAP_BOT_TOKEN": "1:" + "a" * 35})
    return [one for one in load_templates(settings.templates, settings) if one.use == "reply"]


SHIPPED = shipped()


@given(st.lists(st.sampled_from(SHIPPED), min_size=2, max_size=3, unique_by=lambda one: one.id))
def test_any_two_or_three_of_ours_make_one_letter(some: list[Template]) -> None:
    letter = joined(some)
    assert {slot.name for slot in letter.slots} == set(SLOT.findall(letter.text))
    assert len({slot.name for slot in letter.slots}) == len(letter.slots)
    assert HouseStyle().greets(letter.text)
    greeted = [part for part in letter.text.split("\n\n") if HouseStyle(("Halo", "Hai")).greets(part)]
    assert len(greeted) <= 1
    assert "  " not in letter.text
    kinds = {kind: sum(s.kind is kind for one in some for s in one.slots) for kind in SlotKind}
    for kind in (SlotKind.CHOICE, SlotKind.DATE, SlotKind.LINK):
        assert sum(s.kind is kind for s in letter.slots) == kinds[kind], "no gap of facts is lost"
    assert is_closed(letter) == all(map(is_closed, some))


@given(st.text(st.characters(codec=None), max_size=400), st.integers(2, 40))
def test_a_long_text_is_parted_without_losing_a_character(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)


def test_paragraphs_stay_whole_where_they_fit() -> None:
    text = "Satu kalimat.\n\nDua kalimat. Tiga kalimat.\n\nEmpat."
    assert split(text, 30) == ("Satu kalimat.\n\n", "Dua kalimat. Tiga kalimat.\n\n", "Empat.")
    assert split("a" * LIMIT) == ("a" * LIMIT,)
    assert units("👁a") == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lihat https://www.bmkg.go.id/a?b=1, ya.", ("www.bmkg.go.id",)),
        ("https://a.go.id dan http://a.go.id/x.", ("a.go.id",)),
        ("https://[aneh dan https:// saja", ()),
    ],
)
def test_where_the_links_lead(text: str, found: tuple[str, ...]) -> None:
    assert hosts(text) == found


def test_a_retired_part_is_seen_in_the_label_union() -> None:
    other = replace(SECOND, labels=("complaint", "question"))
    assert joined((FIRST, other)).labels == ("question", "complaint")
