"""The contribution record: sentences about one person, never a score and never a comparison."""

from collections.abc import Callable, Mapping

from bot.chat.words.names import listed
from bot.chat.words.report import number

TITLE = "Bukti kinerja"
NAME, TIME = "Nama", "Waktu"
INCIDENTS, DRILLS, DAILY = "Pada insiden", "Pada latihan", "Pekerjaan sehari-hari"
NOTHING = "Tidak ada catatan dalam waktu ini."
NOTE = (
    "Catatan ini hanya tentang satu orang, disusun dari jurnal, dan tidak membandingkan siapa pun. "
    "Pekerjaan di luar Tanggap tidak tercatat di sini."
)

_IN_RUN: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("Opened", lambda _: "membuka insiden"),
    ("acknowledge", lambda _: "menangani insiden"),
    ("take_over", lambda _: "mengambil alih dari rekan"),
    ("hand_over", lambda _: "menyerahkan penanganan kepada rekan"),
    ("accept_hand_over", lambda _: "melanjutkan penanganan dari rekan"),
    ("escalate", lambda _: "memanggil tingkat berikutnya"),
    ("answer_question", lambda n: f"mengerjakan {number(n)} butir langkah"),
    ("answer", lambda n: f"menjawab {number(n)} pertanyaan"),
    ("answer_request", lambda n: f"memberi data untuk {number(n)} permintaan"),
    ("edit", lambda _: "menulis teks untuk publik"),
    ("approve", lambda _: "memeriksa dan menyetujui teks untuk publik"),
    ("return", lambda _: "mengembalikan teks dengan catatan"),
    ("reject", lambda _: "menolak teks yang belum layak tayang"),
    ("post", lambda _: "menayangkan teks yang disetujui"),
    ("release_freeze", lambda _: "melepas yang ditahan"),
    ("close_incident", lambda _: "menutup insiden"),
    ("false_alarm", lambda _: "menyatakan alarm palsu"),
    ("review", lambda _: "mengisi evaluasi"),
)
"""In the order of an incident; deeds by their names in the journal."""
_DAILY: Mapping[str, str] = {
    "take": "Mengambil dan menangani {count} kasus warga.",
    "label": "Membetulkan label pada {count} kasus, yang menjadi bahan belajar bot.",
    "submit": "Menulis dan mengajukan {count} balasan.",
    "send_instant": "Mengirim {count} balasan dari templat yang sudah disetujui.",
    "approve": "Memeriksa dan menyetujui {count} balasan.",
    "return": "Mengembalikan {count} draf dengan catatan perbaikan.",
    "reject": "Menolak {count} draf yang belum layak tayang.",
    "approve_template": "Menyetujui {count} templat.",
    "note": "Menulis catatan pada {count} kasus.",
    "close": "Menutup {count} kasus.",
    "handover": "Meneruskan {count} kasus kepada yang berwenang.",
}


def in_run(run: str, playbook: str, when: str, deeds: Mapping[str, int]) -> str:
    """K-3 Hoaks yang sedang viral (23 November 2026): menangani insiden dan menutup insiden."""
    done = [told(deeds[name]) for name, told in _IN_RUN if deeds.get(name)]
    return f"{run} {playbook} ({when}): {listed(done) if done else 'ikut serta'}."


def daily(deeds: Mapping[str, int]) -> list[str]:
    """One sentence per kind of work."""
    return [
        sentence.format(count=number(deeds[name])) for name, sentence in _DAILY.items() if deeds.get(name)
    ]
