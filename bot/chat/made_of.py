"""What a draft is made of, and how it ended: whose words, from which template, decided by whom."""

from bot.chat.render import Piece, b, i, lines, link, named, quote, s
from bot.chat.words import cards as say
from bot.chat.words import names as called
from bot.chat.words import templates as say_templates
from bot.chat.words import times
from bot.domain.people import Zone
from bot.domain.reply import DraftState
from bot.domain.template import Change
from bot.services.views import DraftView

_CHANGES_SHOWN = 6
_HOLE = "…"
"""How a free gap reads in the template as such."""
_AROUND = ".,;:!?()\"'“”"
"""What may stand right beside a gap: words are told apart by blanks."""
_Block = tuple[Piece, ...]


def made_of(view: DraftView) -> _Block:
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
        *(_source(source) for source in dict.fromkeys((view.source, *view.more_sources))),
        *((say.BASIS, basis) for basis in view.bases),
        b(say_templates.WILL_REPEAT) if view.repeats and draft.state is DraftState.WAITING else None,
    )


def _change(change: Change) -> _Block:
    if change.removed.strip(_AROUND) == _HOLE:
        return (say.filled(change.added),)
    if not change.removed:
        return ("+ ", b(change.added))
    return ("− ", s(change.removed), " → ", b(change.added) if change.added else say.NOTHING)


def _source(source: str) -> _Block:
    return (say.SOURCE, link(source, source)) if source else ()


def ended(view: DraftView, zone: Zone) -> _Block:
    """What became of it: who decided and when, or why nobody needs to any more."""
    draft = view.draft
    name = named(view.names.get(draft.decided_by, draft.decided_by)) if draft.decided_by else ""
    when = times.moment(draft.decided_at, view.now, zone) if draft.decided_at else ""
    if draft.approved_as is not None:
        said = say.decided(called.APPROVED_AS[draft.approved_as], name, when)
    elif draft.state in {DraftState.RETURNED, DraftState.REJECTED} and when:
        said = say.decided(say.RETURNED if draft.state is DraftState.RETURNED else say.REJECTED, name, when)
    elif draft.state is DraftState.STALE and view.case.sensitive:
        said = say.TO_CARE
    else:
        said = say.draft_is(called.DRAFT_STATE[draft.state])
    return lines(said, (say.RETURN_NOTE, quote(draft.note)) if draft.note else None)
