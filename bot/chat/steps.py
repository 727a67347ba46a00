"""Cards of a playbook's steps, each in the private chat of somebody who may answer it. Never forwarded."""

from collections.abc import Iterator

from bot.chat import citation, step_posts
from bot.chat import step_actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import Piece, b, i, lines, named, paragraphs, quote, render, untappable
from bot.chat.short import Short
from bot.chat.words import buttons as on
from bot.chat.words import crisis as say_crisis
from bot.chat.words import steps as say
from bot.chat.words import times
from bot.chat.words.outside import connector
from bot.domain.form import is_open
from bot.domain.letters import short_versions
from bot.domain.people import Zone
from bot.domain.run_types import RunState
from bot.domain.step_run import CHOICE, Letter, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import Answer, Approve, Ask, Cadence, Compose, Field, Publish, Request
from bot.services.views_steps import StepView, fields_of

_LONGEST_CHOICE, _SHORT_CHOICE = 40, 32
_TITLES = {
    Ask: f"❓ {say.QUESTION}",
    Request: f"📋 {say.REQUEST}",
    Cadence: f"🕐 {say.UPDATE}",
    Approve: f"📝 {say.APPROVAL}",
    Compose: f"✏️ {say.REWRITE}",
    Publish: f"📣 {say.POSTING}",
    Answer: f"📣 {say.POSTING}",
}
_Block = tuple[Piece, ...]


def draw_step(view: StepView, zone: Zone, *, reminder: bool = False) -> Drawn:
    """The card of one step for one person."""
    blocks = (
        lines(_head(view, reminder=reminder), title(view.state), b(view.step.name)),
        _evidence(view, zone) if view.live else (),
        *(_body(view) if view.live else (lines(_ended(view)),)),
        lines(_basis(view), _until(view, zone)) if view.live else (),
    )
    keyboard = _keyboard(view) if view.live else NO_KEYBOARD
    return Drawn(render(paragraphs(*blocks)), keyboard, protect=True)


def _head(view: StepView, *, reminder: bool) -> Piece:
    title = _TITLES.get(type(view.step.uses), f"📌 {view.step.name}")
    return b(f"⏰ {say.REMINDER} · {title}" if reminder and view.live else title)


def title(state: RunState) -> _Block:
    drill: _Block = (b(f"{say_crisis.DRILL} · "),) if state.incident.drill else ()
    return (*drill, state.playbook.name, f" · {say_crisis.run_number(state.incident.id)}")


def _evidence(view: StepView, zone: Zone) -> _Block:
    """A question is answered looking at what people say; words are judged by themselves."""
    if view.comment is None or not isinstance(view.step.uses, Ask | Request):
        return ()
    return citation.in_short(view.comment.comment, view.now, zone)


def _ended(view: StepView) -> str:
    if view.outdated:
        return say.OUTDATED
    if view.run.state is StepState.WAITING and not view.state.phase.going_on:
        return say.CLOSED
    if view.run.state is StepState.WAITING:
        owner = view.state.owner
        return say.moved(named(view.names.get(owner, owner)) if owner else "")
    by = named(view.names.get(view.run.by, view.run.by)) if view.run.by else ""
    return say.ended(view.step.uses, view.run.state, by)


def _basis(view: StepView) -> Piece:
    basis = view.state.playbook.basis.get(view.step.basis or "")
    return i(f"{say.BASIS}: {basis}") if basis else ""


def _until(view: StepView, zone: Zone) -> Piece:
    if view.until is None:
        return ""
    when = times.moment(view.until, view.now, zone)
    return say.until(when) if view.now < view.until else say.overdue(when)


def _body(view: StepView) -> tuple[_Block, ...]:
    match view.step.uses:
        case Ask() | Request() | Cadence():
            return _form(view)
        case Approve():
            return _approval(view)
        case Compose():
            shown = tuple(_letter(view, say.WILL_APPEAR, letter) for _, letter in view.letters)
            back = say.returned(view.run.note) if view.run.note else ""
            return (*shown, _hints(view), lines(back, say.REWRITE_ASK, *_style(view)))
        case Publish() | Answer():
            return step_posts.posting(view)
        case _:
            return ()


