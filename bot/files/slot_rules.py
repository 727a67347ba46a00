"""Rules of templates in playbooks: every slot has a source that can fill it, and nothing else is named."""

from collections.abc import Iterator, Mapping

from bot.domain.playbook import Playbook, Step
from bot.domain.steps import Answer, AnswerKind, Ask, Compose, Field, Request
from bot.domain.template import Slot, SlotKind, Template
from bot.files.condition_rules import NO_EVENT
from bot.files.fault import Fault, did_you_mean, quote
from bot.files.known import Known
from bot.files.rule_places import Sheet

_FILLS = {
    SlotKind.TEXT: frozenset(AnswerKind),
    SlotKind.LINK: frozenset({AnswerKind.URL}),
    SlotKind.DATE: frozenset({AnswerKind.DATE}),
    SlotKind.CHOICE: frozenset({AnswerKind.CHOICE}),
    SlotKind.NAME: frozenset(),
}


def slot_faults(sheet: Sheet, known: Known) -> Iterator[Fault]:
    """All that is wrong with the words of one playbook."""
    for step in sheet.playbook.steps:
        if isinstance(step.uses, Compose | Answer):
            for slot, source in step.uses.slots.items():
                yield from _source(sheet, step, slot, source)
            template = (known.templates or {}).get(step.uses.template)
            if template is not None:
                yield from _fits(sheet, step, template, step.uses.slots)


def _source(sheet: Sheet, step: Step, slot: str, source: str) -> Iterator[Fault]:
    owner, name, *part = source.split(".")
    if owner == "event" and not sheet.playbook.triggers.event:
        message = "Playbook ini tidak terbuka lewat kabar dari luar."
        yield sheet.fault(step, ("with", "slots", slot), message, NO_EVENT)
    if owner != "steps":
        return
    ids = [one.id for one in sheet.playbook.steps]
    loc = ("with", "slots", slot)
    if name not in ids:
        yield sheet.fault(step, loc, f"Langkah {quote(name)} tidak ada.", did_you_mean(name, ids))
    elif ids.index(name) >= ids.index(step.id):
        yield sheet.fault(
            step, loc, f"Langkah {quote(name)} baru ada sesudah ini.", "Sumber isian harus di atas."
        )
    elif _field(sheet.playbook, source) is None:
        message = f"Langkah {quote(name)} tidak punya isian {quote(part[0])}."
        yield sheet.fault(step, loc, message, did_you_mean(part[0], _field_names(sheet.playbook, name)))


def _fits(sheet: Sheet, step: Step, template: Template, slots: Mapping[str, str]) -> Iterator[Fault]:
    known = {slot.name: slot for slot in template.slots}
    for name in slots:
        if name not in known:
            message = f"Templat {quote(template.id)} tidak punya isian {quote(name)}."
            yield sheet.fault(step, ("with", "slots", name), message, did_you_mean(name, known))
    for slot in template.slots:
        judge = _told if slots.get(slot.name, "").startswith("event.") else _filled
        yield from judge(sheet, step, slot, slots.get(slot.name))


def _filled(sheet: Sheet, step: Step, slot: Slot, source: str | None) -> Iterator[Fault]:
    if slot.kind is SlotKind.NAME:
        if isinstance(step.uses, Compose):
            message = (
                f"Isian {quote(slot.name)} adalah nama warga; teks untuk kanal tidak punya satu penerima."
            )
            yield sheet.fault(step, ("with", "template"), message, "Pilih templat tanpa isian nama.")
        return
    if source is None:
        if not slot.fallback:
            message = f"Isian {quote(slot.name)} dari templat ini belum punya sumber."
            yield sheet.fault(
                step, ("with", "template"), message, "Tulis di slots, misalnya steps.periksa.fakta."
            )
        return
    field = _field(sheet.playbook, source)
    if field is not None and field.kind not in _FILLS[slot.kind]:
        message = f"Isian {quote(slot.name)} berjenis {slot.kind}, sumbernya berjenis {field.kind}."
        yield sheet.fault(step, ("with", "slots", slot.name), message, "Samakan jenisnya.")
    elif field is not None and slot.kind is SlotKind.CHOICE:
        strange = [key for key, _ in field.choices if key not in dict(slot.choices)]
        if strange:
            message = f"Pilihan {quote(strange[0])} tidak ada di templat."
            yield sheet.fault(step, ("with", "slots", slot.name), message, "Samakan pilihannya.")


def _told(sheet: Sheet, step: Step, slot: Slot, _source: str | None) -> Iterator[Fault]:
    """Links, dates and choices are put into words by people; another system only tells."""
    if slot.kind is not SlotKind.TEXT:
        message = f"Isian {quote(slot.name)} berjenis {slot.kind}; isi kabar dari luar hanya untuk teks."
        yield sheet.fault(step, ("with", "slots", slot.name), message, "Tanyakan kepada orang lewat ask.")


def _field(playbook: Playbook, source: str) -> Field | None:
    """The line of a form that a slot is filled from; None where there is none, or it is no form."""
    owner, name, *part = source.split(".")
    step = playbook.step(name) if owner == "steps" else None
    if step is None or not isinstance(step.uses, Ask | Request):
        return None
    if part == ["choice"] and isinstance(step.uses, Ask) and step.uses.choices:
        return Field("choice", AnswerKind.CHOICE, choices=step.uses.choices)
    return next((field for field in step.uses.fields if [field.id] == part), None)


def _field_names(playbook: Playbook, step_id: str) -> list[str]:
    step = playbook.step(step_id)
    return [field.id for field in step.uses.fields] if step and isinstance(step.uses, Ask | Request) else []
