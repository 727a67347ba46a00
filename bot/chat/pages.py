"""What a crisis looks like: the page that wakes one person, the card that the crisis chat works on."""

from collections.abc import Iterator

from bot.chat import actions as do
from bot.chat import citation
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, evenly, rows
from bot.chat.render import Piece, b, i, lines, named, paragraphs, quote, render, untappable
from bot.chat.telling import told
from bot.chat.words import buttons as on
from bot.chat.words import crisis as say
from bot.chat.words import steps as step_words
from bot.chat.words import story, times
from bot.domain.incident import Paging
from bot.domain.people import Zone
from bot.domain.playbook import Step
from bot.domain.run_clocks import limits
from bot.domain.run_types import RunState, What
from bot.domain.step_run import StepRun
from bot.domain.step_state import StepState
from bot.domain.steps import HELD, Checklist, Freeze, Item
from bot.services.ports import TimelineLine
from bot.services.views_crisis import IncidentView, OriginalView, PageView

_STORY_SHOWN = 4
_STORY_LONGEST = 120
"""Characters of a line of the story here; in the chat it has stood in full."""
_FOLD_OVER = 120
_TICKS_IN_A_ROW = 5
_LIMITS_SHOWN = 3
_Block = tuple[Piece, ...]


def draw_page(view: PageView, zone: Zone, *, again: bool = False) -> Drawn:
    """The page in the private chat of `view.person`, whose clock shows `zone`. Never forwarded.

    `again`: an earlier attempt to send it may have arrived.
    """
    state = view.state
    asked = _is_asked(view)
    mark = say.SEVERITY_MARK[state.severity] if asked else say.DONE_MARK
    head = _called(view) if asked else say.OVER if not state.phase.going_on else _taken(view)
    blocks = (
        lines((f"{mark} ", b(head)), i(say.AGAIN) if again else None),
        lines(_title(state), _opened(state, view, zone)),
        _evidence(view, zone) if asked else (),
        lines(*_ask(view)) if asked else (),
    )
    return Drawn(render(paragraphs(*blocks)), _page_buttons(view) if asked else NO_KEYBOARD, protect=True)


def _is_asked(view: PageView) -> bool:
    """Whether this person has something to press: nobody has it yet, they do, or they are called besides."""
    state = view.state
    theirs = state.paging is not Paging.ACKED or view.person in {state.owner, *state.calling}
    return state.phase.going_on and theirs


def _called(view: PageView) -> str:
    if view.state.owner == view.person:
        return say.STILL if view.state.lease_asked else say.YOURS_HEAD
    times_called = next((c.times for c in view.state.called if c.person == view.person), 1)
    return say.called(times_called, view.state.severity)


def _taken(view: PageView) -> str:
    return say.taken_by(named(view.names.get(view.state.owner or "", view.state.owner or "")))


def _ask(view: PageView) -> Iterator[Piece]:
    state = view.state
    if state.owner == view.person:
        yield say.STILL_ASK if state.lease_asked else say.YOURS
        if state.shift_over is not None:
            yield say.SHIFT_OVER
    elif state.paging is Paging.ACKED:
        owner = view.names.get(state.owner or "", state.owner or "")
        late = [step.name for step in state.playbook.steps if step.id in state.late]
        yield untappable(say.besides(named(owner), late, shift_over=state.shift_over is not None))
    elif state.paging is Paging.UNANSWERED:
        yield say.ALL_CALLED
        yield say.PRESS_LAST
    else:
        yield say.PRESS


def _page_buttons(view: PageView) -> Keyboard:
    state = view.state
    run, epoch = state.incident.id, state.epoch
    up = Button(on.RAISE, do.RaisePage(run, epoch))
    if state.owner == view.person:
        still = Button(on.STILL_HANDLING, do.StillHandling(run, epoch), tone=Tone.GO)
        # A button that only answers "not your task" has no place on a page.
        may = (view.may_close, view.may_dismiss)
        close = [button for button, offered in zip(_closing(state), may, strict=True) if offered]
        return ((still,), *rows(up, *close)) if state.lease_asked else rows(up, *close)
    if state.paging is Paging.ACKED:
        return rows(Button(on.TAKE_OVER, do.TakeOverRun(run, epoch)))
    take = Button(on.ACKNOWLEDGE, do.Acknowledge(run, epoch), tone=Tone.GO)
    return ((take,), (up,)) if state.paging is Paging.UNACKED else ((take,),)


