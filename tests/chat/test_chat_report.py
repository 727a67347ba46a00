"""The papers themselves: what is asked for, where bars stand, and that no word becomes markup."""

import io
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.chat.report.html import to_html
from bot.chat.report.paper import (
    Cell,
    Chart,
    FactList,
    Figure,
    Figures,
    Heading,
    Mark,
    Paper,
    Para,
    Story,
    StoryLine,
    Table,
    Tick,
    TickList,
    Words,
)
from bot.chat.report.pdf import to_pdf
from bot.chat.report.plot import BOTTOM, LEFT, RIGHT, TOP, lay_out, nice_top
from bot.chat.report.short import in_short
from bot.chat.report.wanted import WantsPeriod, WantsRecord, WantsRun, wanted
from bot.domain.errors import BadInput
from bot.domain.incident import RunId
from bot.domain.metrics import Series, per_step
from bot.domain.people import PersonId, Zone

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
SARI, NAMES = PersonId("sari"), {"sari": "Sari", "budi": "Budi S.", "budi2": "Budi S."}
NASTY = '<script>alert("x")</script> & \u202e\ud800 ~ {{}} <b>'


def asked(text: str) -> object:
    return wanted(text, SARI, NAMES, NOW, Zone.WIB).what


def test_people_ask_as_they_speak() -> None:
    assert asked("") == WantsRun(None)
    assert asked("K-3") == asked("k3") == asked("3") == WantsRun(RunId(3))
    assert asked("30 hari") == WantsPeriod(NOW - timedelta(days=30), NOW)
    assert asked("sejak 2026-11-01") == WantsPeriod(datetime(2026, 11, 1, tzinfo=Zone.WIB.tz), NOW)
    october = WantsPeriod(
        datetime(2026, 10, 1, tzinfo=Zone.WIB.tz), datetime(2026, 11, 1, tzinfo=Zone.WIB.tz)
    )
    assert asked("2026-10") == october
    assert asked("saya") == WantsRecord(SARI, datetime(2026, 1, 1, tzinfo=Zone.WIB.tz), NOW)
    assert asked("SARI") == asked("saya")
    assert wanted("K-3 html", SARI, NAMES, NOW, Zone.WIB).kind == "html"
    assert wanted("pdf", SARI, NAMES, NOW, Zone.WIB) == wanted(" PDF ", SARI, NAMES, NOW, Zone.WIB)


@pytest.mark.parametrize("text", ["budi s.", "siapa ya", "2026-13", "2026-02-30", "K-", "-1 hari", "0000-01"])
def test_what_is_not_clear_is_asked_back(text: str) -> None:
    with pytest.raises(BadInput, match="report"):
        asked(text)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_understood_or_asked_back(text: str) -> None:
    with suppress(BadInput):
        assert isinstance(asked(text), WantsRun | WantsPeriod | WantsRecord)


def chart(series: Series, *marks: datetime) -> Chart:
    return Chart("", series, tuple(Mark(at, "m") for at in marks), Zone.WIB, None, "", "")


@given(
    st.lists(st.integers(0, 60 * 72), max_size=200),
    st.integers(1, 60 * 72),
    st.lists(st.integers(-500, 60 * 80), max_size=4),
    st.sampled_from([(354.0, 220.0), (756.0, 230.0)]),
)
def test_everything_stands_inside_the_plot(
    written: list[int], length: int, marks: list[int], size: tuple[float, float]
) -> None:
    series = per_step((NOW + timedelta(minutes=m) for m in written), NOW, NOW + timedelta(minutes=length))
    width, height = size
    plot = lay_out(chart(series, *(NOW + timedelta(minutes=m) for m in marks)), width, height)
    assert all(3 * len(hour.text) <= hour.x <= width - 3 * len(hour.text) for hour in plot.hours), (
        "not cut off"
    )
    for bar in plot.bars:
        assert LEFT <= bar.x <= bar.x + bar.width <= width - RIGHT + 0.01
        assert TOP - 0.01 <= bar.y < bar.y + bar.height <= height - BOTTOM + 0.01
    for pin in plot.pins:
        assert LEFT <= pin.x <= width - RIGHT
    assert [hour.x for hour in plot.hours] == sorted({hour.x for hour in plot.hours})
    assert len(plot.hours) <= width / 90 + 2
    heights = {bar.height: count for bar, count in zip(plot.bars, filter(None, series.counts), strict=True)}
    assert sorted(heights) == sorted(heights, key=lambda height: heights[height])


@given(st.integers(0, 10**7))
def test_the_scale_is_round_and_its_half_is_whole(highest: int) -> None:
    top = nice_top(highest)
    assert top >= highest
    assert top % 2 == 0
    assert top <= max(2, highest * 2)


