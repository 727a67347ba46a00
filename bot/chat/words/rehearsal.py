"""The timeline of a rehearsal, line by line."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.words.steps import channel as channel_name
from bot.chat.words.times import span
from bot.domain.rehearsal_acts import Deed
from bot.domain.scenario import Goal, Reached

MARGIN = " " * 10
"""As wide as the times."""
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
    Deed.JUMP: "memulai dari",
    Deed.RELEASE: "melepas yang ditahan",
    Deed.STAND_DOWN: "menghentikan panggilan",
    Deed.RESOLVE: "menutup",
    Deed.FALSE_ALARM: "menyatakan alarm palsu",
    Deed.TRIGGER: "laporan serupa masuk lagi",
}


def acts(deed: Deed, who: str, about: str, reason: str = "") -> str:
    """▸ Sari menyetujui “Setujui klarifikasi”."""
    said = f"▸ {who} {DEEDS[deed]}{f' {about}' if about else ''}"
    return f"{said}: {reason}" if reason else said


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
    return f"» Yang akan tayang di {channel_name(channel)}:{indented(text)}"


def under_comments(count: int, text: str) -> str:
    return f"» Yang akan dibalaskan ke {count} komentar:{indented(text)}"


def indented(text: str) -> str:
    """Under the line's time, so that words for the public are told from the story."""
    return "".join(f"\n{MARGIN}│ {line}" for line in text.splitlines())


def under_its_time(text: str) -> str:
    """The later lines of a sentence with a list stand below its first, not in the column of the times."""
    first, *more = text.split("\n")
    return "\n".join((first, *(line if line.startswith(MARGIN) else f"{MARGIN}{line}" for line in more)))


def often(text: str, times: int, last: str) -> str:
    """What was told twice already, and goes on coming."""
    return f"{text}\n{MARGIN}… berulang {times} kali, terakhir {last}"


def page(who: str, level: int) -> str:
    return f"☎ {who} dipanggil (tingkat {level + 1})"


def last_resort(who: str) -> str:
    return f"☎ {who} dipanggil sesudah semua tingkat"


def lease(who: str) -> str:
    return f"? {who} ditanya: masih Anda tangani?"


def propose(names: str) -> str:
    return f"? {names} ditanya: sudah bisa ditutup?"


GOALS = "Sasaran latihan:"
LEGEND = "Waktu di kiri: jam.menit.detik sejak insiden dibuka, jadi 1.40.30 berarti 1 jam 40 menit 30 detik."


def clock(after: timedelta) -> str:
    """0.03.00, and 25.10.00 on the second day."""
    minutes, seconds = divmod(int(after.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:2d}.{minutes:02d}.{seconds:02d}"


def goal(reached: Reached, step: str) -> str:
    """✓ Ada yang menangani dalam 5 menit: sesudah 2 menit."""
    what = {
        Goal.ACKNOWLEDGED: "Ada yang menangani",
        Goal.DONE: f"“{step}” selesai",
        Goal.RESOLVED: "Ditutup",
    }[reached.goal.what]
    mark = "✓" if reached.in_time else "✗"
    when = "tidak tercapai" if reached.after is None else f"sesudah {span(_whole(reached.after))}"
    return f"{mark} {what} dalam {span(reached.goal.within)}: {when}"


def _whole(lasted: timedelta) -> timedelta:
    """In whole minutes: no exercise is judged by its seconds."""
    return timedelta(minutes=lasted // timedelta(minutes=1))
