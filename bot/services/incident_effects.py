"""What a run wants done becomes rows: pages, cards, timers, lines of the timeline."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.case import CaseId
from bot.domain.incident import RunId
from bot.domain.outgoing import (
    IncidentCard,
    Notice,
    Original,
    Outgoing,
    PageCard,
    RedrawPage,
    Timeline,
    to_person,
)
from bot.domain.outgoing_steps import ReleaseCard
from bot.domain.people import PersonId
from bot.domain.run_effects import (
    Announce,
    AskLease,
    CancelTimers,
    CardChanged,
    Decision,
    Effect,
    NotifyTarget,
    PageExhausted,
    PagePerson,
    Params,
    ProposeResolve,
    RenewPages,
    RetirePages,
    SetTimer,
    ShareOriginal,
    TimelineEntry,
)
from bot.domain.run_types import RunState, What
from bot.domain.run_watch import unfinished
from bot.domain.step_effects import AskReview, Release
from bot.domain.timer import Timer
from bot.services import review_asking, said
from bot.services.ports import Parts
from bot.services.run_speaking import of_steps

FED_EVERY = timedelta(seconds=15)
"""Between two edits of an incident's card for more of the same: a flood would use up the group's edits."""


async def write_effects(tx: Parts, decision: Decision, cause: str, now: datetime) -> None:
    """All effects of one turn, in order, in the caller's transaction."""
    run = decision.state.incident.id
    number = 0
    for effect in decision.effects:
        for outgoing in await _speaks(tx, run, decision, effect):
            await tx.outbox.put(f"{cause}:run{run}:{number}", outgoing, now, _not_before(outgoing, now))
            number += 1
        await _keeps(tx, run, effect, now)
    await said.keep(tx, decision, now)


def _not_before(outgoing: Outgoing, now: datetime) -> datetime | None:
    """What people do is on the card at once, also where it waits already for more of the same."""
    if not isinstance(outgoing, IncidentCard):
        return None
    return now + FED_EVERY if outgoing.fed else now


async def _keeps(tx: Parts, run: RunId, effect: Effect, now: datetime) -> None:
    """What is written but not said: timers and the timeline."""
    subject = f"run:{run}"
    match effect:
        case SetTimer(timer):
            await tx.timers.set(
                Timer(subject, timer.kind, timer.due_at, timer.step, timer.attempt, timer.epoch, timer.seq)
            )
        case CancelTimers(up_to_epoch, steps):
            if steps:
                await tx.timers.cancel_all(subject)
            else:
                await tx.timers.cancel_ladder(subject, up_to_epoch)
        case Announce(kind, params) | TimelineEntry(kind, params):
            await tx.runs.tell(run, kind, _plain(params), now)
        case _:
            return


async def _speaks(tx: Parts, run: RunId, decision: Decision, effect: Effect) -> Iterable[Outgoing]:
    """What the team hears."""
    if isinstance(effect, ShareOriginal):
        return await _originals(tx, run, decision.state.playbook.id, effect.person)
    if isinstance(effect, AskReview):
        return await review_asking.ask(tx, decision.state, effect.people)
    if isinstance(effect, Release):
        return await _released(tx, run)
    steps = of_steps(decision.state, effect)
    return (*_pages(run, effect), *_sentences(run, decision.state, effect), *steps)


def _pages(run: RunId, effect: Effect) -> Iterable[Outgoing]:
    match effect:
        case PagePerson(person=person, epoch=epoch, loud=loud, repeat=repeat):
            yield PageCard(run, person, epoch, loud, repeat)
        case PageExhausted(person=person, epoch=epoch, repeat=repeat):
            yield PageCard(run, person, epoch, loud=True, repeat=repeat)
        case AskLease(person=person, epoch=epoch):
            yield PageCard(run, person, epoch, loud=True)
        case RetirePages(people=people) | RenewPages(people=people):
            yield from (RedrawPage(run, person) for person in people)
        case _:
            return


def _sentences(run: RunId, state: RunState, effect: Effect) -> Iterable[Outgoing]:
    about: dict[str, object] = {"run": run, "playbook": state.playbook.name}
    if state.incident.drill:
        about["drill"] = True
    match effect:
        case NotifyTarget(people=people, text=text):
            said = {**about, "text": text}
            yield from (Notice(to_person(person), "playbook_notify", said) for person in people)
        case ProposeResolve(people=people):
            left = [step.name for step in unfinished(state)]
            asked = {**about, "left": left, "epoch": state.epoch}
            yield from (Notice(to_person(person), "propose_resolve", asked) for person in people)
        case Announce(kind, params) if kind is not What.OPENED:
            yield Timeline(run, kind, _plain(params))
        case CardChanged(fed):
            yield IncidentCard(run, fed)
        case _:
            return


async def _released(tx: Parts, run: RunId) -> Iterable[Outgoing]:
    """Whoever was shown what is held back sees what is left of it."""
    cards = await tx.outbox.cards_of(f"release:{run}:")
    return tuple(ReleaseCard(run, PersonId(subject.rsplit(":", 1)[1])) for subject in cards)


async def _originals(tx: Parts, run: RunId, playbook: str, person: PersonId) -> Iterable[Outgoing]:
    """The newest evidence: what has just been written. Whoever is given it may answer it from now on."""
    evidence = await tx.runs.evidence(run)
    kept = await tx.comments.get(evidence[-1]) if evidence else None
    if kept is None:
        return ()
    case = CaseId(kept.case_id)
    await tx.cases.name_companion(case, person, playbook)
    return (Original(case, person, kept.id),)


def _plain(params: Params) -> dict[str, object]:
    return dict(params)
