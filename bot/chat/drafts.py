"""The card on which a coordinator decides: the comment, the exact words, what differs, the source."""

from bot.chat import actions as do
from bot.chat import citation, drafting
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone
from bot.chat.render import Piece, b, i, lines, link, named, paragraphs, quote, render, s
from bot.chat.words import buttons as on
from bot.chat.words import cards as say
from bot.chat.words import names as called
from bot.chat.words import times
from bot.domain.people import Zone
from bot.domain.reply import Draft, DraftState
from bot.domain.template import Change
from bot.services.views import DraftView

_CHANGES_SHOWN = 6
_LINE = 100
_HOLE = "…"
"""How a free gap reads in the template as such."""
_AROUND = ".,;:!?()\"'“”"
"""What may stand right beside a gap: words are told apart by blanks."""
_Block = tuple[Piece, ...]


def draw_draft(view: DraftView, zone: Zone, reader: str) -> Drawn:
    """The card in the private chat of `reader` (a person id), whose clock shows `zone`."""
    draft = view.draft
    waiting = draft.state is DraftState.WAITING
    alone = view.alone and reader in draft.authors
    blocks = (
        lines(_head(view)),
        _comment(view, zone),
        # The whole text, always open: what is approved is what was read.
        lines(b(say.WILL_APPEAR if waiting else say.REPLY), quote(draft.text)),
        _also(view),
        _made_of(view),
        lines(*(("💡 ", i(hint)) for hint in dict.fromkeys(view.hints))) if waiting else (),
        _until(view, zone, alone) if waiting else _ended(view, zone),
    )
    return Drawn(
        render(paragraphs(*blocks)), _keyboard(draft, alone) if waiting else NO_KEYBOARD, protect=True
    )


def _head(view: DraftView) -> _Block:
    marks = {
        DraftState.WAITING: f"📝 {say.WANTED}",
        DraftState.APPROVED: f"✅ {say.APPROVED}",
        DraftState.POSTED: f"✅ {say.POSTED}",
        DraftState.RETURNED: f"↩️ {say.RETURNED}",
        DraftState.REJECTED: f"⛔ {say.REJECTED}",
    }
    return (b(marks.get(view.draft.state, say.NOT_NEEDED)), " · ", say.head(view.case.id))


def _comment(view: DraftView, zone: Zone) -> _Block:
    """Of a message about somebody's life, coordinators see no more than the group does."""
    if view.case.sensitive:
        return lines(say.REDACTED_WHY)
    return citation.in_short(view.comment.comment, view.now, zone)


def _also(view: DraftView) -> _Block:
    """Of one text for several comments: how many, which, and what each of the others says."""
    shared = drafting.shared(view.draft)
    others = [(f"{say.head(kept.case_id)} ", i(named(kept.comment.text, _LINE))) for kept in view.others]
    return lines(*(b(said) for said in shared), *others)


def _made_of(view: DraftView) -> _Block:
    """Whose words they are, from which template, and every word that is not the template's."""
    draft = view.draft
    authors = say.written_by([named(view.names.get(person, person)) for person in draft.authors])
    if not draft.template_id:
        return lines(f"{authors} {say.OWN_WORDS}")
    made = f"{authors} {say.from_template(view.template_title)}" if view.template_title else authors
    changes = view.changes[:_CHANGES_SHOWN]
    more = len(view.changes) - len(changes)
    return lines(
        made,
        b(say.CHANGES) if changes else i(say.NO_CHANGES),
        *(_change(change) for change in changes),
        i(say.more_changes(more)) if more else None,
        _source(view.source),
    )


def _change(change: Change) -> _Block:
    if change.removed.strip(_AROUND) == _HOLE:
        return (say.filled(change.added),)
    if not change.removed:
        return ("+ ", b(change.added))
    return ("− ", s(change.removed), " → ", b(change.added) if change.added else say.NOTHING)


def _source(source: str) -> _Block:
    return (say.SOURCE, link(source, source)) if source else ()


def _until(view: DraftView, zone: Zone, alone: bool) -> _Block:
    rows = [say.ALONE] if alone else []
    if view.draft.expires_at is not None:
        rows.append(say.valid_until(times.moment(view.draft.expires_at, view.now, zone)))
    return lines(*rows)


def _ended(view: DraftView, zone: Zone) -> _Block:
    """What became of it: who decided and when, or why nobody needs to any more."""
    draft = view.draft
    name = named(view.names.get(draft.decided_by, draft.decided_by)) if draft.decided_by else ""
    when = times.moment(draft.decided_at, view.now, zone) if draft.decided_at else ""
    if draft.approved_as is not None:
        said = say.decided(called.APPROVED_AS[draft.approved_as], name, when)
    elif draft.state in {DraftState.RETURNED, DraftState.REJECTED} and when:
        said = say.decided(say.RETURNED if draft.state is DraftState.RETURNED else say.REJECTED, name, when)
    else:
        said = say.draft_is(called.DRAFT_STATE[draft.state])
    return lines(said, (say.RETURN_NOTE, quote(draft.note)) if draft.note else None)


def _keyboard(draft: Draft, alone: bool) -> Keyboard:
    yes = on.APPROVE_ALONE if alone else on.APPROVE
    return (
        (Button(yes, do.ApproveDraft(draft.id, draft.version), tone=Tone.GO),),
        (
            Button(on.RETURN, do.ReturnDraft(draft.id, draft.version)),
            Button(on.REJECT, do.RejectDraft(draft.id, draft.version), tone=Tone.CAREFUL),
        ),
    )
