"""The numbers of a text, in one spelling each, and which of them nobody has told us."""

import re
from collections.abc import Iterable, Iterator

from bot.domain.sentences import Span, sentences, without_links

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,:]\d+)*(?![\d])")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LIST_MARK = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ONE_WORD = {word: number for number, word in enumerate(_ONES) if number} | {"sepuluh": 10, "sebelas": 11}
_TIMES = {"puluh": 10, "ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9}
_SPECIAL = {"seratus": 100, "seribu": 1000}
_SPOKEN_WORD = "|".join((*_ONE_WORD, *_SPECIAL, *_TIMES, "belas"))
# A number in words counts something: "satu per satu" and "kedua" do not.
_COUNTED = (
    r"orang|korban|warga|jiwa|rumah|keluarga|kk|unit|titik|ruas|desa|kelurahan|kecamatan|sekolah|petugas"
    r"|laporan"
    r"|aduan|kasus|kali|persen|hari|jam|menit|minggu|bulan|tahun|meter|kilometer|hektare?|ton|liter"
    r"|rupiah|juta|lokasi"
)
_SPOKEN = re.compile(
    rf"\b(?P<words>(?:{_SPOKEN_WORD})(?: (?:{_SPOKEN_WORD}))*) (?:{_COUNTED})\b", re.IGNORECASE
)
_HOTLINES = frozenset({"110", "112", "113", "115", "117", "118", "119", "123", "129", "165"})
"""National numbers that everybody may call; they need no source where the text says to call them."""
_CALL = re.compile(
    r"\b(?:telepon|telpon|hubungi|nomor|layanan|darurat|panggilan|call center|kontak)\b", re.IGNORECASE
)
_THINGS = re.compile(rf"\W+(?:{_COUNTED})\b", re.IGNORECASE)
_SOURCED = re.compile(
    r"https?://|www\.|\b(?:menurut|berdasarkan|sesuai|merujuk|mengutip|bersumber|sumber(?:nya)?"
    r"|data (?:dari|resmi)"
    r"|keterangan|pengumuman|rilis|surat edaran|perda|perwal|perbup|peraturan|undang-undang|pasal|uu"
    r"|tercatat di)\b",
    re.IGNORECASE,
)
"""Words that say where it comes from, in the same sentence."""


def has_source(sentence: str) -> bool:
    """Whether the sentence says who says so."""
    return _SOURCED.search(sentence) is not None


def figures_in(text: str) -> Iterator[tuple[str, Span]]:
    """Every number with its place, in one spelling: 1.250 and 1250 are one, and so are tiga hari and 3 hari.

    Web addresses and the marks of a list are none.
    """
    plain = without_links(text)
    plain = _LIST_MARK.sub(lambda found: " " * len(found.group()), plain)
    for found in _NUMBER.finditer(plain):
        yield _spelled(found.group()), found.span()
    for found in _SPOKEN.finditer(plain):
        value = _spoken(found["words"].lower().split())
        if value:
            yield str(value), found.span("words")


def untold(text: str, known: Iterable[str], vetted: str = "") -> list[Span]:
    """Where a number stands that is in none of the `known` texts.

    Sentences that stand in the `vetted` text word by word are not judged, nor those that name their source.
    """
    told = {figure for one in known for figure, _ in figures_in(one)} | {f for f, _ in figures_in(vetted)}
    spans = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if sentence in vetted or has_source(sentence):
            continue
        for figure, (first, last) in figures_in(sentence):
            if figure not in told and not _is_hotline(sentence, (first, last)):
                spans.append((start + first, start + last))
    return sorted(spans)


def _is_hotline(sentence: str, span: Span) -> bool:
    start, end = span
    called = sentence[start:end] in _HOTLINES and _CALL.search(sentence, 0, start) is not None
    return called and _THINGS.match(sentence, end) is None


def _spelled(written: str) -> str:
    if _THOUSANDS.fullmatch(written):
        return re.sub(r"\D", "", written)
    parts = re.split(r"[.,:]", written)
    # Zeros that change nothing: 09.30 is 9.30, and 3,0 is 3.
    parts = [parts[0].lstrip("0") or "0", *parts[1:]]
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return ".".join(parts)


def _spoken(words: list[str]) -> int:
    """dua puluh tiga -> 23. 0 where the words are no number."""
    total = group = 0
    for word in words:
        if word in _ONE_WORD:
            group += _ONE_WORD[word]
        elif word == "belas":
            group += 10
        elif word in _SPECIAL and _SPECIAL[word] < 1000:
            group += _SPECIAL[word]
        elif word in _SPECIAL:
            total += _SPECIAL[word]
        elif _TIMES[word] >= 1000:
            total, group = total + (group or 1) * _TIMES[word], 0
        else:
            # Of "dua ratus tiga puluh" only the last digit is multiplied.
            last = group % 10 or (0 if group else 1)
            group += last * (_TIMES[word] - 1)
    return total + group
