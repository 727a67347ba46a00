"""The crisis report of one run, as a paper."""

from collections.abc import Iterator
from datetime import datetime

from bot.chat.report import run_parts as parts
from bot.chat.report.paper import (
    Block,
    Chart,
    Facts,
    Figure,
    Figures,
    Heading,
    Mark,
    Paper,
    Para,
    Story,
)
from bot.chat.words import crisis, times
from bot.chat.words import report as say
from bot.chat.words.story import because
from bot.domain.metrics import CLOSED
from bot.domain.people import Zone
from bot.domain.run_types import What
from bot.services.views_report import Letterhead, RunReport


def run_paper(report: RunReport, head: Letterhead) -> Paper:
    """Everything that is kept of a run, in the order in which people ask for it."""
    state = report.state
    number = crisis.run_number(state.incident.id)
    return Paper(
        agency=head.agency,
        kind=say.DRILL_TITLE if report.drill else say.RUN_TITLE,
        title=state.playbook.name,
        facts=_facts(report, head),
        blocks=tuple(_blocks(report, head)),
        footer=say.MADE.format(when=times.full(report.now, head.zone)),
        file=f"laporan-{number}" + ("-latihan" if report.drill else ""),
        mark=say.DRILL if report.drill else "",
        mark_note=say.DRILL_NOTE if report.drill else "",
    )


def _blocks(report: RunReport, head: Letterhead) -> Iterator[Block]:
    if report.hidden:
        yield Para(say.HIDDEN_NOTE, loud=True)
    yield Heading(say.SUMMARY)
    yield from (Para(sentence) for sentence in summary(report, head))
    yield _figures(report)
    yield Heading(say.PLOT)
    yield _chart(report, head) if report.evidence.total else Para(say.NO_COMMENTS, soft=True)
    yield Heading(say.STORY)
    yield Para(say.OF_TIME.format(zone=head.zone), soft=True)
    yield Story(tuple(parts.story_lines(report, head.zone)))
    yield Heading(say.WOULD_SAY if report.drill else say.SAID)
    yield from parts.said(report, head.zone)
    if answers := tuple(parts.answered(report)):
        yield Heading(say.ANSWERED)
        yield from answers
    yield Heading(say.CHECKLIST)
    yield from parts.checklists(report, head.zone)
    yield Heading(say.REVIEW)
    yield from parts.review(report, head.zone)
    yield Heading(say.BASIS)
    yield from parts.basis(report)
    yield from parts.clocks(report, head.zone)
    yield Heading(say.EVIDENCE)
    yield from parts.evidence(report, head.zone)
    yield Heading(say.CHAIN)
    yield from parts.chain(report, head.zone)
    if not report.hidden:
        yield Para(say.LEAVES, soft=True)


def _facts(report: RunReport, head: Letterhead) -> Facts:
    state, moments, zone = report.state, report.moments, head.zone
    opener = state.incident.opened_by
    standing = say.OUTCOME[state.outcome] if state.outcome else say.PHASE[state.phase]
    return (
        (say.NUMBER, crisis.run_number(state.incident.id)),
        (say.PLAYBOOK, f"{state.playbook.id} versi {state.playbook.version}"),
        (say.SEVERITY, str(state.severity)),
        (say.STANDING, standing),
        (say.OPENED, _by(moments.opened_at, _name(report, opener) if opener else say.BY_ITSELF, zone)),
        (say.ACKED, _by(moments.acked_at, _who(report, What.ACKED), zone)),
        (say.CLOSED, _by(moments.closed_at, _closer(report), zone)),
        (say.DEFINITION, state.playbook.sha256),
    )


def _by(at: datetime | None, who: str, zone: Zone) -> str:
    if at is None:
        return say.NOBODY
    return f"{times.full(at, zone)}, {who}" if who else times.full(at, zone)


def _name(report: RunReport, person: object) -> str:
    return report.names.get(str(person), str(person))


def _who(report: RunReport, what: What) -> str:
    """Who did it first, as the story tells."""
    line = next((line for line in report.timeline if line.what == what), None)
    return _name(report, line.params["person"]) if line is not None and "person" in line.params else ""


def _closer(report: RunReport) -> str:
    """Of the last closing."""
    closings = [line for line in report.timeline if line.what in CLOSED]
    return _name(report, closings[-1].params.get("person", "")) if closings else ""


def summary(report: RunReport, head: Letterhead) -> tuple[str, str, str]:
    """Three sentences for whoever reads no further."""
    state, moments, found = report.state, report.moments, report.measures
    opener = state.incident.opened_by
    over = moments.closed_at is not None
    total = report.evidence.total
    first = say.opened(
        state.playbook.name,
        times.full(moments.opened_at, head.zone),
        _name(report, opener) if opener else "",
        "" if report.hidden else because(state.incident.reason),
    )
    second = say.answered(
        _who(report, What.ACKED), found.to_ack, found.to_post, over=over, private=report.hidden
    )
    if moments.closed_at is None or found.to_close is None:
        return first, second, say.going_on(say.PHASE[state.phase], total)
    outcome = say.OUTCOME[state.outcome] if state.outcome else say.PHASE[state.phase]
    ended = times.full(moments.closed_at, head.zone)
    return first, second, say.closed(_closer(report), ended, found.to_close, outcome, total)


def _figures(report: RunReport) -> Figures:
    """Those that the playbook's review asks for; all of them where it names none."""
    review = report.state.playbook.review
    wanted = frozenset(review.metrics) if review is not None else frozenset[str]()
    return Figures(
        tuple(figure for names, figure in _measured(report) if not wanted or not wanted.isdisjoint(names))
    )


def _measured(report: RunReport) -> Iterator[tuple[frozenset[str], Figure]]:
    """Every figure, with the names under which a playbook asks for it."""
    found, over = report.measures, report.moments.closed_at is not None
    missing = say.NEVER if over else say.NOT_YET
    post = say.IN_CARE if report.hidden else say.TO_POST
    for name, title, value, without in (
        ("time_to_ack", say.TO_ACK, found.to_ack, missing),
        ("time_to_first_correct_post", post, found.to_post, missing),
        ("time_to_resolve", say.TO_CLOSE, found.to_close, say.NOT_YET),
    ):
        yield frozenset({name}), Figure(title, times.span(value) if value is not None else without)
    split = say.split(found.before_post, found.after_post) if found.to_post is not None else ""
    comments = Figure(say.COMMENTS, say.number(report.evidence.total), split)
    yield frozenset({"comments_before_post", "comments_after_post"}), comments


def _chart(report: RunReport, head: Letterhead) -> Chart:
    moments = report.moments
    marked = (
        (moments.opened_at, say.MARK_OPEN),
        (moments.acked_at, say.MARK_ACK),
        (moments.held_at, say.MARK_HELD),
        (moments.posted_at, say.MARK_CARE if report.hidden else say.MARK_POST),
        (moments.closed_at, say.MARK_CLOSE),
    )
    marks = tuple(Mark(at, f"{text} {times.clock(at, head.zone)}") for at, text in marked if at is not None)
    return Chart(
        say.per_step(report.series.minutes),
        report.series,
        marks,
        head.zone,
        moments.posted_at,
        say.BEFORE if moments.posted_at else "",
        say.AFTER if moments.posted_at else "",
    )
