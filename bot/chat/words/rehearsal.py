"""The timeline of a rehearsal, line by line."""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.rehearsal_acts import Deed
from bot.domain.scenario import Goal, Reached

DEEDS: Mapping[Deed, str] = {
    Deed.ACKNOWLEDGE: "menekan “Saya tangani”",
    Deed.RAISE: "menekan “Naikkan”",
    Deed.TAKE_OVER: "mengambil alih",
    Deed.STILL_HANDLING: "masih menangani",
    Deed.ANSWER: "menjawab",
    Deed.EDIT: "menyunting teks",
    Deed.APPROVE: "menyetujui",
    Deed.RETURN: "mengembalikan",
    Deed.REJECT: "menolak",
    Deed.POSTED: "menayangkan sendiri",
    Deed.TICK: "mencentang",
    Deed.SKIP: "melewati",
    Deed.JUMP: "mengulang dari",
    Deed.RELEASE: "melepas yang ditahan",
    Deed.STAND_DOWN: "menghentikan panggilan",
    Deed.RESOLVE: "menutup",
    Deed.FALSE_ALARM: "menyatakan alarm palsu",
    Deed.TRIGGER: "laporan serupa masuk lagi",
}


def acts(deed: Deed, who: str, about: str) -> str:
    """▸ Sari menyetujui “Setujui klarifikasi”."""
    return f"▸ {who} {DEEDS[deed]}{f' {about}' if about else ''}"


def opens(ways: list[str]) -> str:
    """What opens it besides comments and people."""
    return f"Juga terbuka lewat: {'; '.join(ways)}."


def citizen(name: str, text: str) -> str:
    return f"· {name} (warga rekaan): {text}"


def inject(who: str, text: str) -> str:
    return f"! Pemandu kepada {who}: {text}"


def refused(sentence: str) -> str:
    return f"  Tidak bisa: {sentence}"


def on_channel(channel: str, text: str) -> str:
    return f"» Yang akan tayang di {channel}:{indented(text)}"


def under_comments(count: int, text: str) -> str:
    return f"» Yang akan dibalaskan ke {count} komentar:{indented(text)}"


def indented(text: str) -> str:
    """Under the line's time, so that words for the public are told from the story."""
    return "".join(f"\n          │ {line}" for line in text.splitlines())


def page(who: str, level: int) -> str:
    return f"☎ {who} dipanggil (tingkat {level + 1})"


def last_resort(who: str) -> str:
    return f"☎ {who} dipanggil: belum ada yang menjawab"


def lease(who: str) -> str:
    return f"? {who} ditanya: masih Anda tangani?"


def propose(names: str) -> str:
    return f"? {names} ditanya: sudah bisa ditutup?"


GOALS = "Sasaran latihan:"
LEGEND = "Waktu di kiri: menit.detik sejak insiden dibuka, jadi 100.30 berarti 1 jam 40 menit 30 detik."


def goal(reached: Reached, step: str) -> str:
    """✓ Ada yang menangani dalam 5 menit: menit 2."""
    what = {
        Goal.ACKNOWLEDGED: "Ada yang menangani",
        Goal.DONE: f"“{step}” selesai",
        Goal.RESOLVED: "Ditutup",
    }[reached.goal.what]
    mark = "✓" if reached.in_time else "✗"
    when = "tidak tercapai" if reached.after is None else f"menit {_minutes(reached.after)}"
    return f"{mark} {what} paling lambat menit {_minutes(reached.goal.within)}: {when}"


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
