"""Sentences of /antrean, and the words by which people ask for a part of it."""

from collections.abc import Mapping

from bot.domain.comment import Platform
from bot.domain.queue import Part
from classifiers.labels import Label

TITLE = "Menunggu"
EMPTY = "Tidak ada yang menunggu. Terima kasih!"
EMPTY_PART = "Tidak ada yang menunggu di bagian ini."
NONE_FURTHER = "Tidak ada lagi setelah ini."
HOW = (
    "Tulis /antrean saja, atau tambahkan: saya, unit, kosong, lewat, rangkuman, sebuah label "
    "(misalnya keluhan), atau asalnya (komentar, pribadi, terusan, impor)."
)
PARTS: Mapping[str, Part] = {
    "saya": Part.MINE,
    "kosong": Part.FREE,
    "lewat": Part.LATE,
    "rangkuman": Part.BARE,
    "unit": Part.UNIT,
}
SAID: Mapping[Part, str] = {
    Part.MINE: "ditangani Anda",
    Part.FREE: "belum diambil",
    Part.LATE: "lewat target",
    Part.BARE: "belum berkartu",
    Part.UNIT: "untuk unit Anda",
}
BUTTONS: Mapping[Part, str] = {
    Part.MINE: "👤 Saya",
    Part.FREE: "Belum diambil",
    Part.LATE: "⌛ Lewat target",
    Part.BARE: "🗂 Rangkuman",
    Part.UNIT: "🏢 Unit saya",
}
LABELS: Mapping[str, Label] = {
    "pertanyaan": Label.QUESTION,
    "keluhan": Label.COMPLAINT,
    "kritik": Label.COMPLAINT,
    "hoaks": Label.HOAX,
    "kebencian": Label.HATE,
    "kasar": Label.ABUSIVE,
    "darurat": Label.EMERGENCY,
    "spam": Label.SPAM,
    "apresiasi": Label.PRAISE,
}
PLATFORMS: Mapping[str, Platform] = {
    "komentar": Platform.TELEGRAM_DISCUSSION,
    "pribadi": Platform.TELEGRAM_DM,
    "terusan": Platform.FORWARDED,
    "impor": Platform.CSV,
}