def draw_incident(view: IncidentView, zone: Zone) -> Drawn:
    """The live card in the crisis chat."""
    state = view.state
    mark = say.SEVERITY_MARK[state.severity] if state.phase.going_on else say.DONE_MARK
    blocks = (
        lines((f"{mark} ", *_title(state)), _standing(view)),
        lines(_opened(state, view, zone), say.evidence(view.evidence) if view.evidence > 1 else ""),
        _evidence(view, zone),
        *(_checklist(*listed, drill=state.incident.drill) for listed in _open_checklists(state)),
        lines(*_holds(view), *_waiting(view, zone)),
        lines(*_limits(view, zone)),
        _last(view, zone),
    )
    keyboard = _incident_buttons(state) if state.phase.going_on else NO_KEYBOARD
    return Drawn(render(paragraphs(*blocks)), keyboard, protect=state.playbook.sensitive)


def draw_story(line: TimelineLine, view: IncidentView, zone: Zone) -> Drawn:
    """One thing that happened, as a message of its own."""
    said = untappable(story.story(line.what, line.params, _teller(view, zone)))
    drill: _Block = (f"{say.DRILL} · ",) if view.state.incident.drill else ()
    return Drawn(render(lines((*drill, b(say.run_number(view.state.incident.id)), f" · {said}"))))


def draw_original(view: OriginalView, zone: Zone) -> Drawn:
    """The unredacted words of a sensitive case, for a named person: never to be forwarded."""
    latest, earlier = view.comments[-1], view.comments[:-1]
    blocks = (
        lines((b(say.original_of(view.case)), " · ", say.ORIGINAL)),
        lines(*citation.in_full(latest.comment, earlier, view.now, zone)),
        lines(say.ORIGINAL_CARE, say.ORIGINAL_ANSWER if view.answerable is not None else None),
    )
    if view.answerable is None:
        return Drawn(render(paragraphs(*blocks)), protect=True)
    answer = Button(on.REPLY, do.AnswerPrivately(view.case, view.answerable), tone=Tone.GO)
    return Drawn(render(paragraphs(*blocks)), rows(answer), protect=True)


def _title(state: RunState) -> _Block:
    drill: _Block = (f"{say.DRILL} · ",) if state.incident.drill else ()
    return (*drill, b(state.playbook.name), f" · {say.run_number(state.incident.id)}")


def _opened(state: RunState, view: IncidentView | PageView, zone: Zone) -> str:
    sensitive = state.playbook.sensitive
    why = "" if sensitive else story.because(state.incident.reason)
    return say.opened(times.moment(state.began_at or state.incident.opened_at, view.now, zone), why)


def _evidence(view: IncidentView | PageView, zone: Zone) -> _Block:
    if view.state.playbook.sensitive:
        return (say.SENSITIVE,)
    return (
        citation.in_short(view.comment.comment, view.now, zone, whole=True)
        if view.comment is not None
        else ()
    )


def _standing(view: IncidentView) -> _Block:
    """Who has it, or who is being called, or how it ended."""
    state = view.state
    if state.outcome is not None:
        return (f"{say.PHASE[state.phase].capitalize()}: {say.OUTCOME[state.outcome]}",)
    phase = say.PHASE[state.phase].capitalize()
    if state.owner is not None:
        return (f"{phase} · ", b(say.handled_by(named(view.names.get(state.owner, state.owner)))))
    if state.paging is Paging.UNANSWERED:
        return (f"{phase} · ", b(say.UNANSWERED))
    called = [named(view.names.get(person, person)) for person in state.calling]
    return (f"{phase} · {say.calling(called, state.level)}",)


def _open_checklists(state: RunState) -> Iterator[tuple[Step, StepRun, int]]:
    """Each list in hand with the number of its first line: lines are counted through the card."""
    number = 1
    for step in state.playbook.steps:
        run = state.step_run(step.id)
        if run is not None and state.phase.going_on and _is_in_hand(state, step, run):
            yield step, run, number
            number += len(_undone(step, run))


def _is_in_hand(state: RunState, step: Step, run: StepRun) -> bool:
    if isinstance(step.uses, Freeze):
        return step.uses.by_hand and step.id in state.holding and run.tick_of(HELD) is None
    return isinstance(step.uses, Checklist) and run.state in {StepState.WAITING, StepState.EXPIRED}


def _items(step: Step, *, drill: bool = False) -> tuple[Item, ...]:
    if isinstance(step.uses, Freeze):
        return (Item(HELD, say.HOLD_IN_DRILL if drill else say.HOLD_BY_HAND),)
    return step.uses.items if isinstance(step.uses, Checklist) else ()


