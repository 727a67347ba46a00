"""Nasty words in a reply: nothing hidden is posted, and what is endless is refused in words.

The course of such words through every other way out is tests/stories/test_story_nasty.py.
"""

from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from nasty import FORBIDDEN, longest_pile

HIDDEN = "\u202ehai\u2066 \ud800" + "Z" + "\u0301" * 40


async def test_a_posted_reply_carries_no_hidden_character(office: Office) -> None:
    card = await office.comment(HIDDEN + " jalan")
    for button in ("Ambil", "Balas", "Tulis"):
        await office.press("ani", card, button)
    await office.writes("ani", TRIAGE_CHAT, "halo " + HIDDEN, office.seen(TRIAGE_CHAT)[-1])
    await office.press("ani", card, "Ajukan")
    await office.press("kori", office.last("kori"), "Setujui")
    [posted] = office.seen(DISCUSSION)
    assert posted.text.startswith("halo")
    assert not FORBIDDEN.search(posted.text)
    assert longest_pile(posted.text) <= 2
    assert office.refusals() == []


async def test_an_endless_answer_is_refused_in_words(office: Office) -> None:
    await office.comment("Jalan rusak")
    for button in ("Ambil", "Balas", "Tulis"):
        await office.press("ani", office.cards()[-1], button)
    said = await office.writes("ani", TRIAGE_CHAT, "x" * 4000, office.seen(TRIAGE_CHAT)[-1])
    assert said.text == "Teksnya terlalu panjang. Paling panjang 1000 karakter."
