"""The card on which the named people answer somebody at risk, each in their own chat. Never forwarded.

It always shows what was written to us: the words that are sent answer it, and are judged beside it.
"""

from collections.abc import Mapping

from bot.chat import actions as do
from bot.chat import citation
from bot.chat import made_of as made
from bot.chat.case_buttons import fill
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import Piece, b, i, lines, named, paragraphs, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import cards as say
from bot.chat.words import private as words
from bot.chat.words import times
from bot.domain.case import CaseStatus
from bot.domain.people import Zone
from bot.domain.reply import DraftState
from bot.services.views import DraftView, PrivateView

_LONGEST_CHOICE = 40
_STILL_HERE = {"locked", "queued", "failed"}
_HEADS: Mapping[DraftState, str] = {
    DraftState.WRITING: f"✏️ {words.WRITING}",
    DraftState.WAITING: f"⏳ {words.WAITING}",
    DraftState.APPROVED: f"✅ {say.APPROVED}",
    DraftState.POSTED: f"✅ {words.SENT}",
    DraftState.RETURNED: f"↩️ {say.RETURNED}",
    DraftState.REJECTED: f"⛔ {say.REJECTED}",
    DraftState.STALE: f"✏️ {words.NOT_SENT_YET}",
    DraftState.EXPIRED: f"⌛ {words.NOT_SENT_YET}",
    DraftState.DROPPED: words.NOT_SENT_YET,
}
_ANSWERABLE = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED, CaseStatus.ANSWERED})
_STEPS: Mapping[DraftState, str] = {
    DraftState.STALE: words.STEP_READ_FIRST,
    DraftState.RETURNED: words.STEP_AGAIN,
    DraftState.REJECTED: words.STEP_AGAIN,
    DraftState.EXPIRED: words.STEP_AGAIN,
    DraftState.DROPPED: words.STEP_AGAIN,
}
"""What the writer does with words that were not sent."""
_UNSENT: Mapping[str, str] = {"uncertain": words.UNSURE, "manual": words.BY_HAND}
_Block = tuple[Piece, ...]


def draw_private(view: DraftView, seen: PrivateView, zone: Zone, reader: str) -> Drawn:
    """For `reader` (a person id): the writer works on it, the other one reads and decides."""
    if reader not in seen.readers:
        return Drawn(render(lines((b(say.head(view.case.id)), " · ", words.NOT_FOR_YOU))), protect=True)
    decides = _decides(view, reader)
    head = f"📝 {words.TO_READ}" if decides else _HEADS[view.draft.state]
    if seen.doubt:
        head = f"⚠️ {words.UNSURE_HEAD}"
    blocks = (
        lines((b(head), " · ", say.head(view.case.id))),
        lines(*citation.in_full(seen.comment.comment, seen.earlier, view.now, zone)),
        _words(view, seen),
        _made(view),
        _remarks(view, seen),
        _ask(view, seen, zone, reader, decides=decides),
    )
    return Drawn(render(paragraphs(*blocks)), _keyboard(view, seen, reader, decides=decides), protect=True)


def _decides(view: DraftView, reader: str) -> bool:
    """Whether this reader has to say yes or no; an author only where nobody else is named."""
    if view.draft.state is not DraftState.WAITING:
        return False
    return reader not in view.draft.authors or _alone(view, reader)


def _alone(view: DraftView, reader: str) -> bool:
    readers = view.private.readers if view.private is not None else ()
    return view.alone and reader in view.draft.authors and set(readers) <= set(view.draft.authors)


def _words(view: DraftView, seen: PrivateView) -> _Block:
    """The exact words, whole: what is approved is what was read."""
    draft = view.draft
    if draft.state is DraftState.WRITING:
        text = seen.preview
        return lines(b(say.DRAFT), quote(text)) if text else _prepared(seen)
    gone = draft.state in {DraftState.APPROVED, DraftState.POSTED} or seen.doubt
    title = say.REPLY if gone else words.WILL_BE_SENT if draft.state is DraftState.WAITING else words.NOT_SENT
    return lines(b(title), quote(draft.text))


def _prepared(seen: PrivateView) -> _Block:
    usable = [one for one in seen.templates if one.suggestion.usability.ok]
    blocked = [
        i(f"{one.suggestion.template.title} ({say.BLOCKED_TEMPLATE}): {one.suggestion.reason}")
        for one in seen.templates
        if not one.suggestion.usability.ok
    ]
    numbered = (f"{at}. {one.suggestion.template.title}" for at, one in enumerate(usable, start=1))
    return lines(b(words.PREPARED if usable else words.OWN_WORDS), *numbered, *blocked)


