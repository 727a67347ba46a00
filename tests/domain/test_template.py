"""A template is filled, judged, suggested and compared, always with the words a person will see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.suggest import suggest
from bot.domain.template import (
    Change,
    Fitness,
    Slot,
    SlotFault,
    SlotKind,
    Template,
    TemplateState,
    differences,
    fingerprint,
    is_closed,
    link_is_allowed,
    presentable_name,
    render,
    say_date,
    usable,
)

TODAY = date(2026, 11, 21)
LINKS = ("go.id",)
NAME = Slot("nama", SlotKind.NAME)
TEXT = "Halo Kak {nama}, ruas itu {tindak}. Lihat {tautan} ya."


def road(**changes: object) -> Template:
    template = Template(
        id="jalan/diterima",
        topic="jalan",
        title="Laporan jalan",
        labels=("complaint",),
        topics=("jalan-rusak",),
        keywords=("lubang",),
        text=TEXT,
        slots=(
            NAME,
            Slot(
                "tindak", SlotKind.CHOICE, choices=(("survei", "akan disurvei"), ("sudah", "sudah ditambal"))
            ),
            Slot("tautan", SlotKind.LINK),
        ),
        owner="role:koordinator",
        source="https://www.lapor.go.id",
        version=1,
        valid_until=date(2027, 12, 31),
        state=TemplateState.PROPOSED,
    )
    template = replace(template, **changes)  # type: ignore[arg-type] # any field may be varied by a test
    return replace(template, sha256=fingerprint(template))


GIVEN = {"nama": "Ratna", "tindak": "survei", "tautan": "https://www.lapor.go.id/x"}


def test_a_filled_template_reads_as_written() -> None:
    text = render(road(), GIVEN, LINKS)
    assert text == "Halo Kak Ratna, ruas itu akan disurvei. Lihat https://www.lapor.go.id/x ya."


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "💥🔥",
        "slot88.bet gacor",
        "www.situs",
        "0812 3456 7890",
        "@promo_murah",
        "Menang Judi Setiap Hari Klik Sini",
        "x" * 41,
        "...",
    ],
)
def test_a_display_name_that_is_no_name_leaves_a_clean_salutation(shown: str) -> None:
    assert render(road(), GIVEN | {"nama": shown}, LINKS).startswith("Halo Kak, ruas itu")


@pytest.mark.parametrize(
    ("shown", "said"),
    [("Ibu Sri R. Wahyuni", "Ibu Sri R. Wahyuni"), ("  Nur\u200b  Aini ", "Nur Aini"), ("Ma'ruf", "Ma'ruf")],
)
def test_real_names_stay(shown: str, said: str) -> None:
    assert presentable_name(shown) == said


@given(st.text(max_size=80))
def test_no_display_name_can_carry_a_link_a_number_or_a_line_break(shown: str) -> None:
    said = presentable_name(shown)
    assert not any(c.isdigit() or c in "\n@/:<>&{}" for c in said)
    assert len(said) <= 40
    assert presentable_name(said) == said


@pytest.mark.parametrize(
    "link",
    [
        "http://www.lapor.go.id",
        "https://go.id.jahat.com",
        "https://jahatgo.id",
        "https://go.id@jahat.com",
        "https://www.lapor.go.id:8443/",
        "https://lapor.go.id\\.jahat.com",
        "https://lapor.go.id/ klik",
        "https://[::1",
        "https://läpor.go.id",
        "https://www.lapor.go.id/" + "x" * 300,
        "tg://user?id=1",
        "",
    ],
)
def test_only_plain_https_on_an_official_domain_is_a_link(link: str) -> None:
    assert not link_is_allowed(link, LINKS)
    with pytest.raises(SlotFault, match="daftar sumber resmi"):
        render(road(), GIVEN | {"tautan": link}, LINKS)


def test_a_choice_takes_only_its_keys() -> None:
    with pytest.raises(SlotFault) as caught:
        render(road(), GIVEN | {"tindak": "akan disurvei"}, LINKS)
    assert caught.value.slot == "tindak"


def test_a_date_is_said_in_indonesian_and_must_exist() -> None:
    template = road(text="Mulai {tgl}.", slots=(Slot("tgl", SlotKind.DATE),))
    assert render(template, {"tgl": "2027-03-05"}, ()) == "Mulai 5 Maret 2027."
    with pytest.raises(SlotFault, match="2027-03-05"):
        render(template, {"tgl": "2027-02-30"}, ())


def test_a_free_text_is_measured_and_makes_the_template_open() -> None:
    template = road(text="Ruas {ruas}.", slots=(Slot("ruas", SlotKind.TEXT, ask="Ruas mana?", max=11),))
    assert is_closed(road())
    assert not is_closed(template)
    assert render(template, {"ruas": "  Jalan\nMawar "}, ()) == "Ruas Jalan Mawar."
    with pytest.raises(SlotFault, match="Ruas mana"):
        render(template, {}, ())
    with pytest.raises(SlotFault, match="11 karakter"):
        render(template, {"ruas": "Jalan Melati Raya"}, ())


def test_what_stands_in_a_value_is_never_read_as_a_slot() -> None:
    template = road(
        text="{a} dan {b}", slots=(Slot("a", SlotKind.TEXT, max=9), Slot("b", SlotKind.TEXT, max=9))
    )
    assert render(template, {"a": "{b}", "b": "{a}"}, ()) == "{b} dan {a}"


def test_a_template_is_usable_only_as_approved_and_until_its_last_day() -> None:
    template = road()
    last = template.valid_until
    assert usable(template, template.sha256, last).ok
    assert usable(template, template.sha256, last + timedelta(days=1)).fitness is Fitness.EXPIRED
    assert usable(template, None, TODAY).fitness is Fitness.NOT_APPROVED
    assert usable(road(state=TemplateState.RETIRED), template.sha256, TODAY).fitness is Fitness.RETIRED
    expired = usable(template, template.sha256, date(2028, 1, 1))
    assert "31 Desember 2027" in expired.reason


@pytest.mark.parametrize(
    "change",
    [
        {"text": TEXT + " Segera."},
        {"version": 2},
        {"source": "https://lapor.go.id/baru"},
        {"basis": "SOP baru"},
        {"valid_until": date(2030, 1, 1)},
        {"slots": (NAME,)},
    ],
)
def test_an_approval_does_not_cover_what_was_changed_after_it(change: dict[str, object]) -> None:
    approved = road().sha256
    assert usable(road(**change), approved, TODAY).fitness is Fitness.CHANGED


def test_the_same_words_on_a_page_and_on_paper_are_two_approvals() -> None:
    said = "person:sari"
    grounds = [road(basis=said), road(approver=said), road(source=said), road(source="", basis=said), road()]
    assert len({one.sha256 for one in grounds}) == len(grounds)


def test_another_button_title_needs_no_new_approval() -> None:
    assert usable(road(title="Jalan"), road().sha256, TODAY).ok


def catalogue() -> list[Template]:
    return [
        road(),
        road(id="jalan/umum", topics=(), keywords=()),
        road(id="apresiasi/terima-kasih", labels=("praise",), topics=("jalan-rusak",)),
        road(id="sampah/jadwal", topics=("sampah",), keywords=("truk",), labels=("question",)),
        road(id="jalan/lama", valid_until=date(2026, 1, 1), keywords=("lubang", "aspal")),
    ]


def approvals(templates: list[Template]) -> dict[str, str]:
    return {template.id: template.sha256 for template in templates}


def test_the_best_fit_comes_first_and_says_why() -> None:
    templates = catalogue()
    found = suggest(templates, ["complaint"], ["jalan-rusak"], ["lubang"], TODAY, approvals(templates))
    assert [s.template.id for s in found] == ["jalan/diterima", "jalan/umum", "jalan/lama"]
    assert found[0].reason == "Cocok: topik jalan rusak, keluhan, kata “lubang”."


def test_a_better_fit_that_expired_is_shown_last_and_says_so() -> None:
    templates = catalogue()
    words = ["lubang", "aspal"]
    found = suggest(templates, ["complaint"], ["jalan-rusak"], words, TODAY, approvals(templates))
    assert found[-1].template.id == "jalan/lama"
    assert not found[-1].usability.ok
    assert "1 Januari 2026" in found[-1].reason


def test_thanks_are_never_suggested_for_a_complaint() -> None:
    templates = catalogue()
    found = suggest(templates, ["complaint"], ["jalan-rusak"], [], TODAY, approvals(templates))
    assert "apresiasi/terima-kasih" not in [s.template.id for s in found]


def test_under_a_question_about_something_else_only_words_for_any_question_are_suggested() -> None:
    elsewhere = road(id="umum/lain", topics=(), keywords=(), hands_over="{instansi}")
    templates = [elsewhere, *catalogue()]
    found = suggest(templates, ["complaint"], [], ["cukur"], TODAY, approvals(templates))
    assert [s.template.id for s in found] == ["jalan/umum", "umum/lain"], "what is made for roads stays away"
    said = suggest(templates, [], [], ["lubang"], TODAY, approvals(templates))
    assert said == (), "one word that many use is no reason"
    said = suggest(templates, [], [], ["lubang", "aspal"], TODAY, approvals(templates))
    assert [s.template.id for s in said] == ["jalan/lama"], "two are"


@given(
    labels=st.sets(st.sampled_from(["complaint", "praise", "question"])),
    topics=st.sets(st.sampled_from(["jalan-rusak", "sampah"])),
    approved=st.sets(st.sampled_from([t.id for t in catalogue()])),
)
def test_there_are_never_more_than_three_and_a_usable_fit_is_never_left_out_for_a_blocked_worse_one(
    labels: set[str], topics: set[str], approved: set[str]
) -> None:
    templates = catalogue()
    shas = {k: v for k, v in approvals(templates).items() if k in approved}
    found = suggest(templates, labels, topics, [], TODAY, shas)
    assert len(found) <= 3
    assert [s.usability.ok for s in found] == sorted((s.usability.ok for s in found), reverse=True)
    left = [s for s in suggest(templates, labels, topics, [], TODAY, approvals(templates)) if s.usability.ok]
    if any(s.template.id in approved for s in left):
        assert any(s.usability.ok for s in found)


def test_an_approver_reads_only_what_differs() -> None:
    before = "Terima kasih Kak, kami survei besok pagi."
    after = "Terima kasih Kak Ratna, kami survei hari ini."
    assert differences(before, after) == (
        Change("Kak,", "Kak Ratna,"),
        Change("besok pagi.", "hari ini."),
    )
    assert differences(before, before) == ()


@given(
    st.lists(st.sampled_from(["satu", "dua", "tiga", "empat"])),
    st.lists(st.sampled_from(["satu", "dua", "lima"])),
)
def test_no_changed_word_escapes_the_comparison(before: list[str], after: list[str]) -> None:
    changes = differences(" ".join(before), " ".join(after))
    removed = sum(len(c.removed.split()) for c in changes)
    added = sum(len(c.added.split()) for c in changes)
    assert len(before) - removed == len(after) - added
    assert (before == after) is (changes == ())


def test_dates_are_said_with_the_month_by_name() -> None:
    assert say_date(date(2026, 12, 1)) == "1 Desember 2026"


UNKNOWN = "belum kami ketahui"
ANNOUNCED = road(
    text="Yang terjadi: {fakta}. Kanal: {tautan}. Berlaku sampai {hari}.",
    slots=(
        Slot("fakta", SlotKind.TEXT, max=200, fallback=UNKNOWN),
        Slot("tautan", SlotKind.LINK, fallback="kanal ini"),
        Slot("hari", SlotKind.DATE, fallback="ada kabar berikutnya"),
    ),
)


def test_a_first_message_goes_out_with_what_is_known() -> None:
    assert render(ANNOUNCED, {"fakta": " - "}, LINKS) == (
        "Yang terjadi: belum kami ketahui. Kanal: kanal ini. Berlaku sampai ada kabar berikutnya."
    )
    told = {"fakta": "Air sudah surut.", "tautan": "https://bpbd.go.id", "hari": "2026-12-01"}
    assert render(ANNOUNCED, told, LINKS) == (
        "Yang terjadi: Air sudah surut. Kanal: https://bpbd.go.id. Berlaku sampai 1 Desember 2026."
    )


def test_a_fallback_excuses_nothing_that_is_wrong() -> None:
    with pytest.raises(SlotFault):
        render(ANNOUNCED, {"tautan": "https://situs-palsu.example"}, LINKS)
    with pytest.raises(SlotFault):
        render(ANNOUNCED, {"fakta": "x" * 201}, LINKS)


def test_what_stands_in_an_empty_slot_is_approved_with_the_words() -> None:
    guessing = replace(ANNOUNCED, slots=(replace(ANNOUNCED.slots[0], fallback="aman"), *ANNOUNCED.slots[1:]))
    assert fingerprint(guessing) != fingerprint(ANNOUNCED)


@given(st.text(max_size=60).filter(lambda typed: typed.split() != []))
def test_a_sentence_never_ends_with_two_full_stops_of_its_own_making(typed: str) -> None:
    text = render(replace(ANNOUNCED, text="Yang terjadi: {fakta}."), {"fakta": typed}, LINKS)
    assert text.endswith(".")
    assert not text.endswith("..")
