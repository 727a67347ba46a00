"""A rumour at night: who is woken, who is next, who has it, how it ends; and a bot that dies in between."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from story_town import NIGHT, Town, labels

from bot.sandbox import Break, Fault, Message

LADDER_ONLY = Path(__file__).parent / "playbooks" / "hoaks-viral.yaml"
RUMOUR = (
    "Sebarkan! Air PDAM mulai malam ini dicampur bahan kimia berbahaya, belasan orang masuk rumah sakit",
    "Min bener nggak air PDAM mulai malam ini dicampur bahan kimia berbahaya? Katanya belasan orang dirawat",
    "Dapat dari grup RT: sebarkan, air PDAM mulai malam ini dicampur bahan kimia berbahaya",
    "Beredar kabar air PDAM beracun, belasan warga dirawat di rumah sakit tapi ditutup-tutupi",
    "sebarkan air PDAM malam ini dicampur bahan kimia berbahaya katanya belasan orang masuk rumah sakit",
)
WRITERS = ("Ningsih", "Toni", "Ferry", "Ratna", "Bagus")


@pytest.fixture
async def town(settle) -> Town:
    """Monday, 21.30: Dimas is on call, Gita stands behind him."""
    # A playbook of two kinds of step: what is told here is the ladder, and no question calls anybody besides.
    town = await settle(at=NIGHT, settings={"playbooks": f"['{LADDER_ONLY}']"})
    await town.start()
    await town.gather()
    return town


async def spread(town: Town, count: int = 5) -> None:
    for name, text in list(zip(WRITERS, RUMOUR, strict=True))[:count]:
        await town.comment(name, text)


def pages(town: Town, key: str) -> list[Message]:
    return town.seen(town.people[key], "Hoaks yang sedang viral · K-1", "Dibuka")


def called(town: Town) -> Counter[str]:
    return Counter({key: len(pages(town, key)) for key in town.people if pages(town, key)})


def incident(town: Town) -> Message:
    """The live card in the team's group: it is the first that says the name."""
    return town.seen(town.triage, "Hoaks yang sedang viral · K-1")[0]


async def test_nobody_answers_and_everybody_is_called_in_turn_then_every_hour(town: Town) -> None:
    await spread(town, 4)
    assert not called(town)
    await town.comment(WRITERS[4], RUMOUR[4])
    assert called(town) == {"dimas": 1}
    page = pages(town, "dimas")[0]
    assert not page.silent
    assert page.protected
    assert labels(page) == ["👀 Saya tangani", "⏫ Naikkan"]
    assert "5 komentar sejenis" in page.text

    expected = {
        5: {"dimas": 1, "gita": 1, "sekar": 1, "tirta": 1},
        10: {"dimas": 1, "gita": 1, "sekar": 1, "tirta": 2},
        20: {"dimas": 2, "gita": 1, "sekar": 1, "tirta": 2},
        25: {"dimas": 2, "gita": 2, "sekar": 2, "tirta": 3},
        30: {"dimas": 2, "gita": 2, "sekar": 2, "tirta": 4},
        40: {"dimas": 2, "gita": 2, "sekar": 2, "tirta": 4, "harun": 1},
        100: {"dimas": 3, "gita": 2, "sekar": 2, "tirta": 4, "harun": 2},
        160: {"dimas": 4, "gita": 2, "sekar": 2, "tirta": 4, "harun": 3},
    }
    for minutes, wanted in expected.items():
        await town.later(minutes=minutes - _since(town) - 0.5)
        assert called(town) != wanted, minutes
        await town.later(minutes=1)
        assert called(town) == wanted, minutes
    assert not any(one.silent for key in town.people for one in pages(town, key))
    assert "Anda dipanggil lagi (ke-4)" in pages(town, "tirta")[-1].text
    assert "semua sudah dipanggil, belum ada jawaban" in incident(town).text
    assert len(town.seen(town.triage, "Belum ada yang menangani sejak")) == 2


def _since(town: Town) -> float:
    return (town.clock.now() - NIGHT) / timedelta(minutes=1)


async def test_one_takes_it_is_asked_after_it_goes_silent_and_it_is_closed(town: Town) -> None:
    await spread(town)
    await town.later(minutes=6)
    await town.press("gita", pages(town, "gita")[0], "Saya tangani")
    assert "Anda yang menangani" in pages(town, "gita")[0].text
    for key in ("dimas", "sekar", "tirta"):
        assert "Ditangani Gita, tidak perlu apa-apa" in pages(town, key)[-1].text
        assert not pages(town, key)[-1].buttons
    assert town.card("Ditangani Gita, 6 menit setelah dibuka")
    late = await town.press("sekar", incident(town), "Ambil alih")
    assert late.text == "Sekarang Anda yang menangani."
    back = await town.press("gita", incident(town), "Ambil alih")
    assert back.text == "Sekarang Anda yang menangani."

    await town.later(minutes=31)
    question = town.one(town.people["gita"], "Masih Anda tangani?", button="Ya, masih")
    assert not question.silent
    await town.press("gita", question, "Ya, masih")
    await town.later(minutes=29)
    assert called(town)["dimas"] == 1
    await town.later(minutes=7)
    assert called(town)["dimas"] == 2
    assert town.card("Gita tidak menjawab. Panggilan diulang dari awal.")

    await town.press("dimas", pages(town, "dimas")[-1], "Saya tangani")
    page = pages(town, "dimas")[-1]
    assert labels(page) == ["⏫ Naikkan", "Alarm palsu"], "no button that only says: not your task"
    close = incident(town).button("Selesai")["callback_data"]
    refused = await town.forged(town.people["dimas"], page, close)
    assert refused.text == "Menutup insiden adalah tugas koordinator."
    assert "berlangsung" in incident(town).text.lower()
    await town.press("sekar", incident(town), "Selesai")
    await town.answer("sekar", "Klarifikasi PDAM sudah tayang.", town.private("sekar"))
    assert "Selesai: tertangani" in incident(town).text
    assert not incident(town).buttons
    assert all("Sudah selesai" in pages(town, key)[-1].text for key in ("dimas", "gita", "sekar", "tirta"))
    before = called(town)
    await town.later(hours=5)
    assert called(town) == before


