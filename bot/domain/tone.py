"""Gentle hints about how a text sounds. They never block: the writer may have a reason."""

import re
from dataclasses import dataclass
from enum import StrEnum


class ToneKind(StrEnum):
    """What a citizen might hear in it."""

    SHOUTING = "shouting"
    PROMISE = "promise"
    BLAMING = "blaming"
    NO_COMMENT = "no_comment"
    REPEATED_CLAIM = "repeated_claim"


@dataclass(frozen=True, slots=True)
class ToneFinding:
    """text[start:end] may sound other than meant; `advice` is an Indonesian sentence for the writer."""

    kind: ToneKind
    start: int
    end: int
    advice: str


_SHOUTING = re.compile(
    r"[A-Z]{3,}(?:[ ,]{1,2}[A-Z]{2,}){2,}|(?:PERHATIAN|PENTING|WAJIB|DILARANG|JANGAN)\b|[!?]{3,}|!{2,}"
)
_PROMISE = re.compile(
    r"(?<!belum )(?<!tidak )(?<!tak )(?<!kurang )(?<!lebih )\bpasti\b"
    r"|(?<!tidak )(?<!belum )\b(?:di|men)jamin\b|\bkami jamin\b"
    r"|(?<!jangan )(?<!tidak )(?<!tanpa )\b(?:ber)?janji\b|\b100 ?%|\bseratus persen\b"
    r"|\bsecepatnya\b|\bsesegera mungkin\b|\bdalam waktu dekat\b",
    re.IGNORECASE,
)
_BLAMING = re.compile(
    r"\b(?:ke)?salah(?:an)? (?:anda|kakak|kamu|sendiri|warga|bapak|ibu)\b|\bmakanya\b"
    r"|\b(?:se)?harusnya (?:anda|kakak|kamu|bapak|ibu|warga)\b"
    r"|\bkan sudah (?:dibilang|dijelaskan|diumumkan)\b"
    r"|\b(?:anda|kakak|kamu) (?:tidak|kurang|nggak) (?:paham|mengerti|teliti|sabar|membaca)\b"
    r"|\bbaca (?:dulu|yang benar)\b|\bjangan (?:malas|asal)\b|\b(?:kan|itu) sudah jelas\b",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(
    r"\b(?:tidak ada|tak ada|tanpa|no) (?:komentar|comment)\b|\b(?:tidak|tak|belum bisa|enggan) berkomentar\b"
    r"|\bbukan (?:urusan|tanggung jawab) kami\b",
    re.IGNORECASE,
)
_FALSEHOOD = re.compile(
    r"\b(?:hoaks|hoax|kabar bohong|berita bohong|kabar palsu|berita palsu)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_MENTIONS = 2
"""Naming the falsehood more often than this makes people remember it instead of the fact."""
_SHINGLE = 4

_ADVICE = {
    ToneKind.SHOUTING: "Huruf besar atau tanda seru beruntun terbaca seperti berteriak. Tulis biasa saja.",
    ToneKind.PROMISE: "Terbaca seperti janji. Sebut langkah berikutnya yang sudah jelas.",
    ToneKind.BLAMING: "Bisa terasa menyalahkan warga. Mulai dari yang bisa kita bantu.",
    ToneKind.NO_COMMENT: "Terasa menutup pintu. Katakan apa yang sudah diketahui dan kapan kabar berikutnya.",
    ToneKind.REPEATED_CLAIM: "Klaimnya disebut berulang. Cukup sekali; yang diulang faktanya.",
}


def tone_findings(text: str, claim: str = "") -> tuple[ToneFinding, ...]:
    """Hints for the writer, in order. `claim`: the rumour that the text answers, if it answers one."""
    patterns = (
        (ToneKind.SHOUTING, _SHOUTING),
        (ToneKind.PROMISE, _PROMISE),
        (ToneKind.BLAMING, _BLAMING),
        (ToneKind.NO_COMMENT, _NO_COMMENT),
    )
    spans = [(kind, *found.span()) for kind, pattern in patterns for found in pattern.finditer(text)]
    mentions = list(_FALSEHOOD.finditer(text))[_MENTIONS:]
    spans += [(ToneKind.REPEATED_CLAIM, *found.span()) for found in mentions[:1]]
    spans += [(ToneKind.REPEATED_CLAIM, *span) for span in _second_telling(text, claim)]
    return tuple(
        ToneFinding(kind, start, end, _ADVICE[kind]) for kind, start, end in sorted(spans, key=_place)
    )


def _place(span: tuple[ToneKind, int, int]) -> tuple[int, int]:
    return span[1], span[2]


def _second_telling(text: str, claim: str) -> list[tuple[int, int]]:
    """Where the text tells the claim again: the second run of four words that it shares with it."""
    wanted = {tuple(words) for words in _shingles([found.group().lower() for found in _WORD.finditer(claim)])}
    words = list(_WORD.finditer(text))
    tellings: list[tuple[int, int]] = []
    last = -_SHINGLE
    for index, run in enumerate(_shingles([found.group().lower() for found in words])):
        if tuple(run) in wanted:
            if index > last + _SHINGLE:
                tellings.append((words[index].start(), words[index + _SHINGLE - 1].end()))
            last = index
    return tellings[1:2]


def _shingles(words: list[str]) -> list[list[str]]:
    return [words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)]
