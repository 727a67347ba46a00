"""The live card of a case in the triage group. Pure: view -> message."""

from collections.abc import Iterator

from bot.chat import (
    alike,
    case_buttons,
    citation,
    claim_glance,
    data_lines,
    drafting,
    moderation_glance,
    note_glance,
    referral_glance,
    sharing_glance,
)
from bot.chat.drawn import Drawn
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.words import cards as say
from bot.chat.words import names as called
from bot.chat.words import times
from bot.domain.case import OF_THE_WRITER, OPEN, Case, CaseStatus, Panel
from bot.domain.people import Zone
from bot.domain.priority import Urgency
from bot.domain.reply import DraftState
from bot.services.views import CaseView

_WORTH_MENTIONING = 600
"""Seconds that a case may wait before the card says so."""
_WEIGHED_SHOWN = 3
_RULES_SHOWN = 2
_Block = tuple[Piece, ...]


def draw_case(view: CaseView, zone: Zone) -> Drawn:
    """The card as it is now. Times in `zone`, the agency's.

    Not protected: the group copies words from it to check them, and nobody outside is in the group.
    """
    case = view.case
    if case.sensitive:
        return _redacted(view, zone)
    latest, earlier = moderation_glance.covered(view)
    blocks = (
        lines(_head(view), *citation.in_full(latest, earlier, view.now, zone)),
        lines(_labels(view), _unsure(view), _why(case), _waited(view, zone), _promised(view, zone)),
        lines(*_writer(view, zone)),
        claim_glance.said(view),
        data_lines.said(view.requests, view.names, view.now, zone),
        note_glance.said(view, zone),
        moderation_glance.said(view),
        alike.told(view, zone),
        alike.members(view) or referral_glance.panel(view) or sharing_glance.panel(view) or _panel(view),
        _writing(view),
        _status(view, zone),
        referral_glance.said(view),
        (say.DOUBT,) if view.doubt else (),
        _next_step(view),
    )
    return Drawn(
        render(paragraphs(*blocks)),
        case_buttons.keyboard(view),
        silent=case.priority.urgency > Urgency.HIGH,
    )


def _writer(view: CaseView, zone: Zone) -> Iterator[_Block]:
    """What else they wrote, while that helps whoever answers."""
    writer, case = view.writer, view.case
    if case.status not in OPEN:
        return
    if writer.waiting:
        yield (i(say.also_wrote(list(writer.waiting))),)
    if writer.history is not None:
        yield (i(say.wrote_before(writer.history, view.now, zone)),)


def _redacted(view: CaseView, zone: Zone) -> Drawn:
    case = view.case
    blocks = (
        lines(_head(view), say.came(case.opened_at, view.now, zone)),
        lines(say.REDACTED_WHY, b(say.REDACTED)),
        _redacted_step(view) if case.status in OPEN else _closed(view, zone),
    )
    return Drawn(render(paragraphs(*blocks)), case_buttons.keyboard(view), protect=True)


def _redacted_step(view: CaseView) -> _Block:
    """How far the named people are: the state, and no word of what they write."""
    if view.unsent:
        return (say.UNSENT.get(view.unsent, ""),)
    waits = view.draft is not None and view.draft.state is DraftState.WAITING
    step = _step(say.STEP_SECOND if waits else say.STEP_PENDAMPING)
    return lines(say.DOUBT if view.doubt else None, step)


def _head(view: CaseView) -> _Block:
    """Mark, number, and the one thing that matters: who has it, or how it ended."""
    case = view.case
    number = b(say.head(case.id))
    if case.status not in OPEN or case.status is CaseStatus.SNOOZED:
        return (f"{called.STATUS_MARK[case.status]} ", number, " · ", b(called.STATUS[case.status]))
    urgency = case.priority.urgency
    who = sharing_glance.who(view)
    if case.status is CaseStatus.DRAFTED:
        who = called.STATUS[case.status].lower()
    return (f"{called.URGENCY_MARK[urgency]} ", number, " · ", b(called.URGENCY[urgency]), f" · {who}")


def _labels(view: CaseView) -> _Block:
    """The certain labels; while the case is judged, each with how sure and which words weighed."""
    verdict = view.case.verdict
    if verdict.error:
        return (say.UNREAD,)
    if not verdict.labels:
        return () if verdict.unsure else (i(say.NO_LABEL),)
    if not _is_judged(view.case):
        return (i(", ".join(called.label(code) for code in verdict.labels)),)
    surest = sorted(verdict.labels, key=lambda code: -(verdict.score(code) or 1.0))
    return lines(*(_label(view, code) for code in surest))


def _label(view: CaseView, code: str) -> _Block:
    verdict = view.case.verdict
    reasons = [word for label, word in verdict.reasons if label == code and word]
    words = dict.fromkeys(named(word, 24) for word in reasons if moderation_glance.may_be_named(view, word))
    fired = [rule for label, rule in verdict.rules if label == code]
    weighed = say.weighed(list(words)[:_WEIGHED_SHOWN], fired[:_RULES_SHOWN])
    return (b(say.label_with(code, verdict.score(code))), weighed)


