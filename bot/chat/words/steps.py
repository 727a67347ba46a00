"""Cards of a playbook's steps: questions, words to approve, posts to make, and who carries on."""

from collections.abc import Mapping

from bot.chat.words.names import listed
from bot.domain.form import Why
from bot.domain.step_run import PostState
from bot.domain.step_state import StepState
from bot.domain.steps import Approve, Ask, Cadence, Compose, Publish, Request, Uses

QUESTION = "Ada pertanyaan untuk Anda"
REQUEST = "Permintaan data"
UPDATE = "Waktunya kabar berkala"
APPROVAL = "Minta persetujuan Anda"
REWRITE = "Teks perlu disusun"
POSTING = "Tolong tayangkan"
REMINDER = "Pengingat"
ENDED: Mapping[StepState, str] = {
    StepState.PENDING: "Belum dimulai",
    StepState.WAITING: "Menunggu",
    StepState.DONE: "Selesai",
    StepState.SKIPPED: "Tidak diperlukan",
    StepState.RETURNED: "Dikembalikan untuk diperbaiki",
    StepState.REJECTED: "Ditolak",
    StepState.EXPIRED: "Waktunya habis",
    StepState.FAILED: "Tidak berhasil",
    StepState.SUPERSEDED: "Diganti yang lebih baru",
    StepState.CANCELLED: "Dibatalkan",
}
_BY: Mapping[StepState, str] = {
    StepState.DONE: "Selesai, dikerjakan {name}",
    StepState.SKIPPED: "Dilewati {name}",
    StepState.RETURNED: "Dikembalikan {name} untuk diperbaiki",
    StepState.REJECTED: "Ditolak {name}",
}
_DONE: Mapping[type[Uses], str] = {
    Ask: "Sudah dijawab {name}",
    Request: "Sudah dijawab {name}",
    Cadence: "Sudah dijawab {name}",
    Approve: "Disetujui {name}",
    Compose: "Teksnya disusun {name}",
}
CLOSED = "Insidennya sudah ditutup. Anda tidak perlu apa-apa lagi."
OUTDATED = "Sudah diganti. Lihat pesan yang lebih baru, ya."
CHOOSE = "Pilih salah satu."
CHOSEN = "Jawaban"
EMPTY_FIELD = "(belum diisi)"
MAY_STAY_EMPTY = "(belum diisi, boleh kosong)"
LEFT_EMPTY = "(dikosongkan)"
COMPLETE = "Isian lengkap. Periksa lagi, lalu kirim."
ENOUGH = "Sudah bisa dikirim. Yang masih kosong boleh diisi dulu."
WILL_APPEAR = "Yang akan tayang"
REWRITE_ASK = "Tulis atau perbaiki teksnya. Sesudah itu orang lain yang menyetujui."
WILL_ANSWER = "Balasan untuk warga"
NOTHING_TO_APPROVE = "Belum ada teks yang bisa disetujui."
OWN_WORDS = "Anda ikut menulis teks ini, jadi orang lain yang menyetujuinya."
UNEDITED = "Teks yang sudah disetujui sebelumnya, tanpa perubahan."
EDITED = "Ada kata yang diubah atau diisi bebas. Mohon dibaca dengan teliti."
SILENCE = "Bila tidak dijawab, tidak ada yang tayang."
SECTION = "Salin teks ini ke kanal berikut, lalu tekan tombolnya."
UNSURE = "Belum pasti terkirim. Lihat dulu di kanalnya, baru putuskan."
FAILED = "Tidak terkirim. Coba lagi, atau tayangkan sendiri."
BASIS = "Dasar"
HAND_OVER = "Bisa lanjutkan?"
HAND_OVER_ASK = "Bila ya, Anda yang memegang insiden ini mulai sekarang."
HAND_OVER_NOTES = "Pesan untuk Anda"
HAND_OVER_OVER = "Permintaan ini sudah tidak berlaku"
HELD = "Yang masih ditahan"
HELD_NONE = "Tidak ada lagi yang ditahan"
HELD_ASK = "Lepas satu per satu, setelah dibaca lagi apakah sudah pantas."
NOT_IN_EARNEST = "Ini latihan: jangan tayangkan di mana pun. Tekan tombolnya seolah-olah sudah."
DRILL_POST = "Contoh tayangan, tidak dikirim ke publik"
MENU = "Apa yang ingin diubah?"
MENU_NONE = "Tidak ada insiden dengan nomor itu yang masih berjalan."
STEPS = "Langkah"

POST: Mapping[PostState, str] = {
    PostState.QUEUED: "dikirim bot",
    PostState.ASKED: "menunggu Anda",
    PostState.SENT: "sudah tayang",
    PostState.FAILED: "tidak terkirim",
    PostState.UNCERTAIN: "belum pasti",
    PostState.DROPPED: "tidak jadi",
}
CHANNELS: Mapping[str, str] = {
    "telegram-channel": "kanal Telegram",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "x": "X",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "threads": "Threads",
    "whatsapp-channel": "saluran WhatsApp",
    "website": "situs web",
    "radio": "radio",
}

