"""The reply on a case's card: which templates fit, what the draft says, what is missing, how it went."""

from collections.abc import Mapping

from bot.chat.alike import which
from bot.chat.render import Piece, b, cited, i, lines, named, quote
from bot.chat.words import cards as say
from bot.chat.words import names as called
from bot.chat.words import preview as say_preview
from bot.chat.words import siaga, times
from bot.domain.case import Panel
from bot.domain.people import Zone
from bot.domain.reply import Draft, DraftState
from bot.services.views import CaseView, TemplateChoice

_BACK: Mapping[DraftState, str] = {DraftState.RETURNED: say.RETURNED, DraftState.REJECTED: say.REJECTED}
_OPEN_DRAFT = frozenset({Panel.WRITING, Panel.SNIPPET})
_Block = tuple[Piece, ...]


def choices(view: CaseView) -> _Block:
    """The suggested templates, each with the reason why it fits."""
    if not view.templates:
        return (say.NO_TEMPLATE,)
    numbered = enumerate(view.templates, start=1)
    return lines(b(say.PICK_TEMPLATE), *(_choice(number, choice) for number, choice in numbered))


def _choice(number: int, choice: TemplateChoice) -> _Block:
    suggestion = choice.suggestion
    title = suggestion.template.title
    if suggestion.usability.ok:
        return (f"{number}. ", b(title), " · ", i(suggestion.reason))
    return (f"{number}. {title} ({say.BLOCKED_TEMPLATE}) · ", i(suggestion.reason))


def snippets(view: CaseView) -> tuple[TemplateChoice, ...]:
    """The usable templates that are not in the draft yet."""
    draft = view.draft
    if draft is None:
        return ()
    there = {draft.template_id, *(name for name, _ in draft.snippets)}
    return tuple(
        one
        for one in view.templates
        if one.suggestion.usability.ok and one.suggestion.template.id not in there
    )


def to_join(view: CaseView) -> _Block:
    """The draft, and what may follow it."""
    return lines(*preview(view), "", say_preview.PICK_SNIPPET if snippets(view) else say_preview.NO_SNIPPET)


def preview(view: CaseView) -> _Block:
    """The draft while it is written, with what keeps it from going out."""
    draft = view.draft
    if draft is None or view.case.panel not in _OPEN_DRAFT or draft.state is not DraftState.WRITING:
        return ()
    text = view.preview or draft.text
    return lines(
        b(say.DRAFT),
        quote(text) if text else None,
        *shared(draft),
        *(f"⚠️ {reason}" for reason in view.guard),
        *(("💡 ", i(hint)) for hint in dict.fromkeys(view.hints)),
    )


def shared(draft: Draft) -> tuple[str, ...]:
    """Of one text for several comments: how many, and which."""
    return (which([one.case_id for one in draft.targets]),) if draft.also else ()


def elsewhere(view: CaseView) -> _Block:
    """On the card of a case whose words are written on another one."""
    draft = view.draft
    if draft is None or draft.state is not DraftState.WRITING or draft.case_id == view.case.id:
        return ()
    return (say.answered_with(draft.case_id),)


def next_step(view: CaseView) -> str:
    """What the writer does now."""
    draft = view.draft
    if draft is None or draft.state is not DraftState.WRITING:
        return say.STEP_WRITE
    if view.open_slot is not None:
        return say.STEP_FILL + (view.open_slot.ask or view.open_slot.name)
    if view.guard:
        return say.STEP_FIX
    return say.STEP_SUBMIT_OR_SEND if view.can_send_now else say.STEP_SUBMIT


def progress(view: CaseView, zone: Zone) -> _Block:
    """A draft that waits for a decision, or approved words on their way."""
    draft = view.draft
    if draft is None:
        return ()
    authors = _authors(view, draft)
    if draft.state is DraftState.WAITING:
        asked = tuple(named(view.names.get(person, person)) for person in view.waiting_for)
        until = times.moment(draft.expires_at, view.now, zone) if draft.expires_at else ""
        return lines(
            b(say.REPLY), cited(draft.text, 600), *shared(draft), authors, agreed(draft, view.names),
            say.asked(asked, until),
        )  # fmt: skip
    made = (*authors, " ", *_decision(view, draft, zone))
    return lines(b(say.REPLY), cited(draft.text, 600), *shared(draft), made, say.UNSENT.get(view.unsent, ""))


def agreed(draft: Draft, names: Mapping[str, str]) -> str | None:
    """Who was the first of two to agree."""
    if draft.agreed_by is None or draft.state is not DraftState.WAITING:
        return None
    return siaga.first_of_two(named(names.get(draft.agreed_by, draft.agreed_by)))


def is_back(view: CaseView) -> bool:
    """Whether the last draft came back and nobody writes a new one yet."""
    draft = view.draft
    return draft is not None and draft.state in _BACK and view.case.panel not in _OPEN_DRAFT


def came_back(view: CaseView, zone: Zone) -> _Block:
    """Who returned the draft and what they wished, where the next one is written."""
    draft = view.draft
    if draft is None or not is_back(view) or draft.decided_at is None:
        return ()
    name = named(view.names.get(draft.decided_by, draft.decided_by)) if draft.decided_by else ""
    said = say.came_back(_BACK[draft.state], name, times.moment(draft.decided_at, view.now, zone))
    return lines(said, cited(draft.note, 300) if draft.note else None)


def answered(view: CaseView, zone: Zone) -> _Block:
    """Who wrote, who approved, when, and how long it took."""
    draft, case = view.draft, view.case
    if draft is None or draft.state is not DraftState.POSTED:
        return ()
    # Of a set each case is answered in its own minute.
    at = case.answered_at or draft.posted_at
    out = say.posted(times.moment(at, view.now, zone), at - case.opened_at) if at else ""
    made = (*_authors(view, draft), " ", *_decision(view, draft, zone))
    return lines(b(say.REPLY), cited(draft.text, 600), made, out)


def _authors(view: CaseView, draft: Draft) -> _Block:
    names = [view.names.get(person, person) for person in draft.authors]
    return (say.written_by([named(name) for name in names]),)


def _decision(view: CaseView, draft: Draft, zone: Zone) -> _Block:
    if draft.decided_at is None or draft.approved_as is None:
        return ()
    name = view.names.get(draft.decided_by, draft.decided_by) if draft.decided_by else ""
    when = times.moment(draft.decided_at, view.now, zone)
    return (say.decided(called.APPROVED_AS[draft.approved_as], name, when),)
