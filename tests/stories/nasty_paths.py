"""Every way out that words of citizens or colleagues take, as a short scene each, all in one town."""

import csv
import json
from collections.abc import Awaitable, Callable
from pathlib import Path as FilePath

from nasty_town import CITIZEN, COLLEAGUE, SOURCE, Nasty
from story_town import Town
from test_story_outside import call, signed

from bot.chat.cleaning import one_line
from bot.connectors.csv_file import CommentFile
from bot.domain.comment import whole
from bot.sandbox import Message
from bot.sandbox.media import media
from bot.services.importing import FileImport, Sheet
from bot.services.ports_outside import UnderWay

Path = Callable[[Nasty], Awaitable[None]]
MATTER = "Jalan Mawar di depan pasar lama berlubang sudah dua bulan, kapan diperbaiki"
OTHERS = (
    "Loket dukcapil hari Sabtu buka jam berapa", "Air keran di Kampung Kenanga keruh sejak Senin",
    "Sampah di Pasar Baru belum diangkut", "Bantuan sosial bulan ini kapan cair",
    "tolong kebakaran di pasar lama, banyak orang terjebak, kirim damkar",
)  # fmt: skip


def sees(town: Town, key: str, *words: str, button: str) -> Message:
    return town.one(town.people[key], *words, button=button)


async def a_comment(n: Nasty) -> None:
    town = n.town
    writer = n.villain()
    said = town.world.comment(town.post, writer, n.citizen_says("Lampu RT satu mati"))
    await town.settled()
    town.world.edit(said, n.citizen_says("Lampu RT satu mati lagi"))
    await town.settled()
    town.world.comment(town.post, writer, n.citizen_says("dan gelap sekali"))
    await town.settled()
    assert "dan gelap sekali" in town.card("Lampu RT satu mati lagi", button="Ambil").text
    for command in ("/antrean", "/status", f"/antrean {n.words}"[:900], f"/nonsens {n.words}"[:900]):
        await town.say("laras", command)


async def media_with_a_caption_and_a_file(n: Nasty) -> None:
    named = media("document")
    named["document"]["file_name"] = n.words[:200] or "-"
    await n.comment("Jalan rusak di foto", extra=media("photo"))
    await n.comment("Surat keluhan saya", extra=named)
    sticker = media("sticker")
    sticker["sticker"]["emoji"] = n.words[:8] or "-"
    n.town.world.comment(n.town.post, n.villain(), "", extra=sticker)
    await n.town.settled()


async def a_private_message(n: Nasty) -> None:
    town, writer = n.town, n.villain()
    town.world.start(writer, n.words[:60])
    await town.dm(writer, n.citizen_says("Kapan loket pajak buka"))
    await town.dm(writer, n.citizen_says("loketnya di mana"), extra=media("photo"))
    await _answered(n, town.card("Kapan loket pajak buka", button="Balas"))


async def an_answer(n: Nasty) -> None:
    card = await n.comment("Kapan pasar diperbaiki")
    await n.town.write("laras", card, n.colleague_says("halo"))
    if await n.may_press("laras", card, "Pratinjau"):
        assert n.town.one(n.town.people["laras"], "Begini warga membaca")
    if not await n.may_press("laras", card, "Ubah"):
        return
    await n.types("laras", n.colleague_says("halo lagi"))
    if not await n.may_press("laras", card, "Ajukan"):
        await n.may_press("laras", card, "Ubah")
        await n.types("laras", f"{COLLEAGUE} halo, Kak.")
        await n.town.press("laras", card, "Ajukan")
    await n.town.press("sekar", sees(n.town, "sekar", "Kapan pasar", button="Kembalikan"), "Kembalikan")
    await n.types("sekar", n.colleague_says("kurang jelas"), private=True)
    await _answered(n, card)


async def _answered(n: Nasty, card: Message) -> None:
    """With the same words where they may stand in public, else with others."""
    for words in (n.colleague_says("akhirnya"), f"{COLLEAGUE} sudah kami cek, Kak."):
        await n.town.write("laras", card, words)
        if await n.may_press("laras", card, "Ajukan"):
            await n.town.press("sekar", sees(n.town, "sekar", button="Setujui"), "Setujui")
            return
        await n.may_press("laras", card, "Buang draf")
    raise AssertionError(card.text)


