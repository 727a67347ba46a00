"""Two named people answer somebody who cannot go on: in private, together, and with nobody else looking."""

import re
from importlib import resources
from pathlib import Path

import pytest
from story_town import NIGHT, Town, labels

from bot.sandbox import Break, Fault, Message, User
from bot.services.templates import short_name

WORDS = "Malam min. Aku capek banget, rasanya gak sanggup hidup begini terus. Pengen mengakhiri semuanya saja"
CARE = "Terima kasih sudah bercerita, Wulan. Kami di sini bersamamu. Apakah kamu aman sekarang?"
SECRETS = ("Wulan", "capek banget", "mengakhiri", "bercerita", "bersamamu", "t.me/")
PREPARED = """replies: v1
topic: keselamatan-jiwa
templates:
  - id: keselamatan-jiwa/kami-di-sini
    title: Kami di sini
    labels: [emergency]
    topics: [bunuh-diri]
    text: |
      Halo {nama}, terima kasih sudah bercerita. Kami di sini bersamamu. {tanya}
    slots:
      nama: {type: name}
      tanya:
        type: choice
        ask: Tanyakan apa?
        choices:
          aman: Apakah kamu aman sekarang?
          teman: Adakah yang bisa menemanimu?
    owner: role:koordinator
    basis: Pedoman pendamping
    version: 1
    valid_until: 2027-12-31
    state: proposed
"""

SHIPPED = re.findall(
    r"(?m)^    title: (.+)$",
    (resources.files("playbooks") / "replies" / "keselamatan-jiwa.yaml").read_text("utf-8"),
)


@pytest.fixture
async def night(settle, tmp_path: Path) -> Town:
    """After office hours; the agency has prepared words of its own for this."""
    (tmp_path / "balasan").mkdir()
    (tmp_path / "balasan" / "keselamatan-jiwa.yaml").write_text(PREPARED, "utf-8")
    town: Town = await settle(at=NIGHT, settings={"templates": "[bawaan, balasan]"})
    await town.start()
    await town.gather()
    return town


def facts(message: Message) -> str:
    return str(message.quoted()) + str(message.buttons)


def nobody_else_read(town: Town) -> None:
    """Neither the group, nor anybody but Sekar and Laras, has seen the citizen or a word of the answer."""
    others = [town.people[key] for key in ("yoga", "tirta", "dimas", "gita", "harun")]
    for place in (town.triage, *others):
        for message in town.seen(place):
            assert not any(secret in facts(message) for secret in SECRETS), message.text


async def asks_for_help(town: Town, words: str = WORDS) -> User:
    wulan = town.citizens["Wulan"]
    await town.dm(wulan, words)
    return wulan


def original(town: Town, key: str) -> Message:
    return town.one(town.people[key], "hanya untuk pendamping", button="Balas")


async def begun(town: Town, key: str = "laras") -> Message:
    """Somebody turns to the citizen; their draft's card."""
    await town.press(key, original(town, key), "Balas")
    return town.one(town.people[key], "Draf balasan untuk warga")


async def written(town: Town, key: str = "laras", words: str = CARE) -> Message:
    card = await begun(town, key)
    await town.press(key, card, "Tulis")
    await town.answer(key, words, town.private(key))
    return card


async def submitted(town: Town, key: str = "laras", reader: str = "sekar", words: str = CARE) -> Message:
    """The card on which the other one decides."""
    await town.press(key, await written(town, key, words), "Ajukan")
    return town.one(town.people[reader], "Mohon dibaca sebelum terkirim", button="Setujui")


def received(town: Town, citizen: User) -> list[str]:
    return [message.text for message in town.seen(citizen)]


async def test_one_writes_the_other_reads_and_only_then_it_is_sent(night: Town) -> None:
    wulan = await asks_for_help(night)
    await night.press("laras", original(night, "laras"), "Balas")
    assert "ditangani Laras" in night.card("dua pendamping").text
    card = night.one(night.people["laras"], "Draf balasan untuk warga", "capek banget", "Wulan")
    assert card.protected
    offered = [label.partition(". ")[2] for label in labels(card) if label[0].isdigit()]
    assert sorted(offered) == sorted([*SHIPPED, "Kami di sini"])
    assert [label for label in labels(card) if not label[0].isdigit()] == ["✏️ Tulis", "Buang draf"]
    refused = await night.press("sekar", original(night, "sekar"), "Balas")
    assert refused.text == "Sudah ditangani Laras. Terima kasih sudah sigap."

    await night.press("laras", card, "Tulis")
    await night.answer("laras", CARE, night.private("laras"))
    assert CARE in card.text
    assert labels(card) == ["📤 Ajukan", "✏️ Ubah", "Buang draf"]
    submission = await night.press("laras", card, "Ajukan")
    assert submission.text == "Diajukan. Pendamping kedua diminta membacanya."
    assert not received(night, wulan)
    assert "Menunggu Sekar" in card.text
    assert "menunggu persetujuan" in night.card("dua pendamping").text

    asked = night.one(night.people["sekar"], "Mohon dibaca", CARE, "capek banget", "Wulan")
    assert asked.protected
    assert labels(asked) == ["✅ Setujui", "↩️ Kembalikan"]
    await night.press("sekar", asked, "Setujui")
    assert received(night, wulan) == [CARE]
    assert "Dijawab" in night.card("dua pendamping").text
    assert card.text.startswith("✅ Terkirim")
    nobody_else_read(night)
    assert await night.deeds("draft:1") == ["draft", "write", "submit", "approve", "post"]
    assert CARE not in str(await night.journal("draft:1"))


