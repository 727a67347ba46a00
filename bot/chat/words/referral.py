"""Not our authority: what stands on the card, and the question for the number at SP4N-LAPOR!."""

from collections.abc import Mapping

from bot.chat.words.cards import head

LAPOR = "🔢 Nomor LAPOR!"
WITHOUT_WORDS = "Tutup tanpa balasan"
PICK = (
    "Siapa yang berwenang? Warga membaca penjelasannya setelah disetujui; "
    "kasus lalu tercatat bukan wewenang kami."
)
NO_TEMPLATE = "Belum ada templat untuk ini. Tulis balasan lewat 💬 Balas, atau tutup tanpa balasan."
TOAST_ASKED = "Balas pesan bot di bawah dengan nomornya, ya."
WRONG = "Nomor LAPOR! berupa 5 sampai 12 angka, misalnya 1234567. Periksa lagi, lalu kirim ulang."


def given_to(whom: str) -> str:
    return f"Diteruskan ke {whom}."


def number(digits: str) -> str:
    return f"🔢 LAPOR! {digits}"


def afterwards(whom: str) -> str:
    """On the approver's card: what the words bring about."""
    return f"Setelah tayang, kasus ditutup: bukan wewenang kami, diteruskan ke {whom}."


def question(p: Mapping[str, object], name: str) -> tuple[str, str]:
    case = int(str(p.get("case", 0)))
    again = " Nomor sekarang (ketuk untuk menyalin):" if p.get("text") else ""
    said = f"🔢 {name}, balas pesan ini dengan nomor SP4N-LAPOR! untuk {head(case)}.{again}"
    return said, "Contoh: 1234567"