def _form(view: StepView) -> tuple[_Block, ...]:
    uses = view.step.uses
    question = (
        uses.question if isinstance(uses, Ask | Request) else uses.ask if isinstance(uses, Cadence) else ""
    )
    given = dict(view.filled)
    asked = bool(_choices(view)) and CHOICE not in given
    chosen = dict(_choices(view)).get(given.get(CHOICE, ""), "")
    fields = _lines(view) if not asked else ()
    rows_ = [_filled(number, field, given) for number, field in enumerate(fields, start=1)]
    return (
        lines(quote(question)) if question else (),
        lines(
            say.CHOOSE if asked else "",
            *_in_full(view, asked=asked),
            (b(f"{say.CHOSEN}: "), chosen) if chosen else None,
        ),
        lines(*rows_),
        lines(b(_ready(view))) if complete(view) else (),
    )


def _in_full(view: StepView, *, asked: bool) -> Iterator[str]:
    """The choices, where a button is too small for one of them."""
    if asked and _is_long(view):
        yield from (f"{number}. {words}" for number, (_, words) in enumerate(_choices(view), start=1))


def _is_long(view: StepView) -> bool:
    return any(len(words) > _LONGEST_CHOICE for _, words in _choices(view))


def _ready(view: StepView) -> str:
    given = dict(view.filled)
    return say.COMPLETE if all(field.id in given for field in _lines(view)) else say.ENOUGH


def _lines(view: StepView) -> tuple[Field, ...]:
    """The lines of the form as the chosen answer needs them."""
    return fields_of(view.step, dict(view.filled).get(CHOICE, ""))


def _choices(view: StepView) -> tuple[tuple[str, str], ...]:
    return view.step.uses.choices if isinstance(view.step.uses, Ask) else ()


def _filled(number: int, field: Field, given: dict[str, str]) -> _Block:
    asked = field.ask or field.id.replace("_", " ").replace("-", " ").capitalize()
    label = f"{number}. {asked}" if asked.endswith("?") else f"{number}. {asked}:"
    if is_open(field, given):
        return (f"{label} ", i(say.MAY_STAY_EMPTY if field.optional else say.EMPTY_FIELD))
    value = given[field.id]
    return (f"{label} ", b(untappable(value)) if value else i(say.LEFT_EMPTY))


def complete(view: StepView) -> bool:
    """Whether the form has everything that it asks for, so that it may be sent."""
    given = dict(view.filled)
    fields = _lines(view)
    if _choices(view) and CHOICE not in given:
        return False
    begun = CHOICE in given or any(field.id in given for field in fields)  # nothing at all is no answer
    return bool(fields) and begun and all(field.optional or not is_open(field, given) for field in fields)


def _approval(view: StepView) -> tuple[_Block, ...]:
    if not view.letters:
        return (lines(say.NOTHING_TO_APPROVE),)
    answers = {step.id for step in view.state.playbook.steps if isinstance(step.uses, Answer)}
    shown = [
        _letter(view, say.WILL_ANSWER if step in answers else say.WILL_APPEAR, letter)
        for step, letter in view.letters
    ]
    unedited = all(letter.unedited for _, letter in view.letters)
    yes = [named(view.names.get(v.person, v.person)) for v in view.votes if v.verdict is Verdict.APPROVE]
    return (
        *shown,
        _hints(view),
        lines(
            i(say.UNEDITED if unedited else say.EDITED),
            say.votes(yes, len(yes), view.needed) if view.needed > 1 else "",
            *_style(view),
            say.OWN_WORDS if view.own_words else i(say.SILENCE),
        ),
    )


def _hints(view: StepView) -> _Block:
    return lines(*(("💡 ", i(hint)) for hint in view.hints))