async def a_template_from_the_chat(n: Nasty) -> None:
    card = n.town.card("Kapan pasar diperbaiki", button="Jadikan templat")
    for title in (n.colleague_says(most=60), f"{COLLEAGUE} Pasar"):
        await n.town.press("laras", card, "Jadikan templat")
        await n.types("laras", f"{title}\n{SOURCE}")
        proposed = n.town.seen(n.town.people["sekar"], button="Setujui templat")
        if proposed:
            await n.town.press("sekar", proposed[-1], "Setujui templat")
            break
    for asked in (n.words[:900], f"{COLLEAGUE}"):
        await n.town.say("laras", f"/templat {asked}")


async def brought_in_by_hand(n: Nasty) -> None:
    town, writer = n.town, n.villain()
    group = town.world.add_group(n.words[:100] or "-", [writer], bot="left")
    said = town.world.say(writer, group, n.citizen_says("Di grup RT ramai soal air"))
    for hidden, key in ((True, "laras"), (False, "yoga")):
        town.world.forward(town.people[key], town.people[key], said, hidden=hidden)
        await town.settled()
    card = town.card("Di grup RT ramai soal air", button="Ambil")
    pasted = await town.say("gita", n.citizen_says("Ini ada di kolom sebelah"))
    await town.say("laras", "/lapor", reply_to=pasted)
    await town.say("laras", f"/lapor {n.words}"[:900])
    await _answered(n, card)
    await town.press("laras", town.card("Perlu dikirim dengan tangan"), "Sudah terkirim")


async def a_search_and_many_at_once(n: Nasty) -> None:
    town = n.town
    for number in range(3):
        await n.comment(f"Sampah menumpuk hari ke-{number}")
    for asked in (n.words[:900], f'dari:"{n.words[:50]}"', "sampah", "lapor:123456", f"label:{n.words[:30]}"):
        await town.say("laras", f"/cari {asked}")
    listed = town.card("Ditemukan", button="Balas semua")
    await town.press("laras", listed, "Balas semua")
    await town.press("laras", town.card("akan dijawab dengan satu teks", button="Ya"), "Ya, lanjutkan")
    await n.types("laras", n.colleague_says("untuk semua"))
    drafts = town.seen(town.triage, "untuk semua", button="Ajukan")
    if drafts:
        await town.press("laras", drafts[-1], "Ajukan")
        await town.press("sekar", sees(town, "sekar", "Sampah", button="Tolak"), "Tolak")
    for blocked in town.seen(town.triage, "Sampah", button="Buang draf"):
        await town.press("laras", blocked, "Buang draf")
    await town.say("laras", "/cari sampah")
    await town.press("laras", town.card("Ditemukan", button="Tutup semua"), "Tutup semua")
    await town.press("laras", town.card("Ditemukan", button="Ganda"), "Ganda")
    await town.press("laras", town.card("akan ditutup", "Sampah", button="Ya"), "Ya, lanjutkan")
    await town.later(seconds=20)


async def a_note_and_a_colleague_called(n: Nasty) -> None:
    card = await n.comment("Trotoar retak di depan sekolah")
    await n.town.press("laras", card, "Catat")
    await n.types("laras", n.colleague_says("@yoga catatan"))
    await n.town.say(
        "laras", n.colleague_says("@sekar catatan").replace(COLLEAGUE, "/catat tim7"), reply_to=card
    )
    await n.town.press("laras", card, "Tugaskan")
    await n.may_press("laras", card, "Nama lain")
    for words in (n.words[:900] or "-", "tirta"):
        await n.may_press("laras", card, words)
    await n.town.press("laras", n.town.card("Trotoar retak", button="Kembali"), "Kembali")


async def not_ours_and_a_number(n: Nasty) -> None:
    card = await n.comment("Sidang tilang ditunda terus")
    for button in ("Tutup", "Bukan wewenang", "Bukan wewenang", "kementerian atau lembaga pusat", "Ajukan"):
        await n.town.press("laras", card, button)
    await n.town.press("sekar", sees(n.town, "sekar", "Sidang tilang", button="Setujui"), "Setujui")
    await n.town.press("laras", card, "Nomor LAPOR!")
    await n.types("laras", n.colleague_says())
    await n.types("laras", f"LAPOR {n.words[:40]} 7654321")


