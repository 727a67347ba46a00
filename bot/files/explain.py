"""Pydantic's findings in Indonesian, at the line and column where a person can mend them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from bot.files.fault import Fault, did_you_mean, fault_at, quote
from bot.files.fields import OWN_ERROR, TOLD_ALREADY
from bot.files.nodes import Items, Loc, Node, Scalar, follow, locate, within

_LIST = "Harus berupa daftar: tiap isi di baris sendiri, diawali tanda minus."
_MAPPING = "Harus berisi kunci dan nilai, satu per baris."
_EMPTY = "Belum diisi."
_GENERAL = "Nilai ini tidak dapat dipakai di sini."

# What is said where the value alone decides. {} holds the numbers that pydantic gives along.
_SENTENCES: Mapping[str, str] = {
    "string_too_short": _EMPTY,
    "string_too_long": "Terlalu panjang: paling banyak {max_length} karakter.",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "too_short": "Isinya kurang: paling sedikit {min_length}.",
    "too_long": "Isinya terlalu banyak: paling banyak {max_length}.",
    "greater_than_equal": "Paling kecil {ge}.",
    "less_than_equal": "Paling besar {le}.",
}
SENTENCES = frozenset(_SENTENCES)
_HINTS = {
    "too_short": "Tambahkan isinya, satu per baris dan diawali tanda minus.",
    "too_long": "Hapus sebagian.",
    "string_too_long": "Persingkat.",
}
_GONE: Mapping[Loc, str] = {
    ("retention", "journal"): "Hapus baris ini: jurnal disimpan selama basis datanya ada.",
}
"""Keys that an earlier version read: what to do with them."""


def explain(error: ErrorDetails, root: Node, section: type[Any] | None) -> Fault | None:
    """One pydantic error as a fault, or None where another fault says it already.

    `section`: the model around the value, for the keys that it knows.
    """
    told = _TELLERS.get(error["type"], _by_table)
    return told(error, root, section)


def _own(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault | None:
    given = error.get("ctx", {})
    if given.get("pesan") == TOLD_ALREADY:
        return None
    path = (*error["loc"], *given.get("di", ()))
    place = within(follow(root, path), locate(root, path), int(given.get("geser", 0)))
    return fault_at(place, str(given.get("pesan", _GENERAL)), str(given.get("petunjuk", "")))


def _missing(error: ErrorDetails, root: Node, section: type[Any] | None) -> Fault:
    *outer, name = error["loc"]
    named = [step for step in outer if isinstance(step, str)]
    where = quote(named[-1]) if named else "berkas ini"
    if len(outer) > 1 and isinstance(outer[-2], int) and isinstance(outer[-1], str):
        where = "langkah ini"  # what pydantic names here is the branch of the union, not a key
    place = locate(root, tuple(outer))
    return fault_at(place, f"Kunci {quote(name)} belum ada di {where}.", _add(str(name), section))


def _add(name: str, section: type[Any] | None) -> str:
    """What to write there, as the settings' own page describes it."""
    fields = section.model_fields.items() if section is not None else ()
    told = next((field.description for key, field in fields if (field.alias or key) == name), None)
    meant = f" ({told.rstrip('.').replace('`', '')})" if told else ""
    return f"Tambahkan {name}{meant}."


def _unknown_key(error: ErrorDetails, root: Node, section: type[Any] | None) -> Fault:
    name = str(error["loc"][-1])
    place = locate(root, error["loc"], key=True)
    if gone := _GONE.get(error["loc"]):
        return fault_at(place, f"Kunci {quote(name)} tidak ada lagi.", gone)
    if section is None:
        return fault_at(place, f"Kunci {quote(name)} tidak dikenal.")
    names = [field.alias or key for key, field in section.model_fields.items()]
    return fault_at(place, f"Kunci {quote(name)} tidak dikenal.", did_you_mean(name, names))


def _one_of(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault:
    is_key = error["loc"][-1:] == ("[key]",)
    place = locate(root, error["loc"], key=is_key)
    text = str(error["loc"][-2]) if is_key else _text_at(root, error["loc"])
    if not text:
        return fault_at(place, _EMPTY)
    known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    return fault_at(place, f"Nilai {quote(text)} tidak dikenal.", did_you_mean(text, known))


def _no_such_step(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault:
    given = error.get("ctx", {})
    place = locate(root, (*error["loc"], "uses"))
    kind = str(given.get("tag", ""))
    known: Iterable[str] = re.findall(r"'([^']*)'", str(given.get("expected_tags", "")))
    return fault_at(place, f"Jenis langkah {quote(kind)} tidak dikenal.", did_you_mean(kind, known))


def _step_without_kind(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault:
    return fault_at(locate(root, error["loc"]), f"Kunci {quote('uses')} belum ada di langkah ini.")


def _too_short(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault | None:
    node = follow(root, error["loc"])
    # Pydantic counts only the items that were valid; what is wrong with the others is told at each of them.
    if isinstance(node, Items) and len(node.items) >= error.get("ctx", {}).get("min_length", 1):
        return None
    if isinstance(node, Scalar) and node.text:
        return None  # a single value that stands for a list of one; what is wrong with it is told there
    return _by_table(error, root, None)


def _by_table(error: ErrorDetails, root: Node, _: type[Any] | None) -> Fault:
    place = locate(root, error["loc"])
    if _is_empty(root, error["loc"]):
        return fault_at(place, _EMPTY)
    kind = error["type"]
    if kind == "too_long" and isinstance(follow(root, error["loc"]), Scalar):
        kind = "string_too_long"
    sentence = _SENTENCES.get(kind, _GENERAL)
    numbers = {key: _say(number) for key, number in error.get("ctx", {}).items()}
    return fault_at(place, sentence.format(**numbers), _HINTS.get(kind, ""))


def _say(number: object) -> str:
    """A limit as the file would write it."""
    return f"{number:g}" if isinstance(number, float) else str(number)


def _text_at(root: Node, loc: Loc) -> str:
    node = follow(root, loc)
    return node.text if isinstance(node, Scalar) else ""


def _is_empty(root: Node, loc: Loc) -> bool:
    node = follow(root, loc)
    return isinstance(node, Scalar) and node.plain and node.text in {"", "~", "null"}


_TELLERS: Mapping[str, Callable[[ErrorDetails, Node, type[Any] | None], Fault | None]] = {
    OWN_ERROR: _own,
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "enum": _one_of,
    "too_short": _too_short,
    "literal_error": _one_of,
    "union_tag_invalid": _no_such_step,
    "union_tag_not_found": _step_without_kind,
}
