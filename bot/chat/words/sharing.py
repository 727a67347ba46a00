"""Giving a case to a person or a unit: buttons, questions, and what those who are given one read."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.words import names as called
from bot.chat.words import times
from bot.chat.words.cards import head
from bot.domain.people import Zone

ASSIGN = "📌 Tugaskan"
OTHER_NAME = "✏️ Nama lain"
TO_QUEUE = "↩️ Ke antrean"
UNIT_MARK = "🏢 "
OPEN_CARD = "Buka kartunya"
ACCEPT = "✋ Saya kerjakan"
PICK = "Siapa yang menangani? Orang atau unit itu langsung dikabari di obrolan pribadinya."
TOAST_ASKED = "Balas pesan bot di bawah dengan namanya, ya."
WRONG_NAME = (
    "Nama itu tidak ada, atau cocok dengan lebih dari satu orang. Tulis nama lengkap atau nama unitnya."
)

Params = Mapping[str, object]
Names = Mapping[str, str]


def given(case: int, name: str) -> str:
    return f"{head(case)} ditugaskan kepada {name}."


def for_unit(name: str) -> str:
    return f"untuk {name}, belum diambil"


def off_duty(name: str) -> str:
    return f"{name} sedang tidak bertugas. Pilih orang lain, ya."


def no_cases(name: str) -> str:
    return f"{name} tidak mengerjakan kasus. Pilih orang lain, ya."


def assigned(p: Params, n: Names) -> str:
    """To whoever was given it, or to everybody of the unit."""
    case, by, unit = head(int(str(p.get("case", 0)))), str(p.get("by", "")), str(p.get("unit", ""))
    labels = p.get("labels")
    about = ", ".join(called.label(str(one)).lower() for one in labels) if isinstance(labels, list) else ""
    whom = f"unit {n.get(f'unit:{unit}', unit)}" if unit else "Anda"
    due = _due(p)
    said = f"📌 {case}{f' ({about})' if about else ''} ditugaskan kepada {whom} oleh {n.get(by, by)}.{due}"
    if not p.get("may"):
        return f"{said} Lihat /antrean, lalu kabari tim di grup bila Anda punya keterangannya."
    what = "Siapa yang sempat, tekan" if unit else "Tekan"
    return f"{said} {what} {ACCEPT}; bila belum disentuh dalam setengah jam kerja, kasus kembali ke antrean."


def unheard(p: Params, n: Names) -> str:
    who = str(p.get("who", ""))
    return (
        f"⚠️ {head(int(str(p.get('case', 0))))}: {n.get(who, who)} belum bisa dihubungi bot. "
        "Kabari langsung, ya."
    )


def untouched(p: Params, n: Names, coordinators: str) -> str:
    """Whoever was given it did not move it."""
    who = str(p.get("person", ""))
    return (
        f"↩️ {head(int(str(p.get('case', 0))))} kembali ke antrean: {n.get(who, who)} belum sempat "
        f"menanganinya. {coordinators}, mohon dibantu."
    )


def question(p: Params, name: str) -> tuple[str, str]:
    case = head(int(str(p.get("case", 0))))
    return (
        f"📌 {name}, siapa yang menangani {case}? Balas pesan ini dengan nama orang atau unitnya.",
        "Nama orang atau unit",
    )


def _due(p: Params) -> str:
    due = str(p.get("due", ""))
    if not due:
        return ""
    at, zone = datetime.fromisoformat(due), Zone(str(p.get("zone", Zone.WIB)))
    now = datetime.fromisoformat(str(p.get("now", due)))
    return f" Target jawaban {times.moment(at, now, zone)}."
