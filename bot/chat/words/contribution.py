"""The contribution record: sentences about one person, never a score and never a comparison."""

from collections.abc import Callable, Mapping

from bot.chat.words.names import listed
from bot.chat.words.report import number
from bot.domain.run_types import What

TITLE = "Bukti kinerja"
NAME, TIME = "Nama", "Waktu"
INCIDENTS, DRILLS, DAILY = "Pada insiden", "Pada latihan", "Pekerjaan sehari-hari"
NOTHING = "Tidak ada catatan dalam waktu ini."
NOTE = (
    "Catatan ini hanya tentang satu orang, disusun dari catatan Tanggap, dan tidak membandingkan siapa pun. "
    "Pekerjaan di luar Tanggap tidak tercatat di sini."
)

_IN_RUN: tuple[tuple[str, Callable[[int], str]], ...] = (
    (What.OPENED, lambda _: "membuka insiden"),
    (What.ACKED, lambda _: "menjawab panggilan dan menangani insiden"),
    (What.TAKEN_OVER, lambda _: "mengambil alih dari rekan"),
    (What.HAND_OVER_ACCEPTED, lambda _: "melanjutkan penanganan dari rekan"),
    (What.RAISED, lambda _: "memanggil tingkat berikutnya"),
    (What.ITEM_TICKED, lambda n: f"mengerjakan {number(n)} butir daftar periksa"),
    (What.ANSWERED, lambda n: f"menjawab {number(n)} pertanyaan"),
    ("request_answered", lambda n: f"memberi data untuk {number(n)} permintaan"),
    (What.EDITED, lambda _: "menulis teks untuk publik"),
    (What.APPROVED, lambda _: "memeriksa dan menyetujui teks untuk publik"),
    (What.RETURNED, lambda _: "mengembalikan teks dengan catatan"),
    (What.REJECTED, lambda _: "menolak teks yang belum layak tayang"),
    (What.HOLDING_POSTED, lambda n: f"menayangkan pernyataan awal di {number(n)} kanal"),
    (What.PUBLISHED, lambda n: f"menayangkan teks yang disetujui di {number(n)} kanal"),
    (What.STEP_SKIPPED, lambda _: "memutuskan langkah yang tidak diperlukan"),
    (What.JUMPED, lambda _: "menentukan langkah yang dimulai"),
    (What.HAND_OVER_OFFERED, lambda _: "menyerahkan penanganan kepada rekan"),
    (What.STOOD_DOWN, lambda _: "menghentikan panggilan"),
    (What.RELEASED, lambda _: "melepas yang ditahan"),
    (What.MERGED, lambda _: "menggabungkan insiden"),
    (What.RESOLVED, lambda _: "menutup insiden"),
    (What.FALSE_ALARM, lambda _: "menyatakan alarm palsu"),
    (What.REVIEWED, lambda _: "menyelesaikan evaluasi"),
)
"""In the order of an incident; deeds by their names in its story."""
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