def _style(view: StepView) -> Iterator[Piece]:
    """How the playbook wants these words: for whoever writes, changes or judges them."""
    steps = [view.step, *(view.state.playbook.step(step) for step, _ in view.letters)]
    asked = (one.uses.style for one in steps if one is not None and isinstance(one.uses, Compose))
    yield from (i(untappable(say.style(one))) for one in dict.fromkeys(asked) if one)


def _letter(view: StepView, title: str, letter: Letter) -> _Block:
    """The whole text, always open: what is approved is what was read."""
    return lines(
        b(title),
        quote(letter.text),
        say.recipients(len(letter.recipients)) if letter.recipients else "",
        i(say.made_from(_sources(view, letter))) if letter.sources else "",
    )


def _sources(view: StepView, letter: Letter) -> list[str]:
    """The answers that the words are made of, and who gave them."""
    asked = dict.fromkeys(source.split(".")[1] for _, source in letter.sources if source.startswith("steps."))
    found: list[str] = []
    for name in asked:
        step, run = view.state.playbook.step(name), view.state.step_run(name)
        if step is not None and run is not None and run.by is not None:
            found.append(f"“{step.name}” ({named(view.names.get(run.by, run.by))})")
    if any(source.startswith("event.") for _, source in letter.sources):
        found.append(say.told_by(connector(view.state.told("source"))))
    return found


def _keyboard(view: StepView) -> Keyboard:
    match view.step.uses:
        case Ask() | Request() | Cadence():
            return _form_buttons(view)
        case Approve():
            return _approval_buttons(view)
        case Compose():
            return rows(*_edits(view))
        case Publish() | Answer():
            return tuple(step_posts.buttons(view))
        case _:
            return NO_KEYBOARD


def _form_buttons(view: StepView) -> Keyboard:
    at = (view.state.incident.id, view.place, view.run.attempt)
    given = dict(view.filled)
    choices = _choices(view)
    if choices and CHOICE not in given:
        made = [
            Button(
                one_line(f"{number + 1}. {words}", _SHORT_CHOICE) if _is_long(view) else words,
                do.ChooseAnswer(*at, number),
            )
            for number, (_, words) in enumerate(choices)
        ]
        return rows(*made, width=1)
    send = Button(on.SEND_FORM, do.SubmitForm(*at), tone=Tone.GO) if complete(view) else None
    fills = [
        Button(f"{on.FILL_FORM} {number + 1}", do.FillField(*at, number))
        for number in range(len(fields_of(view.step)))
    ]
    return (*rows(send), *rows(*fills))


def _approval_buttons(view: StepView) -> Keyboard:
    if not view.letters:
        return NO_KEYBOARD
    at = (view.state.incident.id, view.place, view.run.attempt, Short(short_versions(view.letters)))
    if view.own_words:
        return rows(*_edits(view))
    return (
        (Button(on.APPROVE, do.ApproveLetters(*at), tone=Tone.GO),),
        (
            Button(on.RETURN, do.ReturnLetters(*at)),
            Button(on.REJECT, do.RejectLetters(*at), tone=Tone.CAREFUL),
        ),
        *rows(*_edits(view)),
    )


def _edits(view: StepView) -> Iterator[Button]:
    steps = [step.id for step in view.state.playbook.steps]
    if not view.letters:
        yield Button(on.WRITE, do.EditLetter(view.state.incident.id, view.place, view.run.attempt, 0))
    for step, letter in view.letters:
        attempt = next((run.attempt for run in view.state.steps if run.step == step), 1)
        name = f"{on.CHANGE_TEXT} {number}" if (number := _which(view, step)) else on.CHANGE_TEXT
        yield Button(name, do.EditLetter(view.state.incident.id, steps.index(step), attempt, letter.version))


def _which(view: StepView, step: str) -> int:
    """Its number among several texts; 0 where there is only one."""
    names = [name for name, _ in view.letters]
    return names.index(step) + 1 if len(names) > 1 else 0