def _made(view: DraftView) -> _Block:
    """Who wrote it; the second reader also learns what differs from the prepared words."""
    return () if view.draft.state is DraftState.WRITING else made.made_of(view)


def _remarks(view: DraftView, seen: PrivateView) -> _Block:
    """What keeps it back, and what to mind."""
    if view.draft.state not in {DraftState.WRITING, DraftState.WAITING}:
        return ()
    hints = (("💡 ", i(hint)) for hint in dict.fromkeys(view.hints))
    where = ("👁 ", i(words.IN_PUBLIC)) if seen.in_public else None
    return lines(*(f"⚠️ {reason}" for reason in seen.guard), *hints, where)


def _ask(view: DraftView, seen: PrivateView, zone: Zone, reader: str, *, decides: bool) -> _Block:
    """What this reader does now, or how it ended."""
    draft = view.draft
    until = times.moment(draft.expires_at, view.now, zone) if draft.expires_at else ""
    if decides:
        return lines(words.READ_WITH_CARE, words.valid_until(until) if until else None)
    if draft.state is DraftState.WRITING:
        return (b(say.NEXT), _step(seen))
    if draft.state is DraftState.WAITING:
        names = [named(view.names.get(person, person)) for person in seen.waiting_for]
        return lines(words.asked(names, until), (b(say.NEXT), words.STEP_WAIT))
    unsent = _UNSENT.get(seen.unsent) or say.UNSENT.get(seen.unsent)
    stale = draft.state is DraftState.STALE
    goes_on = reader in draft.authors and view.case.status in _ANSWERABLE
    step = _STEPS.get(draft.state) if goes_on else None
    if seen.doubt:
        return lines(words.NEW_WORDS_UNSURE, (b(say.NEXT), words.STEP_LOOK_FIRST) if step else None)
    ended = (words.NEW_WORDS,) if stale else made.ended(view, zone)
    return lines(ended, unsent, (b(say.NEXT), step) if step else None)


def _step(seen: PrivateView) -> str:
    if seen.open_slot is not None:
        return say.STEP_FILL + (seen.open_slot.ask or seen.open_slot.name)
    if seen.guard:
        return say.STEP_FIX
    return words.STEP_SUBMIT if seen.preview else words.STEP_WRITE


def _keyboard(view: DraftView, seen: PrivateView, reader: str, *, decides: bool) -> Keyboard:
    draft, case = view.draft, view.case
    if decides:
        yes = on.APPROVE_ALONE if _alone(view, reader) else on.APPROVE
        approve = Button(yes, do.ApproveDraft(draft.id, draft.version), tone=Tone.GO)
        return rows(approve, Button(on.RETURN, do.ReturnDraft(draft.id, draft.version)), width=1)
    if reader not in draft.authors:
        return NO_KEYBOARD
    if draft.state is DraftState.WRITING:
        return _writing(view, seen)
    if draft.state is DraftState.WAITING or seen.unsent in _STILL_HERE:
        return rows(Button(on.WITHDRAW, do.WithdrawDraft(case.id, case.version)))
    if case.status not in _ANSWERABLE or draft.state is DraftState.APPROVED:
        return NO_KEYBOARD
    text = f"💬 {words.MORE if draft.state is DraftState.POSTED else words.AGAIN}"
    return rows(Button(text, do.AnswerPrivately(case.id, case.version)))


def _writing(view: DraftView, seen: PrivateView) -> Keyboard:
    draft, case = view.draft, view.case
    drop = Button(on.DROP, do.WithdrawDraft(case.id, case.version))
    if seen.open_slot is not None:
        write = Button(on.WRITE, do.EditDraft(draft.id, draft.version))
        return (*fill(draft, seen.open_slot), *rows(write, drop))
    edit = Button(on.EDIT if seen.preview else on.WRITE, do.EditDraft(draft.id, draft.version))
    if not seen.preview:
        return (*_templates(view, seen), *rows(edit, drop))
    if seen.guard:
        return rows(edit, drop)
    submit = Button(on.SUBMIT, do.SubmitDraft(draft.id, draft.version), tone=Tone.GO)
    return (*rows(submit), *rows(edit, drop))


def _templates(view: DraftView, seen: PrivateView) -> Keyboard:
    usable = [one for one in seen.templates if one.suggestion.usability.ok]
    made_ = [
        Button(
            f"{at}. {one_line(one.suggestion.template.title, _LONGEST_CHOICE)}",
            do.PutTemplate(view.draft.id, view.draft.version, do.Short(one.short)),
        )
        for at, one in enumerate(usable, start=1)
    ]
    return rows(*made_, width=1)
