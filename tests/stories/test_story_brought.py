"""What the team brings in: forwarded in private, or pointed at with /lapor; once, however often."""

from story_town import Town

from bot.sandbox import User

SEEN = "Di grup RT ramai: pasar lama mau digusur minggu depan, benar tidak?"
ANSWER = "Tidak benar. Pasar lama tetap buka; yang pekan depan hanya perbaikan atap blok C."


def elsewhere(town: Town) -> User:
    """Somebody in another group, who lets forwards show a name only."""
    return town.world.add_user("Surya", 7301)


async def test_a_forwarded_message_becomes_a_case_once_and_ends_in_text_to_copy(town: Town) -> None:
    stranger = elsewhere(town)
    group = town.world.add_group("RT 04", [stranger], bot="left")
    said = town.world.say(stranger, group, SEEN)
    for _ in range(2):
        town.world.forward(town.people["laras"], town.people["laras"], said, hidden=True)
        await town.settled()
    town.world.forward(town.people["yoga"], town.people["yoga"], said, hidden=True)
    await town.settled()
    (card,) = town.seen(town.triage, SEEN)
    assert "diteruskan tim" in card.text
    assert "Surya" in card.text

    await town.approved("laras", card, ANSWER)
    copy = town.card("Perlu dikirim dengan tangan", ANSWER)
    assert [button["text"] for button in copy.buttons] == ["☑️ Sudah terkirim"]
    assert not town.public()
    await town.press("yoga", copy, "Sudah terkirim")
    assert "dipastikan sudah terkirim oleh Yoga" in copy.text
    assert card.text.startswith("✅ #1 · Dijawab")
    assert "post" in await town.deeds("draft:1")


async def test_lapor_under_a_message_brings_it_in_once(town: Town) -> None:
    pasted = await town.say("gita", f"Ini ada di kolom sebelah: {SEEN}")
    await town.say("laras", "/lapor", reply_to=pasted)
    assert town.card("Masuk sebagai #1")
    await town.say("yoga", "/lapor", reply_to=pasted)
    assert town.card("Sudah ada sebagai #1.")
    assert len(town.seen(town.triage, SEEN, button="Ambil")) == 1
    await town.say("laras", "/lapor")
    assert town.card("Balas komentar warga dengan /lapor")
    town.world.say(
        town.citizens["Ratna"], town.discussion, "/lapor", reply_to=town.world.thread_of(town.post)
    )
    await town.settled()
    assert not town.public()


async def test_what_the_team_writes_under_a_post_is_no_citizens_comment(town: Town) -> None:
    town.world.join(town.discussion, town.people["laras"])
    town.world.comment(town.post, town.people["laras"], "Silakan ditanyakan, kami siap membantu.")
    town.world.comment(town.post, town.people["yoga"], "Sama-sama, Kak.", as_chat=town.channel)
    await town.settled()
    assert await town.read.cases.get(1) is None