def _undone(step: Step, run: StepRun, *, drill: bool = False) -> list[tuple[int, Item]]:
    items = _items(step, drill=drill)
    return [(place, item) for place, item in enumerate(items) if run.tick_of(item.id) is None]


def _holds(view: IncidentView) -> Iterator[str]:
    """What is held back now: by the bot, or by people who have said so. An exercise holds nothing."""
    state = view.state
    for step in state.playbook.steps:
        if not isinstance(step.uses, Freeze) or step.id not in state.holding:
            continue
        run = state.step_run(step.id)
        tick = run.tick_of(HELD) if run is not None else None
        if tick is not None:
            yield say.held_by(named(view.names.get(tick.person, tick.person)))
        elif not step.uses.by_hand:
            yield say.HELD_IN_DRILL if state.incident.drill else say.HELD_BY_BOT


def _checklist(step: Step, run: StepRun, number: int, *, drill: bool) -> _Block:
    items = _items(step)
    late = f" · {say.EXPIRED_STEP}" if run.state is StepState.EXPIRED else ""
    done = f" · {len(run.ticks)}/{len(items)}{late}"
    todo = (
        f"{at}. {item.text}{f' {say.OPTIONAL}' if item.optional else ''}"
        for at, (_, item) in enumerate(_undone(step, run, drill=drill), start=number)
    )
    listed = "\n".join(todo)
    # Closed until somebody opens it: two long lists at once would push the buttons off the screen.
    return lines((b(step.name), done), quote(listed, fold=len(listed) > _FOLD_OVER) if listed else None)


def _waiting(view: IncidentView, zone: Zone) -> Iterator[str]:
    """What the run waits for besides its checklists: of whom, and until when."""
    if not view.state.phase.going_on:
        return
    for step in view.state.playbook.steps:
        run = view.state.step_run(step.id)
        if run is None or run.state is not StepState.WAITING or isinstance(step.uses, Checklist):
            continue
        names = [named(view.names.get(person, person)) for person in run.asked]
        due = run.since + step.timeout if run.since is not None and step.timeout is not None else None
        late = due is not None and due <= view.now
        yield step_words.waiting(
            step.name, names, times.short(due, zone) if due is not None else "", late=late
        )


def _limits(view: IncidentView, zone: Zone) -> Iterator[str]:
    """The next limits that the law or the agency itself sets, with their dates."""
    for clock, due in limits(view.state)[:_LIMITS_SHOWN] if view.state.phase.going_on else ():
        when = times.moment(due, view.now, zone)
        yield step_words.limit(clock.name, when, late=due <= view.now, own=clock.own)


def _incident_buttons(state: RunState) -> Keyboard:
    run, epoch = state.incident.id, state.epoch
    up = Button(on.RAISE, do.RaisePage(run, epoch))
    if state.paging is Paging.ACKED:
        first = rows(Button(on.TAKE_OVER, do.TakeOverRun(run, epoch)), up)
    else:
        first = rows(Button(on.ACKNOWLEDGE, do.Acknowledge(run, epoch), tone=Tone.GO), up)
    steps = [step.id for step in state.playbook.steps]
    ticks = [
        Button(f"{say.TICK} {at}", do.TickItem(run, epoch, steps.index(step.id), place))
        for step, step_run, number in _open_checklists(state)
        for at, (place, _) in enumerate(_undone(step, step_run), start=number)
    ]
    return (*first, *evenly(*ticks, width=_TICKS_IN_A_ROW), *rows(*_closing(state)))


def _closing(state: RunState) -> tuple[Button, Button]:
    run, epoch = state.incident.id, state.epoch
    return Button(on.RESOLVE, do.ResolveRun(run, epoch)), Button(on.FALSE_ALARM, do.FalseAlarm(run, epoch))


def _last(view: IncidentView, zone: Zone) -> _Block:
    """The latest lines of the story, oldest first."""
    teller = _teller(view, zone)
    rows_ = [
        i(f"{times.short(line.at, zone)} {untappable(_brief(line, teller))}")
        for line in [line for line in told(view.timeline) if line.what != What.OPENED][-_STORY_SHOWN:]
    ]
    return lines(b(say.LAST), *rows_) if rows_ else ()


def _brief(line: TimelineLine, teller: story.Teller) -> str:
    return one_line(story.story(line.what, line.params, teller), _STORY_LONGEST)


def _teller(view: IncidentView, zone: Zone) -> story.Teller:
    return story.Teller(view.names, zone, view.now, view.state.playbook)
