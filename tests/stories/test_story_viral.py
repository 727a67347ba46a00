"""A viral morning in small: what the team sees of it, and that nothing is lost."""

from story_town import Town

from bot.wire.pacing import Limits

MATTERS = (
    "Katanya bantuan sosial bulan ini dihapus semua oleh pemerintah kota, benarkah begitu min",
    "Jalan Melati di depan pasar lama sudah tiga bulan berlubang besar dan belum juga diperbaiki",
    "Air keran di Kampung Kenanga keruh dan berbau sejak hari Senin, kapan petugas datang memeriksa",
)
DANGER = "tolong kebakaran di gang {}, banyak orang terjebak, kirim damkar sekarang"
COMMENTS, EMERGENCIES = 200, 4


async def open_town(settle) -> Town:
    town: Town = await settle(settings={"board": "{live: true, cards: 16}"})
    await town.start()
    await town.gather()
    await town.later(minutes=2)
    return town


def write_all(town: Town) -> None:
    """Two hundred people at once; every fiftieth is in danger."""
    for number in range(COMMENTS):
        citizen = town.world.add_user(f"Warga {number}")
        text = DANGER.format(number) if number % 50 == 25 else f"{MATTERS[number % 3]} {'ya' * (number % 2)}"
        town.world.comment(town.post, citizen, text)


async def test_two_hundred_comments_are_few_cards_one_board_and_none_is_lost(settle) -> None:
    town = await open_town(settle)
    begun = {m.message_id for m in town.seen(town.triage)}
    write_all(town)
    await town.later(seconds=40)
    counts = [group.count for group in await town.read.board.groups(town.clock.now())]
    assert sum(counts) == COMMENTS
    assert (await town.machine.database.read.inbox.health()).pending == 0
    board = town.card("Papan tim")
    assert f"Darurat: {EMERGENCIES} kasus" in board.text
    linked = [one for one in board.raw["entities"] if one["type"] == "text_link"]
    assert len(linked) >= EMERGENCIES
    new = [m for m in town.seen(town.triage) if m.message_id not in begun]
    assert len([m for m in new if "Ambil" in str(m.buttons)]) <= 16
    assert len(new) <= Limits().group.count
    assert any("komentar" in m.text for m in new if "Ambil" in str(m.buttons))
