"""The card of a measure: in the team's group for whoever proposes, in private for whoever decides. Pure."""

from bot.chat import moderation_actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import Piece, b, cited, i, lines, link, named, paragraphs, quote, render
from bot.chat.short import Short
from bot.chat.words import buttons as on
from bot.chat.words import cards as say_of_cases
from bot.chat.words import moderation as say
from bot.chat.words import names as called
from bot.chat.words import times
from bot.domain.house_rules import Mode
from bot.domain.measure import State, can_undo
from bot.domain.moderation import DAYS, Remedy, is_person
from bot.domain.people import Zone
from bot.services.views_moderation import MeasureView

_RULE = 40
_Block = tuple[Piece, ...]
_OPEN = frozenset({State.CHOOSING, State.PROPOSED})
_LADDER = tuple((remedy, days) for remedy in Remedy for days in (DAYS if remedy is Remedy.RESTRICT else (0,)))


def draw_measure(view: MeasureView, zone: Zone, reader: str = "") -> Drawn:
    """`reader`: whose private chat it stands in; "" for the team's group."""
    blocks = (
        lines(_head(view, reader), _comment(view, zone)),
        lines(b(f"🛡 {say.PROTECTED}") if view.protected and view.measure.state in _OPEN else None),
        _chosen(view),
        _words(view),
        _evidence(view),
        _how_it_stands(view, zone, reader),
    )
    return Drawn(render(paragraphs(*blocks)), _keyboard(view, reader), protect=bool(reader))


def _head(view: MeasureView, reader: str) -> _Block:
    measure = view.measure
    said = say.state(measure.state, dry=measure.dry)
    if reader and measure.state is State.PROPOSED:
        said = say.WANTED
    number = b(f"{say.number(measure.id)} · {said}")
    return ("🛡 ", number, f" · {say_of_cases.head(measure.case)}")


def _comment(view: MeasureView, zone: Zone) -> _Block:
    comment = view.kept.comment
    author = named(comment.author.name) or say_of_cases.UNKNOWN_AUTHOR
    when = times.moment(comment.written_at, view.now, zone)
    byline: _Block = (b(author), f", {when} · ", link(called.LOOK, comment.link))
    return lines(byline, cited(view.text), i(say.EDITED) if view.edited and view.measure.live else None)


def _chosen(view: MeasureView) -> _Block:
    measure = view.measure
    rule = measure.rule
    if rule is None:
        return (say.PICK_RULE,) if measure.state is State.CHOOSING else ()
    house: _Block = ("📖 ", link(rule.name, rule.url) if rule.url else named(rule.name, 60))
    if measure.remedy is None:
        return lines(house, say.PICK_REMEDY)
    rung = (f"{say.MARK[measure.remedy]} ", b(say.remedy(measure.remedy, measure.days)))
    means = say.means(measure.remedy, person=is_person(view.kept.comment.author.key))
    return lines(house, rung, i(means) if measure.state in _OPEN else None)


def _words(view: MeasureView) -> _Block:
    """Exactly what citizens read: what is confirmed is what was read here."""
    words = view.measure.words
    return lines(b(say.WILL_READ), quote(words)) if words and view.measure.state in _OPEN else ()


def _evidence(view: MeasureView) -> _Block:
    shown = view.exhibits
    return (i(say.evidence(len(shown), shown[-1].sha256)),) if shown else ()


def _how_it_stands(view: MeasureView, zone: Zone, reader: str) -> _Block:
    measure = view.measure
    by = _name(view, measure.proposed_by)
    found: list[Piece | _Block] = [i(say.proposed(by))]
    if measure.state is State.PROPOSED:
        found += _waits(view, zone, reader)
    if measure.decided_by is not None and measure.decided_at is not None:
        when = times.moment(measure.decided_at, view.now, zone)
        found.append(say.decided(measure.state, _name(view, measure.decided_by), when))
    if measure.until is not None and measure.state in {State.CONFIRMED, State.DONE}:
        found.append(say.until(times.moment(measure.until, view.now, zone)))
    return lines(*found, *_afterwards(view))


def _afterwards(view: MeasureView) -> list[Piece | _Block]:
    """What came of it, and what does not come of it in the dry weeks."""
    measure = view.measure
    found: list[Piece | _Block] = [b(say.HELD[view.held])] if view.held else []
    if measure.undone_by is not None:
        found.append(say.undone(_name(view, measure.undone_by)))
    if measure.error:
        reason = say.why(measure.error)
        found.append(i(f"{reason[0].upper()}{reason[1:]}."))
    if measure.state is State.UNSURE:
        found.append(b(say.CHECK))
    if measure.dry or (view.mode is Mode.DRY and measure.state in _OPEN):
        found.append(b(say.WAS_DRY if measure.dry else say.DRY))
    return found


def _waits(view: MeasureView, zone: Zone, reader: str) -> list[Piece | _Block]:
    found: list[Piece | _Block] = []
    asked = [_name(view, one) for one in view.waiting_for]
    if not reader:
        found.append(say.ASKED + ", ".join(asked) if asked else say.NOBODY_ASKED)
    if view.measure.expires_at is not None:
        found.append(i(say.valid_until(times.moment(view.measure.expires_at, view.now, zone))))
    if reader:
        found.append(say.DECIDE)
    return found


def _keyboard(view: MeasureView, reader: str) -> Keyboard:
    measure = view.measure
    at = (measure.id, measure.version)
    match measure.state:
        case State.CHOOSING:
            return NO_KEYBOARD if reader else _choosing(view)
        case State.PROPOSED if reader:
            yes = Button(say.CONFIRM, do.ConfirmMeasure(*at), tone=Tone.GO)
            return rows(yes, Button(say.REFUSE, do.RefuseMeasure(*at), tone=Tone.CAREFUL))
        case State.PROPOSED:
            return rows(Button(say.WITHDRAW, do.WithdrawMeasure(*at)))
        case State.UNSURE:
            again = Button(on.RESEND, do.WarnAgain(*at))
            return rows(again, Button(on.ALREADY_SENT, do.WarningStands(*at)), width=2)
        case _:
            return rows(Button(say.UNDO, do.UndoMeasure(*at))) if can_undo(measure) else NO_KEYBOARD


def _choosing(view: MeasureView) -> Keyboard:
    """First the rule, then the rung, mildest first, then off it goes."""
    measure = view.measure
    at = (measure.id, measure.version)
    drop = Button(say.WITHDRAW, do.WithdrawMeasure(*at))
    if measure.rule is None:
        listed = [Button(one_line(r.name, _RULE), do.ChooseRule(*at, Short(s))) for s, r in view.rules]
        return (*rows(*listed, width=1), (drop,))
    rungs = [
        Button(_ticked(view, remedy, days), do.ChooseRemedy(*at, remedy, days))
        for remedy, days in _LADDER
        if remedy in view.remedies
    ]
    anew = Button(say.ANEW, do.ChooseAnew(*at))
    ready = Button(say.PROPOSE, do.ProposeMeasure(*at), tone=Tone.GO) if measure.remedy is not None else None
    return (*rows(*rungs, width=2), *rows(ready), (anew, drop))


def _ticked(view: MeasureView, remedy: Remedy, days: int) -> str:
    chosen = (view.measure.remedy, view.measure.days) == (remedy, days)
    text = say.button(remedy, days)
    return f"{on.ON} {text}" if chosen else text


def _name(view: MeasureView, person: str) -> str:
    return named(view.names.get(person, person))
