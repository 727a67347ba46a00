"""The body of a signed event: strict, small, and every text in it one plain line."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn

from bot.domain.outside import OutsideEvent, plain

_KEYS = frozenset({"id", "kind", "fields"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")
_KIND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELD = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_LONGEST_KIND = 32
_MOST_FIELDS, _LONGEST_VALUE = 20, 300


class BadBody(ValueError):
    """What is wrong with it, in Indonesian, for whoever writes the other side."""


def read_body(body: bytes, source: str, sent_at: datetime) -> OutsideEvent:
    """The event that these bytes are. Raises BadBody."""
    try:
        # Numbers stay as they were written: 5.10 is not 5.1 to whoever reads it.
        found = json.loads(
            body.decode("utf-8"),
            parse_int=str,
            parse_float=str,
            parse_constant=_no_number,
            object_pairs_hook=_no_key_twice,
        )
    except BadBody:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadBody("Isi kiriman bukan JSON yang utuh dalam UTF-8.") from None
    if not isinstance(found, dict):
        raise BadBody("Isi kiriman harus satu objek JSON.")
    if unknown := sorted(found.keys() - _KEYS):
        raise BadBody(f"Kunci {_short(unknown[0])} tidak dikenal; yang ada: id, kind, fields.")
    event, kind = found.get("id"), found.get("kind")
    if not isinstance(event, str) or not _ID.fullmatch(event):
        raise BadBody("id wajib ada: 1 sampai 100 huruf, angka, atau tanda . _ : / -")
    if not isinstance(kind, str) or len(kind) > _LONGEST_KIND or not _KIND.fullmatch(kind):
        raise BadBody("kind wajib ada: paling panjang 32 huruf kecil, angka, dan tanda minus.")
    return OutsideEvent(source, event, kind, sent_at, _fields(found.get("fields", {})))


def _fields(given: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, dict):
        raise BadBody("fields harus objek berisi nama dan nilai.")
    if len(given) > _MOST_FIELDS:
        raise BadBody(f"fields paling banyak {_MOST_FIELDS}.")
    return tuple((_name(name), _value(name, value)) for name, value in given.items())


def _name(name: str) -> str:
    if not _FIELD.fullmatch(name):
        raise BadBody(f"Nama {_short(name)} di fields tidak terbaca: huruf kecil, angka, minus, garis bawah.")
    return name


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if not isinstance(value, str):
        raise BadBody(f"Nilai {name} harus teks, angka, true, atau false.")
    text = plain(value)
    if len(text) > _LONGEST_VALUE:
        raise BadBody(f"Nilai {name} paling panjang {_LONGEST_VALUE} karakter.")
    return text


def _short(text: str) -> str:
    return f"“{plain(text)[:40]}”"


def _no_number(text: str) -> NoReturn:
    raise BadBody(f"{text} bukan angka JSON.")


def _no_key_twice(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadBody("Ada kunci yang ditulis dua kali.")
    return found
