"""The live board of the team's group, and the digest for what would be too many cards."""

import re

from story_town import PATIENCE_S, Town, labels

from bot.sandbox import Message

QUESTION = "Jam berapa loket dukcapil buka hari Sabtu?"
BURNING = "tolong kebakaran di pasar lama, banyak orang terjebak, kirim damkar"
NAMES = ("Ratna", "Bagus", "Wulan", "Hasan", "Ningsih", "Toni", "Ferry")


async def open_town(settle, **facts: object) -> Town:
    town: Town = await settle(**facts)
    await town.start()
    await town.gather()
    return town


async def wait_a_moment(town: Town) -> None:
    """Until the next look at the board is due. Its loop has no row that would tell when it is over."""
    await town.later(seconds=16)


async def board_says(town: Town, words: str) -> None:
    """As soon as the look is over and its edit is out."""
    await town.world.until(lambda: words in board(town).text, PATIENCE_S)


def board(town: Town) -> Message:
    return town.card("Papan tim")


def digest(town: Town) -> Message:
    return town.card("Rangkuman kasus baru")


def cards(town: Town) -> list[Message]:
    return town.seen(town.triage, button="Ambil")


async def ask(town: Town, count: int) -> None:
    for number in range(count):
        await town.comment(NAMES[number % len(NAMES)], f"{QUESTION} Nomor {number + 1}.")
        await town.later(seconds=30)


async def test_one_message_says_how_the_team_stands_and_is_edited_in_place(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, cards: 1000}"})
    assert "Tidak ada kasus yang menunggu" in board(town).text
    await town.comment("Hasan", QUESTION)
    await wait_a_moment(town)
    await board_says(town, "1 belum diambil")
    assert "1 pertanyaan" in board(town).text
    assert "#1 13.00 WIB" in board(town).text
    await town.press("laras", town.card(QUESTION), "Ambil")
    await wait_a_moment(town)
    await board_says(town, "1 ditangani")
    assert "👤 Laras 1" in board(town).text
    await town.say("sekar", "/kunci")
    await wait_a_moment(town)
    await board_says(town, "dikunci oleh Sekar")
    assert len(town.seen(town.triage, "Papan tim")) == 1
    assert board(town).message_id == town.triage.pinned[-1]


async def test_the_board_survives_a_restart_and_comes_back_when_somebody_deletes_it(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, cards: 1000}"})
    first = board(town)
    await town.stop()
    await town.start()
    await wait_a_moment(town)
    assert [m.message_id for m in town.seen(town.triage, "Papan tim")] == [first.message_id]
    town.world.delete(first)
    await town.comment("Hasan", QUESTION)
    await wait_a_moment(town)
    assert board(town).message_id > first.message_id
    assert "1 belum diambil" in board(town).text


async def test_without_the_right_to_pin_it_comes_down_when_it_is_too_far_up(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, pin: false, cards: 1000}"})
    first = board(town)
    for number in range(45):
        await town.say("laras", f"Sebentar, saya cek dulu ya ({number}).")
    await town.comment("Hasan", QUESTION)
    await wait_a_moment(town)
    # The new one is sent first, then the old one goes: at no moment is there none.
    await town.world.until(lambda: len(town.seen(town.triage, "Papan tim")) == 1, PATIENCE_S)
    assert board(town).message_id > first.message_id


async def test_an_emergency_is_on_the_board_at_once_and_leads_to_its_card(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, cards: 1000}"})
    await wait_a_moment(town)
    await town.comment("Hasan", BURNING)
    assert "Darurat: 1 kasus" in board(town).text
    await town.comment("Wulan", BURNING + " cepat")
    await town.later(seconds=4)
    assert "Darurat: 2 kasus" in board(town).text
    links = [one["url"] for one in board(town).raw["entities"] if one["type"] == "text_link"]
    standing = [f"https://t.me/c/{str(m.chat_id)[4:]}/{m.message_id}" for m in cards(town)]
    assert len(links) == 2
    assert links[-1] == standing[0]


async def test_what_is_too_much_for_the_group_waits_in_one_digest_and_is_opened_by_hand(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, cards: 4}"})
    await ask(town, 6)
    assert len(cards(town)) == 2
    assert "Rangkuman kasus baru (4)" in digest(town).text
    assert "🗂 4 kasus baru di rangkuman" in board(town).text
    assert len(town.seen(town.triage, "Rangkuman")) == 1
    press = await town.press("laras", digest(town), "Buka #4")
    assert press.answer["text"] == "Kartu #4 ada di bawah."
    assert "Nomor 4" in cards(town)[-1].text
    await town.later(seconds=2)
    assert "(3)" in digest(town).text
    assert "Buka #4" not in str(labels(digest(town)))
    await town.press("laras", digest(town), "Buka berikutnya")
    assert "Nomor 3" in cards(town)[-1].text
    await town.press("laras", cards(town)[-1], "Ambil")
    assert "ditangani Laras" in cards(town)[-1].text or "ditangani Laras" in town.card("Nomor 3").text


async def test_a_press_that_comes_twice_or_too_late_opens_no_second_card(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: false, cards: 4}"})
    await ask(town, 4)
    old = digest(town)
    assert "Buka #3" in str(labels(old))
    await town.press("laras", old, "Buka #3")
    data = next(one["callback_data"] for one in old.buttons if one["text"].startswith("Buka #"))
    press = await town.forged(town.people["yoga"], old, re.sub(r"\d+$", "3", data))
    assert press.answer["text"] == "Kartunya sudah ada di grup tim."
    assert len(town.seen(town.triage, "Nomor 3", button="Ambil")) == 1


async def test_an_emergency_has_its_card_when_routine_has_none_left(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: true, cards: 4}"})
    await ask(town, 5)
    await town.comment("Hasan", BURNING)
    assert town.card("pasar lama", button="Ambil")


async def test_a_citizen_who_waits_in_the_digest_and_writes_again_makes_no_card(settle) -> None:
    town = await open_town(settle, settings={"board": "{live: false, cards: 4}"})
    await ask(town, 2)
    await town.comment("Wulan", QUESTION)
    await town.comment("Wulan", "Maaf, maksud saya hari Minggu?")
    assert len(cards(town)) == 2
    await town.later(hours=6)
    assert len(cards(town)) == 2
    assert "Rangkuman kasus baru (1)" in digest(town).text
