"""Sentences on the card of a case and on the approver's card."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.chat.words import names as called
from bot.chat.words import times
from bot.chat.words.siaga import HELD
from bot.domain.people import Zone
from bot.domain.writer import History

NOBODY = "belum diambil"
REDACTED = "Isi pesan hanya dikirim kepada dua pendamping."
REDACTED_WHY = (
    "Pesan ini menyangkut keselamatan seseorang. Nama, isi, dan tautannya tidak ditampilkan di sini."
)
NO_LABEL = "Belum ada label yang cocok."
UNSURE = "Belum yakin: "
UNREAD = "Belum terbaca oleh pembaca otomatis. Baca sendiri, ya."
EDITED = "Komentar ini diubah penulisnya. Sebelumnya:"
UNKNOWN_AUTHOR = "Nama tidak diketahui"
NEXT = "Langkah berikut: "

LATE = "⌛ Lewat target jawaban sejak "
DUE = "Target jawaban: "

PICK_LABELS = "Ketuk label untuk menambah atau menghapusnya. Perubahan langsung tersimpan."
PICK_SNOOZE = "Tunda berapa lama? Kasus kembali ke sini dengan sendirinya."
PICK_CLOSE = "Kenapa ditutup?"
PICK_PLAYBOOK = "Insiden apa yang dibuka? Yang bertugas langsung dipanggil."
NO_PLAYBOOK = "Belum ada insiden yang bisa dibuka dari sini."
PICK_TEMPLATE = "Pilih templat, atau tulis sendiri:"
NO_TEMPLATE = "Belum ada templat yang cocok. Tulis balasan sendiri, ya."
BLOCKED_TEMPLATE = "belum bisa dipakai"

DRAFT = "Draf balasan"
REPLY = "Balasan"
CHANGES = "Yang berbeda dari templat:"
NO_CHANGES = "Sama persis dengan templatnya."
OWN_WORDS = "Tanpa templat."
NOTHING = "(dihapus)"

WANTED = "Mohon persetujuan"
WILL_APPEAR = "Balasan yang akan tayang"
SOURCE = "Sumber: "
BASIS = "Dasar: "
RETURN_NOTE = "Catatan: "
TO_CARE = "Kasus ini kini ditangani pendamping; draf ini tidak dikirim."
NOT_NEEDED = "Tidak perlu diputuskan lagi"
APPROVED = "Disetujui"
POSTED = "Tayang"
RETURNED = "Dikembalikan"
REJECTED = "Ditolak"
ALONE = "Anda yang menulis dan memastikan sendiri. Baca sekali lagi dengan tenang sebelum menekan."

STEP_OTHER_CARD = "teksnya ditulis di kartu itu; tekan Lepas bila ingin dijawab sendiri."
STEP_TAKE = "tekan ✋ Ambil bila Anda yang menangani."
STEP_LOOK = "baca komentarnya, lalu 💬 Balas atau 🗂 Tutup."
STEP_AGAIN = "perbaiki lewat 💬 Balas lalu ✏️ Tulis; teks sebelumnya bisa disalin."
STEP_WRITE = "balas pesan bot dengan teks balasannya."
STEP_FILL = "lengkapi isian: "
STEP_FIX = "perbaiki teksnya dulu."
STEP_SUBMIT = "periksa teksnya, lalu 📤 Ajukan."
STEP_SUBMIT_OR_SEND = "periksa teksnya, lalu 📤 Ajukan atau 🚀 Kirim sekarang."
STEP_WAIT = "tunggu keputusan koordinator."
STEP_SENDING = "balasan sedang dikirim, tidak perlu apa-apa."
STEP_SECOND = "pendamping kedua membaca balasannya sebelum dikirim."
STEP_PENDAMPING = "pendamping yang dipanggil menghubungi penulisnya."

UNSENT: Mapping[str, str] = {
    "queued": "Balasan sedang menunggu giliran dikirim.",
    "sending": "Balasan sedang dikirim.",
    "uncertain": "⚠️ Belum pasti balasannya sampai. Lihat pesan di bawah dan pastikan dengan mata.",
    "manual": "✍️ Balasan ini disalin dan dikirim dengan tangan. Lihat pesan di bawah.",
    "failed": "⚠️ Balasan gagal dikirim.",
    "siaga": HELD,
    "locked": "🔒 Balasan ditahan karena /kunci sedang berlaku.",
    "dropped": "Balasan tidak jadi dikirim.",
}


DOUBT = "⚠️ Balasan sebelumnya belum pasti sampai. Pastikan dulu lewat pertanyaan bot, baru menulis yang baru."


def head(number: int) -> str:
    """How a case is called everywhere: #12."""
    return f"#{number}"


def writing(name: str) -> str:
    """Said to everybody, so that nobody else writes the same."""
    return f"✍️ {name} sedang menulis balasan."


def looking(name: str) -> str:
    """Somebody has pressed a button of the card and is choosing."""
    return f"👀 {name} sedang membuka kartu ini."


def handled_by(name: str) -> str:
    return f"ditangani {name}"


def came(opened: datetime, now: datetime, zone: Zone) -> str:
    return f"Masuk {times.moment(opened, now, zone)}."


