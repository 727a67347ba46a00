"""The report of a period, as a paper: how fast, how often, and which incidents; exercises apart."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.chat.report.paper import Block, Cell, Heading, Paper, Para, Table
from bot.chat.words import crisis, times
from bot.chat.words import report as say
from bot.domain.measure_tally import RuleCount
from bot.domain.metrics import Spread, spread
from bot.domain.people import Zone
from bot.services.views_report import Letterhead, PeriodReport, RunLine

_RUN_WIDTHS = (0.08, 0.25, 0.16, 0.13, 0.13, 0.13, 0.12)
_RULE_WIDTHS = (0.35, 0.13, 0.13, 0.13, 0.13, 0.13)
_MEASURE_WIDTHS = (0.4, 0.2, 0.2, 0.2)


def period_paper(report: PeriodReport, head: Letterhead) -> Paper:
    """The list is for whoever asks; the figures are for whoever answers for it."""
    since = times.date(report.since, head.zone)
    return Paper(
        agency=head.agency,
        kind=say.PERIOD_TITLE,
        title=say.period(since, times.last_day(report.until, head.zone)),
        facts=(),
        blocks=tuple(_blocks(report, head.zone)),
        footer=say.MADE.format(when=times.full(report.now, head.zone)),
        file=f"laporan-{report.since.astimezone(head.zone.tz):%Y-%m-%d}",
    )


def _blocks(report: PeriodReport, zone: Zone) -> Iterator[Block]:
    if report.own:
        yield Para(say.PERIOD_OWN, soft=True)
    if not report.real and not report.drills:
        yield Para(say.PERIOD_EMPTY)
    for title, runs in ((say.PERIOD_REAL, report.real), (say.PERIOD_DRILLS, report.drills)):
        if runs:
            yield Heading(f"{title} ({say.number(len(runs))})")
            yield _measures(runs)
            yield _runs(runs, zone)
    if report.real or report.drills:
        yield Para(say.MEASURE_NOTE, soft=True)
    if report.moderated:
        yield Heading(say.MODERATED)
        yield Table(say.MODERATED_HEAD, tuple(_moderated(one) for one in report.moderated), _RULE_WIDTHS)
        yield Para(say.MODERATED_NOTE, soft=True)


def _moderated(one: RuleCount) -> tuple[Cell, ...]:
    counts = (one.done, one.dry, one.refused, one.undone, one.failed)
    return (Cell(one.rule), *(Cell(say.number(count)) for count in counts))


def _measures(runs: Sequence[RunLine]) -> Table:
    rows = (
        (say.TO_ACK, spread(run.measures.to_ack for run in runs)),
        (say.TO_POST, spread(run.measures.to_post for run in runs)),
        (say.TO_CLOSE, spread(run.measures.to_close for run in runs)),
    )
    return Table(say.MEASURE_HEAD, tuple(_measure(name, found) for name, found in rows), _MEASURE_WIDTHS)


def _measure(name: str, found: Spread) -> tuple[Cell, ...]:
    every = found.happened + found.missing
    happened = say.happened_in(found.happened, every)
    return (Cell(name), Cell(_span(found.median)), Cell(_span(found.worst)), Cell(happened))


def _span(length: timedelta | None) -> str:
    return times.span(length) if length is not None else say.NONE


def _runs(runs: Sequence[RunLine], zone: Zone) -> Table:
    return Table(say.PERIOD_HEAD, tuple(_run(run, zone) for run in runs), _RUN_WIDTHS)


def _run(run: RunLine, zone: Zone) -> tuple[Cell, ...]:
    state, found = run.state, run.measures
    standing = say.OUTCOME[state.outcome] if state.outcome else say.PHASE[state.phase]
    comments = found.before_post + found.after_post
    opened = run.moments.opened_at
    return (
        Cell(crisis.run_number(state.incident.id)),
        Cell(f"{state.playbook.name} ({standing})"),
        Cell(f"{times.short_day(opened, zone)} {times.clock(opened, zone)}"),
        Cell(_span(found.to_ack)),
        Cell(_span(found.to_post)),
        Cell(_span(found.to_close)),
        Cell(say.number(comments)),
    )
