"""A citizen writes to the bot in private: a receipt, follow-ups, media, the answer; or no way to them."""

from story_town import Town, labels

from bot.sandbox import Message, User, media

ASKED = "Halo, saya mau tanya status akta kelahiran anak. Sudah dua minggu belum ada kabar"
ANSWER = "Selamat siang, berkasnya sudah selesai dan bisa diambil di loket dua."


def replies_to(town: Town, citizen: User) -> list[Message]:
    return town.seen(town.world.chat(citizen.id))


async def test_a_private_message_is_received_followed_up_and_answered(town: Town) -> None:
    wulan = town.citizens["Wulan"]
    first = await town.dm(wulan, ASKED)
    (receipt,) = replies_to(town, wulan)
    assert "dengan nomor #1" in receipt.text
    card = town.card(ASKED)
    assert "pesan pribadi" in card.text

    await town.later(minutes=9)
    await town.dm(wulan, "Atas nama anak kedua, ya")
    await town.dm(wulan, extra=media("photo"))
    assert len(replies_to(town, wulan)) == 1
    assert len(town.seen(town.triage, button="Balas")) == 1
    assert "Disertai foto." in card.text
    assert "Sebelumnya ia juga menulis 2 pesan" in card.text

    await town.approved("laras", card, ANSWER)
    answer = replies_to(town, wulan)[-1]
    assert answer.text == ANSWER
    assert answer.reply_to is not None
    assert answer.reply_to > first.message_id
    assert not town.public()

    await town.later(hours=3)
    await town.dm(wulan, "Baik, terima kasih. Loketnya buka sampai jam berapa?")
    assert "ditangani Laras" in card.text
    assert "Balas" in str(labels(card))
    assert len(replies_to(town, wulan)) == 2


async def test_a_citizen_who_blocks_the_bot_gets_no_answer_and_people_are_told(town: Town) -> None:
    wulan = town.citizens["Wulan"]
    await town.dm(wulan, ASKED)
    card = town.card(ASKED)
    draft = await town.submitted("laras", card, ANSWER)
    town.world.block(wulan)
    await town.press("sekar", draft, "Setujui")
    told = town.card("Gagal terkirim", ANSWER, button="Kirim ulang")
    assert "Balasan gagal dikirim" in card.text
    assert len(replies_to(town, wulan)) == 1

    town.world.block(wulan, blocked=False)
    await town.press("laras", told, "Kirim ulang")
    assert replies_to(town, wulan)[-1].text == ANSWER
    assert "dikirim ulang" in told.text or "sudah terkirim" in told.text
    assert not told.buttons
    assert card.text.startswith("✅ #1 · Dijawab")


async def test_start_greets_a_citizen_and_opens_no_case(town: Town) -> None:
    town.world.start(town.citizens["Hasan"])
    await town.dm(town.citizens["Hasan"], "/antrean")
    greetings = replies_to(town, town.citizens["Hasan"])
    assert len(greetings) == 2
    for _ in range(3):
        town.world.start(town.citizens["Hasan"])
    await town.settled()
    greetings = replies_to(town, town.citizens["Hasan"])
    assert len(greetings) == 3, "a greeting is no way to keep the bot busy"
    assert all("Tulis pertanyaan, keluhan, atau laporan" in one.text for one in greetings)
    assert await town.read.cases.get(1) is None


async def test_citizens_are_addressed_as_the_agency_wants(settle) -> None:
    agency = "{name: Pemerintah Kota Contoh, short: Kota Contoh, zone: WIB, greeting: 'Yth. Bapak/Ibu,'}"
    town: Town = await settle(settings={"agency": agency})
    await town.start()
    await town.gather()
    wulan = town.citizens["Wulan"]
    town.world.start(wulan)
    await town.dm(wulan, ASKED)
    greeted, receipt = replies_to(town, wulan)
    assert greeted.text.startswith("Yth. Bapak/Ibu! Tulis pertanyaan")
    assert receipt.text.startswith("Yth. Bapak/Ibu, terima kasih. Pesan Anda sudah kami terima dengan nomor")
