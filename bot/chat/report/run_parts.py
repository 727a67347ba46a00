"""The parts of a crisis report: story, public words, checklists, review, law, evidence, chain."""

from collections.abc import Iterator, Mapping

from bot.chat.report.paper import (
    Block,
    Cell,
    FactList,
    Facts,
    Para,
    StoryLine,
    Table,
    Tick,
    TickList,
    Words,
)
from bot.chat.telling import told
from bot.chat.words import names, times
from bot.chat.words import report as say
from bot.chat.words import review as review_words
from bot.chat.words.steps import channel
from bot.chat.words.story import Teller, story
from bot.domain.metrics import ACKED, CLOSED, HELD, POSTED
from bot.domain.people import Zone
from bot.domain.playbook import Step
from bot.domain.run_clocks import due_of
from bot.domain.run_types import What
from bot.domain.step_run import CHOICE, StepRun
from bot.domain.steps import Ask, Checklist, Field, Request
from bot.services.ports import TimelineLine
from bot.services.views_report import Evidence, RunReport, Said

_KEY = ACKED | HELD | POSTED | CLOSED | {What.OPENED, What.REOPENED, What.EXHAUSTED}
_SHOWABLE = {
    *("channel", "choice", "clock", "needed", "playbook", "run", "to"),
    *("attempt", "by", "count", "due_at", "epoch", "former", "item", "items", "left", "level", "owner"),
    *("people", "person", "round", "seconds", "severity", "since", "step", "target", "times", "until"),
}
"""What the machine wrote into a line of the story. All else may be somebody's words."""
_WIDTHS = (0.07, 0.13, 0.12, 0.42, 0.26)


def story_lines(report: RunReport, zone: Zone) -> Iterator[StoryLine]:
    """What happened, with the day where it changes."""
    day = ""
    for line in told(report.timeline):
        today = times.day(line.at, zone)
        teller = Teller(report.names, zone, line.at, report.state.playbook)
        sentence = story(line.what, _params(report, line), teller)
        yield StoryLine(
            times.short(line.at, zone), sentence, "" if today == day else today, line.what in _KEY
        )
        day = today


def _params(report: RunReport, line: TimelineLine) -> Mapping[str, object]:
    if not report.hidden:
        return line.params
    return {name: value if name in _SHOWABLE else say.HIDDEN for name, value in line.params.items()}


def said(report: RunReport, zone: Zone) -> Iterator[Block]:
    """Every approved word that stands outside."""
    if not report.said:
        yield Para(say.NOTHING_SAID, soft=True)
    for one in report.said:
        yield Words(one.text or say.PRIVATE_WORDS, tuple(_facts_of(report, one, zone)), one.link)


def _facts_of(report: RunReport, one: Said, zone: Zone) -> Iterator[tuple[str, str]]:
    where = say.answers(one.answered) if one.answered else channel(one.channel)
    yield say.POSTED_AT, f"{times.full(one.at, zone)}{f', {where}' if where else ''}"
    yield say.WRITTEN_BY, _listed(report, one.authors)
    approved = times.clock(one.approved_at, zone) if one.approved_at else ""
    yield say.APPROVED_BY, say.ALONE if one.alone else say.approvers(_listed(report, one.approvers), approved)
    yield say.TEMPLATE, one.source or say.OWN_WORDS
    yield say.FINGERPRINT, one.sha256


def _listed(report: RunReport, people: tuple[str, ...] | tuple[object, ...]) -> str:
    return names.listed([report.names.get(str(person), str(person)) for person in people])


def checklists(report: RunReport, zone: Zone) -> Iterator[Block]:
    """Every item, with who ticked it and when."""
    lists = [(step, step.uses) for step in report.state.playbook.steps if isinstance(step.uses, Checklist)]
    if not lists:
        yield Para(say.NO_CHECKLIST, soft=True)
    for step, uses in lists:
        run = report.state.step_run(step.id) or StepRun(step.id)
        yield TickList(step.name, tuple(_ticks(report, uses, run, zone)))


def _ticks(report: RunReport, uses: Checklist, run: StepRun, zone: Zone) -> Iterator[Tick]:
    for item in uses.items:
        tick = run.tick_of(item.id)
        if tick is not None:
            who = report.names.get(tick.person, tick.person)
            yield Tick(
                True, item.text, f"{who}, {times.short_day(tick.at, zone)} {times.clock(tick.at, zone)}"
            )
        else:
            yield Tick(False, item.text, say.OPTIONAL if item.optional else say.OPEN_ITEM)


