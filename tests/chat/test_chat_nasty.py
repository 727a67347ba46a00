"""Nasty text through every way out: Telegram refuses nothing, and nothing of it becomes ours."""

import pytest
from chat_office import CRISIS_CHAT, DISCUSSION, TRIAGE_CHAT, Office
from chat_town import TEAM
from test_chat_claims import SOURCE, case_card
from test_chat_claims import card as claim_card
from test_chat_moderation import measure_card
from test_chat_render import FORBIDDEN, SEEDS, longest_pile

from bot.sandbox.model import Message, User

OURS = {"bold", "italic", "strikethrough", "code", "blockquote", "expandable_blockquote", "text_link"}
SAFE_COMMANDS = {
    "/buka",
    "/kunci",
    "/bantuan",
    "/templat",
    "/lapor",
    "/cari",
    "/klaim",
    "/piket",
    "/tukar",
    "/antrean",
}

OUR_WEB = {"go.id", "https://…", SOURCE, SOURCE.removeprefix("https://")}
"""In our question for a source, and the source that a colleague gave: Telegram links them by itself."""


async def a_whole_day(office: Office, nasty: str) -> User:
    """A citizen whose name, post and words are nasty, and a team that types the same."""
    villain = office.world.add_user(nasty or "-", 9001)
    office.world.join(office.discussion, villain)
    office.post = office.world.publish(office.channel, nasty + " x")
    await office.pump()
    await office.comment(nasty + " jalan", villain)
    comment = [m for m in office.world.messages(DISCUSSION) if m.raw["from"]["id"] == villain.id][-1]
    office.world.edit(comment, nasty + " jalan lagi")
    await office.pump()
    await office.comment("lagi " + nasty, villain)
    await reply_with(office, nasty)
    return villain


async def reply_with(office: Office, nasty: str) -> None:
    card = next(m for m in office.cards() if "#1" in m.text)
    for button in ("Ambil", "Balas", "Tulis"):
        await office.press("ani", card, button)
    asked = office.seen(TRIAGE_CHAT)[-1]
    await office.writes("ani", TRIAGE_CHAT, ("halo " + nasty)[:900], asked)
    await office.press("ani", card, "Ubah")
    await office.writes("ani", TRIAGE_CHAT, ("halo lagi " + nasty)[:900], office.seen(TRIAGE_CHAT)[-1])
    if any("Ajukan" in button["text"] for button in card.buttons):
        await office.press("ani", card, "Ajukan")
        await office.press("kori", office.last("kori"), "Kembalikan")
        await office.writes("kori", office.users["kori"].id, "catatan " + nasty, office.last("kori"))
        for button in ("Balas", "Tulis"):
            await office.press("ani", card, button)
        await office.writes("ani", TRIAGE_CHAT, ("akhir " + nasty)[:900], office.seen(TRIAGE_CHAT)[-1])
        await office.press("ani", card, "Ajukan")
        await office.press("koko", office.last("koko"), "Setujui")


async def a_crisis(office: Office, nasty: str, villain: User) -> None:
    await office.comment("katanya " + nasty, villain)
    await office.press("pita", office.last("pita"), "Saya tangani")
    card = next(m for m in office.seen(CRISIS_CHAT) if m.buttons)
    await office.press("kori", card, "Alarm palsu")
    await office.writes("kori", office.users["kori"].id, "alasan " + nasty, office.last("kori"))
    await office.comment("pergi selamanya " + nasty, villain)
    office.world.dm(villain, nasty + " pesan")
    await office.pump()
    for command in (f"/cari {nasty}", "/antrean", "/status", f"/templat {nasty}", f"/nonsense {nasty}"):
        office.world.say(office.users["ani"], TRIAGE_CHAT, command)
        await office.pump()


async def an_afternoon(office: Office, nasty: str) -> None:
    """A claim, a note with a mention, a measure, and what is listed: all of it with the same words."""
    villain = office.world.add_user(nasty or "-", 9001)
    office.world.join(office.discussion, villain)
    await office.comment(nasty + " katanya air diracun", villain)
    await a_claim(office, nasty)
    await office.writes("ani", TRIAGE_CHAT, f"/catat @kori catatan {nasty}"[:900], case_card(office))
    await office.writes("ani", TRIAGE_CHAT, f"catatan {nasty}"[:900], case_card(office))
    await office.press("ani", case_card(office), "Tertibkan")
    for button in ("beriklan", "Hapus komentar", "Ajukan"):
        await office.press("ani", measure_card(office), button)
    assert "Mohon keputusan orang kedua" in office.last("kori").text
    await office.press("kori", office.last("kori"), "Pastikan")
    assert "selesai" in measure_card(office).text
    for command in (
        "/klaim",
        f"/klaim {nasty}",
        f"/lapor {nasty}",
        "/piket",
        "/krisis",
        "/latihan",
        "/antrean",
    ):
        await office.writes("ani", TRIAGE_CHAT, command[:900])
    office.world.say(office.users["kori"], office.users["kori"].id, f"/klaim KL-1 {nasty}"[:900])
    await office.pump()


