"""What many write about all at once: a sentence for each, above a small picture of the last hour."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.chat.drawn import Bars, Drawn, Picture
from bot.chat.render import lines, render
from bot.chat.words import board as say
from bot.chat.words import times
from bot.domain.outgoing import Notice
from bot.domain.people import Zone
from bot.domain.spike import BUCKET, HOUR, sparkline

_MOST = 4
"""Rows of a picture, and lines of a message."""


def draw_leaps(notice: Notice, zone: Zone) -> Drawn:
    """The picture where one can be drawn, else a line of bars made of letters below each sentence."""
    listed = notice.params.get("of")
    every = [_Row(one) for one in (listed if isinstance(listed, list) else [notice.params])]
    shown, more = every[:_MOST], max(len(every) - _MOST, 0)
    until = datetime.fromtimestamp(int(str(notice.params.get("until", 0))), UTC)
    ends = times.clock(until, zone)
    text = render(lines(say.leaps([row.said for row in shown], more)))
    letters = [say.last_hour(ends), *(sparkline(row.bars.counts) for row in shown)]
    picture = Picture(
        tuple(row.bars for row in shown),
        times.short(until - BUCKET * HOUR, zone),
        times.short(until, zone),
        say.USUAL,
        render(lines(text, *letters)),
    )
    return Drawn(text, picture=picture)


class _Row:
    """One of them, as its notice tells it."""

    def __init__(self, told: Mapping[str, object]) -> None:
        count, minutes, usual = (int(str(told.get(one, 0))) for one in ("count", "minutes", "usual"))
        hour = told.get("hour")
        counts = tuple(int(one) for one in hour) if isinstance(hour, list) else ()
        what = say.leapt(str(told.get("key", "")), str(told.get("name", "")))
        self.said = say.leap(what, count, minutes, usual)
        self.bars = Bars(what, counts, usual / max(timedelta(minutes=minutes) / BUCKET, 1))