TOAST_CHOSEN = "Tercatat."
TOAST_SENT = "Terima kasih, jawaban Anda terkirim."
TOAST_FILL = "Balas pesan bot di bawah, ya."
TOAST_APPROVED = "Terima kasih, persetujuan Anda tercatat."
TOAST_SKIP = "Tulis alasannya sebagai balasan pesan di bawah."
TOAST_POSTED = "Terima kasih, dicatat sudah tayang."
TOAST_AGAIN = "Dikirim ulang."
TOAST_DROPPED = "Dicatat tidak jadi tayang."
TOAST_RELEASED = "Dilepas."
TOAST_OFFERED = "Permintaan terkirim. Anda tetap memegangnya sampai dijawab."
TOAST_ACCEPTED = "Terima kasih. Insiden ini kini Anda pegang."
TOAST_DECLINED = "Baik, dicatat."
TOAST_MERGED = "Digabungkan."

_FAULTS: Mapping[Why, str] = {
    Why.EMPTY: "Bagian ini perlu diisi.",
    Why.TOO_LONG: "Terlalu panjang, paling banyak {limit} karakter.",
    Why.NOT_A_LINK: "Itu belum berupa tautan. Contoh: https://www.bmkg.go.id/…",
    Why.LINK_NOT_ALLOWED: "Tautannya harus dari sumber resmi: {limit}.",
    Why.NOT_A_NUMBER: "Tulis angkanya saja, misalnya 120.",
    Why.TOO_LARGE: "Angkanya paling besar {limit}.",
    Why.NOT_A_DATE: "Tulis tanggalnya seperti 25-12-2026.",
    Why.NOT_A_TIME: "Tulis jamnya seperti 14.30.",
    Why.NOT_A_CHOICE: "Pilih salah satu: {limit}.",
    Why.NOT_A_POST: "Tempel satu tautan tayangannya saja, misalnya https://www.contoh.com/p/1, atau ketik -.",
}


def fault(why: Why, limit: str) -> str:
    """Why the form cannot keep what was typed."""
    return f"{_FAULTS[why].format(limit=limit)} Balas pesan tadi sekali lagi, ya."


def channel(name: str) -> str:
    return CHANNELS.get(name, name)


def votes(names: list[str], count: int, needed: int) -> str:
    """Sudah 1 dari 2: Ratna."""
    return f"Persetujuan: {count} dari {needed}" + (f" ({listed(names)})." if names else ".")


def made_from(answers: list[str]) -> str:
    """Whose answers stand in the words."""
    return f"Isinya dari jawaban {listed(answers)}." if answers else "Isinya sudah disiapkan sebelumnya."


def told_by(source: str) -> str:
    """What a signed event said stands in the words."""
    return f"kabar dari {source}, belum dicek orang"


def style(note: str) -> str:
    """Gaya penulisan: fakta, peringatan, penjelasan, fakta."""
    return f"Gaya penulisan: {note.replace('-', ', ') if ' ' not in note else note}."


def returned(note: str) -> str:
    """Why the words wait for somebody."""
    return f"Catatan: {note.rstrip('.')}."


def reply_number(number: int) -> str:
    return f"balasan ke-{number}"


def more_posts(count: int) -> str:
    return f"… dan {count} lagi"


def recipients(count: int) -> str:
    return f"Ikut disetujui: dikirim sebagai balasan untuk {count} komentar."


def until(when: str) -> str:
    return f"Ditunggu sampai {when}."


def overdue(when: str) -> str:
    return f"Sudah lewat dari {when}, dan tetap ditunggu."


def ended(uses: Uses, how: StepState, name: str) -> str:
    """Sudah dijawab Budi."""
    if how is StepState.DONE and isinstance(uses, Publish):
        return "Sudah tayang."
    said = _DONE.get(type(uses), _BY[how]) if how is StepState.DONE else _BY.get(how, "")
    return f"{(said if name and said else ENDED[how]).format(name=name)}."


def moved(name: str) -> str:
    """On the card of somebody who had the run before."""
    return f"Kini dikerjakan {name or 'orang lain'}. Anda tidak perlu apa-apa lagi."


def asks(name: str) -> str:
    """Who asks that somebody else carries on."""
    return f"{name} meminta Anda melanjutkan."


def shift_over(name: str) -> str:
    """Why somebody is asked to carry on, where their turn has just begun."""
    return f"Giliran {name} sudah selesai dan giliran Anda dimulai."


def call_others(when: str) -> str:
    return f"Mohon dijawab sebelum {when}. Sesudah itu rekan lain dipanggil."


def note_from(name: str, text: str) -> str:
    return f"{name}: {text}"


def waiting(step: str, names: list[str], when: str, *, late: bool = False) -> str:
    """A line of the incident's card: what is being waited for, of whom, until when."""
    who = f" · {listed(names)}" if names else ""
    until = f" · {'lewat dari' if late else 'sampai'} {when}" if when else ""
    return f"⏳ {step}{who}{until}"


def limit(name: str, when: str, *, late: bool, own: bool) -> str:
    """A line of the incident's card: what the law or the agency itself wants, and until when."""
    return f"{'🎯' if own else '⚖️'} {name} · {'lewat dari' if late else 'sampai'} {when}"


def held_since(name: str, when: str, *, by_hand: bool = False) -> str:
    return f"{name}, ditahan {'tim' if by_hand else 'bot'} sejak {when}"
