"""All advice on a draft together: what a careful colleague would say of it. It never blocks.

What blocks is personal data (see guard).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain import loaded_words
from bot.domain.comment import Platform
from bot.domain.figures import untold
from bot.domain.house_style import HouseStyle
from bot.domain.loaded_words import LoadedWord
from bot.domain.network import Network, length_on, room_on
from bot.domain.pledge import Pledge, pledges
from bot.domain.reading_ease import LONGEST_SENTENCE, ease_of
from bot.domain.tone import ToneFinding, ToneKind, tone_findings

MOST_LINES = 3
"""Of advice on one card: more is not read."""
_NAMED = 4
_LONG_QUOTE = 30


@dataclass(frozen=True, slots=True)
class About:
    """What the advice knows of a draft.

    `claim`: the rumour that it answers. `known`: the texts whose numbers it may use; None where nobody can
    say. `vetted`: what it reads like as its template says, approved with its source. `place`: where the
    citizen reads it; None for words to everybody, which begin and end in their own way. `networks`: the
    platforms outside to which it is copied. `loaded`: to mind.
    """

    claim: str = ""
    known: tuple[str, ...] | None = None
    vetted: str = ""
    place: Platform | None = None
    networks: tuple[Network, ...] = ()
    style: HouseStyle = field(default_factory=HouseStyle)
    loaded: tuple[LoadedWord, ...] = ()


def advice_on(text: str, about: About) -> tuple[ToneFinding, ...]:
    """Every remark on it, the weightiest kind first."""
    if not text.strip():
        return ()
    found = [*tone_findings(text, about.claim), *_pledges(text, about), *_figures(text, about)]
    found += [*_room(text, about), *_loaded(text, about), *_form(text, about), *_ease(text)]
    return tuple(sorted(found, key=lambda one: (_WEIGHT.index(one.kind), one.start, one.end)))


def lines_of(found: Sequence[ToneFinding], most: int = MOST_LINES) -> tuple[str, ...]:
    """What is said on a card: one line of each kind, the weightiest kinds, with the words that are meant."""
    first = {one.kind: one for one in reversed(found)}
    kinds = sorted(first, key=_WEIGHT.index)
    return tuple(dict.fromkeys(first[kind].advice for kind in kinds))[:most]


_WEIGHT = (
    ToneKind.NO_ROOM,
    ToneKind.UNTOLD_FIGURE,
    ToneKind.PROMISE,
    ToneKind.BLAMING,
    ToneKind.BLAMING_OTHERS,
    ToneKind.LOADED_WORD,
    ToneKind.NO_COMMENT,
    ToneKind.SHOUTING,
    ToneKind.REPEATED_CLAIM,
    ToneKind.NO_SALUTATION,
    ToneKind.NO_CLOSING,
    ToneKind.TOO_LONG,
    ToneKind.HARD_TO_READ,
)
_NEITHER = "Janji “{}” belum menyebut kapan dan menurut siapa. Tambahkan, atau sebut langkah yang jelas."
_LACKS = {
    (False, False): _NEITHER,
    (False, True): "Janji “{}” belum menyebut kapan. Sebut tanggalnya, atau langkah yang sudah berjalan.",
    (True, False): "Janji “{}” belum menyebut menurut siapa. Sebut sumber atau tautannya.",
}


def _pledges(text: str, about: About) -> Iterator[ToneFinding]:
    for one in pledges(text, about.vetted):
        yield ToneFinding(ToneKind.PROMISE, one.start, one.end, _lacks(text, one))


def _lacks(text: str, pledge: Pledge) -> str:
    return _LACKS[pledge.dated, pledge.sourced].format(_short(text[pledge.start : pledge.end]))


def _figures(text: str, about: About) -> Iterator[ToneFinding]:
    if about.known is None:
        return
    spans = untold(text, about.known, about.vetted)
    if not spans:
        return
    named = list(dict.fromkeys(text[start:end] for start, end in spans))
    more = ", …" if len(named) > _NAMED else ""
    said = (
        f"Angka {', '.join(named[:_NAMED])}{more} tidak ada di komentar, templat, atau data. Sebut sumbernya."
    )
    yield from (ToneFinding(ToneKind.UNTOLD_FIGURE, start, end, said) for start, end in spans)


def _loaded(text: str, about: About) -> Iterator[ToneFinding]:
    for one in loaded_words.heard(text, about.loaded):
        word = text[one.start : one.end]
        said = f"Kata “{word}” memihak atau menuduh. Yang netral: {one.word.say}."
        yield ToneFinding(ToneKind.LOADED_WORD, one.start, one.end, said)


def _form(text: str, about: About) -> Iterator[ToneFinding]:
    if about.place is None:
        return
    style, end = about.style, len(text)
    if not style.greets(text):
        example = f", misalnya {style.salutations[0]}" if style.salutations else ""
        yield ToneFinding(ToneKind.NO_SALUTATION, 0, end, f"Belum ada sapaan di awal{example}.")
    if not style.takes_leave(text):
        yield ToneFinding(
            ToneKind.NO_CLOSING, 0, end, f"Belum ada penutup di akhir, misalnya {style.closings[0]}."
        )
    most = style.comfortable(about.place)
    if end > most:
        said = f"Panjangnya {end} karakter; di sini paling enak dibaca sampai {most}. Ringkas bila bisa."
        yield ToneFinding(ToneKind.TOO_LONG, most, end, said)


def _room(text: str, about: About) -> Iterator[ToneFinding]:
    """What the place itself does not take, counted as it counts: the tightest of them."""
    for network in about.networks:
        length, most = length_on(network, text), room_on(network)
        if length > most:
            said = f"{network.called} hanya memuat {most} karakter, teks ini {length}."
            said = f"{said} Ringkas, atau kirim bersambung."
            yield ToneFinding(ToneKind.NO_ROOM, 0, len(text), said)
            return


def _ease(text: str) -> Iterator[ToneFinding]:
    ease = ease_of(text)
    if ease is None or not ease.hard:
        return
    start, end = ease.longest
    said = "Kata-katanya banyak yang panjang. Pakai kata sehari-hari dan kalimat pendek."
    if ease.words_in_longest > LONGEST_SENTENCE:
        sentence = _short(text[start:end])
        said = f"Ada kalimat {ease.words_in_longest} kata (“{sentence}”). Pecah jadi beberapa kalimat."
    yield ToneFinding(ToneKind.HARD_TO_READ, start, end, said)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG_QUOTE else f"{flat[:_LONG_QUOTE].rstrip()}…"