async def test_prepared_words_come_first_and_everyday_ones_never(night: Town) -> None:
    wulan = await asks_for_help(night)
    card = await begun(night)
    assert "2. Kami di sini" in card.text
    await night.press("laras", card, "Kami di sini")
    await night.press("laras", card, "Apakah kamu aman sekarang?")
    everyday = short_name("apresiasi/terima-kasih")
    press = await night.forged(night.people["laras"], card, f"dt:1:3:{everyday}")
    assert press.text.startswith("Templat itu tidak ditemukan")
    await night.press("laras", card, "Ajukan")
    asked = night.one(night.people["sekar"], "Mohon dibaca", "Templat “Kami di sini”.")
    assert "Sama persis dengan templatnya." in asked.text
    await night.press("sekar", asked, "Setujui")
    assert received(night, wulan) == [
        "Halo Wulan, terima kasih sudah bercerita. Kami di sini bersamamu. Apakah kamu aman sekarang?"
    ]


async def test_nobody_but_the_two_can_do_anything_about_it(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    group = night.card("dua pendamping")
    draft, case = 1, 1
    for data in (f"ca:{case}:1", f"cr:{case}:9", f"cd:{case}:3", f"dy:{draft}:3", f"db:{draft}:3",
                 f"dr:{draft}:3", f"ds:{draft}:3", f"de:{draft}:3"):  # fmt: skip
        for key in ("tirta", "yoga", "dimas", "harun"):
            before = await night.deeds(f"draft:{draft}")
            press = await night.forged(night.people[key], group, data)
            assert press.text
            assert [deed for deed in await night.deeds(f"draft:{draft}") if deed != "denied"] == [
                deed for deed in before if deed != "denied"
            ]
    own = await night.forged(night.people["laras"], asked, asked.button("Setujui")["callback_data"])
    assert own.text
    assert not received(night, wulan)
    nobody_else_read(night)
    await night.press("sekar", asked, "Setujui")
    assert received(night, wulan) == [CARE]


async def test_a_remark_goes_back_to_the_writer_alone_and_the_words_are_kept(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    await night.press("sekar", asked, "Kembalikan")
    await night.answer("sekar", "Sebut namanya lebih dulu, bersamamu di akhir", night.private("sekar"))
    assert night.one(night.people["laras"], "draf dikembalikan Sekar", "Sebut namanya lebih dulu")
    card = night.one(night.people["laras"], "Dikembalikan", button="Tulis lagi")
    nobody_else_read(night)
    await night.press("laras", card, "Tulis lagi")
    again = night.one(night.people["laras"], "Draf balasan untuk warga", CARE, button="Ajukan")
    await night.press("laras", again, "Ajukan")
    await night.press("sekar", night.one(night.people["sekar"], CARE, button="Setujui"), "Setujui")
    assert received(night, wulan) == [CARE]


async def test_a_new_word_of_the_citizen_holds_back_what_was_approved_without_it(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    stale = asked.button("Setujui")["callback_data"]
    await night.dm(wulan, "Maaf ya mengganggu, sudah lupakan saja")
    press = await night.forged(night.people["sekar"], asked, stale)
    assert "tidak berlaku lagi" in press.text
    assert not received(night, wulan)
    for key in ("sekar", "laras"):
        assert night.one(night.people[key], "ada tulisan baru dari warga")
        assert night.one(night.people[key], "lupakan saja", button="Balas")
    card = night.one(night.people["laras"], "Ada tulisan baru dari warga", button="Tulis lagi")
    await night.press("laras", card, "Tulis lagi")
    again = night.one(night.people["laras"], "Draf balasan untuk warga", "lupakan saja", CARE)
    await night.press("laras", again, "Ajukan")
    await night.press("sekar", night.one(night.people["sekar"], "lupakan saja", button="Setujui"), "Setujui")
    assert received(night, wulan) == [CARE]
    nobody_else_read(night)


async def test_while_it_is_written_a_new_word_is_shown_and_the_old_button_does_not_send(night: Town) -> None:
    wulan = await asks_for_help(night)
    card = await written(night)
    old = card.button("Ajukan")["callback_data"]
    await night.dm(wulan, "Aku di jembatan sekarang")
    assert "jembatan" in card.text
    assert CARE in card.text
    press = await night.forged(night.people["laras"], card, old)
    assert "sudah berubah" in press.text
    await night.press("laras", card, "Ajukan")
    assert "jembatan" in night.one(night.people["sekar"], "Mohon dibaca").text


async def test_a_stop_in_the_middle_loses_nothing(night: Town) -> None:
    wulan = await asks_for_help(night)
    card = await written(night)
    await night.stop()
    await night.start()
    await night.press("laras", card, "Ajukan")
    asked = night.one(night.people["sekar"], "Mohon dibaca", CARE)
    await night.stop()
    night.world.press(night.people["sekar"], asked, "Setujui")
    await night.start()
    assert received(night, wulan) == [CARE]
    assert await night.deeds("draft:1") == ["draft", "write", "submit", "approve", "post"]


async def test_the_lock_holds_it_and_says_so_to_the_writer(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    await night.say("yoga", "/kunci")
    await night.press("sekar", asked, "Setujui")
    assert not received(night, wulan)
    card = night.one(night.people["laras"], "Disetujui", "/kunci")
    assert "Tarik draf" in str(card.buttons)
    await night.say("tirta", "/buka")
    await night.say("sekar", "/buka")
    assert received(night, wulan) == [CARE]
    nobody_else_read(night)


async def test_when_the_second_reader_is_silent_nothing_is_sent_and_people_are_told(night: Town) -> None:
    wulan = await asks_for_help(night)
    await submitted(night)
    await night.later(minutes=31)
    assert not received(night, wulan)
    assert night.card("pendamping kedua belum memutuskan")
    assert night.one(night.people["laras"], "pendamping kedua belum memutuskan")
    card = night.one(night.people["laras"], "sudah lewat waktu", button="Tulis lagi")
    await night.press("laras", card, "Tulis lagi")
    assert night.one(night.people["laras"], "Draf balasan untuk warga", CARE, button="Ajukan")
    nobody_else_read(night)


async def test_where_the_second_reader_cannot_be_reached_the_group_is_told_at_once(settle) -> None:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather("sekar", by="tirta")
    wulan = await asks_for_help(town)
    await town.press("laras", await written(town), "Ajukan")
    assert town.card("belum ada pendamping kedua yang bisa dihubungi")
    assert not received(town, wulan)
    nobody_else_read(town)


async def test_an_unsure_answer_is_asked_of_the_two_and_stands_once(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    night.sandbox.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=wulan.id, times=1))
    await night.press("sekar", asked, "Setujui")
    question = night.card("Belum pasti terkirim", button="Kirim ulang")
    assert night.one(night.people["laras"], "Belum pasti sampai")
    press = await night.press("yoga", question, "Kirim ulang")
    assert press.text == "Pesan ini hanya ditangani pendamping yang ditunjuk. Terima kasih sudah peduli."
    await night.press("laras", question, "Sudah terkirim")
    assert received(night, wulan) == [CARE]
    nobody_else_read(night)


async def test_under_a_post_the_writer_is_warned_that_everybody_reads_it(night: Town) -> None:
    comment = await night.comment("Wulan", WORDS)
    asked = await submitted(night, "sekar", "laras")
    assert "dibaca siapa saja" in asked.text
    await night.press("laras", asked, "Setujui")
    assert [(reply.text, reply.reply_to) for reply in night.public()] == [(CARE, comment.message_id)]
    nobody_else_read(night)


async def test_staying_in_touch_needs_no_new_word_of_the_citizen(night: Town) -> None:
    wulan = await asks_for_help(night)
    await night.press("sekar", await submitted(night), "Setujui")
    await night.leap(hours=20)
    card = night.one(night.people["laras"], "Terkirim", button="Balas lagi")
    await night.press("laras", card, "Balas lagi")
    fresh = night.one(night.people["laras"], "Draf balasan untuk warga")
    assert CARE not in fresh.text
    await night.press("laras", fresh, "Tulis")
    await night.answer(
        "laras", "Selamat sore, bagaimana kabarmu hari ini? Kami bersamamu.", night.private("laras")
    )
    await night.press("laras", fresh, "Ajukan")
    await night.press("sekar", night.one(night.people["sekar"], "kabarmu", button="Setujui"), "Setujui")
    assert len(received(night, wulan)) == 2


async def test_whoever_had_it_before_gives_way_and_the_everyday_draft_is_not_used(town: Town) -> None:
    comment = await town.comment("Wulan", "Min, kapan konselor di puskesmas ada?")
    card = town.card("konselor di puskesmas")
    await town.write("yoga", card, "Halo Kak, tiap Senin pagi.")
    town.world.edit(comment, WORDS)
    await town.settled()
    assert "belum diambil" in card.text
    refused = await town.press("yoga", card, "Ambil")
    assert refused.text.startswith("Pesan ini hanya ditangani pendamping")
    fresh = await begun(town)
    assert "Senin pagi" not in fresh.text
    await town.press("laras", card, "Lepas")
    assert "sudah dibatalkan" in fresh.text
    assert "belum diambil" in card.text


async def test_private_data_does_not_pass_here_either(night: Town) -> None:
    await asks_for_help(night)
    card = await written(night, words="Hubungi saya di 0812 3456 7890, bersamamu.")
    assert "⚠️" in card.text
    assert labels(card) == ["✏️ Ubah", "Buang draf"]


async def test_it_is_being_named_that_counts_and_no_role(settle) -> None:
    """Pak Harun leads the agency: he writes no replies. For this he is named."""
    groups = "{kepala-humas: [tirta], pimpinan: [harun], pendamping: [harun, laras]}"
    town: Town = await settle(at=NIGHT, settings={"groups": groups})
    await town.start()
    await town.gather()
    wulan = await asks_for_help(town)
    refused = await town.press("sekar", town.card("dua pendamping"), "Ambil")
    assert refused.text.startswith("Pesan ini hanya ditangani pendamping")
    await town.press("laras", await submitted(town, "harun", "laras"), "Setujui")
    assert received(town, wulan) == [CARE]
    assert not town.seen(town.people["sekar"], "capek")


async def test_a_lone_officer_reads_again_after_a_pause(settle) -> None:
    groups = "{kepala-humas: [tirta], pimpinan: [harun], pendamping: [laras]}"
    alone = "{expires: 30m, alone: true, alone_pause: 60s}"
    town: Town = await settle(at=NIGHT, settings={"groups": groups, "approval": alone})
    await town.start()
    await town.gather()
    wulan = await asks_for_help(town)
    await town.press("laras", await written(town), "Ajukan")
    card = town.one(town.people["laras"], "Mohon dibaca", button="Sudah saya baca ulang")
    hasty = await town.press("laras", card, "Sudah saya baca ulang")
    assert hasty.text.startswith("Baca sekali lagi dulu")
    await town.later(seconds=61)
    await town.press("laras", card, "Sudah saya baca ulang")
    assert received(town, wulan) == [CARE]


async def test_where_two_are_named_nobody_confirms_alone(settle) -> None:
    town: Town = await settle(at=NIGHT, settings={"approval": "{alone: true, alone_pause: 60s}"})
    await town.start()
    await town.gather()
    wulan = await asks_for_help(town)
    asked = await submitted(town)
    await town.later(seconds=90)
    own = town.one(town.people["laras"], "Menunggu Sekar")
    press = await town.forged(town.people["laras"], own, asked.button("Setujui")["callback_data"])
    assert press.text == "Kata-kata sendiri disetujui orang lain. Tunggu pendamping kedua, ya."
    assert not received(town, wulan)


async def test_no_forged_button_gives_the_case_to_somebody_who_may_not_read_it(night: Town) -> None:
    await asks_for_help(night)
    group = night.card("dua pendamping")
    for data in ("ct:1:1", "cp:1:1:reply", "cp:1:1:writing", "cz:1:1:30", "cw:1:1", "cr:1:1", "ca:1:1",
                 "cp:1:1:close", "cc:1:1:spam", "cc:1:1:not_ours"):  # fmt: skip
        press = await night.forged(night.people["yoga"], group, data)
        assert press.text.startswith(
            ("Pesan ini hanya ditangani pendamping", "Belum bisa: kasus ini dijawab")
        )
    case = await night.read.cases.get(1)
    assert (case.status, case.assignee, case.version) == ("new", None, 1)
    assert not night.seen(night.people["yoga"], "Draf")
    await written(night)
    for data in ("cb:1:2", "cb:1:3"):
        await night.forged(night.people["yoga"], group, data)
    case = await night.read.cases.get(1)
    assert (case.status, case.assignee) == ("assigned", "laras")
    assert await night.words_of(1) == CARE


async def test_a_second_reader_who_has_blocked_the_bot_is_missed_at_once(night: Town) -> None:
    wulan = await asks_for_help(night)
    night.world.block(night.people["sekar"])
    await night.press("laras", await written(night), "Ajukan")
    assert night.card("belum ada pendamping kedua yang bisa dihubungi")
    assert not received(night, wulan)
    nobody_else_read(night)
