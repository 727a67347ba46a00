"""Sentences around the preview of a reply, and about several templates in one."""

from collections.abc import Iterator

from bot.domain.comment import Platform
from bot.domain.public_text import LIMIT
from bot.services.preview import Preview

PREVIEW = "👁 Pratinjau"
MORE_TEMPLATES = "➕ Templat"
PICK_SNIPPET = "Templat mana yang disambung di bawahnya? Sapaan dan penutupnya tetap satu."
NO_SNIPPET = "Tidak ada templat lain yang cocok untuk disambung."
ADDED = "Templat disambung."
SHOWN = "Pratinjau dikirim ke obrolan pribadi Anda."
NOT_SHOWN = "Pratinjau tidak bisa dikirim. Buka dulu obrolan pribadi dengan bot ini."
_PLACES = {
    Platform.TELEGRAM_DISCUSSION: "Tayang sebagai balasan di bawah komentarnya.",
    Platform.TELEGRAM_DM: "Dikirim ke obrolan pribadi warga.",
    Platform.FORWARDED: "Disalin dengan tangan ke tempat komentarnya.",
    Platform.CSV: "Disalin dengan tangan ke tempat komentarnya.",
}


def head(case: int) -> str:
    return f"👁 Begini warga membaca balasan #{case}"


def about(shown: Preview) -> Iterator[str]:
    """How long it is, where it stands, where its links lead, and that nothing has happened yet."""
    if not shown.rooms or shown.place is not Platform.CSV:
        yield f"{shown.units} dari {LIMIT} karakter. {_PLACES[shown.place]}"
    for network, length, room in shown.rooms:
        short = "" if length <= room else " ⚠️ Ringkas, atau kirim bersambung."
        yield f"{length} dari {room} karakter di {network.called}, disalin dengan tangan.{short}"
    if len(shown.messages) > 1:
        many = len(shown.messages)
        yield f"⚠️ Terlalu panjang untuk satu pesan, jadi belum bisa diajukan. Di sini dipecah {many}."
    if shown.others:
        yield f"Teks yang sama untuk {shown.others + 1} komentar."
    if shown.hosts:
        yield f"Tautan ke: {', '.join(shown.hosts)}."
    yield "Belum dikirim ke mana pun."
