"""Cards of a playbook's steps, each in the private chat of somebody who may answer it. Never forwarded."""

from collections.abc import Iterator

from bot.chat import citation
from bot.chat import step_actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import Piece, b, code, i, lines, named, paragraphs, quote, render, untappable
from bot.chat.short import Short
from bot.chat.words import buttons as on
from bot.chat.words import crisis as say_crisis
from bot.chat.words import steps as say
from bot.chat.words import times
from bot.domain.letters import short_versions
from bot.domain.people import Zone
from bot.domain.run_types import RunState
from bot.domain.step_run import CHOICE, Letter, Post, PostState, Verdict
from bot.domain.steps import Answer, Approve, Ask, Cadence, Compose, Field, Publish, Request
from bot.services.views_steps import StepView, fields_of

_LONGEST_CHOICE = 40
_MOST_POSTS = 8
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
    by = named(view.names.get(view.run.by, view.run.by)) if view.run.by else ""
    return f"{say.ended(view.run.state, by)}."


def _basis(view: StepView) -> Piece:
    basis = view.state.playbook.basis.get(view.step.basis or "")
    return i(f"{say.BASIS}: {basis} ({say.LEGAL})") if basis else ""


def _until(view: StepView, zone: Zone) -> Piece:
    return say.until(times.moment(view.until, view.now, zone)) if view.until is not None else ""


def _body(view: StepView) -> tuple[_Block, ...]:
    match view.step.uses:
        case Ask() | Request() | Cadence():
            return _form(view)
        case Approve():
            return _approval(view)
        case Compose():
            shown = tuple(_letter(view, say.WILL_APPEAR, letter) for _, letter in view.letters)
            return (*shown, lines(say.returned(view.run.note) if view.run.note else "", say.REWRITE_ASK))
        case Publish() | Answer():
            return _posting(view)
        case _:
            return ()


def _form(view: StepView) -> tuple[_Block, ...]:
    uses = view.step.uses
    question = (
        uses.question if isinstance(uses, Ask | Request) else uses.ask if isinstance(uses, Cadence) else ""
    )
    given = dict(view.filled)
    asked = _choices(view) and CHOICE not in given
    chosen = dict(_choices(view)).get(given.get(CHOICE, ""), "")
    fields = fields_of(view.step) if not asked else ()
    rows_ = [_filled(number, field, given) for number, field in enumerate(fields, start=1)]
    return (
        lines(quote(question)) if question else (),
        lines(say.CHOOSE if asked else "", (b(f"{say.CHOSEN}: "), chosen) if chosen else None),
        lines(*rows_),
        lines(b(say.COMPLETE)) if complete(view) else (),
    )


def _choices(view: StepView) -> tuple[tuple[str, str], ...]:
    return view.step.uses.choices if isinstance(view.step.uses, Ask) else ()


def _filled(number: int, field: Field, given: dict[str, str]) -> _Block:
    asked = field.ask or field.id.replace("_", " ").replace("-", " ").capitalize()
    label = f"{number}. {asked}" if asked.endswith("?") else f"{number}. {asked}:"
    if field.id not in given:
        hint = f" · {say.OPTIONAL}" if field.optional else ""
        return (f"{label} ", i(f"{say.EMPTY_FIELD}{hint}"))
    value = given[field.id]
    return (f"{label} ", b(untappable(value)) if value else i(say.LEFT_EMPTY))


def complete(view: StepView) -> bool:
    """Whether the form has everything that it asks for, so that it may be sent."""
    given = dict(view.filled)
    fields = fields_of(view.step)
    if _choices(view) and CHOICE not in given:
        return False
    return bool(fields) and all(field.id in given or field.optional for field in fields)


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
        lines(
            i(say.UNEDITED if unedited else say.EDITED),
            say.votes(yes, len(yes), view.needed) if view.needed > 1 else "",
            say.OWN_WORDS if view.own_words else i(say.SILENCE),
        ),
    )


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
    return found


def _posting(view: StepView) -> tuple[_Block, ...]:
    text = view.run.letter.text if view.run.letter is not None else ""
    open_ = [post for post in view.run.posts if post.state in _OPEN]
    shown = open_ if isinstance(view.step.uses, Answer) else view.run.posts
    said = [f"• {_where(view, post)}: {say.POST[post.state]}" for post in shown[:_MOST_POSTS]]
    left = len(shown) - len(said)
    asked = any(post.state is PostState.ASKED for post in open_)
    unsure = any(post.state is PostState.UNCERTAIN for post in open_)
    failed = any(post.state is PostState.FAILED for post in open_)
    if view.state.incident.drill:
        # Nothing to copy, and said aloud: another hand must not carry an exercise to the public either.
        words = lines(b(say.NOT_IN_EARNEST) if asked else "", quote(text)) if text else ()
    else:
        words = lines(say.SECTION if asked else "", code(text)) if text else ()
    return (
        words,
        lines(*said, say.more_posts(left) if left else ""),
        lines(say.UNSURE if unsure else "", say.FAILED if failed else ""),
    )


def _where(view: StepView, post: Post) -> str:
    """A channel by its name; a reply under a comment by its number among the replies."""
    if isinstance(view.step.uses, Answer):
        return say.reply_number(view.run.posts.index(post) + 1)
    return untappable(say.channel(post.channel))


_OPEN = frozenset({PostState.ASKED, PostState.FAILED, PostState.UNCERTAIN})


def _keyboard(view: StepView) -> Keyboard:
    match view.step.uses:
        case Ask() | Request() | Cadence():
            return _form_buttons(view)
        case Approve():
            return _approval_buttons(view)
        case Compose():
            return rows(*_edits(view))
        case Publish() | Answer():
            return tuple(row for row in _post_buttons(view))
        case _:
            return NO_KEYBOARD


def _form_buttons(view: StepView) -> Keyboard:
    at = (view.state.incident.id, view.place, view.run.attempt)
    given = dict(view.filled)
    choices = _choices(view)
    if choices and CHOICE not in given:
        made = [
            Button(one_line(words, _LONGEST_CHOICE), do.ChooseAnswer(*at, number))
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


def _post_buttons(view: StepView) -> Iterator[tuple[Button, ...]]:
    open_ = [(at, post) for at, post in enumerate(view.run.posts) if post.state in _OPEN]
    for number, post in open_[:_MOST_POSTS]:
        at = (view.state.incident.id, view.place, view.run.attempt, number)
        where = one_line(_where(view, post), 20)
        if post.state is PostState.ASKED:
            yield (
                Button(f"{on.POSTED}: {where}", do.PostedByHand(*at), tone=Tone.GO),
                Button(on.DROP_POST, do.DropPost(*at)),
            )
        else:
            yield (
                Button(f"{on.ALREADY_SENT}: {where}", do.PostIsThere(*at), tone=Tone.GO),
                Button(on.RESEND, do.PostAgain(*at), tone=Tone.CAREFUL),
                Button(on.DROP_POST, do.DropPost(*at)),
            )
