"""A checked playbook file as the domain's definition."""

from hashlib import sha256

from bot.domain.playbook import (
    Clock,
    Concurrency,
    Drill,
    Ladder,
    Level,
    Playbook,
    Resolve,
    Review,
)
from bot.domain.trigger import (
    BurstTrigger,
    CommentTrigger,
    EventTrigger,
    HeartbeatTrigger,
    ScheduleTrigger,
    Triggers,
)
from bot.files.sections_playbook import ClockRow, DrillRow, EscalateRow, PlaybookFile, ReviewRow
from bot.files.sections_trigger import OnRow


def playbook_of(file: PlaybookFile, data: bytes) -> Playbook:
    """One playbook of the domain; `data` is what its sha256 is taken of."""
    return Playbook(
        id=file.id,
        version=file.version,
        name=file.name,
        summary=file.summary,
        severity=file.severity,
        owner=file.owner,
        triggers=_triggers(file.on),
        ladder=_ladder(file.escalate),
        resolve=Resolve(file.resolve.confirm_by, file.resolve.reopen_within, file.resolve.when),
        sha256=sha256(data).hexdigest(),
        source_text=data.decode("utf-8-sig"),
        steps=tuple(row.step() for row in file.steps),
        concurrency=Concurrency(file.concurrency.group, file.concurrency.on_repeat),
        review_every=file.review_every,
        basis=file.basis,
        sensitive=file.sensitive,
        private_to=file.private_to,
        clocks=tuple(_clock(row) for row in file.clocks),
        review=_review(file.review),
        drill=_drill(file.drill),
        reviewed=file.reviewed,
    )


def _triggers(on: OnRow) -> Triggers:
    comment, burst, silent = on.comment, on.burst, on.heartbeat
    return Triggers(
        CommentTrigger(comment.label, comment.topics, comment.min_confidence) if comment else None,
        BurstTrigger(burst.label, burst.count, burst.within, burst.topics, burst.group_by) if burst else None,
        on.manual,
        tuple(
            ScheduleTrigger(row.at, frozenset(map(int, row.days or ())), row.day_of_month)
            for row in on.schedule
        ),
        HeartbeatTrigger(silent.connector, silent.silent_for) if silent else None,
        tuple(EventTrigger(row.source, row.kind or "", tuple(row.where.items())) for row in on.event),
    )


def _ladder(row: EscalateRow) -> Ladder:
    levels = tuple(Level(level.page, level.ack_within, level.via) for level in row.levels)
    return Ladder(levels, row.exhausted, row.repeat, row.ack_lease, row.working_hours)


def _clock(row: ClockRow) -> Clock:
    return Clock(row.id, row.name, row.within, row.basis, row.remind_before, row.met_when, row.own)


def _review(row: ReviewRow | None) -> Review | None:
    return None if row is None else Review(row.due, row.owner, row.ask, row.metrics, row.export)


def _drill(row: DrillRow | None) -> Drill | None:
    return None if row is None else Drill(row.every, row.scenario)
