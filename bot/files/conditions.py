"""Conditions in files: read by the domain's grammar, refused in Indonesian at the very column."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from bot.domain.expression import FUNCTIONS, NAMES, STEP_STATES, Expression
from bot.domain.expression_parser import DEEPEST, LONGEST, ExpressionFault, Trouble, parse
from bot.files.fault import did_you_mean, quote
from bot.files.fields import refuse, written

_SIGNS = {
    "=": "==",
    "===": "==",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "&": "and",
    "&&": "and",
    "|": "or",
    "||": "or",
    "!": "not",
}
"""What people write who know other languages, and what it is here."""
_KNOWN = "Yang dikenal: ==, !=, <, >, <=, >=, and, or, not, dan kurung ( )."
_TEXT = "Teks ditulis di antara kutip tunggal, misalnya 'belum'."
_EXAMPLE = "Contoh: steps.verifikasi.choice == 'salah' and not steps.tugas.done"
_LENGTH = "Contoh: claim.new_comments(2h)"
_COUNTRY_WORDS = {"dan": "and", "atau": "or", "bukan": "not", "tidak": "not", "ya": "true", "AND": "and"} | {
    "OR": "or",
    "NOT": "not",
    "True": "true",
    "False": "false",
}


def _strange(found: str) -> tuple[str, str]:
    meant = _SIGNS.get(found) or next((_SIGNS[sign] for sign in (found[:2], found[:1]) if sign in _SIGNS), "")
    return (
        f"Tanda {quote(found)} tidak dikenal di syarat.",
        f"Maksud Anda {quote(meant)}?" if meant else _KNOWN,
    )


def _no_such_name(found: str) -> tuple[str, str]:
    meant = _COUNTRY_WORDS.get(found)
    near = did_you_mean(found, {*NAMES, *FUNCTIONS})
    hint = f"Maksud Anda {quote(meant)}?" if meant else near if near.startswith("Maksud") else ""
    return f"Nama {quote(found)} tidak dikenal di syarat.", hint or f"{_TEXT} {_names()}"


def _no_operator(found: str) -> tuple[str, str]:
    meant = _COUNTRY_WORDS.get(found)
    hint = f"Maksud Anda {quote(meant)}?" if meant else _KNOWN
    return f"Sebelum {quote(found)} perlu tanda pembanding, and, atau or.", hint


def _names() -> str:
    return f"Nama: {', '.join(sorted({*NAMES, *FUNCTIONS}))}, steps.langkah.choice, event.isian."


def _step_part(found: str) -> tuple[str, str]:
    states = ", ".join(("choice", *STEP_STATES))
    return (
        f"{quote(found)} perlu nama langkah dan satu hal darinya.",
        f"Tulis steps.langkah.apa; apa: {states}, atau nama isian.",
    )


def _fixed(message: str, hint: str = "") -> Callable[[str], tuple[str, str]]:
    return lambda found: (message.replace("…", quote(found)), hint)


_SAID: Mapping[Trouble, Callable[[str], tuple[str, str]]] = {
    Trouble.EMPTY: _fixed("Belum diisi."),
    Trouble.TOO_LONG: _fixed(f"Syarat terlalu panjang: paling banyak {LONGEST} karakter."),
    Trouble.TOO_DEEP: _fixed(f"Kurung atau not bertumpuk lebih dari {DEEPEST} tingkat."),
    Trouble.STRANGE: _strange,
    Trouble.QUOTE_OPEN: _fixed("Tanda kutip di syarat ini belum ditutup."),
    Trouble.NO_NUMBER: _fixed(
        "… bukan bilangan atau lama waktu.", "Tulis bilangan bulat seperti 3, atau lama waktu seperti 2h."
    ),
    Trouble.BRACKET_OPEN: _fixed("Kurung ini belum ditutup."),
    Trouble.BRACKET_LEFT: _fixed("Kurung tutup ini tidak punya pasangan."),
    Trouble.UNFINISHED: _fixed("Di sini masih kurang nama, teks, atau angka.", _EXAMPLE),
    Trouble.NO_OPERATOR: _no_operator,
    Trouble.CHAINED: _fixed("Satu perbandingan hanya dua sisi.", "Sambung dua perbandingan dengan and."),
    Trouble.BARE_VALUE: _fixed("Nilai … belum dibandingkan dengan apa pun.", _EXAMPLE),
    Trouble.NO_SUCH_NAME: _no_such_name,
    Trouble.NO_SUCH_FUNCTION: _fixed("Fungsi … tidak dikenal.", f"Yang dikenal: {', '.join(FUNCTIONS)}."),
    Trouble.NEEDS_LENGTH: _fixed("… perlu lama waktu di dalam kurung.", _LENGTH),
    Trouble.STEP_PART: _step_part,
}


def said_of(fault: ExpressionFault) -> tuple[str, str]:
    """The sentence and the hint for a condition that cannot be read."""
    return _SAID[fault.trouble](fault.found)


def condition(raw: object) -> Expression:
    """Read a condition, or refuse it at the column where the reading failed."""
    text = written(raw)
    try:
        return parse(text)
    except ExpressionFault as fault:
        message, hint = said_of(fault)
        raise refuse(message, hint, offset=fault.column - 1) from None


ConditionText = Annotated[Expression, BeforeValidator(condition), WithJsonSchema({"type": "string"})]