async def a_life_at_risk(n: Nasty) -> None:
    """Two people answer in private; the group reads neither the words nor the name."""
    town, before = n.town, len(n.town.world.messages(n.town.triage.id))
    await town.dm(n.villain(), n.citizen_says("Aku gak sanggup hidup lagi, pengen mengakhiri semuanya"))
    await town.press("laras", sees(town, "laras", "hanya untuk pendamping", button="Balas"), "Balas")
    draft = town.one(town.people["laras"], "Draf balasan untuk warga")
    for words in (n.colleague_says("Kami di sini bersamamu"), f"{COLLEAGUE} Kami di sini bersamamu."):
        await n.may_press("laras", draft, "Tulis")
        await n.may_press("laras", draft, "Ubah")
        await n.types("laras", words, private=True)
    await town.press("laras", draft, "Ajukan")
    asked = sees(town, "sekar", "Mohon dibaca sebelum terkirim", button="Kembalikan")
    await town.press("sekar", asked, "Kembalikan")
    await n.types("sekar", n.colleague_says("sebut namanya"), private=True)
    assert not [m for m in town.world.messages(town.triage.id)[before:] if CITIZEN in m.text]


async def a_rumour(n: Nasty) -> None:
    town = n.town
    first = await n.comment("katanya air diracun")
    await town.say("laras", f"/klaim {n.colleague_says('halo', 250)}", reply_to=first)
    card = town.card("KL-1 ·", button="Periksa")
    for button in ("Periksa", "Jenis", "Konten palsu", "Temuan", "Salah"):
        await town.press("laras", card, button)
    await n.types("laras", f"{SOURCE} {n.colleague_says(most=300)}", private=True)
    if not any("Pastikan" in one["text"] for one in card.buttons):
        await n.types("laras", f"{COLLEAGUE} halo {SOURCE}", private=True)
    await town.press("sekar", card, "Pastikan temuan")
    for button in ("Komentar", "Kembali"):
        await n.may_press("laras", card, button)
    for command in ("/klaim", f"/klaim {n.words}"[:900], "/klaim KL-1"):
        await town.say("laras", command)
    await town.say("sekar", n.colleague_says("katanya").replace(COLLEAGUE, "/klaim KL-1 tim7")[:900])


async def data_of_a_unit(n: Nasty) -> None:
    town = n.town
    card = await n.comment("Rumah kami kebanjiran setinggi lutut")
    await town.press("laras", card, "Ambil")
    await town.press("laras", card, "Minta data")
    await n.types("laras", f"bpbd: {n.colleague_says('berapa rumah?', 300)}", private=True)
    await n.types("tirta", n.colleague_says("dua belas rumah", 500), private=True)
    assert "dua belas rumah" in card.text


async def a_measure(n: Nasty) -> None:
    town = n.town
    shop = town.world.add_channel(n.words[:100] or "-")
    town.world.comment(town.post, n.villain(), n.citizen_says("Dijual cepat obat kuat"), as_chat=shop)
    await town.settled()
    await n.comment("Dijual lambat obat kuat")
    for number, goods in enumerate(("Dijual cepat", "Dijual lambat"), 1):
        await town.press("laras", town.card(goods, button="Tertibkan"), "Tertibkan")
        for button in ("Tidak beriklan", "Tegur" if number == 2 else "Hapus komentar", "Ajukan"):
            await town.press("laras", town.card(f"🛡 T-{number} ·", " · #"), button)
        await town.press("sekar", sees(town, "sekar", f"T-{number}", button="Pastikan"), "Pastikan")
    measured = town.card("🛡 T-1 ·", " · #").text
    assert "selesai" in measured, measured


