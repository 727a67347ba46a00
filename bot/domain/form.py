"""What may be typed into a form of a playbook: each line checked against its field. Nothing is fetched."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.errors import Refused
from bot.domain.step_run import Answers
from bot.domain.steps import AnswerKind, Field
from bot.domain.template import link_is_allowed

NOTHING = "-"
"""What is typed to leave an optional line empty."""
_LONGEST = 1000
"""Characters of a text whose field names no `max`."""
_LONGEST_LINK = 300
_POST = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][!-~]*)?", re.IGNORECASE)
"""No user, no port, no blank, nothing but printable ASCII."""
_LARGEST = 10**12
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+|[+-]?[0-9]{1,13}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


class Why(StrEnum):
    """What is wrong with an answer; chat/words has the sentence for each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_LINK = "not_a_link"
    LINK_NOT_ALLOWED = "link_not_allowed"
    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_POST = "not_a_post"


class FieldFault(Refused):
    """An answer that its field cannot hold. `limit`: the length, number or domains that are allowed."""

    def __init__(self, field: str, why: Why, limit: str = "") -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why
        self.limit = limit


def read(field: Field, typed: str) -> str:
    """The answer as it is kept: a date as ISO, a time as HH:MM, a number in digits, "" for nothing.

    Raises FieldFault.
    """
    text = typed.strip()
    if text in {"", NOTHING}:
        if field.optional:
            return ""
        raise FieldFault(field.id, Why.EMPTY)
    return _READERS[field.kind](field, text)


def link_of_post(typed: str) -> str:
    """Where words stand that a person posted by hand: one https address of a plain host; "" for none.

    Raises FieldFault.
    """
    text = typed.strip()
    if text in {"", NOTHING}:
        return ""
    if len(text) > _LONGEST_LINK or not _POST.fullmatch(text):
        raise FieldFault("link", Why.NOT_A_POST)
    return text


def is_open(field: Field, given: Mapping[str, str]) -> bool:
    """Whether this line still waits for somebody: never touched, or left empty though it is needed."""
    return field.id not in given or not (given[field.id] or field.optional)


def checked(fields: tuple[Field, ...], given: Answers) -> Answers:
    """Every field once, in order, read; names that no field has are left out. Raises FieldFault."""
    values = dict(given)
    return tuple((field.id, read(field, values.get(field.id, ""))) for field in fields)


def _text(field: Field, text: str) -> str:
    most = field.max or _LONGEST
    if len(text) > most:
        raise FieldFault(field.id, Why.TOO_LONG, str(most))
    return text


def _link(field: Field, text: str) -> str:
    link = text if "://" in text else f"https://{text}"
    try:
        host = urlsplit(link).hostname
    except ValueError:
        host = None
    if not host or "." not in host:
        raise FieldFault(field.id, Why.NOT_A_LINK)
    if not link_is_allowed(link, field.allow or (host,)):
        raise FieldFault(field.id, Why.LINK_NOT_ALLOWED, ", ".join(field.allow))
    return link


def _number(field: Field, text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise FieldFault(field.id, Why.NOT_A_NUMBER)
    value = int(text.replace(".", ""))
    most = field.max if field.max is not None else _LARGEST
    if value > most:
        raise FieldFault(field.id, Why.TOO_LARGE, str(most))
    return str(value)


def _day(field: Field, text: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise FieldFault(field.id, Why.NOT_A_DATE) from None


def _time(field: Field, text: str) -> str:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise FieldFault(field.id, Why.NOT_A_TIME)
    return time(int(found.group(1)), int(found.group(2))).strftime("%H:%M")


def _choice(field: Field, text: str) -> str:
    for key, words in field.choices:
        if text.casefold() in {key.casefold(), words.casefold()}:
            return key
    raise FieldFault(field.id, Why.NOT_A_CHOICE, ", ".join(words for _, words in field.choices))


_READERS: Mapping[AnswerKind, Callable[[Field, str], str]] = {
    AnswerKind.TEXT: _text,
    AnswerKind.URL: _link,
    AnswerKind.NUMBER: _number,
    AnswerKind.DATE: _day,
    AnswerKind.TIME: _time,
    AnswerKind.CHOICE: _choice,
}
