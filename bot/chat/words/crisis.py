"""Pages and incident cards."""

from collections.abc import Mapping

from bot.chat.words.names import listed
from bot.domain.incident import Outcome, Phase, Severity

PRESS = "Tekan satu kali bila Anda menangani. Bila tidak ditekan, orang berikutnya dipanggil."
PRESS_LAST = "Belum ada yang menjawab. Tekan bila Anda menangani."
AGAIN = "Kiriman ulang: yang sebelumnya belum pasti sampai."
ALL_CALLED = "Semua orang di daftar sudah dipanggil."
STILL = "Masih Anda tangani?"
STILL_ASK = "Tekan dalam 5 menit. Bila tidak, panggilan diulang dari awal."
YOURS_HEAD = "Anda yang menangani"
YOURS = "Kerjakan daftar periksanya di kartu insiden. Bila beres, koordinator menutupnya dengan 🏁 Selesai."
SHIFT_OVER = "Giliran Anda sudah selesai. Insiden ini tetap Anda pegang sampai ada yang melanjutkan."
OVER = "Sudah selesai, tidak perlu apa-apa"
DRILL = "🎓 LATIHAN"
SENSITIVE = "Menyangkut keselamatan seseorang. Nama dan isinya hanya dikirim kepada pendamping."
UNANSWERED = "semua sudah dipanggil, belum ada jawaban"
LAST = "Terakhir"
EXPIRED_STEP = "lewat waktu"
TICK = "✓"
HOLD_BY_HAND = "Unggahan terjadwal di semua akun sudah ditahan. Bot tidak bisa menahannya untuk Anda."
HOLD_IN_DRILL = "Seolah-olah: unggahan terjadwal di semua akun sudah ditahan."
HELD_BY_BOT = "🔒 Ditahan bot: balasan untuk warga. Yang keluar hanya teks insiden ini."
HELD_IN_DRILL = "🔒 Dalam latihan tidak ada balasan yang sungguh ditahan."
OPTIONAL = "(bila perlu)"
ORIGINAL = "hanya untuk pendamping"
ORIGINAL_CARE = "Hubungi penulisnya dengan tenang dan pribadi. Jangan sebut nama atau isi pesannya di grup."
ORIGINAL_ANSWER = "Tekan 💬 Balas untuk menulis kepadanya. Pendamping kedua membaca dulu sebelum terkirim."

SEVERITY_MARK: Mapping[Severity, str] = {
    Severity.LOW: "🔵",
    Severity.MEDIUM: "🟡",
    Severity.HIGH: "🟠",
    Severity.URGENT: "🔴",
}
DONE_MARK = "✅"
PHASE: Mapping[Phase, str] = {
    Phase.OPEN: "berlangsung",
    Phase.MONITORING: "dipantau",
    Phase.RESOLVED: "selesai",
    Phase.REVIEWED: "selesai dan ditinjau",
}
OUTCOME: Mapping[Outcome, str] = {
    Outcome.HANDLED: "tertangani",
    Outcome.FALSE_ALARM: "alarm palsu",
    Outcome.HANDED_OFF: "dialihkan",
    Outcome.MERGED: "digabung",
}


def held_by(name: str) -> str:
    return f"🔒 Unggahan terjadwal ditahan tim, ditandai {name}."


def propose(left: list[str]) -> str:
    """Asks whether it is over; says which steps nobody has finished."""
    done = f"Masih terbuka: {listed(left)}." if left else "Semua langkah selesai dan keadaan tenang."
    return f"{done} Tekan 🏁 Selesai bila memang sudah beres. Bila belum, biarkan saja."


def handled_by(name: str) -> str:
    return f"ditangani {name}"


def opened(when: str, why: str) -> str:
    return f"Dibuka {when}: {why}." if why else f"Dibuka {when}."


def evidence(count: int) -> str:
    return f"{count} komentar terkait."


def called(times: int, severity: Severity) -> str:
    """Anda dipanggil · darurat."""
    again = f"Anda dipanggil lagi (ke-{times})" if times > 1 else "Anda dipanggil"
    return f"{again} · {severity}"


def besides(owner: str, late: list[str], *, shift_over: bool = False) -> str:
    """Ditangani Budi, tetapi langkah “Setujui” lewat waktu. Bantu selesaikan, atau ambil alih."""
    steps = listed([f"“{name}”" for name in late])
    if not shift_over:
        return f"Ditangani {owner}, tetapi langkah {steps} lewat waktu. Bantu selesaikan, atau ambil alih."
    also = f" Langkah {steps} juga lewat waktu." if late else ""
    return f"Ditangani {owner}, tetapi gilirannya sudah selesai. Mohon ambil alih bila Anda bisa.{also}"


def calling(people: list[str], level: int) -> str:
    """Memanggil Budi dan Rina (tingkat 1)."""
    return f"memanggil {listed(people)} (tingkat {level + 1})" if people else "mencari yang bisa dihubungi"


def original_of(case: int) -> str:
    return f"#{case}"


def run_number(number: int) -> str:
    """How an incident is called everywhere: K-3."""
    return f"K-{number}"


def taken_by(name: str) -> str:
    return f"Ditangani {name}, tidak perlu apa-apa"
