"""A template made of a good reply, its versions, and when somebody should look at it again."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.errors import BadInput
from bot.domain.template import (
    SLOT,
    Slot,
    SlotKind,
    Template,
    TemplateState,
    fingerprint,
    link_is_allowed,
    presentable_name,
)

OWN_TOPIC = "obrolan"
"""The first half of the id of everything that was proposed in the chat."""
TITLE = 24
"""Characters of a title: it stands on a button."""
LIFETIME = timedelta(days=365)
ENDS_SOON = timedelta(days=30)
UNUSED = timedelta(days=180)
_NAME = "nama"


@dataclass(frozen=True, slots=True)
class Stale:
    """A template that somebody should look at: it ends on `until`, or nobody has used it for a long time."""

    template: Template
    until: date | None = None
    unused_since: date | None = None


def read_title(typed: str, links: Collection[str]) -> tuple[str, str]:
    """Title and source of "title, line, link". Raises BadInput."""
    lines = [line.strip() for line in typed.strip().splitlines() if line.strip()]
    if len(lines) != 2:
        raise BadInput("template_lines")
    title, source = lines
    if len(title) > TITLE or not _slug(title):
        raise BadInput(f"template_title:{TITLE}")
    if not link_is_allowed(source, links):
        raise BadInput("template_source")
    return title, source


def made_of(text: str, citizen: str) -> str:
    """The words of a reply as a template's: the citizen's name becomes a gap. Raises BadInput."""
    if set("{}") & set(text):
        raise BadInput("template_braces")
    name = presentable_name(citizen)
    if not name:
        return text
    gap = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f"{{{_NAME}}}", text, flags=re.IGNORECASE)
    # Without a name the sentence has to be whole all the same.
    return f"Halo {gap}" if gap.startswith("{") else gap


def proposed(text: str, title: str, source: str, about: Template) -> Template:
    """The template to be approved; `about` brings what it is for, its owner, its version and its end."""
    made = replace(
        about,
        id=f"{OWN_TOPIC}/{_slug(title)}",
        topic=OWN_TOPIC,
        title=title,
        text=text,
        slots=slots_of(text),
        source=source,
        state=TemplateState.PROPOSED,
    )
    return replace(made, sha256=fingerprint(made))


def id_of(title: str) -> str:
    return f"{OWN_TOPIC}/{_slug(title)}"


def slots_of(text: str) -> tuple[Slot, ...]:
    """What is proposed in the chat has at most one gap, the citizen's name."""
    return (Slot(_NAME, SlotKind.NAME),) if _NAME in SLOT.findall(text) else ()


def in_force(
    own: Iterable[Template], decided: Collection[tuple[str, int, str]]
) -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """Of every id the version to be used, and the newer ones that wait for an approver.

    The newest that an approver decided on counts (approved, or retired since); before any is, the newest that
    was not declined.
    """
    standing: dict[str, Template] = {}
    waiting: dict[str, Template] = {}
    for one in own:
        if one.state is TemplateState.RETIRED:
            continue
        if (one.id, one.version, one.sha256) in decided:
            standing[one.id] = one
            waiting.pop(one.id, None)
        else:
            waiting[one.id] = one
    first = {name: one for name, one in waiting.items() if name not in standing}
    later = tuple(one for name, one in waiting.items() if name in standing)
    return (*standing.values(), *first.values()), later


def stale(template: Template, last_used: date | None, known_since: date, today: date) -> Stale | None:
    """Why somebody should look at it; None while all is well. `known_since`: from when uses were counted."""
    if template.valid_until - today <= ENDS_SOON:
        return Stale(template, until=template.valid_until)
    since = last_used or known_since
    if today - since >= UNUSED:
        return Stale(template, unused_since=since)
    return None


def _slug(title: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return plain[:36].strip("-")
