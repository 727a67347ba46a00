"""What happens to a text on its way from group to group. The same random source makes the same copies."""

import random
import re
from collections.abc import Callable

_OPENINGS = (
    *("Fwd: ", "Diteruskan: ", "Fwd dari grup RT: ", "FW : ", "[Diteruskan berkali-kali]\n", "> "),
    *("Assalamualaikum min, ", "Selamat siang admin, ", "Pagi kak, ", "Mohon izin min, ", "Izin lapor pak: "),
    *("min tolong ", "Punten min, ", "Halo kak admin ", "Yth. Bapak/Ibu, ", "dapat dari grup sebelah: "),
)
_ENDINGS = (
    *(" 🙏🙏🙏", " tolong diviralkan!!", " mohon ditindaklanjuti min", " sebarkan ya kak", " #viral #fyp"),
    *(
        " https://contoh.id/a1b2c3",
        " @admin_pemkab",
        " terima kasih",
        " mohon infonya kak",
        " 😭😭",
        " tolong ya pak",
    ),
    *(" (disalin dari grup)", " up up up", " gimana ini min??", " wassalam"),
)
_EMOJI = ("🙏", "😭", "😡", "⚠️", "🔥", "‼️", "🤔", "👍", "❗")
_SPELLINGS = {
    "tidak": ("gak", "ga", "tdk", "nggak"),
    "yang": ("yg",),
    "sudah": ("udah", "sdh", "udh"),
    "dengan": ("dgn",),
    "karena": ("krn", "karna"),
    "untuk": ("utk", "buat"),
    "saya": ("sy", "aku"),
    "orang": ("org",),
    "jalan": ("jln",),
    "dari": ("dr", "dri"),
    "kalau": ("klo", "kalo"),
    "juga": ("jg",),
    "sampai": ("sampe", "smp"),
    "bulan": ("bln",),
    "tahun": ("thn",),
    "belum": ("blm", "blum"),
    "sekarang": ("skrg", "skrng"),
    "banyak": ("byk", "bnyk"),
    "tolong": ("tlg", "tlong"),
    "anak": ("ank",),
    "bagaimana": ("gimana", "bgmn"),
    "hanya": ("cuma", "hny"),
    "warga": ("wrg",),
    "lagi": ("lg",),
}
_NEXT_KEY = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopasdfghjklqxcvbnmz", strict=True))
Noise = Callable[[str, random.Random], str]


def _opening(text: str, chance: random.Random) -> str:
    return chance.choice(_OPENINGS) + text


def _ending(text: str, chance: random.Random) -> str:
    return text + chance.choice(_ENDINGS)


def _capitals(text: str, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.title))(text)


def _emoji(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        words.insert(chance.randint(1, len(words)), chance.choice(_EMOJI) * chance.randint(1, 3))
    return " ".join(words)


def _lengthened(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for place in chance.sample(range(len(words)), min(3, len(words))):
        words[place] = re.sub(
            r"([aiueo])$", lambda found: found.group(1) * chance.randint(3, 6), words[place]
        )
    return " ".join(words)


def _spellings(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(
        chance.choice(_SPELLINGS[word]) if word in _SPELLINGS and chance.random() < 0.8 else word
        for word in words
    )


def _typos(text: str, chance: random.Random) -> str:
    """One word in twelve or so, never in a number: that would be another claim."""
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and chance.random() < 0.09:
            words[place] = _mistyped(word, chance)
    return " ".join(words)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randint(1, len(word) - 2)
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 1:
        return word[:at] + word[at + 1 :]
    if how == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _NEXT_KEY.get(word[at].lower(), "e") + word[at + 1 :]


def _cut(text: str, chance: random.Random) -> str:
    """The end is missing, as in a preview; twelve words at least are left."""
    words = text.split(" ")
    left = max(12, int(len(words) * chance.uniform(0.55, 0.95)))
    return " ".join(words[:left]) + chance.choice(("", "...", "…", " (selengkapnya)"))


def _reordered(text: str, chance: random.Random) -> str:
    """Its parts in another order."""
    parts = [part.strip(" .") for part in re.split(r"[,.] ", text) if part.strip(" .")]
    turn = chance.randint(1, max(1, len(parts) - 1))
    return ". ".join(parts[turn:] + parts[:turn])


def _bare(text: str, _: random.Random) -> str:
    return re.sub(r"[,.!?:;]+(?=\s|$)", "", text)


def _broken_lines(text: str, chance: random.Random) -> str:
    return re.sub(r", ", lambda _: chance.choice((",\n", " - ", ",  ", "\n\n")), text)


_ALWAYS: tuple[Noise, ...] = (
    *(_opening, _ending, _capitals, _emoji, _lengthened, _spellings, _typos, _bare, _broken_lines),
)
_SHORTENS: tuple[Noise, ...] = (_cut, _reordered)
DENIALS = (
    "Tidak benar: {}",
    "HOAKS! {} Itu bohong, jangan disebar.",
    "Klarifikasi resmi, kabar berikut palsu: {}",
    "{} <- ini hoaks ya bapak ibu, sudah dibantah dinas",
)


def copy_of(text: str, chance: random.Random, *, whole: bool = False) -> str:
    """One forwarded copy, with one to five kinds of noise. `whole`: nothing is cut off or moved."""
    pool = _ALWAYS if whole else _ALWAYS + _SHORTENS * 2
    many = chance.choice((1, 2, 2, 3, 3, 4, 5))
    picked = set(chance.sample(range(len(pool)), many))
    # Words are changed before they are dressed up, as in life.
    order = sorted(
        picked, key=lambda place: (pool[place] not in _SHORTENS, pool[place] is not _spellings, place)
    )
    for place in order:
        text = pool[place](text, chance)
    return text