async def test_the_bot_dies_after_the_page_and_the_ladder_goes_on_where_it_was(town: Town) -> None:
    await spread(town)
    await town.later(minutes=2)
    await town.stop()
    town.advance(12 * 60)
    await town.start()
    assert called(town) == {"dimas": 1, "gita": 1, "sekar": 1, "tirta": 1}
    await town.stop()
    await town.start()
    assert called(town) == {"dimas": 1, "gita": 1, "sekar": 1, "tirta": 1}
    await town.later(minutes=5, seconds=30)
    assert called(town)["tirta"] == 2
    await town.press("dimas", pages(town, "dimas")[0], "Saya tangani")
    assert "Anda yang menangani" in pages(town, "dimas")[0].text
    await town.stop()
    town.advance(10 * 60)
    await town.start()
    assert called(town) == {"dimas": 1, "gita": 1, "sekar": 1, "tirta": 2}


async def test_the_bot_sleeps_for_hours_and_says_so_instead_of_replaying_the_ladder(town: Town) -> None:
    await spread(town)
    await town.stop()
    town.advance(4 * 3600)
    await town.start()
    assert called(town) == {"dimas": 2}
    assert "Anda dipanggil lagi (ke-2)" in pages(town, "dimas")[-1].text
    assert town.card("Bot sempat mati dari kemarin 21.30 WIB sampai 01.30 WIB.")


async def test_somebody_who_shut_the_bot_out_or_never_enrolled_holds_nobody_up(settle) -> None:
    town = await settle(at=NIGHT)
    await town.start()
    await town.gather("gita")
    town.people["dimas"].blocked = True  # before Telegram has told the bot
    await spread(town)
    assert called(town) == {"sekar": 1, "tirta": 1}
    assert town.card("Panggilan ke Dimas tidak sampai.")
    assert "Gita" in incident(town).text or "Sekar dan Tirta" in incident(town).text
    duty = await town.say("laras", "/piket")
    told = town.card("Belum bisa dihubungi bot")
    assert told.reply_to == duty.message_id
    assert "Dimas" in told.text
    assert "Gita" in told.text


async def test_a_known_block_skips_the_person_at_once(town: Town) -> None:
    town.world.block(town.people["dimas"])
    await spread(town)
    assert called(town) == {"gita": 1, "sekar": 1, "tirta": 1}
    tried = [call for call in town.sandbox.calls if call.code == 403]
    assert not tried


async def test_a_person_opens_it_by_hand_and_another_calls_it_a_false_alarm(town: Town) -> None:
    await town.comment("Hasan", "Kok banyak yang tanya soal air PDAM ya malam ini?")
    card = town.card("soal air PDAM")
    await town.press("laras", card, "Eskalasi")
    opened = await town.press("laras", card, "Hoaks yang sedang viral")
    assert opened.text == "Insiden dibuka. Yang bertugas sedang dipanggil."
    assert called(town) == {"dimas": 1}
    assert "dari kasus #1" in pages(town, "dimas")[0].text
    await town.press("sekar", incident(town), "Alarm palsu")
    await town.answer("sekar", "Hanya satu pertanyaan.", town.private("sekar"))
    assert "alarm palsu" in incident(town).text
    assert not pages(town, "dimas")[0].buttons
    await town.later(hours=2)
    assert called(town) == {"dimas": 1}


async def test_a_comment_of_what_is_in_hand_wakes_nobody_again(town: Town) -> None:
    """An admin comes late and presses for one of the comments that opened it; Dimas has it already."""
    await spread(town)
    await town.press("dimas", pages(town, "dimas")[0], "Saya tangani")
    card = town.card("Beredar kabar air PDAM beracun", button="Eskalasi")
    await town.press("laras", card, "Eskalasi")
    joined = await town.press("laras", card, "Hoaks yang sedang viral")
    assert joined.text == "Sudah ditangani di K-1; komentarnya ditambahkan."
    assert called(town) == {"dimas": 1}
    assert "Dimas" in incident(town).text


async def test_a_page_whose_answer_was_lost_comes_again_and_says_so(town: Town) -> None:
    lost = Fault(Break.RESET_AFTER, "sendMessage", chat_id=town.people["dimas"].id, times=1)
    town.sandbox.faults.add(lost)
    await spread(town)
    assert called(town) == {"dimas": 1}
    await town.later(seconds=10)
    first, second = pages(town, "dimas")
    assert "Kiriman ulang" not in first.text
    assert "Kiriman ulang" in second.text
    assert not second.silent
    await town.press("dimas", first, "Saya tangani")
    assert "Anda yang menangani" in second.text
    assert "Kiriman ulang" not in second.text
    await town.later(minutes=20)
    assert called(town) == {"dimas": 2}
