"""What the team hears of the bot's own timers: held up by a fault and tried again, or put aside."""

from collections.abc import Callable, Mapping

from bot.chat.words import outside
from bot.chat.words.crisis import run_number
from bot.chat.words.names import listed

Params = Mapping[str, object]
Names = Mapping[str, str]


def _what(subject: str) -> str:
    """What a timer is for, by the subject that it has in the store."""
    kind, _, number = subject.partition(":")
    run = run_number(int(number) if number.isdigit() else 0)
    named = {
        "claims": "pengingat klaim tanpa temuan",
        "data": "pengingat permintaan data",
        "schedule": f"jadwal {number}",
        "heartbeat": f"pengawasan {outside.connector(number)}",
        "case": f"pengingat kasus #{number}",
        "draft": "pengingat draf",
        "run": f"panggilan dan pengingat {run}",
        "page": f"panggilan {run}" if number != "0" else "pengawasan Telegram",
        "drill": f"latihan {run}",
        "bulk": "pekerjaan untuk banyak kasus",
        "handover": f"pergantian giliran {number}",
        "gaps": "pemeriksaan jadwal piket",
        "reach": "tes panggilan",
        "weekly": "catatan mingguan",
        "swap": "permintaan tukar giliran",
        "templates": "catatan mingguan templat",
        "measure": "usul penertiban" if number.isdigit() else "baca ulang penertiban",
        "repeat": f"jawaban bot untuk kasus #{number}",
        "redraw": f"pembaruan kartu kasus #{number}",
    }
    return named.get(kind, "pengingat lain")


def _several(p: Params) -> str:
    subjects, more = p.get("subjects"), int(str(p.get("more", 0)))
    named = list(dict.fromkeys(_what(str(one)) for one in subjects)) if isinstance(subjects, list) else []
    return listed([*named, *([f"{more} lainnya"] if more else [])])


def _held(p: Params, _n: Names) -> str:
    return (
        f"⚠️ Bot sedang bermasalah. Tertahan: {_several(p)}. Bot mencoba lagi, paling lambat tiap 15 menit. "
        "Bila mendesak, hubungi langsung yang bertugas. Pengelola: mohon periksa log bot."
    )


def _free(p: Params, _n: Names) -> str:
    return f"✅ Berjalan lagi: {_several(p)}."


def _failed(p: Params, _n: Names) -> str:
    subject = str(p.get("subject", ""))
    if subject.partition(":")[0] == "weekly":
        return "⚠️ Catatan mingguan tidak dapat disusun. Kabari pengelola, ya."
    return f"⚠️ Gagal dijalankan: {_what(subject)}. Mohon periksa kartunya dan kabari pengelola."


NOTICES: Mapping[str, Callable[[Params, Names], str]] = {
    "timers_held": _held,
    "timers_free": _free,
    "timer_failed": _failed,
}
