"""On a case's card: how many say the same, what is only alike, and the buttons for both."""

from bot.chat import actions as do
from bot.chat import cluster_actions as go
from bot.chat.drawn import Button, Keyboard, Tone, rows
from bot.chat.render import Piece, i, lines, named
from bot.chat.search_actions import ManyAlike
from bot.chat.words import bulk as many
from bot.chat.words import buttons as on
from bot.chat.words import cards as said
from bot.chat.words import clusters as say
from bot.chat.words import names as called
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
        found += _answers(view)
    repeats = cluster.repeats
    if repeats.given or repeats.stopped is not None:
        by = named(view.names.get(repeats.stopped, repeats.stopped)) if repeats.stopped is not None else ""
        found.append(say.repeated(repeats.given, by))
    if tally is not None and tally.denials:
        found.append(say.denials(tally.denials))
    if cluster.behind is not None:
        found.append(say.behind(cluster.behind))
    if case.status in {CaseStatus.NEW, CaseStatus.ASSIGNED}:
        found += [say.like(near.lead, near.share, near.why) for near in cluster.offers]
    return lines(*found)


def _answers(view: CaseView) -> list[str | None]:
    """Where the words on this card stand with all the others, and what a correction would do."""
    cluster, case = view.cluster, view.case
    found: list[str | None] = [
        say.leaving(cluster.leaving) if cluster.leaving else None,
        say.asked(cluster.asked) if cluster.asked else None,
    ]
    if case.status is CaseStatus.ANSWERED:
        found.append(say.outdated(cluster.outdated) if cluster.outdated else None)
        if case.panel is Panel.CORRECT:
            found.append(
                say.correct_question(cluster.given + 1, cluster.leaving + cluster.asked, cluster.most)
            )
    return found


def members(view: CaseView) -> _Block:
    """Those that joined last, each in one line."""
    if view.case.panel is not Panel.CLUSTER:
        return ()
    newest = [
        (f"{said.head(one.case)} · {called.percent(one.share)} ", i(named(kept.comment.text, _LINE)))
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


def for_many(view: CaseView) -> Keyboard:
    """One act on all of them."""
    at = (view.case.id, view.case.version)
    return rows(
        Button(many.CLOSE_ALL, ManyAlike(*at, Panel.CLOSE)),
        Button(many.LABEL_ALL, ManyAlike(*at, Panel.LABEL)),
    )


def after_the_answer(view: CaseView) -> Keyboard:
    """The answer for those who ask after it; a correction for all who have it."""
    case, cluster = view.case, view.cluster
    had_words = case.status in {CaseStatus.ANSWERED, CaseStatus.HANDED_OVER} and case.answered_at is not None
    if not had_words or cluster.tally is None or not cluster.tally.members:
        return ()
    at = (case.id, case.version)
    free = min(cluster.free, cluster.most)
    rest = Button(say.more(say.REST, free, cluster.free), go.AnswerRest(*at)) if free else None
    if case.status is CaseStatus.HANDED_OVER:
        return rows(stop(view), rest, width=1)
    if case.panel is Panel.CORRECT:
        opened = min(cluster.given, cluster.most) + 1
        yes = Button(say.more(say.CORRECT_NOW, opened), go.CorrectAll(*at), tone=Tone.CAREFUL)
        return rows(yes, Button(on.BACK, do.BackToCard(*at)))
    old = min(cluster.outdated, cluster.most)
    further = Button(say.more(say.CORRECT_REST, old, cluster.outdated), go.CorrectRest(*at)) if old else None
    correct = Button(say.CORRECT, do.OpenPanel(*at, Panel.CORRECT))
    return rows(stop(view) or _quiet(view), rest, further, correct, width=1)


def _quiet(view: CaseView) -> Button | None:
    """The bot goes on giving this answer by itself; while words leave, ✋ ends that too."""
    repeats = view.cluster.repeats
    if not repeats.given or repeats.stopped is not None:
        return None
    return Button(say.QUIET, go.StopRepeating(view.case.id, view.case.version))


def undo(view: CaseView) -> Button | None:
    """While a correction that was just begun may be taken back."""
    begun, case = view.cluster.begun, view.case
    if begun is None or not begun.may_end(view.now):
        return None
    return Button(say.UNDO, go.UndoCorrect(case.id, case.version))


def stop(view: CaseView) -> Button | None:
    """While approved words still leave for many."""
    case, leaving = view.case, view.cluster.leaving
    if not leaving:
        return None
    return Button(say.more(say.STOP, leaving), go.StopSending(case.id, case.version), tone=Tone.CAREFUL)


def for_all(view: CaseView) -> Button | None:
    """The same words for everybody who waits behind this card, as many as one approval may list."""
    draft, cluster = view.draft, view.cluster
    if draft is None or cluster.tally is None:
        return None
    more = min(cluster.free, cluster.most - len(draft.also))
    if more <= 0:
        return None
    there = len(draft.targets)
    label = say.more(say.ALL, there + more, there + cluster.free)
    return Button(label, do.AnswerTogether(draft.id, draft.version))
