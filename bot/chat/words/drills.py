"""Exercises: the list, what a scenario puts before the team, and how it went. Calm: nobody is ranked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.chat.words import times
from bot.chat.words.crisis import DRILL, run_number
from bot.chat.words.names import listed
from bot.chat.words.story import target
from bot.domain.scenario import Goal

Params = Mapping[str, object]

LIST = "Latihan"
LIST_HOW = (
    "Yang bertugas sungguh dipanggil dan semua langkah dikerjakan seperti biasa. "
    "Semua pesannya bertanda LATIHAN, dan tidak ada yang sampai ke publik."
)
LIST_EMPTY = "Belum ada skenario latihan. Simpan berkasnya di folder drills di sebelah playbook."
NEVER = "belum pernah dilatih"
OVERDUE = "sudah waktunya latihan"
STARTED = "Latihan dimulai. Yang bertugas sedang dipanggil."
INJECT = "dari pemandu latihan"


def in_earnest(runs: Sequence[int]) -> str:
    """Said before anybody starts one."""
    return (
        f"⚠️ {listed([run_number(run) for run in runs])} sedang berjalan sungguhan. Sebaiknya latihan ditunda."
    )


def practice(playbook: str, last: str, every: timedelta | None, *, overdue: bool) -> str:
    """Hoaks yang sedang viral · terakhir 3 Agustus 2026 · setiap 90 hari, sudah waktunya latihan"""
    often = f" · setiap {times.span(every)}" if every is not None else ""
    when = f"terakhir {last}" if last else NEVER
    return f"{playbook} · {when}{often}" + (f" · {OVERDUE}" if overdue else "")


def _ago(days: object) -> str:
    return NEVER if days is None else f"terakhir {times.span(timedelta(days=int(str(days))))} lalu"


def _late(p: Params) -> list[Sequence[object]]:
    """`late` pairs a playbook with its days."""
    pairs = p.get("late")
    return [one for one in pairs if isinstance(one, list | tuple)] if isinstance(pairs, list | tuple) else []


def weekly(p: Params, _n: Mapping[str, str]) -> str:
    """On Monday, of what has not been practised for too long."""
    told = [f"• {name}, {_ago(days)}" for name, days in _late(p)]
    return "\n".join(("🎓 Sudah waktunya latihan:", *told, "Koordinator memulainya dengan /latihan."))


def unread(p: Params, _n: Mapping[str, str]) -> str:
    """On Monday, of the playbooks whose day for another look is over."""
    told = [f"• {name}, lewat {times.span(timedelta(days=int(str(days))))}" for name, days in _late(p)]
    how = "Setelah dibaca pemiliknya, pengelola memperbarui tanggal reviewed di berkas playbook."
    return "\n".join(("📖 Sudah waktunya ditinjau, bersama skenario latihannya:", *told, how))


def head(run: int) -> str:
    """Above everything that an exercise puts before the team."""
    return f"{DRILL} · {run_number(run)}"


def scene(what: str, params: Params, names: Mapping[str, str]) -> str:
    """The sentence of a scene. One that this version does not know says so honestly."""
    known = _SCENES.get(what)
    return known(params, names) if known is not None else f"Ada perkembangan baru ({what})."


def _opened(p: Params, n: Mapping[str, str]) -> str:
    by = str(p.get("by", ""))
    return (
        f"Latihan “{p.get('title', '')}” dimulai oleh {n.get(by, by)}. {p.get('story', '')} "
        "Kerjakan seperti kejadian sungguhan; tidak ada yang sampai ke publik. "
        "Untuk berhenti di tengah jalan, tekan “Alarm palsu” di kartu insidennya."
    )


def _over(p: Params, _n: Mapping[str, str]) -> str:
    if p.get("called_off"):
        return (
            f"Latihan “{p.get('title', '')}” dihentikan. Terima kasih, semua bisa kembali ke pekerjaan biasa."
        )
    goals = p.get("goals")
    told = [f"• {goal(one)}" for one in goals if isinstance(one, Mapping)] if isinstance(goals, list) else []
    last = "Tutup insidennya dengan 🏁 Selesai bila sudah cukup. " if p.get("going_on") else ""
    return "\n".join(
        (
            f"Latihan “{p.get('title', '')}” selesai. Terima kasih semuanya.",
            *told,
            f"{last}Yang dilihat jalannya, bukan orangnya. Bicarakan bersama apa yang bisa dipermudah.",
        )
    )


def goal(one: Params) -> str:
    """Panggilan dijawab setelah 3 menit, sasarannya 5 menit."""
    step = one.get("step", "")
    what, not_yet = {
        Goal.ACKNOWLEDGED: ("Panggilan dijawab", "Panggilan belum dijawab"),
        Goal.DONE: (f"“{step}” selesai", f"“{step}” belum selesai"),
        Goal.RESOLVED: ("Insiden ditutup", "Insiden belum ditutup"),
    }[Goal(str(one["what"]))]
    within = times.span(_seconds(one["within"]))
    if one.get("after") is None:
        return f"{not_yet}, sasarannya {within}."
    return f"{what} setelah {times.span(_near(one['after']))}, sasarannya {within}."


def _near(seconds: object) -> timedelta:
    """To the next whole minute up or down: nobody is judged by seconds."""
    return timedelta(minutes=round(int(str(seconds)) / 60))


def _seconds(count: object) -> timedelta:
    return timedelta(seconds=int(str(count)))


_SCENES: Mapping[str, Callable[[Params, Mapping[str, str]], str]] = {
    "opened": _opened,
    "comment": lambda p, _n: f"{p.get('author', 'Seseorang')} (warga rekaan) menulis:",
    "inject": lambda p, _n: f"Untuk {target(p.get('to', ''))}, {INJECT}:",
    "over": _over,
    "changed": lambda _p, _n: (
        "Berkas skenarionya diubah selagi latihan berjalan, jadi kelanjutannya tidak ditampilkan. "
        "Latihan boleh diteruskan atau ditutup."
    ),
}
SCENES = frozenset(_SCENES)


def inject(p: Params, _n: Mapping[str, str]) -> str:
    """In the own chat of whoever it is for."""
    return f"{head(int(str(p.get('run', 0))))} · {INJECT}:"
