"""Words and gaps of a draft: what still has to be filled, and what a filled one reads like."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.errors import BadInput, WrongState
from bot.domain.lengths import REPLY
from bot.domain.reply import Draft
from bot.domain.template import Slot, SlotKind, Template, render


def open_slot(draft: Draft, template: Template | None) -> Slot | None:
    """The next gap that a person has to fill; the citizen's name is filled by the bot."""
    given = dict(draft.slots)
    slots = template.slots if template is not None else ()
    return next((s for s in slots if s.kind is not SlotKind.NAME and not given.get(s.name)), None)


def slot_number(template: Template, slot: Slot) -> int:
    """Its place in the template from 1 on, as a question carries it."""
    return template.slots.index(slot) + 1


def asked_slot(draft: Draft, template: Template | None, number: int) -> Slot | None:
    """The gap that a question was about; 0 is the next open one. Raises WrongState once it is filled."""
    if number == 0:
        return open_slot(draft, template)
    asked = template.slots[number - 1 : number] if template is not None else ()
    slot = next((one for one in asked if one.kind is not SlotKind.NAME), None)
    if slot is not None and dict(draft.slots).get(slot.name):
        raise WrongState("slot_filled")
    return slot


def from_template(draft: Draft, template: Template, citizen: str, links: Collection[str]) -> Draft:
    """The draft with these words instead of what it held. `citizen`: the display name."""
    name = next((s.name for s in template.slots if s.kind is SlotKind.NAME), "")
    bare = replace(
        draft, template_id=template.id, template_version=template.version, text="", snippets=(), hands_over=""
    )
    return filled(bare, template, {name: citizen} if name else {}, links)


def filled(draft: Draft, template: Template, values: Mapping[str, str], links: Collection[str]) -> Draft:
    """With every gap closed the text is there; what was typed freely shows as an edit of the template."""
    draft = replace(draft, slots=tuple(values.items()))
    if open_slot(draft, template) is not None:
        return draft
    plain = {s.name: "…" if s.kind is SlotKind.TEXT else values.get(s.name, "") for s in template.slots}
    return replace(
        draft,
        text=render(template, values, links),
        hands_over=render(replace(template, text=template.hands_over), values, links),
        template_text=render(template, plain, links),
    )


def check_slot(template: Template, slot: Slot, value: str, links: Collection[str]) -> None:
    """Raises SlotFault at once, not when the last gap is filled."""
    render(replace(template, text=f"{{{slot.name}}}", slots=(slot,)), {slot.name: value}, links)


def usable_text(text: str, longest: int = REPLY) -> str:
    """What was typed as words for the public: a reply, if nothing else is said. Raises BadInput."""
    words = text.strip()
    if not words:
        raise BadInput("empty")
    if len(words) > longest:
        raise BadInput(f"too_long:{longest}")
    return words


def typed_date(text: str) -> str:
    """Day, month, year as Indonesians type them: 25-12-2026 or 25/12/2026."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise BadInput("date") from None
