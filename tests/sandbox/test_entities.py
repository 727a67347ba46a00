"""HTML to text and entities: what Telegram supports, and no surprise on anything else."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import decode_all, parse_html, utf16
from bot.sandbox.errors import ApiError
from bot.sandbox.texts import automatic, trim

GOOD = [
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("<STRONG>a</STRONG><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", i, 1) for i in range(3)]),
    (
        '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
        "ab",
        [("spoiler", 0, 1), ("spoiler", 1, 1)],
    ),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<code>a</code>", "a", [("code", 0, 1)]),
    ("👩‍👩‍👧<b>x</b>", "👩‍👩‍👧x", [("bold", 8, 1)]),
    ("<b></b>x", "x", []),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
    ("&#33;&#x1F642; &nbsp; &#0; & &lt", "!🙂 &nbsp; &#0; & <", []),
    ('<a href="kosong">x</a>', "x", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD)
def test_supported(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found_text, found = parse_html(source)
    assert found_text == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_code_and_emoji_carry_their_facts() -> None:
    _, [link] = parse_html('<a href="https://lapor.go.id/?a=1&amp;b=2">Lapor</a>')
    assert link["url"] == "https://lapor.go.id/?a=1&b=2"
    _, [person] = parse_html('<a href="tg://user?id=42">Dia</a>')
    assert (person["type"], person["user"]["id"]) == ("text_mention", 42)
    _, [bare] = parse_html("<a href='lapor.go.id'>x</a>")
    assert bare["url"] == "http://lapor.go.id"
    _, [pre] = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert (pre["type"], pre["language"]) == ("pre", "python")
    _, [emoji] = parse_html('<tg-emoji emoji-id="53">👍</tg-emoji>')
    assert emoji["custom_emoji_id"] == "53"


def test_only_a_hundred_entities_count() -> None:
    assert len(parse_html("<b>x</b> " * 150)[1]) == 100


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    text, entities = parse_html("  \n<b> x </b>y \n")
    assert trim(text, entities) == ("x y", [{"type": "bold", "offset": 0, "length": 2}])


def test_links_and_commands_are_found_by_themselves() -> None:
    found = automatic("🙂 /lapor ke @humas_kota #banjir https://bmkg.go.id/x", [])
    assert [(e["type"], e["offset"], e["length"]) for e in found] == [
        ("bot_command", 3, 6),
        ("mention", 13, 11),
        ("hashtag", 25, 7),
        ("url", 33, 20),
    ]
    assert [e["length"] for e in automatic("lihat https://bmkg.go.id.", [])] == [18]
    assert automatic("/x", [{"type": "code", "offset": 0, "length": 2}]) == []


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])
    assert decode_all(html.escape(text, quote=False)) == text


@given(st.text(alphabet="<>/ab\"'=& \n#x1;🙂span-class tg", max_size=60))
def test_anything_parses_or_is_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError as refusal:
        text, entities = refusal.description, []
        parsed = False
    else:
        parsed = True
    assert parsed or text.startswith("Bad Request: can't parse entities: ")
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= utf16(text) for e in entities)
