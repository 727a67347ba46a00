"""The contribution record of one person, as a paper."""

from collections.abc import Iterable, Iterator

from bot.chat.report.paper import Block, Heading, Paper, Para
from bot.chat.words import contribution as say
from bot.chat.words import crisis, times
from bot.chat.words.report import MADE, period
from bot.domain.people import Zone
from bot.services.views_report import ContributionRecord, Letterhead, Part


def record_paper(record: ContributionRecord, head: Letterhead) -> Paper:
    """Sentences only."""
    time = period(times.date(record.since, head.zone), times.last_day(record.until, head.zone))
    return Paper(
        agency=head.agency,
        kind=say.TITLE,
        title=record.name,
        facts=((say.TIME, time),),
        blocks=tuple(_blocks(record, head.zone)),
        footer=MADE.format(when=times.full(record.now, head.zone)),
        file=f"bukti-kinerja-{record.person}",
    )


def _blocks(record: ContributionRecord, zone: Zone) -> Iterator[Block]:
    real = [part for part in record.parts if not part.drill]
    drills = [part for part in record.parts if part.drill]
    daily = say.daily(record.daily)
    for title, sentences in (
        (say.INCIDENTS, _told(real, zone)),
        (say.DRILLS, _told(drills, zone)),
        (say.DAILY, daily),
    ):
        if sentences:
            yield Heading(title)
            yield from (Para(sentence) for sentence in sentences)
    if not record.parts and not daily:
        yield Para(say.NOTHING)
    yield Para(say.NOTE, soft=True)


def _told(parts: Iterable[Part], zone: Zone) -> list[str]:
    return [
        say.in_run(crisis.run_number(part.run), part.playbook, times.date(part.opened_at, zone), part.deeds)
        for part in parts
    ]