def test_moments_side_by_side_do_not_hide_each_other() -> None:
    series = per_step([], NOW, NOW + timedelta(minutes=90))
    plot = lay_out(chart(series, NOW, NOW, NOW + timedelta(seconds=30)), 756, 230)
    assert len({(pin.x, pin.y) for pin in plot.pins}) == 3
    assert len({pin.y for pin in plot.pins}) == 3


def paper(text: str, link: str = "https://t.me/c/1/2") -> Paper:
    """Every kind of block, with the same words everywhere."""
    series = per_step([NOW], NOW, NOW + timedelta(minutes=5))
    return Paper(
        text,
        text,
        text,
        ((text, text),),
        (
            Heading(text),
            Para(text),
            Para(text, loud=True),
            Figures((Figure(text, text, text),)),
            Chart(text, series, (Mark(NOW, text),), Zone.WIB, NOW, text, text),
            Story((StoryLine(text, text, text, key=True), StoryLine("09.00", "b"))),
            Words(text, ((text, text),), link),
            FactList(((text, text),)),
            TickList(text, (Tick(True, text, text), Tick(False, text))),
            Table((text,), ((Cell(text, code=True, link=link),), (Cell(text, loud=True),)), (1.0,), lead=1),
        ),
        text,
        "laporan",
        mark=text,
        mark_note=text,
    )


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.hrefs: set[str | None] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs |= {value for name, value in attrs if name == "href"}


def printed(text: str) -> str:
    """What a reader of the PDF can copy."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper(text)))).pages)


@pytest.mark.parametrize("words", ["a" * 2500, "\n" * 4000 + "x"], ids=["endless", "empty lines"])
def test_a_comment_that_is_higher_than_a_page_goes_on_on_the_next(words: str) -> None:
    """In each kind of row that holds what somebody typed; the headings are the office's."""
    whole = replace(paper("kata"), blocks=paper(words).blocks[1:])
    pages = PdfReader(io.BytesIO(to_pdf(whole))).pages
    assert (len(pages) > 5) is words.startswith("a")
    assert len(pages) < 60


def test_nobodys_words_become_markup() -> None:
    plain, nasty = Tags(to_html(paper("kata"))), Tags(to_html(paper(NASTY)))
    assert nasty.tags == plain.tags
    assert "script" not in nasty.tags
    assert nasty.hrefs == {"https://t.me/c/1/2"}
    assert '<script>alert("x")</script>' in printed(NASTY)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", 'https://a.id/"onload=', "file:///x"]
)
def test_only_web_addresses_are_links(link: str) -> None:
    assert Tags(to_html(paper("kata", link))).hrefs == set()
    uris = [
        note.get_object()["/A"]["/URI"]
        for page in PdfReader(io.BytesIO(to_pdf(paper("kata", link)))).pages
        for note in page.get("/Annots") or ()
    ]
    assert uris == []


@given(st.text(max_size=60))
def test_whatever_people_write_can_be_printed(text: str) -> None:
    assert to_html(paper(text)).encode()
    assert to_pdf(paper(text)).startswith(b"%PDF")


def test_what_the_pdf_cannot_print_is_marked_and_said() -> None:
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper("awas 😱😱 ꦲ ya")))).pages
    )
    assert "Tanda ¤ menggantikan emoji" in text
    assert "awas ¤ ¤ ya" in text
    plain = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper("“kata” – biasa…")))).pages
    )
    assert "¤" not in plain
    assert "“kata” – biasa…" in plain


def test_an_exercise_says_so_on_every_page() -> None:
    many = paper("kata")
    long = replace(many, blocks=many.blocks * 6, mark="LATIHAN", mark_note="Ini latihan.")
    pages = PdfReader(io.BytesIO(to_pdf(long))).pages
    assert len(pages) > 2
    assert all("LATIHAN" in page.extract_text() for page in pages)
    assert "LATIHAN" in " ".join(in_short(long))
    assert 'class="drill-run"' in to_html(long)


@pytest.mark.parametrize("lines", range(18, 40))
def test_no_heading_stands_alone_at_the_foot_of_a_page(lines: int) -> None:
    story = Story(tuple(StoryLine("21.30", f"Kejadian {n}.", "Senin" if n == 0 else "") for n in range(20)))
    filler = tuple(Para(f"Baris {n}.") for n in range(lines))
    paper_ = replace(
        paper("kata"), blocks=(*filler, Heading("Jalannya kejadian"), Para("Jam WIB.", soft=True), story)
    )
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper_))).pages]
    (with_heading,) = [text for text in texts if "Jalannya kejadian" in text]
    assert "Kejadian 1." in with_heading


def test_the_same_paper_is_the_same_file() -> None:
    assert to_pdf(paper("kata")) == to_pdf(paper("kata"))
    assert to_html(paper("kata")) == to_html(paper("kata"))
