"""/cari: what its filters are called, and what stands above and below what was found."""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.case import OPEN, CaseStatus
from classifiers.labels import Label

LABEL, STATUS, AUTHOR, SINCE, UNTIL, LIKE, LAPOR = (
    "label",
    "status",
    "dari",
    "sejak",
    "sampai",
    "mirip",
    "lapor",
)
LABELS: Mapping[str, str] = {
    "pertanyaan": Label.QUESTION.value,
    "keluhan": Label.COMPLAINT.value,
    "kritik": Label.COMPLAINT.value,
    "hoaks": Label.HOAX.value,
    "kebencian": Label.HATE.value,
    "kasar": Label.ABUSIVE.value,
    "darurat": Label.EMERGENCY.value,
    "spam": Label.SPAM.value,
    "apresiasi": Label.PRAISE.value,
}
_OPEN = tuple(status for status in CaseStatus if status in OPEN)
STATUSES: Mapping[str, tuple[CaseStatus, ...]] = {
    "terbuka": _OPEN,
    "baru": (CaseStatus.NEW,),
    "ditangani": (CaseStatus.ASSIGNED,),
    "menunggu persetujuan": (CaseStatus.DRAFTED,),
    "dijawab": (CaseStatus.ANSWERED,),
    "ditutup": (CaseStatus.CLOSED,),
    "ditunda": (CaseStatus.SNOOZED,),
    "digabung": (CaseStatus.MERGED,),
    "bukan wewenang": (CaseStatus.HANDED_OVER,),
}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SPANS: Mapping[str, timedelta] = {
    **dict.fromkeys(("m", "mnt", "menit"), _MINUTE),
    **dict.fromkeys(("j", "jam"), _HOUR),
    **dict.fromkeys(("h", "hari"), _DAY),
    **dict.fromkeys(("mg", "minggu"), 7 * _DAY),
    **dict.fromkeys(("b", "bln", "bulan"), 30 * _DAY),
}
DAYS: Mapping[str, int] = {"hari-ini": 0, "kemarin": 1}

FOUND = "Ditemukan"
NOTHING = "Tidak ada yang cocok. Coba kata lain, ya."
NOTHING_SO_FAR = "Belum ada yang cocok di komentar yang lebih baru. Lanjutkan ke yang lebih lama?"
CUT_SHORT = "Sebagian komentar lama belum diperiksa. Lanjutkan untuk melihatnya."
LAST_PAGE = "Tidak ada lagi di halaman ini."
BESIDE: Mapping[str, str] = {"template": "Templat", "claim": "Klaim"}

INPUT: Mapping[str, str] = {
    "search": 'Tulis kata yang dicari, misalnya: /cari jalan rusak. Juga bisa "jalan rusak", label:keluhan, '
    "status:baru, dari:nama, sejak:3h, -kata.",
    "search_label": "Label itu tidak ada. Pilihannya: pertanyaan, keluhan, hoaks, kebencian, kasar, darurat, "
    "spam, apresiasi.",
    "search_status": "Status itu tidak ada. Pilihannya: terbuka, baru, ditangani, menunggu-persetujuan, "
    "dijawab, ditutup, ditunda, bukan-wewenang.",
    "search_since": "Waktunya belum terbaca. Tulis seperti sejak:3h (3 hari), sejak:2j (2 jam), "
    "sejak:kemarin, atau sejak:25-12.",
    "search_author": "Tulis namanya, misalnya: dari:sri atau dari:\u201csri rahayu\u201d.",
    "search_like": "Tulis nomor kasusnya, misalnya: mirip:12.",
    "search_hidden": "Tidak ada kata yang bisa dicari di situ. Nomor panjang, tautan, surel, dan nama akun "
    "tidak disimpan untuk pencarian.",
    "search_without": "Tulis juga kata yang dicari, tidak hanya yang dikecualikan.",
}


def unknown_key(near: str) -> str:
    return f"Saringan itu tidak ada. Mungkin maksud Anda {near}: (misalnya {_EXAMPLES[near]})."


_EXAMPLES: Mapping[str, str] = {
    LABEL: "label:keluhan",
    STATUS: "status:baru",
    AUTHOR: "dari:sri",
    SINCE: "sejak:3h",
    UNTIL: "sampai:25-12",
    LIKE: "mirip:12",
    LAPOR: "lapor:1234567",
}


def too_many(most: str) -> str:
    return f"Paling banyak {most} kata untuk satu pencarian."


def title(count: int, page: int, *, further: bool) -> str:
    """ "Ditemukan (7)"; where there are pages, which one this is."""
    return f"{FOUND}, halaman {page + 1}" if further or page else f"{FOUND} ({count})"


def missing(percent: int) -> str:
    return f"Indeks pencarian sedang disusun: {percent} % komentar belum ikut dicari."
