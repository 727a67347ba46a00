"""What the steps of a run say becomes rows: cards for people, words for the public."""

from collections.abc import Iterator

from bot.domain.outgoing import Outgoing
from bot.domain.outgoing_steps import (
    DrillPost,
    HandOverCard,
    PublicPost,
    RedrawHandOver,
    RedrawStep,
    ReleaseCard,
    RunReply,
    StepCard,
)
from bot.domain.run_effects import Effect
from bot.domain.run_types import RunState
from bot.domain.step_effects import EndOffer, OfferHandOver, OfferRelease, PublishPost, ReplyTo, ShowStep
from bot.domain.step_effects import RedrawStep as Redraw


def of_steps(state: RunState, effect: Effect) -> Iterator[Outgoing]:
    """For the team, and for the public. A public one is never made of an exercise."""
    run = state.incident.id
    match effect:
        case ShowStep(step, attempt, people, again):
            kept = state.step_run(step)
            reminder = kept.rounds if again and kept is not None else 0
            yield from (StepCard(run, step, attempt, person, reminder) for person in people)
        case Redraw(step, attempt, people):
            yield from (RedrawStep(run, step, attempt, person) for person in people)
        case OfferHandOver(person, epoch):
            yield HandOverCard(run, person, epoch)
        case EndOffer(person, epoch):
            yield RedrawHandOver(run, person, epoch)
        case OfferRelease(people):
            yield from (ReleaseCard(run, person) for person in people)
        case PublishPost(step, attempt, channel, pin):
            yield _post(state, step, attempt, channel, pin=pin)
        case ReplyTo(step, attempt, comments) if not state.incident.drill:
            yield from (RunReply(run, step, attempt, comment) for comment in comments)
        case _:
            return


def _post(state: RunState, step: str, attempt: int, channel: str, *, pin: bool) -> Outgoing:
    run = state.incident.id
    if state.incident.drill:
        return DrillPost(run, step, attempt, channel)
    return PublicPost(run, step, attempt, channel, pin)
