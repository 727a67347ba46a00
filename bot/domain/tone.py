"""Gentle hints about how a text sounds. They never block: the writer may have a reason."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.sentences import without_links


class ToneKind(StrEnum):
    """What a citizen might hear in it."""

    SHOUTING = "shouting"
    PROMISE = "promise"
    BLAMING = "blaming"
    BLAMING_OTHERS = "blaming_others"
    NO_COMMENT = "no_comment"
    REPEATED_CLAIM = "repeated_claim"
    UNTOLD_FIGURE = "untold_figure"
    LOADED_WORD = "loaded_word"
    NO_SALUTATION = "no_salutation"
    NO_CLOSING = "no_closing"
    NO_ROOM = "no_room"
    TOO_LONG = "too_long"
    HARD_TO_READ = "hard_to_read"


@dataclass(frozen=True, slots=True)
class ToneFinding:
    """text[start:end] may sound other than meant; `advice` is an Indonesian sentence for the writer."""

    kind: ToneKind
    start: int
    end: int
    advice: str


_SHOUTING = re.compile(
    r"[A-Z]{3,}(?:[ ,]{1,2}[A-Z]{2,}){2,}|\b[A-Z]{5,}[ ,]{1,2}[A-Z]{5,}\b"
    r"|\b(?:PERHATIAN|PENTING|WAJIB|DILARANG|JANGAN|SEGERA|TOLONG|MOHON|HARAP|STOP|HOAKS|BOHONG|SALAH)\b"
    r"|[!?]{3,}|!{2,}|([aiueoAIUEO])\1{3,}"
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
_OTHERS = (
    r"(?:(?:dinas|kementerian|kelurahan|kecamatan|kontraktor|pengembang|perusahaan|pihak|instansi"
    r"|sekolah|rumah sakit"
    r"|pemerintah|pemkot|pemkab|pemprov|pemda|polisi|kepolisian|petugas|operator) (?:\w+ )?"
    r"|(?-i:[A-Z]{3,}\b) ?)"
)
_FAILED = (
    r"(?<!tidak )(?<!bukan )(?:lalai|lamban|teledor|ceroboh|lepas tangan|ingkar|asal-asalan|tidak becus"
    r"|tidak peduli|kurang peduli|lempar tanggung jawab|tidak bekerja|yang salah|yang lambat"
    r"|terlalu lambat)\b"
)
_BLAMING_OTHERS = re.compile(
    rf"\b(?:kesalahan|kelalaian|keteledoran|kecerobohan|gara-gara|ulah|biang keladinya"
    rf"|kambing hitam) {_OTHERS}"
    rf"|\b{_OTHERS}(?:yang |memang |sangat |itu |masih ){{0,2}}{_FAILED}"
    rf"|\b(?:salahkan|protes(?:lah)? (?:saja )?(?:ke|kepada)|tanya(?:kan)? saja (?:ke|kepada|pada)) {_OTHERS}"
    r"|\bbukan (?:ke)?salah(?:an)? kami\b|\bkami hanya (?:pelaksana|menjalankan)\b",
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
    ToneKind.BLAMING_OTHERS: "Terasa menyalahkan pihak lain. Sebut siapa yang menangani, tanpa menilainya.",
    ToneKind.NO_COMMENT: "Terasa menutup pintu. Katakan apa yang sudah diketahui dan kapan kabar berikutnya.",
    ToneKind.REPEATED_CLAIM: "Klaimnya disebut berulang. Cukup sekali; yang diulang faktanya.",
}


def tone_findings(text: str, claim: str = "") -> tuple[ToneFinding, ...]:
    """Hints for the writer, in order. `claim`: the rumour that the text answers, if it answers one."""
    patterns = (
        (ToneKind.SHOUTING, _SHOUTING),
        (ToneKind.PROMISE, _PROMISE),
        (ToneKind.BLAMING, _BLAMING),
        (ToneKind.BLAMING_OTHERS, _BLAMING_OTHERS),
        (ToneKind.NO_COMMENT, _NO_COMMENT),
    )
    plain = without_links(text)
    spans = [(kind, *found.span()) for kind, pattern in patterns for found in pattern.finditer(plain)]
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