def answered(report: RunReport) -> Iterator[Block]:
    """What people answered to the questions and data requests of the playbook."""
    for step in report.state.playbook.steps:
        run = report.state.step_run(step.id)
        if run is None or not run.answers or not isinstance(step.uses, Ask | Request):
            continue
        who = report.names.get(run.by, run.by) if run.by else ""
        yield Para(f"{step.name} ({who})" if who else step.name)
        yield FactList(tuple(_answers(run, step.uses, hidden=report.hidden)))


def _answers(run: StepRun, uses: Ask | Request, *, hidden: bool) -> Iterator[tuple[str, str]]:
    fields: Mapping[str, Field] = {field.id: field for field in uses.fields}
    choices = dict(uses.choices) if isinstance(uses, Ask) else {}
    for name, value in run.answers:
        if name == CHOICE:
            yield say.CHOSEN, choices.get(value, value)
        else:
            known = fields.get(name)
            asked = known.ask if known is not None and known.ask else name.replace("_", " ")
            yield asked, say.HIDDEN if hidden else value or say.NOT_FILLED


def clocks(report: RunReport, zone: Zone) -> Iterator[Block]:
    """Limits set by law: when each ends, and whether it was kept."""
    rows = []
    for clock in report.state.playbook.clocks:
        met = _told(report, What.CLOCK_MET, clock.id)
        due = due_of(report.state, clock)
        kept = say.clock_met(times.full(met.at, zone)) if met else say.CLOCK_OPEN
        late = due < (met.at if met else report.now)
        rows.append((clock.name, f"{times.full(due, zone)}; {kept}{say.CLOCK_LATE if late else ''}"))
    if rows:
        yield FactList(tuple(rows))


def _told(report: RunReport, what: What, clock: str) -> TimelineLine | None:
    lines = (line for line in report.timeline if line.what == what and line.params.get("clock") == clock)
    return next(lines, None)


def review(report: RunReport, zone: Zone) -> Iterator[Block]:
    """What people wrote afterwards."""
    if not report.answers:
        yield Para(say.REVIEW_OPEN, soft=True)
    elif report.hidden:
        yield Para(say.REVIEW_HIDDEN.format(count=len(report.answers)), soft=True)
    else:
        for one in report.answers:
            who = report.names.get(one.person, one.person)
            facts: Facts = ((who, times.full(one.at, zone)),)
            yield Para(review_words.question(one.question))
            yield Words(one.text, facts)


def basis(report: RunReport) -> Iterator[Block]:
    """The references that the playbook names, and the steps that stand on them."""
    playbook = report.state.playbook
    if not playbook.basis:
        yield Para(say.NO_BASIS, soft=True)
        return
    yield FactList(tuple((text, _steps(playbook.steps, key)) for key, text in playbook.basis.items()))
    yield Para(say.BASIS_NOTE, soft=True)


def _steps(steps: tuple[Step, ...], key: str) -> str:
    return ", ".join(step.name for step in steps if step.basis == key)


def evidence(report: RunReport, zone: Zone) -> Iterator[Block]:
    """What was kept, with hashes."""
    found = report.evidence
    if not found.total:
        yield Para(say.NO_COMMENTS, soft=True)
        return
    if not report.hidden:
        yield Para(say.EVIDENCE_NOTE, soft=True)
    if found.changed:
        yield Para(say.evidence_changed(found.changed), loud=True)
    yield Table(say.EVIDENCE_HEAD, tuple(_row(one, zone) for one in found.shown), _WIDTHS, lead=3)
    if found.total > len(found.shown):
        yield Para(say.evidence_more(found.total - len(found.shown), f"K-{report.state.incident.id}"))
    yield FactList(((say.EVIDENCE_SUM, found.sha256),))


def _row(one: Evidence, zone: Zone) -> tuple[Cell, ...]:
    text = say.HIDDEN if one.hidden else one.text or say.NO_TEXT
    holds = say.HOLDS if one.holds else say.CHANGED
    return (
        Cell(str(one.id)),
        Cell(f"{times.short_day(one.written_at, zone)} {times.short(one.written_at, zone)}", link=one.link),
        Cell(say.HIDDEN if one.hidden else say.writer(one.writer)),
        Cell(text),
        Cell(f"{one.sha256} {holds}", code=True, loud=not one.holds),
    )


def chain(report: RunReport, zone: Zone) -> Iterator[Block]:
    """Whether the journal holds, and its last hash, for comparing with a witness outside."""
    found = report.chain
    if found.broken is not None:
        yield Para(say.CHAIN_BROKEN.format(broken=found.broken, lines=say.number(found.lines)), loud=True)
    else:
        yield Para(say.CHAIN_HOLDS.format(lines=say.number(found.lines)))
    if found.head is not None:
        yield FactList(
            ((say.CHAIN_LAST, found.head.hash), (say.CHAIN_LAST_AT, times.full(found.head.at, zone)))
        )
