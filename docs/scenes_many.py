"""A loud day, for the pictures of the manuals: many say the same, and one team has to see all of it."""

from scenes import RUMOUR, TAX, Act, Camera, Day

from bot.files.sections import BoardRow
from bot.files.sections_moderation import ModerationRow

ROAD = "Jalan Melati Raya di depan pasar lama dua bulan berlubang dan banyak yang jatuh, kapan diperbaiki min"
_WAYS = (ROAD, f"{ROAD} 🙏", f"min {ROAD.lower()}", f"{ROAD}, tolong ya")
OTHERWISE = "Pak, Jalan Melati Raya dekat pasar lama itu lubangnya kapan ditambal? sudah banyak korban jatuh"
PATCHED = (
    "Halo Kak, terima kasih sudah mengabari. Lubang di Jalan Melati Raya depan pasar lama sudah kami "
    "teruskan ke Dinas PU. Perkembangannya kami kabarkan di sini."
)
FIRE = "tolong kebakaran di pasar lama, banyak orang terjebak, kirim damkar"
ADVERT = "Dijual cepat obat kuat, hubungi kami segera sekarang juga"
CHAIN = "Sebarkan! Bansos bulan depan dihapus pemerintah, info dari orang dalam dinas sosial"
_LAMP = "lampu jalan di RT {} mati sudah seminggu, gelap sekali kalau malam"
_FIRST_NAMES = ("Ani", "Budi", "Citra", "Darto", "Endah", "Fajar", "Gita", "Heri", "Ira", "Jaya")
_INITIALS = ("S.", "W.", "P.")


def _road(count: int, accounts: int) -> list[tuple[str, str]]:
    names = [f"{first} {initial}" for initial in _INITIALS for first in _FIRST_NAMES][:accounts]
    return [(names[i % accounts], _WAYS[i % len(_WAYS)]) for i in range(count)]


async def _alike(day: Day, camera: Camera) -> None:
    rows = _road(37, 29)
    for begin in range(0, len(rows), 13):
        day.many_write("jalan", rows[begin : begin + 13])
        await day.minutes(1)
    await camera.take("panduan-serupa", day.seen(day.triage, "37 komentar", button="Ambil"))


async def _answered(day: Day, camera: Camera) -> None:
    rows = _road(12, 12)
    day.many_write("jalan", rows)
    await day.minutes(1)
    day.many_write("jalan", [("Rini K.", OTHERWISE)])
    await day.minutes(1)
    await camera.take("panduan-mirip", day.seen(day.triage, "Mirip #", button="Gabung"))
    many = "12 komentar"
    await day.presses("sinta", "Balas", many, chat=day.triage)
    await day.presses("sinta", "Tulis", many, chat=day.triage)
    await day.answers("sinta", PATCHED, day.triage)
    await day.presses("sinta", "Jawab semua", many, chat=day.triage)
    await day.presses("sinta", "Ajukan", many, chat=day.triage)
    await camera.take("panduan-dijawab", await day.sets_off("hesti", "Setujui", PATCHED, "Masih dikirim"))


async def _lamps(day: Day) -> None:
    for number in range(1, 8):
        await day.writes(("Asep", "Made", "Mira")[number % 3], _LAMP.format(number), "listrik")
        await day.minutes(1)


async def _board(day: Day, camera: Camera) -> None:
    await _lamps(day)
    for citizen, text in RUMOUR:
        await day.writes(citizen, text, "bansos")
    await day.writes("Robi", TAX, "pajak")
    await day.writes("Tono", FIRE, "warga")
    for who, words in (("sinta", "RT 2"), ("sinta", "RT 3"), ("bram", "PBB")):
        await day.presses(who, "Ambil", words, chat=day.triage)
    await day.minutes(1)
    await camera.take("panduan-papan", day.seen(day.triage, "Papan tim"))
    await day.speaks("bram", "/siaga")
    await day.presses("bram", "Berlakukan siaga", "Mode siaga", chat=day.triage)
    await day.minutes(1)
    await camera.take("panduan-siaga", day.seen(day.triage, "Papan tim"))


async def _digest(day: Day, camera: Camera) -> None:
    await _lamps(day)
    await day.writes("Robi", TAX, "pajak")
    await day.minutes(1)
    await camera.take("panduan-rangkuman", day.seen(day.triage, "Rangkuman kasus baru"))


async def _claim(day: Day, camera: Camera) -> None:
    await day.writes("Yanti", CHAIN, "bansos")
    first = day.seen(day.triage, CHAIN, button="Ambil")
    await day.speaks("sinta", "/klaim Bansos dihapus bulan depan", first)
    for citizen, _ in RUMOUR[1:]:
        await day.writes(citizen, CHAIN, "bansos")
        await day.minutes(2)
    await camera.take("panduan-klaim", day.seen(day.triage, "KL-1 ·", button="Temuan"))


async def _measure(day: Day, camera: Camera) -> None:
    await day.writes("Cuan77", ADVERT, "warga")
    await day.presses("sinta", "Tertibkan", ADVERT, chat=day.triage)
    for button in ("Tidak beriklan", "Hapus komentar"):
        await day.presses("sinta", button, "T-1 ·", chat=day.triage)
    await camera.take("panduan-tertib", day.seen(day.triage, "T-1 ·", button="Ajukan"))


async def _search(day: Day, camera: Camera) -> None:
    await _lamps(day)
    found = await day.speaks("sinta", "/cari lampu jalan label:keluhan")
    await camera.take("panduan-cari", found)
    await day.presses("sinta", "Tutup semua", "Ditemukan", chat=day.triage)
    await day.presses("sinta", "Ganda", "Kenapa semuanya", chat=day.triage)
    await camera.take("panduan-semua", day.seen(day.triage, "Lanjutkan?"))


MANY = (
    Act(frozenset({"panduan-serupa"}), _alike),
    Act(frozenset({"panduan-dijawab", "panduan-mirip"}), _answered),
    Act(frozenset({"panduan-papan", "panduan-siaga"}), _board),
    Act(
        frozenset({"panduan-rangkuman"}),
        _digest,
        settings={"board": BoardRow().model_copy(update={"cards": 4})},
    ),
    Act(frozenset({"panduan-klaim"}), _claim),
    Act(
        frozenset({"panduan-tertib"}),
        _measure,
        settings={"moderation": ModerationRow().model_copy(update={"mode": "on"})},
    ),
    Act(frozenset({"panduan-cari", "panduan-semua"}), _search),
)
