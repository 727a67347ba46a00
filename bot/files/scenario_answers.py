"""Answers in a scenario: each is a form that could be sent, line by line, as the chosen answer needs it."""

from collections.abc import Iterator, Mapping

from bot.domain.form import FieldFault, Why, read
from bot.domain.steps import Ask, Field, Request
from bot.files.fault import Fault, fault_at, quote
from bot.files.nodes import Entries, descend, text_of

_SENTENCES: Mapping[Why, str] = {
    Why.EMPTY: "Isian {field} perlu diisi untuk jawaban ini.",
    Why.TOO_LONG: "Isian {field} terlalu panjang: paling banyak {limit} karakter.",
    Why.NOT_A_LINK: "Isian {field} perlu tautan, misalnya https://www.bmkg.go.id/…",
    Why.LINK_NOT_ALLOWED: "Tautan isian {field} di luar domain yang boleh: {limit}.",
    Why.NOT_A_NUMBER: "Isian {field} perlu angka saja.",
    Why.TOO_LARGE: "Angka isian {field} paling besar {limit}.",
    Why.NOT_A_DATE: "Isian {field} perlu tanggal seperti 25-12-2026.",
    Why.NOT_A_TIME: "Isian {field} perlu jam seperti 14.30.",
    Why.NOT_A_CHOICE: "Isian {field} hanya boleh salah satu dari: {limit}.",
}


def answer_faults(act: Entries, asked: Ask | Request) -> Iterator[Fault]:
    """What would keep this form from being sent. A choice that the step has not is told elsewhere."""
    choices = [key for key, _ in asked.choices] if isinstance(asked, Ask) else []
    chosen = text_of(act.get("choice"))
    if choices and not chosen:
        yield fault_at(act.place, "Jawaban ini perlu choice.", f"Yang ada: {', '.join(choices)}.")
    elif not choices or chosen in choices:
        for field in asked.fields:
            yield from _line(act, field.asked_for(chosen))


def _line(act: Entries, field: Field) -> Iterator[Fault]:
    node = descend(act, ("fields", field.id))
    try:
        read(field, text_of(node))
    except FieldFault as wrong:
        place = node.place if node is not None else act.place
        limit = wrong.limit or ""
        yield fault_at(place, _SENTENCES[wrong.why].format(field=quote(field.id), limit=limit))
