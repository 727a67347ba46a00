"""What units were asked for, on the card of a case or of a claim."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.render import Piece, b, cited, lines, named
from bot.chat.words import data as say
from bot.chat.words import times
from bot.domain.data_request import DataRequest, RequestState
from bot.domain.people import Zone

_SHOWN = 3
_ANSWER = 400


def said(
    requests: Sequence[DataRequest], names: Mapping[str, str], now: datetime, zone: Zone
) -> tuple[Piece, ...]:
    """The newest of them, each with who answered or until when it waits."""
    return lines(*(_one(one, names, now, zone) for one in requests[-_SHOWN:]))


def _one(one: DataRequest, names: Mapping[str, str], now: datetime, zone: Zone) -> tuple[Piece, ...]:
    unit = named(names.get(f"unit:{one.unit}", one.unit))
    if one.answered_at is not None and one.answered_by is not None:
        who = named(names.get(one.answered_by, one.answered_by))
        when = times.moment(one.answered_at, now, zone)
        return lines(b(say.credited(unit, who, when)), cited(one.answer, _ANSWER))
    when = times.moment(one.due_at, now, zone)
    return (say.is_late(unit, when) if one.state is RequestState.LATE else say.waits(unit, when),)
