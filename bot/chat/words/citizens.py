"""The few sentences that citizens read from the bot itself, in the private chat."""

from bot.chat.words.cards import head

GREETING = (
    "Halo! Tulis pertanyaan, keluhan, atau laporan Anda di sini. "
    "Petugas kami membacanya dan menjawab lewat obrolan ini."
)


def receipt(case: int) -> str:
    return (
        f"Terima kasih, pesan Anda sudah kami terima dengan nomor {head(case)}. "
        "Petugas kami akan membacanya. Bila ada tambahan, tulis saja di sini."
    )
