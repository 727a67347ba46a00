"""What opens a playbook without a citizen or a colleague: a moment of the week, a silence, a signed event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.domain.run_types import Told
from bot.domain.trigger import EventTrigger, GroupBy, Matter, ScheduleTrigger, Triggers, group_key

PULSE = "denyut"
"""The kind of an event that says no more than "I am here": it is never stored and opens nothing."""
TELEGRAM, IMPORT = "telegram", "import"
"""The connectors of our own; any other is the id of a source."""
EPOCH = datetime.fromtimestamp(0, UTC)
"""When the event of an exercise was sent: nobody's life is measured by it."""
_FAR = 63
"""Days to look ahead: the 31st of a month is followed by another one within so many."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OutsideEvent:
    """One message of a source, its signature checked. Every text in it is plain (see `plain`).

    `sent_at` is what the source has signed: whatever is repeated later says nothing new about its life.
    """

    source: str
    id: str
    kind: str
    sent_at: datetime
    fields: tuple[tuple[str, str], ...] = ()


def plain(text: str) -> str:
    """One line without anything that cannot be seen: no controls, no overrides of direction, no joiners."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def matches_event(trigger: EventTrigger, event: OutsideEvent) -> bool:
    """Whether this event is one of those that the trigger asks for. Values are compared as people read them:
    without regard to capitals and to blanks around them.
    """
    if event.kind == PULSE or trigger.source != event.source or trigger.kind not in {"", event.kind}:
        return False
    said = {name: _read(value) for name, value in event.fields}
    return all(said.get(name) in set(map(_read, wanted)) for name, wanted in trigger.where)


def _read(value: str) -> str:
    return plain(value).casefold()


def others(triggers: Triggers) -> frozenset[str]:
    """The systems outside that a playbook listens to."""
    silent = {triggers.heartbeat.connector} if triggers.heartbeat is not None else set()
    return frozenset({*silent, *(one.source for one in triggers.event)} - {TELEGRAM, IMPORT})


def event_reason(event: OutsideEvent) -> str:
    """Why it opened, in the short form that triggers use."""
    return f"event source={event.source} kind={event.kind}"


def event_params(event: OutsideEvent, *, hidden: bool) -> dict[str, object]:
    """What the timeline tells of it; where a life is at risk no detail."""
    told: dict[str, object] = {"source": event.source, "kind": event.kind}
    return told if hidden else {**told, "fields": [list(pair) for pair in event.fields]}


def silence_reason(connector: str, since: datetime) -> str:
    return f"heartbeat connector={connector} since={since.isoformat()}"


def schedule_reason(due: datetime, *, late: bool = False) -> str:
    return f"schedule due={due.isoformat()}{' late=yes' if late else ''}"


def event_facts(event: OutsideEvent, *, hidden: bool) -> Told:
    """What conditions and words of the playbook may ask of it; where a life is at risk only what it was."""
    of = (("source", event.source), ("kind", event.kind))
    if hidden:
        return of
    return (*(pair for pair in event.fields if pair[0] not in dict(of)), *of)


def event_key(playbook_id: str, triggers: Triggers, by: GroupBy, event: OutsideEvent) -> str:
    """The group that an event belongs to. A kind that is a topic of this playbook's comments is their matter:
    the warning of an earthquake and what citizens write about it are one incident.
    """
    burst, comment = triggers.burst, triggers.comment
    named = (*(burst.topics if burst else ()), *(comment.topics if comment else ()))
    if event.kind not in named:
        return f"{playbook_id}/event:{event.source}:{event.kind}"
    label = burst.label if burst else comment.label if comment else None
    return group_key(playbook_id, triggers, by, Matter(label=label, topics=(event.kind,)))


def next_time(trigger: ScheduleTrigger, tz: tzinfo, after: datetime) -> datetime:
    """The first moment (UTC) after this one at which it is due, by the clocks of that zone.

    A time that the clocks leap over on its day comes when they have leapt; one that they show twice comes the
    first time. Raises ValueError for a day that no month has.
    """
    day = after.astimezone(tz).date() - _DAY
    for _ in range(_FAR):
        if _is_on(trigger, day):
            moment = datetime.combine(day, trigger.at, tz).astimezone(UTC)
            if moment > after:
                return moment
        day += _DAY
    raise ValueError(f"no such day: {trigger}")


def _is_on(trigger: ScheduleTrigger, day: date) -> bool:
    if trigger.day_of_month is not None:
        return day.day == trigger.day_of_month
    return not trigger.days or day.weekday() in trigger.days


def next_opening(schedule: Iterable[ScheduleTrigger], tz: tzinfo, after: datetime) -> datetime | None:
    """When the first of them is due; None where there is none."""
    return min((next_time(one, tz, after) for one in schedule), default=None)


def timetable(schedule: Iterable[ScheduleTrigger], tz: tzinfo) -> str:
    """The same schedule in the same zone always reads the same: tells a changed one from the one before."""
    rows = (f"{one.at:%H:%M}/{one.day_of_month or ','.join(map(str, sorted(one.days)))}" for one in schedule)
    return f"{tz} {' '.join(sorted(rows))}"
