"""The few sentences that citizens read from the bot itself, in the private chat."""

from bot.chat.words.cards import head

_ENDS = " ,.!"


def welcome(greeting: str) -> str:
    """What a citizen reads who has only pressed start. `greeting`: the agency's own, `agency.greeting`."""
    return (
        f"{greeting.rstrip(_ENDS)}! Tulis pertanyaan, keluhan, atau laporan Anda di sini. "
        "Petugas kami membacanya dan menjawab lewat obrolan ini."
    )


def receipt(case: int, greeting: str) -> str:
    return (
        f"{greeting.rstrip(_ENDS)}, terima kasih. Pesan Anda sudah kami terima dengan nomor {head(case)}. "
        "Petugas kami akan membacanya. Bila ada tambahan, tulis saja di sini."
    )
