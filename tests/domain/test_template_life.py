"""From a good reply to a template: its gap, its versions, and when somebody should look at it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.template import Template, TemplateState, fingerprint, render
from bot.domain.template_life import in_force, made_of, proposed, read_title, slots_of, stale

TODAY = date(2026, 11, 23)
LINKS = ("go.id",)
ABOUT = Template(
    "", "", "", ("question",), ("jalan",), (), "", (), "person:sari", "", 1, date(2027, 11, 23),
    TemplateState.PROPOSED,
)  # fmt: skip


def version(number: int, text: str = "Halo Kak.", *, declined: bool = False) -> Template:
    made = proposed(text, "Jalan rusak", "https://a.go.id", replace(ABOUT, version=number))
    return replace(made, state=TemplateState.RETIRED) if declined else made


def key(one: Template) -> tuple[str, int, str]:
    return one.id, one.version, one.sha256


@pytest.mark.parametrize(
    ("text", "citizen", "made"),
    [
        ("Halo Kak Rina, sudah kami cek.", "rina", "Halo Kak {nama}, sudah kami cek."),
        ("Rina, sudah kami cek.", "Rina", "Halo {nama}, sudah kami cek."),
        ("Halo Kak, Rinai hujan.", "Rina", "Halo Kak, Rinai hujan."),
        ("Halo Kak.", "https://jahat.example", "Halo Kak."),
        ("Halo Kak Rina dan Bu Rina.", "Rina", "Halo Kak {nama} dan Bu {nama}."),
    ],
)
def test_the_citizens_name_becomes_a_gap(text: str, citizen: str, made: str) -> None:
    assert made_of(text, citizen) == made


@given(st.sampled_from(["Rina", "Budi Santoso", "dewi", "Ni Luh"]), st.text("abc ,.", max_size=60))
def test_no_template_of_the_chat_names_its_first_citizen(name: str, words: str) -> None:
    template = proposed(made_of(f"Halo Kak {name}, {words}", name), "Judul", "https://a.go.id", ABOUT)
    assert name not in render(template, {"nama": ""}, LINKS)
    assert render(template, {"nama": "Sri"}, LINKS).startswith("Halo Kak Sri,")


def test_title_and_source_are_two_lines() -> None:
    assert read_title(" Jalan rusak \n\nhttps://pu.kota.go.id/a ", LINKS) == (
        "Jalan rusak",
        "https://pu.kota.go.id/a",
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Jalan rusak", "template_lines"),
        ("a\nb\nc", "template_lines"),
        ("x" * 25 + "\nhttps://a.go.id", "template_title:24"),
        ("!!!\nhttps://a.go.id", "template_title:24"),
        ("Jalan\nhttps://a.example", "template_source"),
        ("Jalan\nSOP", "template_source"),
    ],
)
def test_anything_else_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_title(typed, LINKS)


def test_braces_are_no_template() -> None:
    with pytest.raises(BadInput, match="template_braces"):
        made_of("Halo {kak}", "Rina")


def test_a_later_version_waits_beside_the_one_that_is_approved() -> None:
    first, second, third = version(1), version(2, "Halo Kak, dua."), version(3, "Halo Kak, tiga.")
    assert in_force([first], ()) == ((first,), ())
    assert in_force([first, second], ()) == ((second,), ())
    assert in_force([first, second], {key(first)}) == ((first,), (second,))
    assert in_force([first, second, third], {key(first), key(second)}) == ((second,), (third,))
    assert in_force([first, second], {key(first), key(second)}) == ((second,), ())
    gone = version(2, "Halo Kak, dua.", declined=True)
    assert in_force([first, gone], {key(first)}) == ((first,), ())
    assert in_force([version(1, declined=True)], ()) == ((), ())


def test_what_is_read_back_has_the_same_fingerprint() -> None:
    one = version(1, "Halo Kak {nama}, sudah.")
    again = replace(one, slots=slots_of(one.text), sha256="")
    assert fingerprint(again) == one.sha256


@given(st.integers(-400, 800), st.integers(0, 800), st.integers(0, 800))
def test_only_what_ends_soon_or_lies_about_is_stale(left: int, unused: int, known: int) -> None:
    template = replace(ABOUT, valid_until=TODAY + timedelta(days=left))
    found = stale(template, TODAY - timedelta(days=unused), TODAY - timedelta(days=known), TODAY)
    assert (found is None) is (left > 30 and unused < 180)
    never = stale(replace(template, valid_until=date(2099, 1, 1)), None, TODAY - timedelta(days=known), TODAY)
    assert (never is None) is (known < 180)