async def a_crisis_with_its_form_and_its_words(n: Nasty) -> None:
    town = n.town
    card = await n.comment("Keran di rumah keluar air keruh")
    await town.press("sekar", card, "Eskalasi")
    await town.press("sekar", card, "Kabar tentang air")
    await town.press("dimas", sees(town, "dimas", "K-1", button="Saya tangani"), "Saya tangani")
    form = sees(town, "dimas", "Periksa kebenarannya", button="Keliru")
    await town.press("dimas", form, "Keliru")
    await town.press("dimas", form, "Isi")
    await n.types("dimas", n.colleague_says("Air sudah diuji", 190), private=True)
    await town.press("dimas", sees(town, "dimas", "Periksa kebenarannya", button="Kirim"), "Kirim")
    await _letter_written(n, "Tulis")
    await town.press("sekar", sees(town, "sekar", "Setujui pesan pertama", button="Kembalikan"), "Kembalikan")
    await n.types("sekar", n.colleague_says("kurang tenang"), private=True)
    await _letter_written(n, "Ubah teks")
    for key in ("sekar", "tirta"):
        await town.press(key, sees(town, key, "Setujui pesan pertama", button="Setujui"), "Setujui")


async def _letter_written(n: Nasty, button: str) -> None:
    """By hand where the bot asks: with the same words first, then with some that may stand in public."""
    for words in (n.colleague_says("Air aman diminum", 600), f"{COLLEAGUE} Air aman diminum."):
        for asked in n.town.seen(n.town.people["dimas"], "Pesan pertama", button=button)[-1:]:
            await n.town.press("dimas", asked, button)
            await n.types("dimas", words, private=True)


async def the_end_of_a_crisis(n: Nasty) -> None:
    town = n.town
    incident = town.seen(town.triage, "Kabar tentang air · K-1")[0]
    await town.say("sekar", "/krisis K-1")
    await town.press("sekar", incident, "Selesai")
    await n.types("sekar", n.colleague_says("alasan"), private=True)


async def papers(n: Nasty) -> None:
    for what in ("K-1", "K-1 html", "K-1 pdf", "30 hari html", "30 hari", "saya", "saya html", n.words[:300]):
        await n.town.dm(n.town.people["sekar"], f"/laporan {what}")


async def the_look_back(n: Nasty) -> None:
    """Three days later whoever had the crisis is asked; what was answered stands in the report."""
    town = n.town
    await town.leap(days=3, minutes=5)
    await town.press("dimas", sees(town, "dimas", "Evaluasi", button="Jawab"), "Jawab")
    for _ in range(2):
        await n.types("dimas", n.colleague_says("semua berjalan"), private=True)
    await town.dm(town.people["sekar"], "/laporan K-1 html")


async def an_exercise(n: Nasty) -> None:
    town = n.town
    await town.say("sekar", "/latihan")
    await town.press("sekar", town.card("Kabar air dicampur bahan kimia", button="🎓"), "🎓")
    await town.later(minutes=1, seconds=5)
    incident = town.seen(town.triage, "Kabar tentang air · K-2")[0]
    await town.press("sekar", incident, "Alarm palsu")
    await n.types("sekar", n.colleague_says("alasan"), private=True)
    await town.later(seconds=5)


async def the_rota(n: Nasty) -> None:
    town = n.town
    for words in (
        "/piket",
        "/tukar",
        "/piket serah",
        f"/piket ganti {n.words}"[:900],
        f"/tukar {n.words}"[:900],
    ):
        await town.say("sekar", words)
    for cancelled in ("cuti", "batal", "unduh"):
        await town.say("sekar", f"/piket {cancelled} {n.words}"[:900])
    await town.dm(town.people["dimas"], "/tukar")
    await town.later(minutes=45)
    asked = [m for m in town.world.messages(town.people["dimas"].id) if m.prompt is not None][-1]
    note = n.colleague_says("perhatikan nomor satu", 500)
    town.world.say(town.people["dimas"], town.private("dimas"), note, reply_to=asked)
    await town.later(minutes=20)
    assert town.one(town.people["gita"], "perhatikan nomor satu")


async def at_the_door(n: Nasty) -> None:
    town, stranger = n.town, n.villain()
    town.world.start(stranger, n.words[:60])
    for words in ("/bantuan", "/kunci", "/buka"):
        await town.say("sekar", words)
    await town.say("tirta", "/buka")
    for button in ("Berlakukan siaga", "Akhiri siaga"):
        await town.say("sekar", "/siaga")
        await town.press("sekar", town.card(button=button), button)
    card = await n.comment("Pintu air macet")
    for _ in range(2):
        town.world.press_raw(stranger, card.chat_id, card.message_id, n.words[:60] or "-")
    await town.settled()
    town.discussion.title = n.words[:128] or "-"
    town.world.leave(town.discussion, town.world.bot)
    await town.settled()


