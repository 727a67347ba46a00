"""Sentences and buttons about comments that say the same."""

from collections.abc import Mapping

from bot.chat.words.names import percent
from bot.domain.cluster import Apart

JOIN = "🔗 Gabung "
REFUSE = "Bukan "
ALL = "👥 Jawab semua"
REST = "👥 Jawab yang baru"
CORRECT = "✏️ Koreksi untuk semua"
CORRECT_NOW = "✅ Ya, buka lagi"
CORRECT_REST = "✏️ Koreksi untuk sisanya"
UNDO = "↩️ Batal buka (15 detik)"
STOP = "✋ Hentikan sisanya"
QUIET = "⏹ Hentikan jawaban otomatis"
LOOK = "👥 Lihat "
SPLIT = "✂️ Pisahkan "

JOINED = "Digabungkan. Untuk membatalkan, pisahkan lagi dari kartunya."
REFUSED = "Dicatat sebagai urusan lain."
SPLIT_OFF = "Dipisahkan. Kartunya muncul sendiri."
QUIET_NOW = "Dihentikan. Yang bertanya berikutnya menunggu Anda."

WHICH = "Yang terakhir bergabung. Pisahkan yang ternyata urusan lain:"
_WHY: Mapping[Apart, str] = {
    Apart.NUMBER: "tetapi angkanya lain",
    Apart.DENIAL: "tetapi isinya membantah",
    Apart.WORD: "tetapi ada yang lain, misalnya tempatnya",
    Apart.LIKE: "periksa dulu",
}


def tally(comments: int, accounts: int, share: float, first: str, peak: int) -> str:
    """ "37 komentar, 29 akun, 92 % serupa, pertama 09.12, puncak 40/menit."."""
    alike = f"{percent(share)} serupa"
    return f"{comments} komentar, {accounts} akun, {alike}, pertama {first}, puncak {peak}/menit."


def denials(count: int) -> str:
    return f"Terpisah: {count} komentar serupa yang membantah."


def waiting(count: int) -> str:
    return f"Sejak dijawab, {count} komentar serupa lagi menunggu."


def repeated(count: int, stopped_by: str) -> str:
    """How many had the answer from the bot itself, and who stopped that."""
    said = f"🔁 Bot mengirim jawaban ini kepada {count} penanya berikutnya." if count else ""
    ended = f"Jawaban otomatis dihentikan oleh {stopped_by}." if stopped_by else ""
    return " ".join(filter(None, (said, ended)))


def like(number: int, share: float, why: Apart) -> str:
    if why is Apart.SAID:
        return f"Mungkin sama dengan #{number}, dengan kata lain."
    return f"Mirip #{number} ({percent(share)}), {_WHY[why]}."


def behind(number: int) -> str:
    return f"Serupa dengan #{number}; ditampilkan sendiri."


def for_cluster(cases: list[int], named: int) -> str:
    """ "Untuk 37 komentar: #12, #15, … dan 35 lagi."."""
    heads = ", ".join(f"#{number}" for number in cases[:named])
    return f"Untuk {len(cases)} komentar: {heads}, … dan {len(cases) - named} lagi."


def asked_again(head: str, count: int) -> str:
    """`head`: how the answered case is called."""
    some = "Satu" if count == 1 else str(count)
    return f"{some} komentar serupa masuk setelah {head} dijawab. Jawabannya bisa dikirim juga dari kartunya."


def look(comments: int) -> str:
    return f"{LOOK}{comments} komentar"


def more(button: str, count: int, of: int = 0) -> str:
    """ "👥 Jawab semua (37)"; where not all of them fit, "(201 dari 206)"."""
    return f"{button} ({count} dari {of})" if of > count else f"{button} ({count})"


def widened(count: int) -> str:
    """The toast."""
    return f"{count} komentar dijawab dengan teks ini. Periksa jumlahnya, lalu ajukan."


def rest_asked(count: int) -> str:
    """The toast."""
    some = f" untuk {count} komentar" if count else ""
    return f"Diajukan{some}. Koordinator melihat jumlahnya sebelum menyetujui."


def stopped(count: int) -> str:
    """The toast."""
    return f"{count} balasan batal dikirim; komentarnya menunggu lagi." if count else "Sudah dihentikan."


def reopened(opened: int, held: int, left: int) -> str:
    """The toast; the question for the words stands below."""
    parts = [f"{opened} kasus dibuka lagi" if opened else "Dibuka lagi"]
    parts += [f"{held} balasan batal dikirim"] if held else []
    parts += [f"{left} lagi sesudahnya"] if left else []
    return f"{', '.join(parts)}. Tulis koreksinya di bawah."


def put_back(count: int) -> str:
    """The toast."""
    return f"Diurungkan: {count} kasus tetap terjawab." if count else "Sudah diurungkan."


def leaving(count: int) -> str:
    return f"Masih dikirim ke {count} komentar."


def asked(count: int) -> str:
    return f"Untuk {count} komentar lagi jawabannya menunggu persetujuan."


def outdated(count: int) -> str:
    return f"Jawaban lama masih tampil di bawah {count} komentar."


def correct_question(count: int, leaving: int, most: int) -> str:
    """What ✏️ Koreksi untuk semua would do, before it does."""
    now = min(count, most + 1)
    rest = f" {count - now} lagi menyusul sesudahnya." if count > now else ""
    held = f" {leaving} balasan yang belum terkirim dibatalkan." if leaving else ""
    return f"Buka lagi {now} kasus yang sudah dijawab?{rest}{held} Lalu tulis teks koreksinya."
