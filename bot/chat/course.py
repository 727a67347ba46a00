"""Cards about a run as a whole: who carries on, what is still held back, what an exercise would have said."""

from bot.chat import step_actions as do
from bot.chat.drawn import Button, Drawn, Tone, rows
from bot.chat.render import b, i, lines, named, paragraphs, quote, render, untappable
from bot.chat.steps import title
from bot.chat.words import buttons as on
from bot.chat.words import crisis as say_crisis
from bot.chat.words import steps as say
from bot.chat.words import times
from bot.domain.people import Zone
from bot.services.views_steps import HandOverView, ReleaseView, StepView


def draw_hand_over(view: HandOverView, zone: Zone) -> Drawn:
    """Asks somebody to carry on; afterwards only that it is over."""
    opened = times.moment(view.state.incident.opened_at, view.now, zone)
    if not view.open:
        return Drawn(render(lines((b(say.HAND_OVER_OVER), " · ", *title(view.state)))), protect=True)
    owner = view.state.owner
    asks = say.asks(named(view.names.get(owner, owner))) if owner else ""
    at = (view.state.incident.id, view.state.epoch)
    return Drawn(
        render(
            paragraphs(
                lines(b(f"🤝 {say.HAND_OVER}"), title(view.state)),
                lines(asks, say.HAND_OVER_ASK, say_crisis.opened(opened, "")),
            )
        ),
        rows(Button(on.ACCEPT, do.AcceptRun(*at), tone=Tone.GO), Button(on.DECLINE, do.DeclineRun(*at))),
        protect=True,
    )


def draw_release(view: ReleaseView, zone: Zone) -> Drawn:
    """What is held back, each with a button of its own."""
    if not view.held:
        return Drawn(render(lines((b(say.HELD_NONE), " · ", *title(view.state)))), protect=True)
    steps = list(view.state.playbook.steps)
    listed = [
        f"{number}. {say.held_since(step.name, times.moment(run.since, view.now, zone) if run.since else '')}"
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


def draw_drill_post(view: StepView, channel: str) -> Drawn:
    """In an exercise: what would stand in public, for the team only."""
    text = view.run.letter.text if view.run.letter is not None else ""
    head = lines(b(f"{say_crisis.DRILL} · {say.DRILL_POST}"), untappable(say.channel(channel)))
    return Drawn(render(paragraphs(head, lines(quote(text)))))
