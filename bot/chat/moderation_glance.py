"""What moderation says, and covers, on the card of a case."""

from dataclasses import replace

from bot.chat import moderation_actions as do
from bot.chat.drawn import Button
from bot.chat.render import Piece
from bot.chat.words import moderation as say
from bot.domain.case import OPEN, CaseStatus, Panel
from bot.domain.comment import Comment, KeptComment
from bot.services.views import CaseView

_WORKED_ON = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED})


def covered(view: CaseView) -> tuple[Comment, tuple[KeptComment, ...]]:
    """The comments as the card may show them: personal data in public is not shown once more."""
    latest = _as_shown(view, view.comment).comment
    return latest, tuple(_as_shown(view, one) for one in view.earlier)


def _as_shown(view: CaseView, kept: KeptComment) -> KeptComment:
    text = (view.watched.masked or {}).get(kept.id, kept.comment.text)
    if view.watched.hidden:
        text = say.HIDDEN
    return replace(kept, comment=replace(kept.comment, text=text))


def may_be_named(view: CaseView, word: str) -> bool:
    """Whether a word that weighed may stand there: not one that is covered."""
    if view.watched.hidden:
        return False
    shown = (view.watched.masked or {}).get(view.comment.id)
    whole = view.comment.comment.text.lower()
    return shown is None or word.lower() not in whole or word.lower() in shown.lower()


def said(view: CaseView) -> tuple[Piece, ...]:
    """How its last measure stands, or that personal data stands there."""
    last = view.watched.measure
    if last is not None:
        return (say.on_case(last.id, last.remedy, last.days, last.state, dry=last.dry),)
    if view.watched.data and view.watched.offered and view.case.status in OPEN:
        return (say.exposed(view.watched.data),)
    return ()


def moving(view: CaseView) -> Button | None:
    """Personal data: one press to the proposal."""
    last = view.watched.measure
    if not view.watched.data or not _offered(view) or last is not None:
        return None
    return Button(say.MOVE_NOW, do.MoveToPrivate(view.case.id, view.case.version))


def button(view: CaseView) -> Button | None:
    """Beside 🚨 Eskalasi."""
    if not _offered(view):
        return None
    return Button(say.OPEN, do.OpenMeasure(view.case.id, view.case.version))


def _offered(view: CaseView) -> bool:
    on_it = view.case.panel is Panel.MAIN and view.case.status in _WORKED_ON
    return view.watched.offered and on_it and not view.case.sensitive
