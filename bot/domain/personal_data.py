"""The shapes of Indonesian personal data in folded text (see folding), and what only looks like them."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from bot.domain.folding import Folded


class DataKind(StrEnum):
    """What kind of personal data."""

    NIK = "nik"
    KK = "kk"
    NPWP = "npwp"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    CARD = "card"
    HEALTH = "health"
    PLATE = "plate"
    PASSPORT = "passport"
    LONG_NUMBER = "long_number"


_Match = re.Match[str]
_Judge = Callable[[_Match], DataKind | None]

_SEP = r"[ .\-]{0,2}"
_PHONE_SEP = r"[ .\-()/_]{0,3}"
_AT = r"(?: {0,2}[(\[] ?(?:at|et) ?[)\]] {0,2}|@)"
_DOT = r"(?:\.| ?[(\[] ?(?:dot|titik) ?[)\]] ?)"
_EMAIL = re.compile(rf"[\w.%+\-]{{1,64}}{_AT}(?:[\w\-]{{1,63}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}")
_EMAIL_APART = re.compile(
    rf"(?<![\w.%+\-])[\w.%+\-]{{1,64}}(?:{_AT}| {{0,2}}@ {{0,2}})"
    rf"(?:[\w\-]{{1,63}}(?:{_DOT}| {{0,2}}\. {{0,2}})){{1,4}}(?:com|net|org|id|co|info|my|edu)(?!\w)"
)
"""With blanks around its signs; a sentence may end after "@ kantor", so only before endings that mail has."""
_SIXTEEN = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{15}}(?!\d)")
_NPWP = re.compile(r"(?<!\d)\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d[ .\-]\d{3}[ .]?\d{3}(?!\d)")
_NPWP_PLAIN = re.compile(r"npwp[^\d\n]{0,20}(?P<data>\d{15})(?!\d)")
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?6[ \-]?2{_PHONE_SEP}(?:0[ \-()]{{0,2}})?|\(?0[ \-()]{{0,2}})8[ \-]?[1235789]"
    rf"(?:{_PHONE_SEP}\d){{6,10}}(?!\d)"
)
_BARE_MOBILE = re.compile(
    r"(?:wa|whatsapp|hp|telp?|tlp|telepon|nomor(?:nya)?|no)[ .:=\-]{1,4}"
    rf"(?P<data>8[1235789](?:{_PHONE_SEP}\d){{7,10}})(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<!\d)(?:\(0[2-79]\d{1,2}\) ?\d|(?:\+?62|0)[ \-]?[2-79]\d{1,2}[ \-]\d)\d(?:[ .\-]?\d){3,6}(?!\d)"
)
_ABROAD = re.compile(r"\+[1-9](?:[ .\-()]{0,2}\d){8,14}(?!\d)")
_BANK = (
    r"(?:no\.? ?rek|norek|rekening|rek|briva|virtual account|"
    r"bca|bri|bni|bsi|btn|bjb|mandiri|cimb|danamon|permata)"
)
_ACCOUNT = re.compile(
    rf"(?<![^\W\d_]){_BANK}(?![^\W\d_])[^\d\n]{{0,30}}(?P<data>\d(?:{_SEP}\d){{7,17}})(?!\d)"
)
_ACCOUNT_BEFORE = re.compile(
    rf"(?<![\d.,])(?P<data>\d(?:[ \-]?\d){{8,17}})[ ,(]{{1,3}}(?:{_BANK}|a\.?n\.?|atas nama)(?![^\W\d_])"
)
_CARD = re.compile(
    rf"(?:kartu|visa|mastercard|kredit|debit|atm)[^\d\n]{{0,25}}(?P<data>\d(?:{_SEP}\d){{12,18}})(?!\d)"
)
_HEALTH = re.compile(rf"(?:bpjs|jkn|kis|peserta)[^\d\n]{{0,25}}(?P<data>\d(?:{_SEP}\d){{12}})(?!\d)")
_PASSPORT = re.compile(r"paspor[^\d\n]{0,20}?(?P<data>[a-z]{1,2} ?\d{6,7})(?!\w)")
_REGIONS = (
    r"(?:aa|ab|ad|ae|ag|ba|bb|bd|be|bg|bh|bk|bl|bm|bn|bp|da|db|dc|dd|de|dg|dh|dk|dl|dm|dn|dp|dr|ds|dt|dw|"
    r"ea|eb|ed|kb|kh|kt|ku|pa|pb|pg|ps|pt|[abdefghklmnprstwz])"
)
_PLATE = re.compile(rf"(?<!\w){_REGIONS}[ .\-]?(?P<digits>\d{{1,4}})[ .\-]?(?P<tail>[a-z]{{1,3}})(?!\w)")
_NOT_PLATE_TAILS = re.compile(
    r"rt|rw|km|wib|wit|lt|no|di|ke|rp|kg|cm|mm|ha|jt|tv|am|pm|dan|kk|hp|gb|mb|th|an|rb"
)
_VEHICLE = re.compile(r"(?:pelat|plat|nopol|nomor polisi|mobil|motor|truk|bus|angkot|pengemudi)[^.\n]{0,25}$")

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)")
_MONEY_BEFORE = re.compile(r"(?<![^\W\d_])(?:rp|idr|usd|\$)\.? ?$")
_DATE = re.compile(r"(?:19|20)\d\d[\-.]\d{1,2}[\-.]\d{1,2}|\d{1,2}[\-. ]\d{1,2}[\-. ](?:19|20)\d\d(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ .\-]{1,2}(?:19|20)\d\d)+")
_IDENTITY = re.compile(r"nik|ktp|kk|keluarga|npwp|kependudukan")
_FAMILY_CARD = re.compile(r"(?<!\w)kk(?!\w)|kartu keluarga")
_BANK_WORD = re.compile(rf"(?<!\w){_BANK}(?!\w)")
_PROVINCES = re.compile(r"1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7]")
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS, _WITHOUT_DIGITS = 6, 2
"""A text with fewer digits than the shortest number has (a passport's) is asked by the first two alone."""
_MAIL_SIGNS = "@(["
"""Without any of them there is no mail address, and the first two are not asked either."""
_PREFIX, _SHORTEST_SLASHED = 4, 11
_CONTEXT = 24
"""How many characters before a number are read for what it is."""


def candidates(folded: Folded) -> Iterator[tuple[DataKind, int, int]]:
    """Possible findings as (kind, start, end), the surest kinds first: of two that overlap, the first."""
    few = len(_DIGIT.findall(folded.text)) < _FEWEST_DIGITS
    first = 0 if any(sign in folded.text for sign in _MAIL_SIGNS) else _WITHOUT_DIGITS
    for pattern, judge in RULES[first : _WITHOUT_DIGITS if few else None]:
        for found in pattern.finditer(folded.text):
            kind = judge(found)
            if kind is not None:
                yield (kind, *found.span(_group(found)))
    for found in _PLATE.finditer(folded.text):
        if _is_plate(found, folded):
            yield (DataKind.PLATE, *found.span())


def digits_of(value: str) -> str:
    """Only the digits."""
    return re.sub(r"\D", "", value)


def is_nik(digits: str) -> bool:
    """Sixteen digits: province, regency, district, date of birth (women: day + 40), serial number."""
    if len(digits) != 16 or not _PROVINCES.match(digits):
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def luhn(digits: str) -> bool:
    """Whether the check digit of a payment card fits."""
    doubled = [int(c) * 2 for c in digits[-2::-2]]
    return (sum(int(c) for c in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def _group(found: _Match) -> str | int:
    return "data" if "data" in found.re.groupindex else 0


def _before(found: _Match, length: int = _CONTEXT) -> str:
    start = found.start(_group(found))
    return found.string[max(0, start - length) : start]


def _always(kind: DataKind) -> _Judge:
    return lambda _: kind


def _number(kind: DataKind) -> _Judge:
    """The kind, unless the number is a sum of money or a date."""

    def judge(found: _Match) -> DataKind | None:
        value = found.group(_group(found))
        money = _THOUSANDS.fullmatch(value) or _MONEY_BEFORE.search(_before(found))
        return None if money or _DATE.match(value) or _YEARS.fullmatch(value) else kind

    return judge


def _mobile(found: _Match) -> DataKind | None:
    """A number, unless it is that of a letter: 085/123/2026, or a row of short numbers: 081/082/083."""
    first, *others = found.group().split("/")
    digits = digits_of(found.group())
    short = bool(others) and first.startswith("0") and len(digits_of(first)) < _PREFIX
    if short and (len(digits) < _SHORTEST_SLASHED or re.fullmatch(r"(?:19|20)\d\d", others[-1].strip())):
        return None
    return _number(DataKind.PHONE)(found)


def _sixteen(found: _Match) -> DataKind | None:
    value, before = found.group(), _before(found)
    digits = digits_of(value)
    money = _MONEY_BEFORE.search(before) or (_THOUSANDS.fullmatch(value) and not _IDENTITY.search(before))
    if money or not (is_nik(digits) or _is_one_number(value)):
        return None
    if "npwp" in before:
        return DataKind.NPWP
    if _FAMILY_CARD.search(before):
        return DataKind.KK
    if _BANK_WORD.search(before):
        return DataKind.ACCOUNT
    if is_nik(digits):
        return DataKind.NIK
    return DataKind.CARD if digits[0] in "3456" and luhn(digits) else DataKind.LONG_NUMBER


def _is_one_number(value: str) -> bool:
    """Two numbers side by side add up to sixteen digits too; one number is written in short, even groups."""
    groups = re.split(r"[ .\-]+", value)
    if len(groups) == 1:
        return True
    even = len(set(re.findall(r"[ .\-]+", value))) == 1 and max(map(len, groups)) <= 8
    return even and not value.startswith("0") and not _YEARS.fullmatch(value)


def _card(found: _Match) -> DataKind | None:
    return DataKind.CARD if luhn(digits_of(found["data"])) else None


def _is_plate(found: _Match, folded: Folded) -> bool:
    if _NOT_PLATE_TAILS.fullmatch(found["tail"]):
        return False
    if _VEHICLE.search(_before(found, 40)):
        return True
    start, end = folded.original(*found.span())
    return len(found["digits"]) >= 3 and folded.source[start:end].isupper()


RULES: Sequence[tuple[re.Pattern[str], _Judge]] = (
    (_EMAIL, _always(DataKind.EMAIL)),
    (_EMAIL_APART, _always(DataKind.EMAIL)),  # the last that needs no digits: what is behind it needs six
    (_SIXTEEN, _sixteen),
    (_NPWP, _always(DataKind.NPWP)),
    (_NPWP_PLAIN, _always(DataKind.NPWP)),
    (_HEALTH, _number(DataKind.HEALTH)),
    (_CARD, _card),
    (_MOBILE, _mobile),
    (_ABROAD, _number(DataKind.PHONE)),
    (_BARE_MOBILE, _number(DataKind.PHONE)),
    (_ACCOUNT, _number(DataKind.ACCOUNT)),
    (_ACCOUNT_BEFORE, _number(DataKind.ACCOUNT)),
    (_LANDLINE, _number(DataKind.PHONE)),
    (_PASSPORT, _always(DataKind.PASSPORT)),
)
