"""What must not be published: personal data in a text about to go to the public.

The guard errs towards asking: a number that only looks like one of these is held back with the reason, and a
person decides. What the agency publishes about itself (hotlines, office addresses) is on the allow-list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.folding import Folded, fold
from bot.domain.personal_data import DataKind, candidates, digits_of, is_nik
from bot.domain.tone import ToneFinding, ToneKind, tone_findings

__all__ = [
    "DataKind",
    "Finding",
    "ToneFinding",
    "ToneKind",
    "explain",
    "find_personal_data",
    "mask",
    "star_out",
    "tone_findings",
]

_NAMES = {
    DataKind.NIK: "NIK",
    DataKind.KK: "nomor KK",
    DataKind.NPWP: "NPWP",
    DataKind.PHONE: "nomor telepon",
    DataKind.EMAIL: "alamat surel",
    DataKind.ACCOUNT: "nomor rekening",
    DataKind.CARD: "nomor kartu",
    DataKind.HEALTH: "nomor kartu BPJS",
    DataKind.PLATE: "nomor pelat kendaraan",
    DataKind.PASSPORT: "nomor paspor",
    DataKind.LONG_NUMBER: "angka 16 digit yang bisa jadi NIK",
}
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[\w\-]{1,63}\.){1,6}[a-z]{2,12}/\S*")
_CHAT_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:wa\.me|api\.whatsapp\.com|t\.me/\+)")
_KEPT = " .-()@\n"
"""What a mask leaves, so that the shape of the text stays readable."""
_SHORTEST = 8
"""Fewer digits than this are nobody's number."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: text[start:end]. `masked` may be shown to the team."""

    kind: DataKind
    start: int
    end: int
    masked: str


def find_personal_data(text: str, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Everything in `text` that must not go public, in order, without overlaps.

    `allowed`: numbers and addresses that the agency publishes itself, written in any way ("(0274) 512-345",
    "humas@kota.go.id", "@kota.go.id" for all of a domain). Never raises, whatever the text holds.
    """
    if not text:
        return ()  # as on every card of a case that nobody answers yet
    passes = _passing(allowed)
    findings: list[Finding] = []
    remaining = text
    while found := _search(fold(remaining), passes):
        findings.extend(found)
        # What was found may have hidden something else (a bank's name inside an address), so look again.
        remaining = mask(remaining, found)
    return tuple(sorted(findings, key=lambda finding: finding.start))


def mask(text: str, findings: Iterable[Finding]) -> str:
    """The text with every finding starred out. Same length, so that offsets stay true."""
    return star_out(text, ((finding.start, finding.end) for finding in findings))


def star_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these spans starred out."""
    chars = list(text)
    for start, end in spans:
        for index in range(start, end):
            if chars[index] not in _KEPT:
                chars[index] = "*"
    return "".join(chars)


def explain(findings: Iterable[Finding]) -> list[str]:
    """One Indonesian sentence per finding, for the person who wrote the text; equal ones once."""
    sentences = (
        f"Ada {_NAMES[found.kind]} ({found.masked}). Pindahkan ke pesan pribadi." for found in findings
    )
    return list(dict.fromkeys(sentences))


def _search(folded: Folded, passes: frozenset[str]) -> list[Finding]:
    web = [found.span() for found in _WEB.finditer(folded.text)]
    findings: list[Finding] = []
    for kind, start, end in candidates(folded):
        value, span = folded.text[start:end], folded.original(start, end)
        taken = any(span[0] < known.end and known.start < span[1] for known in findings)
        if taken or _allowed(kind, value, passes):
            continue
        if kind is not DataKind.EMAIL and _is_web_number(folded.text, (start, end), web):
            continue
        findings.append(Finding(kind, *span, _shown(kind, value)))
    return findings


@lru_cache(maxsize=8)
def _passing(allowed: frozenset[str]) -> frozenset[str]:
    return frozenset(_key(entry) for entry in allowed)


def _key(value: str) -> str:
    """One spelling per number or address, so that the allow-list does not depend on how it was written."""
    plain = fold(value).text.strip()
    return plain.replace(" ", "") if "@" in plain else re.sub(r"^(?:00)?62(?=\d{7})", "0", digits_of(plain))


def _allowed(kind: DataKind, value: str, passes: frozenset[str]) -> bool:
    key = _key(value)
    if kind is DataKind.EMAIL:
        return key in passes or f"@{key.rpartition('@')[2]}" in passes
    if kind in (DataKind.PLATE, DataKind.PASSPORT):
        return False
    # A hotline may be followed by "24 jam": the number is the part that ends with a group.
    ends = [found.end() for found in re.finditer(r"\d+", value)]
    return any(_key(value[:end]) in passes and len(digits_of(value[end:])) < _SHORTEST for end in ends)


def _is_web_number(text: str, span: tuple[int, int], web: Iterable[tuple[int, int]]) -> bool:
    """Digits in a web address are article numbers, unless it opens a chat with that number or names a NIK."""
    inside = [at for at in web if at[0] <= span[0] and span[1] <= at[1]]
    if not inside or is_nik(digits_of(text[slice(*span)])):
        return False
    return not any(_CHAT_LINK.match(text, *at) for at in inside)


def _shown(kind: DataKind, value: str) -> str:
    """Enough for the writer to find it again, too little for anybody else to use it."""
    if kind is DataKind.EMAIL:
        return f"{value[0]}***@***"
    marks = [index for index, char in enumerate(value) if char.isalnum()]
    seen = set(marks[:2] + marks[-2:]) if len(marks) > _SHORTEST else set(marks[:1])
    shown = (c if not c.isalnum() or i in seen else "*" for i, c in enumerate(value))
    return "".join(shown).strip().upper()
