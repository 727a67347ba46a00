"""Sentences and buttons about comments that say the same."""

from collections.abc import Mapping

from bot.domain.cluster import Apart

JOIN = "🔗 Gabungkan ke "
REFUSE = "Bukan "
ALL = "👥 Jawab semua"
REST = "👥 Jawab yang baru"
CORRECT = "✏️ Koreksi untuk semua"
LOOK = "👥 Lihat "
SPLIT = "✂️ Pisahkan "

JOINED = "Digabungkan. Untuk membatalkan, pisahkan lagi dari kartunya."
REFUSED = "Dicatat sebagai urusan lain."
SPLIT_OFF = "Dipisahkan. Kartunya muncul sendiri."
WIDENED = "Semua yang serupa ikut dijawab. Periksa jumlahnya, lalu ajukan."
REST_ASKED = "Diajukan. Koordinator melihat jumlahnya sebelum menyetujui."
REOPENED = "Semua yang sudah dijawab dibuka lagi. Tulis koreksinya sebagai balasan pesan di bawah."

WHICH = "Yang terakhir bergabung. Pisahkan yang ternyata urusan lain:"
_WHY: Mapping[Apart, str] = {
    Apart.NUMBER: "tetapi angkanya lain",
    Apart.DENIAL: "tetapi isinya membantah",
    Apart.WORD: "tetapi ada yang lain, misalnya tempatnya",
    Apart.LIKE: "periksa dulu",
}


def tally(comments: int, accounts: int, share: float, first: str, peak: int) -> str:
    """ "37 komentar, 29 akun, 92 % serupa, pertama 09.12, puncak 40/menit."."""
    alike = f"{round(share * 100)} % serupa"
    return f"{comments} komentar, {accounts} akun, {alike}, pertama {first}, puncak {peak}/menit."


def denials(count: int) -> str:
    return f"Terpisah: {count} komentar serupa yang membantah."


def waiting(count: int) -> str:
    return f"Sejak dijawab, {count} komentar serupa lagi menunggu."


def like(number: int, share: float, why: Apart) -> str:
    if why is Apart.SAID:
        return f"Mungkin sama dengan #{number}, dengan kata lain."
    return f"Mirip #{number} ({round(share * 100)} %), {_WHY[why]}."


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


def more(button: str, count: int) -> str:
    return f"{button} ({count})"
