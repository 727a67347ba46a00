"""Several approved templates as one letter: one salutation at the beginning, one closing at the end.

What is taken out is a greeting or a leave in the middle, nothing else; every gap keeps what it may hold.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.house_style import USUAL_SALUTATIONS
from bot.domain.sentences import sentences
from bot.domain.template import SLOT, Slot, SlotKind, Template

MOST = 3
"""Templates of one letter: more is an article."""
LONGEST = 2000
"""Characters of the letter without what is filled in."""
_GREETING = "|".join(sorted(map(re.escape, USUAL_SALUTATIONS), key=len, reverse=True))
_SALUTED = re.compile(rf"(?:{_GREETING})\b[^,.!?\n]{{0,60}}[,.!]\s*", re.IGNORECASE)
_THANKS = re.compile(r"(?:mohon maaf|maaf|terima kasih)\b", re.IGNORECASE)
_LEAVE = re.compile(r"(?:demikian|salam|terima kasih|semoga)\b", re.IGNORECASE)


def joined(templates: Sequence[Template]) -> Template:
    """They read as one template, which carries the id and the version of the first.

    It holds as long as the first of them to run out.
    """
    first, *more = templates
    if not more:
        return first
    parts = [_without_leave(first.text)]
    slots = list(first.slots)
    for number, one in enumerate(more, start=2):
        text = _without_salutation(one.text)
        text = text if number == len(templates) else _without_leave(text)
        renamed = _renamed(text, one.slots, slots, number)
        parts.append(renamed[0])
        slots += renamed[1]
    used = {name for part in parts for name in SLOT.findall(part)}
    return replace(
        first,
        title=" + ".join(one.title for one in templates),
        labels=_each(label for one in templates for label in one.labels),
        text="\n\n".join(part.strip() for part in parts if part.strip()),
        slots=tuple(slot for slot in slots if slot.name in used),
        valid_until=min(one.valid_until for one in templates),
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _without_salutation(text: str) -> str:
    """Less "Halo Kak {nama}," and the thanks of its first sentence, unless nothing would be left."""
    found = _SALUTED.match(text.lstrip())
    if found is None:
        return text
    rest = text.lstrip()[found.end() :]
    spans = list(sentences(rest))
    if len(spans) > 1 and _THANKS.match(rest):
        rest = rest[spans[0][1] :].lstrip()
    return rest[:1].upper() + rest[1:] if rest.strip() else text


def _without_leave(text: str) -> str:
    """Less a last sentence that takes leave, unless nothing would be left."""
    spans = list(sentences(text))
    if len(spans) < 2 or not _LEAVE.match(text, spans[-1][0]):
        return text
    return text[: spans[-1][0]].rstrip()


def _renamed(text: str, own: Sequence[Slot], taken: Sequence[Slot], number: int) -> tuple[str, list[Slot]]:
    """The text with its gaps named apart from those before it; the citizen's name is one gap for all."""
    names = {slot.name for slot in taken}
    citizen = next((slot.name for slot in taken if slot.kind is SlotKind.NAME), None)
    to: dict[str, str] = {}
    added: list[Slot] = []
    for slot in own:
        if slot.kind is SlotKind.NAME and citizen is not None:
            to[slot.name] = citizen
            continue
        to[slot.name] = slot.name if slot.name not in names else f"{slot.name}_{number}"
        added.append(replace(slot, name=to[slot.name]))
    return SLOT.sub(lambda found: f"{{{to.get(found.group(1), found.group(1))}}}", text), added
