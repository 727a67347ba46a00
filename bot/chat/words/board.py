"""Sentences on the live board and on the digest."""

from collections.abc import Mapping, Sequence

from bot.chat.words.names import label, listed

BOARD = "📋 Papan tim"
DIGEST = "🗂 Rangkuman kasus baru"
EMPTY = "Tidak ada kasus yang menunggu. Terima kasih!"
EMERGENCY = "🔴 Darurat: "
INCIDENT = "🚨 Insiden: "
NEXT_DUE = "⏳ Tenggat berikutnya: "
HOW = "Belum punya kartu sendiri. Buka satu per satu, atau lihat semuanya dengan /antrean."
ALL_SHOWN = "Tidak ada kasus baru yang belum berkartu."
SHOW_NEXT = "🗂 Buka berikutnya"
NOTHING_WAITS = "Rangkuman sudah kosong."
HAS_CARD = "Kartunya sudah ada di grup tim."

_STATES: Mapping[str, str] = {
    "new": "belum diambil",
    "assigned": "ditangani",
    "drafted": "menunggu persetujuan",
    "snoozed": "ditunda",
}


def locked_by(name: str) -> str:
    if name == "host":
        return "🔒 Cadangan baru dipulihkan, jadi kiriman ke publik dikunci. Periksa kanal, lalu /buka."
    return f"🔒 Kiriman ke publik dikunci oleh {name}."


def waiting(counts: Mapping[str, int]) -> str:
    """Menunggu: 3 belum diambil, 2 ditangani."""
    parts = [f"{counts[status]} {word}" for status, word in _STATES.items() if counts.get(status)]
    return f"Kasus: {', '.join(parts)}." if parts else ""


def labels(counts: Mapping[str, int]) -> str:
    """Label: 12 pertanyaan, 8 keluhan/kritik."""
    most_first = sorted(counts.items(), key=lambda row: -row[1])
    return (
        f"Label: {', '.join(f'{count} {label(code).lower()}' for code, count in most_first)}."
        if counts
        else ""
    )


def digest(count: int) -> str:
    return f"🗂 {count} kasus baru di rangkuman, belum berkartu." if count else ""


def unread(count: int) -> str:
    return f"📥 {count} komentar masih dibaca; yang darurat didahulukan." if count else ""


def oldest(when: str, late: int) -> str:
    """Terlama menunggu sejak 08.12 WIB; 3 kasus lewat target jawaban."""
    return f"Terlama menunggu sejak {when}" + (f"; {late} kasus lewat target jawaban." if late else ".")


def workload(people: Sequence[tuple[str, int]]) -> str:
    """Yang menangani: Ratna 3, Budi 2."""
    return f"👤 {', '.join(f'{name} {count}' for name, count in people)}" if people else ""


def emergencies(cases: int, comments: int) -> str:
    """12 kasus, 37 komentar."""
    return f"{cases} kasus" + (f", {comments} komentar" if comments > cases else "")


def more(count: int) -> str:
    return f"dan {count} lagi, lihat /antrean" if count > 0 else ""


def incidents(names: Sequence[str]) -> str:
    return listed(list(names))


def leapt(key: str, called: str = "") -> str:
    """What many write about: Komentar seperti #12, Bantuan sosial, Klaim terkait hoaks."""
    kind, _, name = key.partition(":")
    if kind == "cluster":
        return f"Komentar seperti #{name}"
    return label(name) if kind == "label" else called or name.replace("-", " ").capitalize()


def leap(what: str, count: int, minutes: int, usual: int) -> str:
    """Klaim terkait hoaks: 48 komentar dalam 1 jam, biasanya sekitar 4 pada jam ini."""
    span = "1 jam" if minutes == 60 else f"{minutes} menit"
    than = f"biasanya sekitar {usual} pada jam ini" if usual else "biasanya hampir tidak ada pada jam ini"
    return f"{what}: {count} komentar dalam {span}, {than}."


def leaps(lines: Sequence[str], more: int) -> str:
    """One thing in a sentence, several in a list."""
    if len(lines) == 1:
        return f"📈 {lines[0]}"
    rest = [f"… dan {more} hal lain."] if more else []
    return "\n".join(["📈 Mendadak ramai:", *(f"• {line}" for line in lines), *rest])


USUAL = "garis putus-putus: biasanya"


def last_hour(until: str) -> str:
    return f"Sejam terakhir, sampai {until}:"


def waits(count: int) -> str:
    return f"({count})"


def show(case: int) -> str:
    """On a button of the digest."""
    return f"Buka #{case}"


def shown(case: int) -> str:
    return f"Kartu #{case} ada di bawah."
