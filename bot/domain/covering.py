"""What a playbook has covered in copies of evidence: kinds of personal data, home addresses, names.

Addresses and names are no matter for the guard, since an office publishes where it is and who speaks for it.
In what a citizen wrote they are looked for only where a playbook asks for it. A place alone ("Jl. Kaliurang
macet") stays: where a thing happened is what the evidence is for. Names of other people are not recognised.
"""

import re
from collections.abc import Collection, Iterator

from bot.domain.folding import Folded, fold
from bot.domain.guard import find_personal_data, star_out
from bot.domain.personal_data import DataKind

ADDRESS, NAME = "address", "name"

_RT_RW = (
    r"(?<!\w)r\.?t\.? ?[:.]? ?\d{1,3} ?(?:[/,.\-]| dan)? ?"
    r"(?:r\.?w\.? ?[:.]? ?\d{1,3}|(?<=/)\d{1,3}|(?<=/ )\d{1,3})(?!\w)"
)
_STREET = r"(?<!\w)(?:jalan|jln|jl|gang|gg)(?!\w)\.? {0,2}"
_NOT_A_STREET = (
    r"(?!(?:rusak|macet|berlubang|ditutup|putus|kaki|tol|keluar|terus|ini|itu|di|ke|dan|yang|menuju|"
    r"sama|bareng|dengan|pagi|sore|malam|santai)(?!\w))"
)
_HOUSE = (
    r"(?:no|nomor|nmr|blok)(?!\w)[ .:]{0,3}[a-z]?\d{1,4} ?(?:[a-z](?!\w))?(?!\w)"
    r"(?! (?:di|se-?(?:dunia|indonesia))(?!\w))"
)
_WORDS = r"(?:[\w'.\-]{1,25}[ ,]{1,2}){1,5}?"
_BLOCK = (
    r"(?<!\w)blok [a-z]{1,2}[ \-/]?\d{0,3}[ ,/\-]{1,3}"
    r"(?:no|nomor)[ .:]{0,3}\d{1,4} ?(?:[a-z](?!\w))?(?!\w)"
)
_CUE = r"(?<!\w)(?:alamat|rumah|tinggal|kediaman|domisili)(?:nya|ku)?(?: (?:saya|dia|mereka|beliau|rumah))?"
_PLACE = r"(?:jalan|jln|jl|gang|gg|dusun|dukuh|desa|kampung|kp|kelurahan|perum\w*|komplek\w*|kompleks|blok)"
_CLAUSE_END = r"(?=[;!?\n]|\. |\.?$|, [a-z]{5,} )"
_AT_HOME = rf"{_CUE}(?: ada)?(?: di|:| di:) ?(?P<data>{_PLACE}(?!\w)[^\n;!?]{{3,80}}?){_CLAUSE_END}"
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        _AT_HOME,
        rf"{_STREET}{_NOT_A_STREET}{_WORDS}{_HOUSE}(?:[ ,]{{1,2}}{_RT_RW})?",
        _BLOCK,
        _RT_RW,
    )
)
_HANDLE = re.compile(r"(?<![\w@.])@[a-z]\w{3,31}")
_SHORTEST_PART = 4
"""Shorter parts of a name ("Adi", "Nur") are words of other sentences too."""


def cover(text: str, kinds: Collection[str], writer: str, allowed: frozenset[str] = frozenset()) -> str:
    """The text with these kinds starred out. `writer`: the name under which it was written.

    A number of sixteen digits may be a NIK; where those are covered, so is it.
    """
    asked = {*kinds, DataKind.LONG_NUMBER} if DataKind.NIK in kinds else set(kinds)
    spans = [(one.start, one.end) for one in find_personal_data(text, allowed) if one.kind in asked]
    return star_out(text, [*spans, *_beside_numbers(fold(text), asked, writer)])


def _beside_numbers(folded: Folded, kinds: Collection[str], writer: str) -> Iterator[tuple[int, int]]:
    if ADDRESS in kinds:
        for pattern in _ADDRESSES:
            for found in pattern.finditer(folded.text):
                yield folded.original(*found.span("data" if "data" in pattern.groupindex else 0))
    if NAME in kinds:
        for pattern in _of_name(writer):
            for found in pattern.finditer(folded.text):
                yield folded.original(*found.span())


def _of_name(writer: str) -> Iterator[re.Pattern[str]]:
    """Accounts that are named, and the writer's own name, whole and in parts."""
    yield _HANDLE
    whole = fold(writer).text.strip()
    for words in {whole, *(part for part in whole.split() if len(part) >= _SHORTEST_PART)} - {""}:
        yield re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