def _unsure(view: CaseView) -> _Block:
    verdict = view.case.verdict
    if not verdict.unsure or not _is_judged(view.case):
        return ()
    guesses = ", ".join(say.label_with(code, verdict.score(code)) for code in verdict.unsure)
    return (i(say.UNSURE + guesses),)


def _is_judged(case: Case) -> bool:
    """Whether people are still making up their minds about it; later the details would only be in the way."""
    return case.status in OPEN and case.panel not in OF_THE_WRITER


def _why(case: Case) -> _Block:
    """Why it is urgent, where the labels alone do not say it."""
    if not _is_judged(case):
        return ()
    urgency = called.URGENCY[case.priority.urgency].lower()
    routine = case.priority.urgency > Urgency.HIGH
    reasons = [
        said
        for code in case.priority.reasons
        if (said := say.reason(code)) and said != urgency and not (routine and code.startswith("label:"))
    ]
    return (say.because(urgency, reasons),) if reasons else ()


def _panel(view: CaseView) -> _Block:
    """What belongs to the open set of buttons."""
    said = {
        Panel.LABEL: say.PICK_LABELS,
        Panel.SNOOZE: say.PICK_SNOOZE,
        Panel.CLOSE: say.PICK_CLOSE,
        Panel.ESCALATE: say.PICK_PLAYBOOK if view.playbooks else say.NO_PLAYBOOK,
    }.get(view.case.panel)
    if said is not None:
        return (said,)
    if view.case.panel is Panel.REPLY:
        return drafting.choices(view)
    if view.case.panel is Panel.SNIPPET:
        return drafting.to_join(view)
    return drafting.preview(view)


def _writing(view: CaseView) -> _Block:
    """Whoever looks at the card while somebody writes, or has it open, is told, and leaves it to them."""
    case = view.case
    if case.status not in OPEN:
        return ()
    if case.panel in OF_THE_WRITER:
        return (say.writing(_name(view, case.assignee)),) if case.assignee is not None else ()
    looks = case.panel is not Panel.MAIN and case.panel_by is not None
    return (i(say.looking(_name(view, case.panel_by))),) if looks else ()


def _status(view: CaseView, zone: Zone) -> _Block:
    """How the case stands beyond what the head says."""
    case = view.case
    if case.status in OPEN and case.status is not CaseStatus.SNOOZED:
        return (
            drafting.progress(view, zone)
            if case.status is CaseStatus.DRAFTED
            else drafting.elsewhere(view) or drafting.came_back(view, zone)
        )
    if case.status is CaseStatus.SNOOZED and case.snoozed_until is not None:
        return (say.snoozed(times.moment(case.snoozed_until, view.now, zone), _name(view, case.assignee)),)
    if case.status is CaseStatus.ANSWERED:
        return drafting.answered(view, zone)
    if case.status is CaseStatus.MERGED and case.merged_into is not None:
        return (say.merged(case.merged_into),)
    return lines(_closed(view, zone), drafting.answered(view, zone))


def _closed(view: CaseView, zone: Zone) -> _Block:
    case = view.case
    if case.close_reason is None:
        return ()
    when = times.moment(case.updated_at, view.now, zone)
    return (say.closed(called.CLOSE_REASON[case.close_reason], _name(view, case.closed_by), when),)


def _waited(view: CaseView, zone: Zone) -> _Block:
    if view.age.total_seconds() < _WORTH_MENTIONING or view.case.status not in OPEN:
        return ()
    return (i(say.waiting(view.case.opened_at, view.now, zone)),)


def _promised(view: CaseView, zone: Zone) -> _Block:
    """Until when the citizen was to have a first answer."""
    due = view.case.due_at
    if due is None or view.case.status not in OPEN:
        return ()
    when = times.moment(due, view.now, zone)
    return (b(f"{say.LATE}{when}"),) if due <= view.now else (i(f"{say.DUE}{when}"),)


def _next_step(view: CaseView) -> _Block:
    case = view.case
    if case.status is CaseStatus.NEW and case.panel is Panel.MAIN:
        return _step(say.STEP_TAKE)
    if case.panel is Panel.WRITING:
        return _step(drafting.next_step(view))
    if case.status is CaseStatus.ASSIGNED and case.panel is Panel.MAIN:
        if drafting.elsewhere(view):
            return _step(say.STEP_OTHER_CARD)
        return _step(say.STEP_AGAIN if drafting.is_back(view) else say.STEP_LOOK)
    if case.status is CaseStatus.DRAFTED:
        sending = view.draft is not None and view.draft.state is DraftState.APPROVED
        return () if view.unsent else _step(say.STEP_SENDING if sending else say.STEP_WAIT)
    return ()


def _step(said: str) -> _Block:
    return (b(say.NEXT), said)


def _name(view: CaseView, person: str | None) -> str:
    return named(view.names.get(person, person)) if person else ""
