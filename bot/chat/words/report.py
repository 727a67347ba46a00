"""Every sentence of the crisis report and of the report of a period."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.words import times
from bot.domain.incident import Outcome, Phase

RUN_TITLE = "Laporan krisis"
DRILL_TITLE = "Laporan latihan"
PERIOD_TITLE = "Laporan periode"
DRILL = "LATIHAN"
DRILL_NOTE = "Ini latihan. Tidak ada satu pun yang sampai ke publik."
HIDDEN = "(tidak ditampilkan)"
HIDDEN_NOTE = (
    "Menyangkut keselamatan seseorang. Nama, isi, dan tautan warga tidak ditampilkan, begitu pula semua "
    "yang diketik petugas. Isinya hanya ada pada pendamping."
)
LEAVES = (
    "Sebelum dibagikan ke luar tim, baca sekali lagi: nama orang di dalam teks tidak disamarkan otomatis."
)

SUMMARY = "Ringkasan"
PLOT = "Komentar dari waktu ke waktu"
STORY = "Jalannya kejadian"
SAID = "Yang disampaikan kepada publik"
WOULD_SAY = "Yang akan disampaikan kepada publik (latihan, tidak tayang)"
ANSWERED = "Jawaban dan data yang dikumpulkan"
CHECKLIST = "Daftar periksa"
REVIEW = "Evaluasi setelah kejadian"
BASIS = "Dasar hukum"
EVIDENCE = "Bukti"
CHAIN = "Keutuhan catatan"

NUMBER, PLAYBOOK, SEVERITY, STANDING, OPENED, ACKED, CLOSED = (
    "Nomor",
    "Playbook",
    "Tingkat",
    "Keadaan",
    "Dibuka",
    "Ditangani",
    "Ditutup",
)
BY_ITSELF = "otomatis"
NOBODY = "belum ada"
OF_TIME = "Semua jam dalam {zone}."

TO_ACK = "Sampai ditangani"
TO_POST = "Sampai jawaban benar tayang"
TO_CLOSE = "Sampai selesai"
COMMENTS = "Komentar terkait"
NOT_YET = "belum"
NONE = "–"
NEVER = "tidak ada"
IN_CARE = "Sampai dijawab secara pribadi"

MARK_CARE = "dijawab secara pribadi"
MARK_OPEN, MARK_ACK, MARK_POST, MARK_CLOSE = "dibuka", "ditangani", "jawaban benar tayang", "ditutup"
MARK_HELD = "pernyataan awal"
BEFORE, AFTER = "sebelum jawaban", "sesudah jawaban"
NO_COMMENTS = "Tidak ada komentar yang menjadi bukti insiden ini."

NOTHING_SAID = "Belum ada yang disampaikan kepada publik lewat insiden ini."
WRITTEN_BY, APPROVED_BY, POSTED_AT, TEMPLATE, LINK, FINGERPRINT = (
    "Ditulis",
    "Disetujui",
    "Tayang",
    "Templat",
    "Tautan",
    "Sidik teks (SHA-256)",
)
ALONE = "dipastikan sendiri setelah dibaca ulang; tidak ada orang kedua"
OWN_WORDS = "kata-kata sendiri"
PRIVATE_WORDS = "Ditulis untuk satu orang dan hanya dibaca pendamping."

CHOSEN = "Pilihan"
NOT_FILLED = "(tidak diisi)"
CLOCK_OPEN = "belum tercatat terpenuhi"
CLOCK_LATE = " (lewat batas)"

NO_CHECKLIST = "Playbook ini tidak memakai daftar periksa."
OPEN_ITEM = "belum dicentang"
OPTIONAL = "bila perlu"

REVIEW_OPEN = "Evaluasi belum diisi."
REVIEW_HIDDEN = "{count} jawaban tersimpan dan tidak ditampilkan."
BASIS_NOTE = "Rujukan ini titik awal. Periksa dengan bagian hukum sebelum dipakai sebagai dasar tindakan."
NO_BASIS = "Playbook ini tidak menyebut dasar hukum."

EVIDENCE_NOTE = (
    "Data pribadi disamarkan; penulis ditulis sebagai nomor. Sidik SHA-256 diambil saat komentar menjadi "
    "bukti dan dihitung lagi ketika laporan ini dibuat."
)
EVIDENCE_SUM = "Sidik seluruh daftar"
EVIDENCE_HEAD = ("No.", "Waktu", "Penulis", "Isi", "Sidik SHA-256")
HOLDS, CHANGED = "cocok", "BERUBAH"
WRITER = "Warga"
NO_TEXT = "(tanpa teks)"

CHAIN_HOLDS = "Rantai catatan utuh: {lines} baris diperiksa."
CHAIN_BROKEN = (
    "RANTAI CATATAN TIDAK UTUH mulai baris {broken} dari {lines}. Pulihkan dari cadangan dan selidiki."
)
CHAIN_LAST = "Sidik terakhir"
CHAIN_LAST_AT = "Ditulis"
DEFINITION = "Sidik playbook"

MADE = "Dibuat oleh Tanggap, {when}"
PAGE = "Halaman {number}"
PDF_LETTERS = (
    "Tanda {sign} menggantikan emoji atau huruf yang tidak ada di PDF ini. Teks utuhnya ada di laporan HTML."
)

PERIOD_EMPTY = "Tidak ada insiden yang dibuka dalam waktu ini."
PERIOD_OWN = "Hanya insiden yang Anda ikut tangani."
PERIOD_REAL, PERIOD_DRILLS = "Insiden", "Latihan"
PERIOD_HEAD = ("Nomor", "Playbook", "Dibuka", "Ditangani", "Jawaban", "Selesai", "Komentar")
MODERATED = "Penertiban komentar"
MODERATED_HEAD = ("Aturan", "Dijalankan", "Masa uji", "Ditolak", "Diurungkan", "Gagal")
MODERATED_NOTE = "Setiap keputusan dipastikan orang kedua. Masa uji: dicatat, tidak dikirim ke Telegram."
MEASURE_HEAD = ("Ukuran", "Tengah", "Terlama", "Terjadi pada")
MEASURE_NOTE = (
    "Tengah: separuh insiden lebih cepat dari angka ini. Jawaban: keterangan benar pertama yang disetujui, "
    "baik unggahan maupun balasan; pernyataan awal belum dihitung."
)

OUTCOME: Mapping[Outcome, str] = {
    Outcome.HANDLED: "tertangani",
    Outcome.FALSE_ALARM: "alarm palsu",
    Outcome.HANDED_OFF: "dialihkan ke playbook lain",
    Outcome.MERGED: "digabung dengan insiden lain",
}
PHASE: Mapping[Phase, str] = {
    Phase.OPEN: "masih berlangsung",
    Phase.MONITORING: "sedang dipantau",
    Phase.RESOLVED: "selesai",
    Phase.REVIEWED: "selesai dan sudah dievaluasi",
}


def opened(playbook: str, when: str, who: str, why: str) -> str:
    by = f" oleh {who}" if who else " secara otomatis"
    because = f", karena {why}" if why else ""
    return f"{playbook} dibuka {when}{by}{because}."


def answered(who: str, ack: timedelta | None, post: timedelta | None, *, over: bool, private: bool) -> str:
    """The second sentence: who took it, and when the public was told."""
    taken = f"{who or 'Petugas'} menanganinya {times.span(ack)} kemudian" if ack is not None else ""
    if not taken:
        taken = "Tidak ada yang menekan Saya tangani" if over else "Belum ada yang menanganinya"
    if post is not None:
        word = "jawaban pribadi terkirim" if private else "jawaban yang benar tayang"
        return f"{taken}, dan {word} {times.span(post)} setelah dibuka."
    kind = "jawaban pribadi" if private else "jawaban kepada publik"
    return f"{taken}; {'tidak' if over else 'belum'} ada {kind} yang tercatat."


def closed(who: str, when: str, took: timedelta, outcome: str, comments: int) -> str:
    by = f"{who} menutupnya" if who else "Insiden ini ditutup"
    return f"{by} {when} ({outcome}), {times.span(took)} setelah dibuka; {related(comments)}."


def going_on(phase: str, comments: int) -> str:
    return f"Insiden ini {phase}; {related(comments)} sampai laporan ini dibuat."


def related(comments: int) -> str:
    return (
        f"{comments:,} komentar terkait tercatat".replace(",", ".")
        if comments
        else "tidak ada komentar terkait"
    )


def split(before: int, after: int) -> str:
    return f"{number(before)} sebelum, {number(after)} sesudah jawaban"


def number(count: int) -> str:
    """12.345, as Indonesians write it."""
    return f"{count:,}".replace(",", ".")


def per_step(minutes: int) -> str:
    """Komentar per menit; per 5 menit."""
    return "Komentar per menit" if minutes == 1 else f"Komentar per {times.minutes(minutes)}"


def approvers(names: str, when: str) -> str:
    return f"{names}, {when}" if when else names


def answers(count: int) -> str:
    return f"membalas {number(count)} komentar"


def clock_met(when: str) -> str:
    return f"terpenuhi {when}"


def evidence_more(left: int, run: str) -> str:
    return (
        f"{number(left)} komentar lain tidak dicetak di sini. Daftar lengkapnya: "
        f"tanggap report {run} --evidence bukti.csv"
    )


def evidence_changed(count: int) -> str:
    return f"{number(count)} komentar tidak lagi sama dengan sidik yang diambil waktu itu. Selidiki."


def happened_in(happened: int, every: int) -> str:
    return f"{number(happened)} dari {number(every)}"


def writer(count: int) -> str:
    return f"{WRITER} {number(count)}"


def period(since: str, until: str) -> str:
    """One day is named once."""
    return since if since == until else f"{since} sampai {until}"
