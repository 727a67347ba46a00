"""The card on which a coordinator decides: the comment, the exact words, what differs, the source."""

from bot.chat import actions as do
from bot.chat import citation, drafting, private_draft, referral_glance
from bot.chat import made_of as made
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone
from bot.chat.render import Piece, b, i, lines, named, paragraphs, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import cards as say
from bot.chat.words import times
from bot.domain.people import Zone
from bot.domain.reply import Draft, DraftState
from bot.services.views import DraftView

_LINE = 100
_Block = tuple[Piece, ...]


def draw_draft(view: DraftView, zone: Zone, reader: str) -> Drawn:
    """The card in the private chat of `reader` (a person id), whose clock shows `zone`."""
    draft = view.draft
    if view.private is not None:
        return private_draft.draw_private(view, view.private, zone, reader)
    waiting = draft.state is DraftState.WAITING
    alone = view.alone and reader in draft.authors
    blocks = (
        lines(_head(view)),
        _comment(view, zone),
        # The whole text, always open: what is approved is what was read.
        lines(b(say.WILL_APPEAR if waiting else say.REPLY), quote(draft.text)),
        _also(view),
        made.made_of(view),
        lines(referral_glance.afterwards(draft)) if waiting else (),
        lines(*(("💡 ", i(hint)) for hint in dict.fromkeys(view.hints))) if waiting else (),
        lines(drafting.agreed(draft, view.names)),
        _until(view, zone, alone) if waiting else made.ended(view, zone),
    )
    asked = waiting and reader != draft.agreed_by
    return Drawn(render(paragraphs(*blocks)), _keyboard(draft, alone) if asked else NO_KEYBOARD, protect=True)


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
    others = [
        (f"{say.head(kept.case_id)} ", i(named(citation.without_numbers(kept.comment), _LINE)))
        for kept in view.others
    ]
    return lines(*(b(said) for said in shared), *others)


def _until(view: DraftView, zone: Zone, alone: bool) -> _Block:
    rows = [say.ALONE] if alone else []
    if view.draft.expires_at is not None:
        rows.append(say.valid_until(times.moment(view.draft.expires_at, view.now, zone)))
    return lines(*rows)


def _keyboard(draft: Draft, alone: bool) -> Keyboard:
    yes = on.APPROVE_ALONE if alone else on.APPROVE
    return (
        (Button(yes, do.ApproveDraft(draft.id, draft.version), tone=Tone.GO),),
        (
            Button(on.RETURN, do.ReturnDraft(draft.id, draft.version)),
            Button(on.REJECT, do.RejectDraft(draft.id, draft.version), tone=Tone.CAREFUL),
        ),
    )
