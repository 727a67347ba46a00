"""Whatever a citizen writes, Telegram gets valid markup with nothing in it but ours."""

import re
import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nasty import FORBIDDEN, SEEDS, longest_pile

from bot.chat.cleaning import clean, clusters, head, one_line, utf16
from bot.chat.render import (
    CUT,
    LIMIT,
    Piece,
    Tag,
    b,
    cited,
    code,
    i,
    joined,
    lines,
    link,
    named,
    paragraphs,
    quote,
    render,
    visible_units,
    web_address,
)
from bot.sandbox.entities import parse_html
from bot.sandbox.entities import utf16 as telegram_units

anything = st.one_of(
    st.sampled_from(SEEDS),
    st.text(max_size=400),
    st.text(st.characters(exclude_categories=()), max_size=400),
    st.text("<>&\"'/=ab tg:\n\u0301\u200d\u202e😀🏽🇮\ud83d", max_size=400),
    st.lists(st.sampled_from(SEEDS), max_size=4).map(" ".join),
)


class Strict(HTMLParser):
    """A second reader that knows nothing of Telegram: every tag is one of ours, closed and nested."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "s", "code", "blockquote", "a"}
        assert {name for name, _ in attrs} <= {"href", "expandable"}
        assert not (tag == "blockquote" and tag in self.open), "quotations must not nest"
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def card_of(text: str, name: str, url: str) -> tuple[Piece, ...]:
    return paragraphs(
        lines((b("#12"), " · ", i(named(name))), cited(text)),
        lines((link("komentar", url),), code(name)),
    )


@settings(deadline=None)
@given(text=anything, name=anything, url=st.one_of(anything, st.just("https://t.me/kanal/5?comment=7")))
@example(text=SEEDS[0], name=SEEDS[0], url="javascript:alert(1)")
@example(text=SEEDS[5], name=SEEDS[4], url="tg://user?id=1")
def test_nobodys_words_open_a_tag(text: str, name: str, url: str) -> None:
    source = render(card_of(text, name, url))
    strict = Strict(source)
    assert [tag for tag in strict.seen if tag != "code"] == ["b", "i", "blockquote"] + ["a"] * web_address(
        url
    )
    shown, entities = parse_html(source)
    assert not FORBIDDEN.search(shown)
    assert telegram_units(shown) <= LIMIT
    assert longest_pile(shown) <= 2 + 1, "our own character may stand between two pieces"
    kinds = {entity["type"] for entity in entities}
    assert kinds <= {"bold", "italic", "blockquote", "expandable_blockquote", "code", "text_link"}
    assert all(entity["url"].startswith(("http://", "https://")) for entity in entities if "url" in entity)


@settings(deadline=None)
@given(text=anything)
def test_a_quotation_holds_nothing_that_a_tap_would_send(text: str) -> None:
    shown, entities = parse_html(render([cited(text)]))
    copied = set()
    for entity in entities:
        if entity["type"] == "code":
            copied.update(range(entity["offset"], entity["offset"] + entity["length"]))
    at = 0
    for number, char in enumerate(shown):
        if at not in copied and char in "/@":
            assert not re.match(r"\w", shown[number + 1 : number + 2]), shown[number : number + 10]
        at += utf16(char)


def test_a_command_a_ping_and_an_address_in_a_comment_do_nothing() -> None:
    shown, entities = parse_html(
        render([cited("buka judi88.com atau ketik /kunci @semua lalu rusak.tolong")])
    )
    assert "/kunci" not in shown
    assert "@semua" not in shown
    assert [(e["type"], shown[e["offset"] : e["offset"] + e["length"]]) for e in entities] == [
        ("blockquote", shown),
        ("code", "judi88.com"),
    ]


@settings(deadline=None)
@given(text=anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not FORBIDDEN.search(once)
    assert longest_pile(once) <= 2
    once.encode()


def test_the_short_way_of_cleaning_skips_no_mark_and_no_joiner() -> None:
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        if clean(f"a{char * 3}") == f"a{char * 3}":
            assert unicodedata.category(char) not in {"Mn", "Me", "Mc", "Cs"}, hex(number)


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇮🇩", "❤️‍🔥", "1️⃣", "👍🏽", "🧑🏿‍🦽"])
def test_emoji_stay_whole(emoji: str) -> None:
    assert clean(emoji) == emoji
    assert list(clusters(f"a{emoji}b")) == ["a", emoji, "b"]


def test_two_flags_are_two_and_a_shortened_text_cuts_neither() -> None:
    assert list(clusters("🇮🇩🇯🇵🇮")) == ["🇮🇩", "🇯🇵", "🇮"]
    assert head("🇮🇩🇯🇵", 7) == "🇮🇩"
    assert head("e\u0301e\u0301", 3) == "e\u0301"


@settings(deadline=None)
@given(text=anything, units=st.integers(0, 200))
def test_a_head_is_a_beginning_that_fits(text: str, units: int) -> None:
    short = head(clean(text), units)
    assert clean(text).startswith(short)
    assert utf16(short) <= units


@settings(deadline=None)
@given(text=anything, most=st.integers(1, 60))
def test_one_line_is_one_line(text: str, most: int) -> None:
    line = one_line(text, most)
    assert "\n" not in line
    assert utf16(line) <= most


def test_a_long_comment_is_folded_and_says_that_it_was_cut() -> None:
    shown, entities = parse_html(render([cited("panjang sekali " * 200)]))
    assert entities[0]["type"] == "expandable_blockquote"
    assert shown.endswith(CUT)
    assert utf16(shown) <= 900


def test_empty_lines_do_not_push_the_card_away() -> None:
    shown, _ = parse_html(render([cited("a\n\n \n\n\nb" + "\n\n\n" * 300 + "c")]))
    assert shown == "a\n\nb\n\nc"


def test_a_comment_without_words_says_so() -> None:
    assert render([cited("\u202e\x00 ")]) == "<blockquote>(tanpa teks)</blockquote>"


def test_quotations_shrink_before_our_own_sentences_do() -> None:
    pieces = lines(*(cited("x" * 2000, 2000) for _ in range(4)), "Langkah berikut: tekan Ambil.")
    shown, _ = parse_html(render(pieces))
    assert shown.endswith("Langkah berikut: tekan Ambil.")
    assert utf16(shown) <= LIMIT


@settings(deadline=None)
@given(st.lists(anything, min_size=1, max_size=30), st.integers(30, 500))
def test_even_without_quotations_the_limit_holds(texts: list[str], limit: int) -> None:
    source = render(lines(*((b(text), quote(i(text))) for text in texts)), limit)
    Strict(source)
    shown, _ = parse_html(source)
    assert utf16(shown) <= limit
    if visible_units(lines(*((b(text), quote(i(text))) for text in texts))) > limit:
        assert CUT in shown


@pytest.mark.parametrize(
    "url",
    [
        "tg://user?id=1",
        "TG://user?id=1",
        "javascript:alert(1)",
        "http://",
        "https://admin@lapor.go.id",
        "https://lapor.go.id:99x/",
        'https://lapor.go.id/"onclick',
        "https://lapor.go.id/a b",
        "https://xn--.",
        "http://127.0.0.1/",
        "//lapor.go.id",
        "https://рф.example",
        "",
    ],
)
def test_what_is_no_plain_web_address_stays_text(url: str) -> None:
    assert link("di sini", url) == "di sini"


def test_a_plain_web_address_becomes_a_link() -> None:
    made = link("di sini", "https://t.me/kanal/5?comment=7&single")
    assert isinstance(made, Tag)
    assert parse_html(render([made]))[1] == [
        {"type": "text_link", "offset": 0, "length": 7, "url": "https://t.me/kanal/5?comment=7&single"}
    ]


def test_rows_leave_out_what_is_not_there() -> None:
    assert render(lines("a", None, "", (), ("b", i("c")))) == "a\nb<i>c</i>"
    assert render(paragraphs(lines("a"), (), lines("b"))) == "a\n\nb"
    assert render(joined(["a", "", b("c")])) == "a · <b>c</b>"
