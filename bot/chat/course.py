"""Cards about a run as a whole: who carries on, what is held back, what else a person may change about it."""

from collections.abc import Iterator

from bot.chat import step_actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import Button, Drawn, Tone, rows
from bot.chat.render import b, i, lines, named, paragraphs, quote, render, untappable
from bot.chat.short import Short
from bot.chat.steps import title
from bot.chat.words import buttons as on
from bot.chat.words import crisis as say_crisis
from bot.chat.words import steps as say
from bot.chat.words import times
from bot.domain.incident import Paging
from bot.domain.people import Zone
from bot.domain.playbook import Step
from bot.domain.step_state import StepState
from bot.domain.steps import NEVER_ON_A_SKIP, Approve, Freeze
from bot.services.templates import short_name
from bot.services.views_steps import CourseView, HandOverView, ReleaseView, StepView


def draw_hand_over(view: HandOverView, zone: Zone) -> Drawn:
    """Asks somebody to carry on; afterwards only that it is over."""
    opened = times.moment(view.state.incident.opened_at, view.now, zone)
    if not view.open and view.state.owner == view.person:
        return Drawn(render(lines(b(f"✅ {say_crisis.YOURS_HEAD}"), title(view.state))), protect=True)
    if not view.open:
        return Drawn(render(lines(b(say.HAND_OVER_OVER), title(view.state))), protect=True)
    at = (view.state.incident.id, view.state.epoch)
    notes = [
        untappable(say.note_from(named(view.names.get(person, person)), text)) for person, text in view.notes
    ]
    return Drawn(
        render(
            paragraphs(
                lines(b(f"🤝 {say.HAND_OVER}"), title(view.state)),
                lines(*_why_asked(view, zone), say_crisis.opened(opened, "")),
                lines(b(say.HAND_OVER_NOTES), *notes) if notes else (),
            )
        ),
        rows(Button(on.ACCEPT, do.AcceptRun(*at), tone=Tone.GO), Button(on.DECLINE, do.DeclineRun(*at))),
        protect=True,
    )


def _why_asked(view: HandOverView, zone: Zone) -> Iterator[str]:
    owner, over = view.state.owner or "", view.state.shift_over
    name = named(view.names.get(owner, owner))
    yield untappable(say.asks(name) if over is None else say.shift_over(name))
    yield say.HAND_OVER_ASK
    if over is not None and over.until is not None:
        yield say.call_others(times.moment(over.until, view.now, zone))


def draw_release(view: ReleaseView, zone: Zone) -> Drawn:
    """What is held back, each with a button of its own."""
    if not view.held:
        return Drawn(render(lines(b(f"🔓 {say.HELD_NONE}"), title(view.state))), protect=True)
    steps = list(view.state.playbook.steps)
    listed = [
        f"{number}. {_held(step, times.moment(run.since, view.now, zone) if run.since else '')}"
        for number, (step, run) in enumerate(view.held, start=1)
    ]
    made = [
        Button(
            f"{on.RELEASE_HELD} {number}",
            do.ReleaseHeld(view.state.incident.id, steps.index(step), run.attempt),
        )
        for number, (step, run) in enumerate(view.held, start=1)
    ]
    head = lines(b(f"🔒 {say.HELD}"), title(view.state))
    return Drawn(render(paragraphs(head, lines(*listed), lines(i(say.HELD_ASK)))), rows(*made), protect=True)


def _held(step: Step, when: str) -> str:
    return say.held_since(step.name, when, by_hand=isinstance(step.uses, Freeze) and step.uses.by_hand)


def draw_drill_post(view: StepView, channel: str) -> Drawn:
    """In an exercise: what would stand in public, for the team only."""
    text = view.run.letter.text if view.run.letter is not None else ""
    head = lines(b(f"{say_crisis.DRILL} · {say.DRILL_POST}"), untappable(say.channel(channel)))
    return Drawn(render(paragraphs(head, lines(quote(text)))))


def draw_course(view: CourseView) -> Drawn:
    """/krisis K-3: every step with where it stands, and what a person may do about it."""
    state = view.state
    run, epoch = state.incident.id, state.epoch
    listed: list[str] = []
    steer: list[Button] = []
    for place, step in enumerate(state.playbook.steps):
        kept = state.step_run(step.id)
        if kept is None:
            continue
        number = place + 1
        listed.append(f"{_MARKS[kept.state]} {number}. {step.name}")
        at = (run, place, kept.attempt)
        if kept.state is StepState.WAITING and not isinstance(step.uses, Approve):
            steer.append(Button(f"{on.SKIP} {number}", do.SkipStep(*at)))
        elif kept.state in {StepState.PENDING, StepState.SKIPPED}:
            # Words for the public go no other way than behind their approval.
            begins = not isinstance(step.uses, NEVER_ON_A_SKIP)
            steer += [Button(f"{on.BEGIN} {number}", do.RepeatFrom(*at))] if begins else []
        elif kept.state is not StepState.WAITING:
            steer.append(Button(f"{on.REPEAT} {number}", do.RepeatFrom(*at)))
    people = [
        Button(
            f"{on.HAND_OVER}: {one_line(view.names.get(person, person), 24)}",
            do.OfferRun(run, epoch, Short(short_name(person))),
        )
        for person in view.candidates[:_MOST_PEOPLE]
    ]
    numbers = [other.incident.id for other in view.others[:_MOST_PEOPLE]]
    merges = [
        Button(f"{on.MERGE} {say_crisis.run_number(number)}", do.MergeInto(run, epoch, number))
        for number in numbers
    ]
    calm = Button(on.STAND_DOWN, do.StandDown(run, epoch)) if state.paging is not Paging.ACKED else None
    steps = lines(b(say.STEPS), *listed) if listed else ()
    text = render(paragraphs(lines(b(say.MENU), title(state)), steps))
    return Drawn(text, (*rows(*steer), *rows(*people, width=1), *rows(*merges), *rows(calm)))


_MOST_PEOPLE = 8
_MARKS = {
    StepState.PENDING: "▫️",
    StepState.WAITING: "⏳",
    StepState.DONE: "✅",
    StepState.SKIPPED: "➖",
    StepState.RETURNED: "↩️",
    StepState.REJECTED: "⛔",
    StepState.EXPIRED: "⌛",
    StepState.FAILED: "⚠️",
    StepState.SUPERSEDED: "🔂",
    StepState.CANCELLED: "➖",
}
