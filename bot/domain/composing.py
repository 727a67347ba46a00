"""Words for the public, made of an approved template and of what people answered. Nothing is looked up."""

from collections.abc import Collection, Mapping

from bot.domain.people import PersonId
from bot.domain.run_types import RunState
from bot.domain.step_run import CHOICE, Letter
from bot.domain.steps import Ask, Field, Request
from bot.domain.template import Slot, SlotKind, Template, render

Sources = Mapping[str, str]
"""Slot and where its value comes from: `steps.ID.FIELD`, `steps.ID.choice`, `event.FIELD`, `agency.name`."""

_EVENT = "event."


def compose(
    template: Template, sources: Sources, state: RunState, agency: Mapping[str, str], links: Collection[str]
) -> Letter:
    """The letter as it would be read. Raises SlotFault where a slot without a fallback stays empty.

    A typed text makes it an edited one, and whoever typed it an author; choices, dates and links from an
    allowed list do neither. What a signed event says makes it an edited one that nobody here has written.
    What nobody has answered reads as the template's fallback.
    """
    values: dict[str, str] = {}
    authors: list[PersonId] = []
    told = False
    allowed = {*links}
    for slot in template.slots:
        source = sources.get(slot.name, "")
        value = _value(slot, source, state, agency)
        values[slot.name] = value
        allowed |= _allowed(source, state)
        told = told or bool(value and source.startswith(_EVENT))
        if value and slot.kind is SlotKind.TEXT and not _prepared(source):
            authors += _writers(source, state)
    text = render(template, values, allowed)
    return Letter(
        text,
        template.id,
        template.version,
        tuple(dict.fromkeys(authors)),
        unedited=not authors and not told,
        sources=tuple((slot.name, sources.get(slot.name, "")) for slot in template.slots),
    )


def _value(slot: Slot, source: str, state: RunState, agency: Mapping[str, str]) -> str:
    if source in agency:
        return agency[source]
    if source.startswith(_EVENT):
        return state.told(source) or ""
    step_id, _, name = source.removeprefix("steps.").partition(".")
    run = state.step_run(step_id)
    answer = run.answer(name) if run is not None else None
    if answer and name == CHOICE and slot.kind is SlotKind.TEXT:
        step = state.playbook.step(step_id)
        choices = step.uses.choices if step is not None and isinstance(step.uses, Ask) else ()
        return dict(choices).get(answer, answer)
    return answer or ""


def _prepared(source: str) -> bool:
    """Whether the value was written beforehand: a choice of the playbook, the name of the agency."""
    return source.startswith("agency.") or source.endswith(f".{CHOICE}")


def _writers(source: str, state: RunState) -> tuple[PersonId, ...]:
    run = state.step_run(source.removeprefix("steps.").partition(".")[0])
    return (run.by,) if run is not None and run.by is not None else ()


def _allowed(source: str, state: RunState) -> set[str]:
    """The domains that the playbook itself allows for this answer."""
    step_id, _, name = source.removeprefix("steps.").partition(".")
    step = state.playbook.step(step_id)
    fields: tuple[Field, ...] = ()
    if step is not None and isinstance(step.uses, Ask | Request):
        fields = step.uses.fields
    return {domain for field in fields if field.id == name for domain in field.allow}
