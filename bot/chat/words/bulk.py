"""One act on many cases: its preview, its fifteen seconds, and how it ended."""

from collections.abc import Mapping, Sequence

from bot.chat.words import names as called
from bot.domain.bulk import BulkKind, Why

CLOSE_ALL = "🗂 Tutup semua"
LABEL_ALL = "🏷 Label semua"
REPLY_ALL = "💬 Balas semua"
CONFIRM = "✅ Ya, lanjutkan"
CANCEL = "Batal"
UNDO = "↩️ Urungkan"
PICK_REASON = "Kenapa semuanya ditutup?"
PICK_LABEL = "Label apa yang diberikan kepada semuanya?"
PICK_BELOW = "Pilih di bawah."
SEE_BELOW = "Lihat pratinjaunya di bawah."
STARTED = "Dicatat. Masih bisa diurungkan 15 detik."
UNDONE_TOAST = "Diurungkan. Tidak ada yang berubah."
REPLY_HOW = "Balas pertanyaan bot di bawah dengan teksnya. Koordinator menyetujui teks dan daftarnya."
_MARK: Mapping[BulkKind, str] = {BulkKind.CLOSE: "🗂", BulkKind.LABEL: "🏷", BulkKind.REPLY: "💬"}
_WHY: Mapping[str, str] = {
    Why.SENSITIVE: "ditangani pendamping",
    Why.EMERGENCY: "darurat",
    Why.OVER: "sudah selesai",
    Why.TAKEN: "ditangani orang lain",
    Why.DRAFTED: "punya draf balasan",
    Why.SAME: "sudah berlabel itu",
}
INPUT: Mapping[str, str] = {
    "bulk_none": "Tidak ada kasus yang bisa dikerjakan bersama: semuanya darurat, sudah selesai, "
    "punya draf, atau ditangani orang lain.",
    "bulk_not_yours": "Tombol itu untuk orang yang memulainya.",
    "bulk_over": "Itu sudah dijalankan atau sudah diurungkan. Lihat kartunya, ya.",
    "bulk_old": "Pratinjaunya sudah terlalu lama. Ulangi dari /cari, ya.",
}


def _act(kind: BulkKind, argument: str) -> str:
    """ "ditutup dengan alasan Spam" """
    if kind is BulkKind.CLOSE:
        return f"ditutup dengan alasan “{called.CLOSE_REASON[argument]}”"  # type: ignore[index]  # the enum's own value
    if kind is BulkKind.LABEL:
        return f"diberi label “{called.LABELS[argument]}”"
    return "dijawab dengan satu teks"


def many(cases: int, behind: int) -> str:
    """ "12 kasus dan 488 serupa di belakangnya" """
    return f"{cases} kasus dan {behind} serupa di belakangnya" if behind else f"{cases} kasus"


def question(kind: BulkKind, argument: str, cases: int, behind: int = 0) -> str:
    return f"{_MARK[kind]} {many(cases, behind)} akan {_act(kind, argument)}. Lanjutkan?"


def waits(kind: BulkKind, argument: str, cases: str, begins: str) -> str:
    """`cases`: as `many` says it."""
    what = f"{_MARK[kind]} {cases} {_act(kind, argument)} mulai pukul {begins}."
    return f"{what} Sampai saat itu bisa diurungkan."


def done(kind: BulkKind, argument: str, cases: str, name: str) -> str:
    return f"{_MARK[kind]} {cases} {_act(kind, argument)} oleh {name}."


def stopped(cases: str, name: str) -> str:
    """The right ended while it went on."""
    return f"Berhenti setelah {cases}: hak {name} berakhir. Sisanya tidak berubah."


def asked(cases: int) -> str:
    return f"{_MARK[BulkKind.REPLY]} Satu teks untuk {cases} kasus."


def undone(name: str) -> str:
    return f"Diurungkan: {name}. Tidak ada yang berubah."


def skipped(count: int) -> str:
    return f"{count} kasus dilewati karena berubah setelah pratinjau." if count else ""


def more(count: int) -> str:
    return f"dan {count} kasus lain" if count > 0 else ""


def left_out(counts: Sequence[tuple[str, int]]) -> str:
    """ "Tidak ikut: 3 darurat, 1 ditangani orang lain." """
    said = ", ".join(f"{count} {_WHY.get(why, why)}" for why, count in counts)
    return f"Tidak ikut: {said}." if said else ""


def reply_question(p: Mapping[str, object], name: str) -> tuple[str, str]:
    ask = f"💬 {name}, balas pesan ini dengan satu teks untuk {p.get('cases', '')} kasus."
    return f"{ask} Nama warga tidak ikut ditulis.", "Teks balasan untuk semua"