async def a_file_with_comments(n: Nasty) -> None:
    """CSV and JSON lines, whose every cell and whose name are of that kind; then evidence and an export."""
    town = n.town
    cells = {"penulis": n.words, "teks": n.citizen_says("Dari berkas"), "unggahan": n.words, "id": "b-1"}
    plain = {name: whole(text) for name, text in cells.items()}
    named = town.folder / f"{one_line(n.words, 20).replace('/', '') or '-'} komentar.csv"
    with named.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(plain))
        table.writeheader()
        table.writerow(plain)
    lines = town.folder / "komentar.jsonl"
    lines.write_text(json.dumps(cells | {"id": "b-2", "tautan": n.words[:200]}) + "\n", "utf-8")
    for file in (named, lines):
        await _imported(n, file)
    async with town.machine.database.transaction() as tx:
        await tx.imports.moved("cut-off", UnderWay(named.name, 160, 50, town.clock.now()))
    town.advance(6)
    await town.say("laras", "/status")
    assert "sedang dimasukkan" in town.card("Keadaan").text
    await _answered(n, town.card("Dari berkas", button="Balas"))


async def _imported(n: Nasty, path: FilePath) -> None:
    """As the command does it. A link that is none is a bad row and is named as such."""
    services, clock = n.town.machine.services, n.town.clock
    sheet = CommentFile(path, clock.now())
    checked = sheet.check()
    bringing = FileImport(n.town.machine.database, services.intake, clock)
    await bringing.bring(
        Sheet(checked.sha256, checked.comments, path.name), sheet.comments(), lambda _brought: None
    )
    await n.town.settled()


async def news_of_another_system(n: Nasty) -> None:
    """Signed, and with whatever its sender was told."""
    area = one_line(n.citizen_says("Selatan"), 300)
    assert await call(n.town, *signed(n.town, "gempa", 1, wilayah=area)) == 200
    assert n.town.card("Kabar dari bmkg: gempa.", "Selatan")


async def a_matter_of_many(n: Nasty) -> None:
    """The same words of several people are one card; it is looked into, split, and its like is proposed."""
    town = n.town
    for ending in ("", "", " ya min", " tolong"):
        writer = n.villain()
        town.world.comment(town.post, writer, f"{n.citizen_says(MATTER)}{ending}")
        await town.settled()
    card = town.card("komentar", MATTER[:20], button="Lihat")
    await town.press("laras", card, "Lihat")
    await n.may_press("laras", card, "Pisahkan")
    await n.may_press("laras", card, "Kembali")
    town.world.comment(town.post, n.villain(), n.citizen_says(MATTER.replace("dua", "tiga")))
    await town.settled()
    await town.later(minutes=1)


async def more_than_the_group_takes(n: Nasty) -> None:
    """Cases without a card stand in the digest; the board tells of an emergency and of a crowd."""
    town = n.town
    for matter in OTHERS:
        town.world.comment(town.post, n.villain(), n.citizen_says(matter))
        await town.settled()
    await town.later(seconds=16)
    digest = town.card("Rangkuman kasus baru", button="Buka berikutnya")
    assert CITIZEN in digest.text
    await town.press("laras", digest, "Buka berikutnya")
    await town.say("laras", "/antrean rangkuman")
    await town.say("laras", "/antrean")


PATHS: tuple[Path, ...] = (
    a_comment, media_with_a_caption_and_a_file, a_private_message, an_answer, a_template_from_the_chat,
    brought_in_by_hand, a_search_and_many_at_once, a_note_and_a_colleague_called, not_ours_and_a_number,
    a_rumour,
    data_of_a_unit, a_measure, a_crisis_with_its_form_and_its_words, the_end_of_a_crisis, papers, an_exercise,
    the_rota, a_life_at_risk, news_of_another_system, a_file_with_comments, at_the_door, the_look_back,
)  # fmt: skip
CROWDED: tuple[Path, ...] = (a_matter_of_many, more_than_the_group_takes)
"""In a town where what is alike stands together, and where few cards may stand."""
