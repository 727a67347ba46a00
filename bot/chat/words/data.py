"""Sentences about data that a unit is asked for outside of a playbook."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.chat.words import times
from bot.chat.words.cards import head

Params = Mapping[str, object]
Names = Mapping[str, str]

ASK = "📮 Minta data"
SAY_MEANWHILE = "💬 Jadikan draf"
DRAFTED = "Kalimat sementara menjadi draf di kartunya."
FALLBACK = "Data dari {unit} sedang kami pastikan. Kabar berikutnya kami sampaikan di sini."


def waits(unit: str, until: str) -> str:
    return f"📮 {unit}: menunggu jawaban sampai {until}."


def is_late(unit: str, since: str) -> str:
    return f"📮 {unit}: belum menjawab, batasnya lewat sejak {since}."


def credited(unit: str, name: str, when: str) -> str:
    """📮 BPBD (Ketut, 14.20 WIB):"""
    return f"📮 {unit} ({name}, {when}): "


def about(p: Params) -> str:
    """KL-3 or #12."""
    claim, case = int(str(p.get("claim", 0) or 0)), int(str(p.get("case", 0) or 0))
    return f"KL-{claim}" if claim else head(case)


def _unit(p: Params) -> str:
    return str(p.get("unit", "unit itu"))


def _who(p: Params, names: Names) -> str:
    person = str(p.get("person", ""))
    return names.get(person, "rekan tim")


def _left(p: Params) -> str:
    return times.span(timedelta(seconds=max(0, int(str(p.get("left", 0) or 0)))))


def meanwhile(p: Params) -> str:
    """What may be said until the unit answers."""
    return FALLBACK.format(unit=_unit(p))


NOTICES: Mapping[str, Callable[[Params, Names], str]] = {
    "data_answered": lambda p, n: f"📮 {_unit(p)} ({_who(p, n)}) menjawab untuk {about(p)}:",
    "data_over": lambda p, n: (
        f"📮 Permintaan data untuk {about(p)} sudah dijawab {_who(p, n)}. Terima kasih."
    ),
    "data_late": lambda p, _n: (
        f"⌛ {about(p)}: {_unit(p)} belum menjawab sampai batas waktunya; jawaban yang menyusul tetap "
        "diterima. Yang bisa dikatakan sementara (ketuk untuk menyalin):"
    ),
    "data_nobody": lambda p, _n: (
        f"⚠️ {about(p)}: belum ada narahubung {_unit(p)} yang bisa dihubungi bot. Telepon langsung, ya."
    ),
}
PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    "data_question": lambda p, name: (
        (
            f"📮 {name}, data apa yang diminta untuk {about(p)}, dan dari unit mana? Balas pesan ini seperti "
            f"ini: bpbd: berapa rumah terendam? Batas waktu lain ditulis begini: bpbd (2 jam): … "
            f"Unit yang ada: {p.get('units', '')}."
        ),
        "unit: pertanyaannya",
    ),
    "data_asked": lambda p, name: (
        (
            f"📮 {name}, tim humas meminta data dari {_unit(p)} untuk {about(p)}. Mohon dijawab "
            f"dalam {_left(p)} dengan membalas pesan ini. Nama Anda disebut sebagai sumbernya.\n\n"
            f"{p.get('question', '')}"
        ),
        "Jawaban Anda",
    ),
    "data_reminder": lambda p, name: (
        (
            f"⏳ {name}, permintaan data untuk {about(p)} belum terjawab; waktunya tinggal {_left(p)}. "
            f"Balas pesan ini, ya.\n\n{p.get('question', '')}"
        ),
        "Jawaban Anda",
    ),
}
REFUSALS: Mapping[str, str] = {
    "data_how": "Tulis unitnya, titik dua, lalu pertanyaannya. Contoh: bpbd: berapa rumah terendam?",
    "data_time": "Batas waktunya paling sedikit 5 menit dan paling lama 14 hari.",
    "data_unit": "Unit itu tidak ada di daftar. Pakai nama pendek unit seperti di pertanyaan bot.",
    "data_no_units": "Belum ada unit di pengaturan. Minta pengelola menambahkan units di config.yaml.",
}
STATES: Mapping[str, str] = {"data_answered": "permintaan ini sudah dijawab"}
