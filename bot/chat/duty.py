"""/piket and /tukar as messages: the table of the week, and the choices of an exchange."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.chat import actions as do
from bot.chat import shift_actions as shift
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, rows
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.words import names as called
from bot.chat.words import oncall as say
from bot.chat.words import times
from bot.domain.people import PersonId, Zone
from bot.domain.rota import Gap, Stretch
from bot.domain.swap import Duty
from bot.services.shifts import DutyView
from bot.services.swaps import Offer
from bot.services.templates import short_name

_LINES = 10
"""Changes of a rota that are shown: more is a wall on a phone."""
_GAPS = 6
_NOTES = 8
_Block = tuple[Piece, ...]


def draw_duty(view: DutyView, zone: Zone) -> Drawn:
    """Who is on, who comes, where nobody is; in the zone of whoever asks."""
    if not view.rotas:
        return Drawn(render([say.NO_ROTA]))
    blocks = (
        lines(b(say.DUTY), *(_now(view, rota, zone) for rota in view.rotas)),
        *_week(view, zone),
        _gaps(view, zone),
        _changes(view, zone),
        _days_off(view, zone),
        _remarks(view),
        lines(i(say.HOW)),
    )
    return Drawn(render(paragraphs(*blocks)))


def _people(view: DutyView, people: Iterable[str]) -> str:
    return called.listed([named(view.names.get(person, person)) for person in people])


def _called(rota: str) -> str:
    return named(rota.replace("-", " "))


def _now(view: DutyView, rota: str, zone: Zone) -> _Block:
    people = view.rotas[rota]
    first = view.week[rota][0]
    until = say.until(_until(first.end, view.now, zone)) if len(view.week[rota]) > 1 else ""
    return (f"{_called(rota)}: ", b(_people(view, people) if people else say.NOBODY_ON), until)


def _until(at: datetime, now: datetime, zone: Zone) -> str:
    """Without the day where it is within the next hours."""
    return times.clock(at, zone) if at - now < timedelta(hours=18) else say.moment(at, zone)


def _week(view: DutyView, zone: Zone) -> Iterable[_Block]:
    title: Piece | None = b(say.week(zone))
    for rota, found in view.week.items():
        changes = found[1:]
        listed: list[Piece | _Block] = [_change(view, one, zone) for one in changes[:_LINES]]
        if len(changes) > _LINES:
            listed.append(say.more(len(changes) - _LINES))
        yield lines(title, i(_called(rota)), *(listed or [say.always()]))
        title = None


def _change(view: DutyView, one: Stretch, zone: Zone) -> _Block:
    who = _people(view, one.people) if one.people else f"⚠️ {say.NOBODY_ON}"
    return (f"{say.moment(one.start, zone)} ", who)


def _gaps(view: DutyView, zone: Zone) -> _Block:
    found = [(rota, gap) for rota, empty in view.gaps.items() for gap in empty]
    if not found:
        return ()
    found.sort(key=lambda pair: pair[1].start)
    shown = [_gap(rota, gap, zone) for rota, gap in found[:_GAPS]]
    rest = [say.more(len(found) - _GAPS)] if len(found) > _GAPS else []
    return lines(b(say.GAPS), *shown, *rest)


def _gap(rota: str, gap: Gap, zone: Zone) -> str:
    return f"{_called(rota)}: {say.stretch(gap.start, gap.end, zone)}"


def _changes(view: DutyView, zone: Zone) -> _Block:
    """What was arranged by hand, with the numbers that take it back."""

    def name(person: str | None) -> str:
        return named(view.names.get(person, person)) if person else ""

    found = [
        say.put_in(
            kept.id,
            name(kept.what.person),
            name(kept.what.instead_of),
            _called(kept.what.rota),
            say.stretch(kept.what.start, kept.what.end, zone),
        )
        for kept in view.overrides
    ]
    found += [
        say.on_leave(
            kept.id,
            name(kept.what.person),
            name(kept.what.stand_in),
            say.stretch(kept.what.start, kept.what.end, zone),
        )
        for kept in view.leaves
    ]
    asked = [
        say.waiting_swap(
            name(swap.giver), name(swap.taker), say.stretch(swap.give.start, swap.give.end, zone)
        )
        for swap in view.asked
    ]
    blocks = lines(b(say.CHANGES), *_most(found)) if found else ()
    return (
        *blocks,
        *(("\n",) if found and asked else ()),
        *(lines(b(say.ASKED), *_most(asked)) if asked else ()),
    )


def _most(found: Sequence[str]) -> list[str]:
    return [*found[:_NOTES], *([say.more(len(found) - _NOTES)] if len(found) > _NOTES else [])]


def _days_off(view: DutyView, zone: Zone) -> _Block:
    """Holidays of the next fourteen days, by name."""
    today: date = view.now.astimezone(zone.tz).date()
    ahead = {day: name for day, name in (view.days_off or {}).items() if 0 <= (day - today).days < 14}
    listed = [f"{times.off(day)} {named(name)}" for day, name in sorted(ahead.items())]
    return lines(b(say.DAYS_OFF), *listed) if listed else ()


def _remarks(view: DutyView) -> _Block:
    alone = [say.alone(_called(rota), named(view.names.get(who, who))) for rota, who in view.alone.items()]
    silent = (say.UNREACHABLE, _people(view, view.unreachable)) if view.unreachable else None
    return lines(*alone, silent)


# --- /tukar ---


def minutes(at: datetime) -> int:
    """A moment as a button carries it."""
    return int(at.timestamp()) // 60


def draw_own(name: str, giver: PersonId, duties: Sequence[Duty], zone: Zone) -> Drawn:
    """Which of these?"""
    if not duties:
        return Drawn(render([say.NO_DUTY]))
    short = do.Short(short_name(giver))
    choices = [
        Button(
            f"{_called(one.rota)}: {say.stretch(one.start, one.end, zone)}",
            shift.GiveDuty(short, do.Short(short_name(one.rota)), minutes(one.start)),
        )
        for one in duties
    ]
    return Drawn(render([say.pick_duty(named(name))]), rows(*choices, width=1))


def draw_offers(
    duty: Duty, giver: PersonId, offers: Sequence[Offer], names: dict[str, str], zone: Zone
) -> Drawn:
    """With whom, and for which of theirs?"""
    if not offers:
        return Drawn(render([say.NOBODY_FREE]), NO_KEYBOARD)
    choices = []
    for one in offers:
        back = say.stretch(one.back.start, one.back.end, zone) if one.back is not None else say.FOR_NOTHING
        action = shift.OfferDuty(
            do.Short(short_name(giver)),
            do.Short(short_name(duty.rota)),
            minutes(duty.start),
            do.Short(short_name(one.person)),
            minutes(one.back.start) if one.back is not None else 0,
        )
        choices.append(Button(say.offer(named(names.get(one.person, one.person)), back), action))
    said = say.pick_partner(f"{_called(duty.rota)} {say.stretch(duty.start, duty.end, zone)}")
    return Drawn(render([said]), rows(*choices, width=1))


def draw_asked(duty: Duty, asked: Iterable[str], names: dict[str, str], zone: Zone) -> Drawn:
    """Put to them; the choices are gone."""
    people = tuple(named(names.get(person, person)) for person in asked)
    when = f"{_called(duty.rota)} {say.stretch(duty.start, duty.end, zone)}"
    return Drawn(render([say.asked_of(people, when)]))
