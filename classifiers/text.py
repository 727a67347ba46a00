"""Comment text to tokens in two views: as written (folded) and normalised.

The normalised view undoes what informal writing does to a word: lengthening, leet and starred spellings,
letters set apart by spaces, the `2` of doubled words, slang and regional forms. Links, mentions, phone
numbers, e-mail addresses and long numbers become masks in both views, so that no model can learn a person's
data.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from classifiers.fold import fold
from classifiers.words import doubtful, known, profanity, regional, slang

MAX_CHARS = 6000  # more than Telegram's longest message; what follows is not read

_MOST_FOLDED = 2 * MAX_CHARS
"""A single sign can stand for eighteen letters; a text of nothing else would take long and say nothing."""

URL, MENTION, PHONE, NUMBER, MAIL = "<url>", "<orang>", "<telp>", "<nomor>", "<surel>"


class Token(NamedTuple):
    """One token in both views. `start` and `end` are offsets into the original text."""

    raw: str
    norm: str
    start: int
    end: int


_TLD = "com|net|org|id|xyz|info|link|site|top|vip|club|online|store|shop|io|ly|app"
_TOKEN = re.compile(
    rf"""
    (?P<mask><(?:url|orang|telp|nomor|surel)>)
  | (?P<mail>[a-z0-9][a-z0-9.+-]{{0,60}}@[a-z0-9][a-z0-9-]{{0,60}}\.[a-z]{{2,}}[a-z.]*)
  | (?P<url>(?:https?:/|www\.)\S+|(?<![a-z0-9])[a-z0-9][a-z0-9.-]{{1,60}}\.(?:{_TLD})(?![a-z0-9])(?:/\S*)?)
  | (?P<mention>@[a-z0-9_.]*[a-z0-9_])
  | (?P<phone>(?<!\d)\+?(?:62|0)[ .-]?8\d(?:[ .-]?\d){{6,11}}(?!\d))
  | (?P<number>(?>\d+(?:[.,]\d+)*)(?![^\W\d_*]))
  | (?P<leet>[^\W_]+(?:[@$*!]+[^\W_]+)+\*{{0,4}}|[^\W_]+\*{{2,4}})
  | (?P<word>(?:\d+(?:[.,]\d+)+)?[^\W_]+(?:(?<=\d)[.,]\d+)*(?:'[^\W_]+)*)
  | (?P<mark>[?!]+|\.{{2,}}|[:;]['-]?[()]+|["\#%])
  | (?P<symbol>[\u2190-\u2bff\U0001f000-\U0001faff])(?P=symbol)*
    """,
    re.VERBOSE,
)
_MASKS = {"mail": MAIL, "url": URL, "mention": MENTION, "phone": PHONE}
# Masks that public data sets carry in place of names, links and numbers.
_DATA_MASKS = {"xxxuserxxx": MENTION, "xxxnumberxxx": NUMBER, "xxxphonexxx": PHONE, "username": MENTION}
_SHOUTED_MASKS = {"USER": MENTION, "URL": URL}
_RUN = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("013456789@$!", "oieasgtbgasi")
_DOUBLED = re.compile(r"([^\W\d_]{2,})2(nya|an|in|kan|lah)?")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LONG_DIGITS = re.compile(r"\d{5,}")
_PIECE = re.compile(r"[^\W_]+")
_DISGUISED = re.compile(
    "[\U0001d400-\U0001d7ff\U0001f100-\U0001f1af\u24b6-\u24e9\uff21-\uff5a\u0332-\u036f"
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]"
)
_FEW = 3


def tokens(text: str) -> Sequence[Token]:
    """Tokens of any `str`, in order. Marks and emoji are tokens, other punctuation is left out."""
    return _tokens(text[:MAX_CHARS])


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[Token, ...]:
    """Kept for a moment: topics, model, copies, claims and, seconds later, the index read the same."""
    folded = fold(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(folded.text, 0, _MOST_FOLDED):
        start, end = folded.span(*match.span())
        kind, raw = match.lastgroup or "", match.group()
        if kind == "leet" and (word := _restore(raw)) is None:
            offset = match.start()
            for piece in _PIECE.finditer(raw):
                span = folded.span(offset + piece.start(), offset + piece.end())
                found.append(Token(*_views("word", piece.group(), ""), *span))
        elif kind == "leet":
            found.append(Token(raw, word or raw, start, end))
        else:
            found.append(Token(*_views(kind, raw, text[start:end]), start, end))
    return tuple(_in_company(_join_spaced(found)))


def has_disguised_letters(text: str) -> bool:
    """Whether letters are of alphabets made for show: mathematical, circled, small capitals, underlined."""
    return not text.isascii() and len(_DISGUISED.findall(text[:MAX_CHARS])) >= _FEW


def normalise(text: str) -> str:
    """The normalised view on one line, as the model reads it. Normalising it again changes nothing."""
    return " ".join(token.norm for token in tokens(text))


def _views(kind: str, raw: str, original: str) -> tuple[str, str]:
    """Both views of one token of this kind."""
    if kind == "word":
        mask = _DATA_MASKS.get(raw) or _SHOUTED_MASKS.get(original)
        return (mask, mask) if mask else _word_views(raw)
    if kind == "number":
        return (NUMBER, NUMBER) if len(raw) > 4 and raw.isdigit() else (raw, "0" if len(raw) == 1 else "00")
    if kind == "symbol":
        return raw[0], raw[0]
    if kind == "mark" and raw[0] in "?!":
        short = ("?" if "?" in raw else "") + ("!" if "!" in raw else "")
        return (short * 2 if len(raw) > 1 else short), short
    if kind == "mark":
        return raw[:3], raw[:3]
    return (raw, raw) if kind == "mask" else (_MASKS[kind], _MASKS[kind])


@lru_cache(maxsize=16384)
def _word_views(raw: str) -> tuple[str, str]:
    return _LONG_DIGITS.sub("0", _RUN.sub(r"\1\1\1", raw)), standard(raw)


@lru_cache(maxsize=16384)
def standard(word: str) -> str:
    """The standard spelling of one folded word, or the word itself. May give two words."""
    for _ in range(4):
        better = _slang(_digits(_shorten(word)))
        if better == word:
            break
        word = better
    return word


def _shorten(word: str) -> str:
    """`bangeeet` -> `banget`, `maaaf` -> `maaf`, `bangett` -> `banget`."""
    if _RUN.search(word):
        double = _RUN.sub(r"\1\1", word)
        word = double if double in known() else _RUN.sub(r"\1", word)
    if len(word) > 3 and word[-1] == word[-2] and word not in known() and word[:-1] in known():
        return word[:-1]
    return word


def _digits(word: str) -> str:
    """`jalan2` -> `jalan`, `g0bl0k` -> `goblok`, `600rb` -> `0rb`."""
    if not _DIGITS.search(word) or word in slang():
        return word
    if doubled := _DOUBLED.fullmatch(word):
        return doubled[1] + (doubled[2] or "")
    letters = word.translate(_LEET)
    if len(letters) > 2 and letters in known():
        return letters
    return _DIGITS.sub("0", word)


def _slang(word: str) -> str:
    return slang().get(word, word)


def _restore(raw: str) -> str | None:
    """A known word behind `4nj!ng`, `b*ngs*t`, `a*n*j*i*n*g` or `gobl**`; None when there is none."""
    letters = raw.replace("*", "").translate(_LEET)
    pieces = _PIECE.findall(raw)
    if len(pieces) > 3 and all(len(piece) == 1 for piece in pieces):
        return standard("".join(pieces))
    if "*" not in raw:
        return standard(letters) if letters in known() else None
    pattern = re.compile("".join("." if char == "*" else re.escape(char) for char in raw.translate(_LEET)))
    return next((word for word in profanity() if pattern.fullmatch(word)), None)


def _in_company(found: list[Token]) -> list[Token]:
    """A doubtful spelling is read as its standard word where another word betrays the same language."""
    asked = doubtful()
    places = [place for place, token in enumerate(found) if token.norm in asked]
    if not places:
        return found
    heard = {regional().get(token.raw) for token in found}
    for place in places:
        spelling = asked[found[place].norm]
        if spelling.language in heard:
            found[place] = found[place]._replace(norm=spelling.plain)
    return found


def _join_spaced(found: list[Token]) -> list[Token]:
    """`a n j i n g` -> one token. Four characters at least, so that options and initials stay as they are."""
    if sum(len(token.raw) == 1 for token in found) < 4:
        return found
    joined: list[Token] = []
    for single, run in groupby(found, key=lambda token: len(token.raw) == 1 and token.raw.isalnum()):
        group = list(run)
        word = "".join(token.raw for token in group)
        if single and len(group) > 3 and len(set(filter(str.isalpha, word))) > 2:
            joined.append(Token(word, standard(word), group[0].start, group[-1].end))
        else:
            joined.extend(group)
    return joined
