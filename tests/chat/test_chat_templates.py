"""/templat without a word: a list that is turned page by page in the place where it stands."""

from dataclasses import replace
from datetime import date

from chat_office import TRIAGE_CHAT, Office
from chat_town import TEMPLATES
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.actions import TurnTemplates
from bot.chat.template_list import draw_template, draw_templates
from bot.chat.words.commands import TEMPLATE_HOW, page_of
from bot.domain.template import usable
from bot.services.templates import TemplateLine, short_name

MOST = 16
TODAY = date(2026, 11, 23)


def line_of(topic: str, title: str) -> TemplateLine:
    template = replace(TEMPLATES[0], id=f"{topic}/{title}", topic=topic, title=title)
    return TemplateLine(template, short_name(template.id), usable(template, template.sha256, TODAY))


def lines_of(sizes: list[int]) -> list[TemplateLine]:
    """As many titles in each topic; no title stands twice."""
    return [
        line_of(f"topik-{topic:02}", f"Judul {topic:02}.{n:02}")
        for topic, size in enumerate(sizes)
        for n in range(size)
    ]


def test_one_template_says_what_it_rests_on() -> None:
    paper = replace(TEMPLATES[0], source="", basis="UU 24/2013 Pasal 79A; periksa & pastikan")
    both = replace(paper, source="https://www.lapor.go.id")
    for template, said in ((paper, 0), (both, 1)):
        usability = usable(template, template.sha256, TODAY)
        text = draw_template(TemplateLine(template, short_name(template.id), usability)).text
        assert "Dasar: UU 24/2013 Pasal 79A; periksa &amp; pastikan" in text
        assert text.count("Sumber: ") == said


def test_what_the_bot_may_send_by_itself_is_marked_and_said_where_it_is_approved() -> None:
    plain, marked = line_of("topik", "Biasa"), line_of("topik", "Berulang")
    words = replace(marked.template, text="Halo Kak, loket buka pukul 8.", slots=(), repeat=True)
    marked = replace(marked, template=words)
    listed = draw_templates([plain, marked]).text
    assert "✅ Berulang 🔁" in listed
    assert "✅ Biasa\n" in listed
    assert "🔁 dapat dikirim bot sendiri kepada penanya berikutnya." in listed
    assert "🔁" not in draw_templates([plain]).text
    assert "bot sendiri mengirim teks ini lagi" in draw_template(marked).text
    assert "🔁" not in draw_template(plain).text


def titles_on(text: str) -> list[str]:
    return [line.partition(" ")[2] for line in text.splitlines() if line.startswith("✅")]


def turned(found: list[TemplateLine]) -> list[str]:
    """Every page, as somebody reads them who presses the last button until there is none that leads on."""
    drawn, here, read = draw_templates(found), 0, []
    while True:
        read.append(drawn.text)
        leads = [button.action for row in drawn.keyboard for button in row]
        assert all(isinstance(action, TurnTemplates) for action in leads)
        if TurnTemplates(here + 1) not in leads:
            assert leads == ([TurnTemplates(here - 1)] if here else [])
            return read
        assert (TurnTemplates(here - 1) in leads) is (here > 0)
        here += 1
        drawn = draw_templates(found, here)


@given(st.lists(st.integers(1, 40), max_size=12))
def test_who_turns_to_the_end_has_read_every_title_once(sizes: list[int]) -> None:
    found = lines_of(sizes)
    pages = turned(found)
    assert [title for page in pages for title in titles_on(page)] == [one.template.title for one in found]
    assert all(len(titles_on(page)) <= MOST for page in pages)
    assert all(TEMPLATE_HOW.partition(" /")[0] in page for page in pages)


@given(st.lists(st.integers(1, MOST), max_size=12))
def test_a_topic_that_fits_a_page_stands_on_one(sizes: list[int]) -> None:
    pages = turned(lines_of(sizes))
    for topic in range(len(sizes)):
        assert sum(f"Judul {topic:02}." in page for page in pages) == 1


@given(st.lists(st.integers(1, 40), max_size=6), st.integers(0, 99))
def test_a_page_that_is_not_there_any_more_is_the_last(sizes: list[int], asked: int) -> None:
    found = lines_of(sizes)
    pages = turned(found)
    assert draw_templates(found, asked).text == pages[min(asked, len(pages) - 1)]
    if len(pages) > 1:
        assert page_of(len(pages) - 1, len(pages)) in pages[-1]


def test_a_few_templates_need_no_pages() -> None:
    drawn = draw_templates(lines_of([3, 2]))
    assert "Halaman" not in drawn.text
    assert not any(drawn.keyboard)


async def test_an_old_list_is_turned_where_it_stands_and_shows_what_is_so_now(office: Office) -> None:
    """The press of a page that an agency's shorter list does not have any more."""
    listed = await office.writes("ani", TRIAGE_CHAT, "/templat")
    assert "🕓 Jadwal baru" in listed.text
    await office.writes("kori", TRIAGE_CHAT, "/templat setujui")
    before = len(office.seen(TRIAGE_CHAT))
    press = await office.press_raw(office.users["pita"], TRIAGE_CHAT, listed.message_id, "tp:7")
    assert press.text in {"", None}
    there = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == listed.message_id)
    assert "✅ Jadwal baru" in there.text
    assert len(office.seen(TRIAGE_CHAT)) == before
    assert office.refusals() == []
