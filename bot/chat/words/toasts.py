"""What a pressed button answers when it worked: a few words over the screen."""

from bot.chat.words.cards import head
from bot.chat.words.crisis import run_number

SAVED = "Tersimpan."
DONE_BEFORE = "Sudah tercatat."
TRIED_AGAIN = "Maaf, ada gangguan sebentar. Sedang dicoba lagi; lihat hasilnya di kartu, ya."
BROKEN = "Maaf, bot gagal menjalankannya. Tim diberi tahu. Coba lagi nanti, atau kabari pengelola."
READ_BELOW = "Balas pesan bot di bawah, ya."
WRITE_HERE = "Tulis dari kartu draf di obrolan pribadi Anda dengan bot."
SUBMITTED = "Diajukan. Koordinator yang bertugas sudah diberi tahu."
SUBMITTED_PRIVATELY = "Diajukan. Pendamping kedua diminta membacanya."
SENT_NOW = "Disetujui templatnya, balasan dikirim."
APPROVED = "Disetujui. Balasan dikirim."
REJECTED = "Ditolak. Penulisnya diberi tahu."
NOTE_ASKED = "Tulis catatannya sebagai balasan pesan di bawah."
ACKNOWLEDGED = "Terima kasih. Anda yang menangani."
RAISED = "Tingkat berikutnya dipanggil."
TAKEN_OVER = "Sekarang Anda yang menangani."
STILL = "Terima kasih, dicatat."
TICKED = "Dicentang."
RESOLVED = "Insiden ditutup."
REASON_ASKED = "Jawab alasannya di obrolan pribadi dengan bot, ya."
ESCALATED = "Insiden dibuka. Yang bertugas sedang dipanggil."
RESENT = "Dikirim ulang."
NOT_RESENT = "Dicatat tidak terkirim. Draf ini sudah tidak berlaku, jadi tidak dikirim ulang."
MARKED_SENT = "Dicatat sebagai sudah terkirim."
SWAP_ASKED = "Sudah ditanyakan. Jadwal belum berubah."
SWAP_AGREED = "Disetujui. Jadwalnya sudah berubah."
SWAP_HALF = "Dicatat. Menunggu jawaban yang lain."
SWAP_DECLINED = "Dicatat. Jadwal tetap."
REACHED = "Terima kasih, Anda tercatat bisa dihubungi."
TEMPLATE_APPROVED = "Templat disetujui."


def taken(case: int) -> str:
    return f"{head(case)} kini Anda tangani."


def released(case: int) -> str:
    return f"{head(case)} kembali ke antrean."


def withdrawn(case: int) -> str:
    return f"Draf untuk {head(case)} ditarik. Kasusnya tetap ditangani orang yang sama."


def reopened(case: int) -> str:
    return f"{head(case)} dibuka lagi."


def closed(case: int) -> str:
    return f"{head(case)} ditutup."


def snoozed(case: int, span: str) -> str:
    return f"{head(case)} kembali dalam {span}."


def escalated(run: int, *, joined: bool, reopened: bool) -> str:
    """After 🚨 on a case: a new incident, or the one that the same matter has already."""
    if reopened:
        return f"{run_number(run)} dibuka lagi dengan komentar ini. Yang bertugas sedang dipanggil."
    return f"Sudah ditangani di {run_number(run)}; komentarnya ditambahkan." if joined else ESCALATED