async def a_claim(office: Office, nasty: str) -> None:
    await office.writes("ani", TRIAGE_CHAT, f"/klaim halo {nasty}"[:200], reply_to=case_card(office))
    for button in ("Periksa", "Jenis", "Konten palsu", "Temuan", "Salah"):
        await office.press("ani", claim_card(office), button)
    asked = office.last("ani")
    await office.writes("ani", office.users["ani"].id, f"{SOURCE} halo {nasty}"[:300], reply_to=asked)
    if not any("Pastikan" in str(button["text"]) for button in claim_card(office).buttons):
        # A link of theirs that no source may stand on was refused in words.
        await office.writes("ani", office.users["ani"].id, f"halo {SOURCE}", reply_to=asked)
    await office.press("kori", claim_card(office), "Pastikan temuan")
    await office.press("ani", claim_card(office), "Komentar")
    await office.press("ani", claim_card(office), "Kembali")


def everything_said(office: Office) -> list[Message]:
    rooms = [TRIAGE_CHAT, CRISIS_CHAT, *(office.users[who].id for who in TEAM)]
    return [message for room in rooms for message in office.seen(room)]


@pytest.mark.parametrize("nasty", SEEDS, ids=lambda text: ascii(text)[1:18])
async def test_nothing_is_refused_and_nothing_becomes_ours(office: Office, nasty: str) -> None:
    villain = await a_whole_day(office, nasty)
    await a_crisis(office, nasty, villain)
    assert_ours(office)


@pytest.mark.parametrize("nasty", SEEDS, ids=lambda text: ascii(text)[1:18])
async def test_claims_notes_and_measures_carry_it_no_further(office: Office, nasty: str) -> None:
    await an_afternoon(office, nasty)
    assert any("KL-1" in message.text for message in everything_said(office))
    assert_ours(office)


def assert_ours(office: Office) -> None:
    """Telegram refused nothing, and every mark is the product's own or stands in the team's own words."""
    assert office.refusals() == []
    said = everything_said(office)
    assert len(said) > 10
    for message in said:
        assert not FORBIDDEN.search(message.text)
        assert longest_pile(message.text) <= 3
        for entity in message.raw.get("entities", ()):
            kind = entity["type"]
            part = message.text.encode("utf-16-le")[
                2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])
            ].decode("utf-16-le")
            if kind == "bot_command":
                assert part in SAFE_COMMANDS or is_own_text(message, entity), message.text
            elif kind == "text_link":
                assert entity["url"].startswith(("https://t.me/", "https://www.lapor.go.id", SOURCE))
            elif kind == "text_mention":
                assert message.prompt is not None
                assert message.prompt["selective"]
                assert entity["user"]["id"] in {office.users[who].id for who in TEAM}
            else:
                assert kind in OURS or part in OUR_WEB or is_own_text(message, entity), (kind, part)


def is_own_text(message: Message, entity: dict[str, object]) -> bool:
    """Whether it stands in the team's own words: a draft or a note is quoted exactly as it was typed."""
    quotes = [e for e in message.raw["entities"] if e["type"] == "blockquote"]
    inside = any(
        q["offset"] <= entity["offset"] < q["offset"] + q["length"]  # type: ignore[operator]  # both are numbers
        for q in quotes[1:] or quotes
    )
    return inside and any(word in message.text for word in ("halo", "catatan", "akhir", "alasan"))


async def test_a_posted_reply_carries_no_hidden_character(office: Office) -> None:
    await a_whole_day(office, "\u202ehai\u2066 \ud800" + "Z" + "\u0301" * 40)
    posted = office.seen(DISCUSSION)
    assert posted
    for message in posted:
        assert not FORBIDDEN.search(message.text)
        assert longest_pile(message.text) <= 2


async def test_an_endless_answer_is_refused_in_words(office: Office) -> None:
    await office.comment("Jalan rusak")
    for button in ("Ambil", "Balas", "Tulis"):
        await office.press("ani", office.cards()[-1], button)
    said = await office.writes("ani", TRIAGE_CHAT, "x" * 4000, office.seen(TRIAGE_CHAT)[-1])
    assert said.text == "Teksnya terlalu panjang. Paling panjang 1000 karakter."
