"""Numbers of citizens on the team's cards: covered where they stood in public, whole where needed."""

from dataclasses import replace

import pytest
from chat_office import TRIAGE_CHAT, Office
from chat_views import NINE, deciding, kept, plain

from bot.chat.citation import in_short, without_numbers
from bot.chat.drafts import draw_draft
from bot.chat.render import render
from bot.domain.comment import Comment, Origin, Platform
from bot.domain.people import Zone

NUMBER = "0812-3456-7890"
TEXT = f"Jalan rusak, hubungi saya {NUMBER}"


def said_on(platform: Platform) -> Comment:
    return replace(kept().comment, text=TEXT, origin=Origin(platform, "1", "2"))


@pytest.mark.parametrize("platform", list(Platform))
def test_only_what_was_told_in_private_is_shown_whole(platform: Platform) -> None:
    told = without_numbers(said_on(platform))
    assert (NUMBER in told) is (platform is Platform.TELEGRAM_DM)
    assert told.startswith("Jalan rusak, hubungi saya ")


def test_whoever_goes_to_help_gets_the_number() -> None:
    comment = said_on(Platform.TELEGRAM_DISCUSSION)
    assert NUMBER in render(in_short(comment, NINE, Zone.WIB, whole=True))
    assert NUMBER not in render(in_short(comment, NINE, Zone.WIB))


def test_an_approver_judges_the_words_without_the_number() -> None:
    first = replace(kept(), comment=said_on(Platform.TELEGRAM_DISCUSSION))
    second = replace(kept(), comment=said_on(Platform.FORWARDED))
    shown = plain(draw_draft(deciding(comment=first, others=(second,)), Zone.WIB, "budi"))
    assert "3456" not in shown
    assert shown.count("hubungi saya") == 2


async def test_the_number_is_nowhere_on_the_way_to_the_approval(office: Office) -> None:
    await office.comment(TEXT)
    await office.press("ani", office.cards()[-1], "Balas")
    await office.press("ani", office.cards()[-1], "Tulis")
    asked = office.seen(TRIAGE_CHAT)[-1]
    await office.writes("ani", TRIAGE_CHAT, "Halo Kak, sudah kami catat.", reply_to=asked)
    await office.press("ani", office.cards()[-1], "Ajukan")
    for message in (*office.seen(TRIAGE_CHAT), office.last("kori")):
        assert NUMBER not in message.text
    assert "hubungi saya" in office.last("kori").text
