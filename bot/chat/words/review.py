"""The review of a closed incident: its questions, and what the bot says around them."""

from collections.abc import Callable, Mapping

Params = Mapping[str, object]

QUESTIONS: Mapping[str, str] = {
    "apa_yang_berhasil": "Apa yang berjalan baik dan perlu dipertahankan?",
    "apa_yang_lambat": "Apa yang lambat atau menghambat, dan sejak kapan terasa?",
    "perubahan_playbook": "Apa yang sebaiknya diubah di playbook-nya?",
}
TITLE = "Evaluasi"
WHY = "Mumpung masih segar: jawaban singkat Anda membuat yang berikutnya lebih ringan."
HOW = "Tekan ✏️ Jawab. Jawabannya masuk ke laporan insiden."
CAREFUL = "Tekan ✏️ Jawab. Jangan menyebut nama atau isi pesan warganya."
REOPENED = "Insidennya dibuka lagi. Evaluasi menyusul setelah ditutup."
ASKED_BELOW = "Balas pertanyaan di bawah, ya."
_DRILL = "🎓 LATIHAN · "


def thanks(run: int) -> str:
    """Over; and where it can be read."""
    return f"Evaluasinya selesai. Terima kasih. Laporannya: tulis /laporan K-{run}."


def question(key: str) -> str:
    """A playbook's own key reads as it is written there."""
    return QUESTIONS.get(key) or f"{key.replace('_', ' ').capitalize()}?"


def _mark(p: Params) -> str:
    return _DRILL if p.get("drill") else ""


def late(p: Params, _names: Mapping[str, str]) -> str:
    """Loud, because it makes a sound; calm in what it says."""
    return (
        f"🪞 {_mark(p)}Evaluasi K-{p.get('run', '')} masih menunggu {p.get('count', '')} jawaban. "
        "Lima menit cukup; jawab dari kartunya di atas."
    )


def _ask(p: Params, name: str) -> tuple[str, str]:
    careful = " Jangan menyebut nama atau isi pesan warganya." if p.get("sensitive") else ""
    asked = question(str(p.get("question", "")))
    place = f"K-{p.get('run', '')}, pertanyaan {p.get('number', '')} dari {p.get('of', '')}"
    return f"🪞 {_mark(p)}{name}, {place}:\n{asked}\nBalas pesan ini, ya.{careful}", "Jawaban singkat"


PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    "review_question": _ask,
    "review_waive": lambda p, name: (
        f"{name}, mengapa K-{p.get('run', '')} tidak perlu dievaluasi? Balas pesan ini dengan alasannya.",
        "Alasan singkat",
    ),
}
