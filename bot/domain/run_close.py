"""How a run ends: closed by a person, joined to another, carried on by another playbook; and its review."""

from dataclasses import replace

from bot.domain import run_clocks
from bot.domain.incident import Outcome, Phase
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import CancelTimers, CardChanged, Refusal, RetirePages, Why
from bot.domain.run_events import FalseAlarm, Merged, Resolved, Reviewed
from bot.domain.run_types import What
from bot.domain.step_effects import GiveEvidence, OfferRelease, OpenPlaybook
from bot.domain.step_run import StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import done, redraw
from bot.domain.steps import SPEAKS_TO_THE_PUBLIC, Checklist, Handoff
from bot.domain.target import TargetKind
from bot.domain.turn import Turn


def close(turn: Turn, event: Resolved | FalseAlarm) -> Refusal | None:
    """A person closes. Needs a reason while required items, or a limit set by law, are open."""
    reason = event.reason.strip()
    resolved = isinstance(event, Resolved)
    if resolved and not _may_close(turn, event.person):
        return Refusal(Why.NOT_CLOSER)
    left = open_items(turn)
    if not reason and (left or not resolved or run_clocks.is_open(turn)):
        return Refusal(Why.NEEDS_REASON)
    what, outcome = (What.RESOLVED, Outcome.HANDLED) if resolved else (What.FALSE_ALARM, Outcome.FALSE_ALARM)
    _end(turn, outcome, what, event.person)
    turn.announce(what, person=event.person, reason=reason or None, left=left or None)
    _offer_release(turn, event.person)
    if resolved:
        run_clocks.set_review(turn)
    _open_queued(turn)
    return None


def merge(turn: Turn, event: Merged) -> Refusal | None:
    """The other run goes on with what is known here. Limits set by law are still reminded of, and joining
    needs a reason while one is open.
    """
    if event.into == turn.state.incident.id:
        return Refusal(Why.STALE)
    if not _may_close(turn, event.person):
        return Refusal(Why.NOT_CLOSER)
    reason, by_law = event.reason.strip(), run_clocks.by_law(turn)
    if by_law and not reason:
        return Refusal(Why.NEEDS_REASON)
    _end(turn, Outcome.MERGED, What.MERGED, event.person)
    turn.change(carried_by=event.into)
    turn.do(GiveEvidence(event.into))
    turn.announce(
        What.MERGED, person=event.person, run=event.into, reason=reason or None, limits=by_law or None
    )
    run_clocks.go_on(turn)
    _offer_release(turn, event.person)
    _open_queued(turn)
    return None


def hand_off(turn: Turn, step: Step, uses: Handoff, run: StepRun) -> None:
    """The rest is cancelled, and the named playbook opens with what is known here. Limits set by law, which
    run from this opening, are still reminded of.
    """
    done(turn, replace(run, since=turn.now))
    for other in turn.state.steps:
        if not other.state.ended:
            turn.put_step(replace(other, state=StepState.CANCELLED))
            redraw(turn, other)
    run_clocks.look(turn)
    _end(turn, Outcome.HANDED_OFF, What.HANDED_OFF, turn.state.owner)
    turn.do(OpenPlaybook(uses.playbook))
    by_law = run_clocks.by_law(turn) or None
    turn.announce(What.HANDED_OFF, step=step.id, playbook=uses.playbook, limits=by_law)
    run_clocks.go_on(turn)
    _offer_release(turn, None)
    _open_queued(turn)


def _open_queued(turn: Turn) -> None:
    """What came while this one went on gets the run that it waited for, whatever became of this one."""
    if turn.state.queued:
        turn.change(queued=0)
        turn.do(OpenPlaybook(turn.state.playbook.id, waited=True))


def _end(turn: Turn, outcome: Outcome, what: What, by: PersonId | None) -> None:
    """Nobody is called any more, and words that have not left yet stay here."""
    turn.new_epoch(what, by)
    turn.do(CancelTimers(turn.state.epoch, steps=True))
    turn.change(phase=Phase.RESOLVED, outcome=outcome, resolved_at=turn.now, calling=(), lease_until=None)
    for run in turn.state.steps:
        step = turn.state.playbook.step(run.step)
        if step is None or run.state is not StepState.WAITING:
            continue
        if isinstance(step.uses, SPEAKS_TO_THE_PUBLIC):
            turn.put_step(replace(run, state=StepState.CANCELLED))
        redraw(turn, run)
    everybody = tuple(c.person for c in turn.state.called)
    if everybody:
        turn.do(RetirePages(everybody, turn.state.epoch, what, by))
    turn.do(CardChanged())


def _offer_release(turn: Turn, by: PersonId | None) -> None:
    """What is held back is let go by a person, one by one."""
    if turn.state.holding:
        people = turn.people((turn.state.playbook.resolve.confirm_by,))
        first = (by,) if by is not None and by not in people and not people else ()
        turn.do(OfferRelease((*people, *first)))


def open_items(turn: Turn) -> tuple[str, ...]:
    """Every required item that nobody has ticked, as `step/item`; steps that never began count too."""
    found: list[str] = []
    for run in turn.state.steps:
        step = turn.state.playbook.step(run.step)
        if step is None or not isinstance(step.uses, Checklist) or run.state in _LEFT_OUT:
            continue
        optional_only = all(item.optional for item in step.uses.items)
        found += [] if optional_only else [f"{run.step}/{item}" for item in run.open_items(step.uses)]
    return tuple(found)


_LEFT_OUT = {StepState.SKIPPED, StepState.CANCELLED}


def _may_close(turn: Turn, person: PersonId) -> bool:
    target = turn.state.playbook.resolve.confirm_by
    if target.kind is TargetKind.ACKER:
        return person == turn.state.owner
    return any(reach.person == person for reach in turn.roster.all_of((target,)))


def reviewed(turn: Turn, event: Reviewed) -> Refusal | None:
    """The look back is done."""
    turn.change(phase=Phase.REVIEWED)
    turn.announce(What.REVIEWED, person=event.person, reason=event.reason.strip() or None)
    turn.do(CardChanged())
    return None