def waiting(opened: datetime, now: datetime, zone: Zone) -> str:
    """With the time at which it was true, because nobody redraws the card every minute."""
    return f"Menunggu {times.span(now - opened)} (per {times.clock(now, zone)})."


def messages(count: int) -> str:
    return "Sebelumnya ia juga menulis:" if count == 1 else f"Sebelumnya ia juga menulis {count} pesan:"


def label_with(code: str, score: float) -> str:
    """Keluhan/Kritik 91 %. Without a score (a person set it) the name alone."""
    # No reading of a text is certain to the last.
    percent = f" {called.percent(min(score, 0.99))}" if score > 0 else ""
    return f"{called.label(code)}{percent}"


def weighed(words: list[str], rules: list[str]) -> str:
    """(“gimana”, “kapan”; kata tanya). Nothing where neither is known."""
    parts = [", ".join(f"“{word}”" for word in words), ", ".join(rules)]
    return f" ({'; '.join(filter(None, parts))})" if any(parts) else ""


def because(urgency: str, reasons: list[str]) -> str:
    """Prioritas tinggi karena klaim terkait hoaks."""
    return f"Prioritas {urgency} karena {called.listed(reasons)}."


_REASONS: Mapping[str, str] = {
    "sensitive": "menyangkut keselamatan seseorang",
    "unclassified": "belum terbaca otomatis",
    "wrote_often": "warga ini sudah beberapa kali menulis",
    "waited_long": "sudah lama menunggu",
}


_COUNTED: Mapping[str, str] = {
    "grows": "hal ini disebut sedikitnya {} kali dalam sejam",
    "open_cases": "warga ini masih menunggu jawaban di {} kasus lain",
    "incident": "menyangkut insiden K-{} yang sedang berjalan",
}
_ROUNDED: Mapping[str, str] = {
    "seen": "dilihat sekitar {} kali",
    "reacted": "ditanggapi sekitar {} kali",
    "replied": "sudah dibalas sedikitnya {} orang",
}


def reason(code: str) -> str:
    """Why it is so urgent; "" when there is nothing to say."""
    kind, _, of = code.partition(":")
    if kind == "label":
        return called.label(of).lower()
    if kind == "unsure":
        return f"mungkin {called.label(of).lower()}"
    if kind in _COUNTED and of.isdecimal():
        return _COUNTED[kind].format(of)
    if kind in _ROUNDED and of.isdecimal():
        return _ROUNDED[kind].format(called.rounded(int(of)))
    return _REASONS.get(kind, "")


def with_media(code: str) -> str:
    return f"Disertai {called.media(code)}."


def under_post(context: str) -> str:
    return f"Di bawah “{context}”"


def snoozed(until: str, name: str) -> str:
    return f"Ditunda {name} sampai {until}." if name else f"Ditunda sampai {until}."


def closed(reason: str, name: str, when: str) -> str:
    who = f" oleh {name}" if name else ""
    return f"{reason}. Ditutup{who}, {when}."


def merged(into: int) -> str:
    return f"Digabung ke #{into}."


def for_many(cases: list[int]) -> str:
    """ "Untuk 3 komentar: #12, #15, dan #18."."""
    return f"Untuk {len(cases)} komentar: {called.listed([head(case) for case in cases])}."


def answered_with(case: int) -> str:
    return f"Ikut dijawab bersama {head(case)}."


def asked(names: tuple[str, ...], until: str) -> str:
    who = called.listed(names) if names else "belum ada koordinator yang bisa dihubungi"
    return f"Menunggu: {who}. Berlaku sampai {until}."


def written_by(names: list[str]) -> str:
    return f"Ditulis {called.listed(names)}."


def decided(how: str, name: str, when: str) -> str:
    """ "Disetujui Budi, 09.31 WIB."."""
    return f"{how} {name}, {when}." if name else f"{how}, {when}."


def also_wrote(cases: list[int]) -> str:
    """Juga menunggu jawaban di #12 dan #15."""
    return f"Warga ini juga menunggu jawaban di {called.listed([head(case) for case in cases])}."


def wrote_before(history: History, now: datetime, zone: Zone) -> str:
    """Pernah menulis 3 kali sejak Agustus; terakhir dijawab 12 Nov, #31."""
    said = f"Pernah menulis {history.times} kali sejak {times.since(history.since, now, zone)}"
    if history.answered_at is None or history.answered is None:
        return f"{said}."
    return (
        f"{said}; terakhir dijawab {times.day_of(history.answered_at, now, zone)}, {head(history.answered)}."
    )


def posted(when: str, after: timedelta) -> str:
    return f"Tayang {when}, {times.span(after)} setelah masuk."


def filled(value: str) -> str:
    return f"Isian: {value}"


def came_back(how: str, name: str, when: str) -> str:
    """ "Draf dikembalikan Budi, 09.31 WIB."."""
    return f"Draf {decided(how.lower(), name, when)}"


def from_template(title: str) -> str:
    return f"Templat “{title}”."


def valid_until(when: str) -> str:
    return f"Berlaku sampai {when}. Bila lewat, draf ini tidak tayang."


def more_changes(count: int) -> str:
    return f"dan {count} perubahan lain."


def draft_is(clause: str) -> str:
    return f"Draf ini {clause}."
