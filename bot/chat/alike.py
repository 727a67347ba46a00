"""On a case's card: how many say the same, what is only alike, and the buttons for both."""

from bot.chat import actions as do
from bot.chat import cluster_actions as go
from bot.chat.drawn import Button, Keyboard, rows
from bot.chat.render import Piece, i, lines, named
from bot.chat.words import cards as said
from bot.chat.words import clusters as say
from bot.chat.words import times
from bot.domain.case import OPEN, CaseStatus, Panel
from bot.domain.people import Zone
from bot.services.views import CaseView

_LINE = 80
_NAMED = 8
_Block = tuple[Piece, ...]


def told(view: CaseView, zone: Zone) -> _Block:
    """How many, who is still waiting, and what may belong here."""
    cluster, case = view.cluster, view.case
    found: list[str | None] = []
    tally = cluster.tally
    if tally is not None and tally.members:
        first = times.moment(tally.first, view.now, zone)
        found.append(say.tally(tally.comments, tally.accounts, tally.share, first, tally.peak))
        if tally.waiting and case.status not in OPEN:
            found.append(say.waiting(tally.waiting))
    if tally is not None and tally.denials:
        found.append(say.denials(tally.denials))
    if cluster.behind is not None:
        found.append(say.behind(cluster.behind))
    if case.status in {CaseStatus.NEW, CaseStatus.ASSIGNED}:
        found += [say.like(near.lead, near.share, near.why) for near in cluster.offers]
    return lines(*found)


def members(view: CaseView) -> _Block:
    """Those that joined last, each in one line."""
    if view.case.panel is not Panel.CLUSTER:
        return ()
    newest = [
        (f"{said.head(one.case)} · {round(one.share * 100)} % ", i(named(kept.comment.text, _LINE)))
        for one, kept in view.cluster.newest
    ]
    return lines(say.WHICH, *newest)


def which(cases: list[int]) -> str:
    """All of a few, the first of many."""
    return said.for_many(cases) if len(cases) <= 2 * _NAMED else say.for_cluster(cases, _NAMED)


def buttons(view: CaseView) -> Keyboard:
    """Under the main buttons of a case that waits."""
    case, cluster = view.case, view.cluster
    look = None
    if cluster.tally is not None and cluster.tally.members:
        look = Button(say.look(cluster.tally.comments), do.OpenPanel(case.id, case.version, Panel.CLUSTER))
    offered = (
        (
            Button(f"{say.JOIN}{said.head(near.lead)}", go.JoinCase(case.id, case.version, near.lead)),
            Button(f"{say.REFUSE}{said.head(near.lead)}", go.NotTheSame(case.id, case.version, near.lead)),
        )
        for near in cluster.offers
    )
    return (*rows(look), *offered)


def split_buttons(view: CaseView) -> list[Button]:
    case = view.case
    return [
        Button(f"{say.SPLIT}{said.head(one.case)}", go.SplitCase(case.id, case.version, one.case))
        for one, _ in view.cluster.newest
    ]


def after_the_answer(view: CaseView) -> Keyboard:
    """The answer for those who ask after it; a correction for all who have it."""
    case, tally = view.case, view.cluster.tally
    had_words = case.status in {CaseStatus.ANSWERED, CaseStatus.HANDED_OVER} and case.answered_at is not None
    if not had_words or tally is None or not tally.members:
        return ()
    rest = (
        Button(say.more(say.REST, tally.waiting), go.AnswerRest(case.id, case.version))
        if tally.waiting
        else None
    )
    if case.status is CaseStatus.HANDED_OVER:
        return rows(rest)
    return rows(rest, Button(say.CORRECT, go.CorrectAll(case.id, case.version)), width=1)


def for_all(view: CaseView) -> Button | None:
    """The same words for everybody who waits behind this card."""
    draft, tally = view.draft, view.cluster.tally
    if draft is None or tally is None or not tally.waiting:
        return None
    if len(draft.also) >= tally.waiting:
        return None
    return Button(say.more(say.ALL, tally.waiting + 1), do.AnswerTogether(draft.id, draft.version))
