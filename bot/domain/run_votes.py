"""Approval of words for the public: so many people who have no part in them, each for exactly these words."""

from dataclasses import replace

from bot.domain import lease, run_ends
from bot.domain.letters import (
    Covered,
    approvals_before,
    authors_of,
    covered_steps,
    least,
    letters_of,
    needed,
    versions_of,
    votes_for,
)
from bot.domain.playbook import Step
from bot.domain.run_effects import Refusal, Why
from bot.domain.run_events import Voted
from bot.domain.run_types import What
from bot.domain.step_effects import Write
from bot.domain.step_run import StepRun, Verdict, Vote
from bot.domain.step_state import StepState
from bot.domain.step_turn import begin, done, give, holders, is_theirs, redraw
from bot.domain.steps import Answer, Approve
from bot.domain.turn import Turn


def start(turn: Turn, step: Step, run: StepRun) -> None:
    """Show the words to those who may approve them; replies that wait behind it are written now, with the
    comments that they answer.
    """
    authors = authors_of(letters_of(turn.state, step))
    people = tuple(person for person in holders(turn, step) if person not in authors)
    give(turn, step, begin(turn, step, run), people)
    for name in covered_steps(turn.state.playbook, step):
        behind, reply = turn.state.playbook.step(name), turn.state.step_run(name)
        if behind is None or reply is None or not isinstance(behind.uses, Answer):
            continue
        if reply.letter is None or not _is_approved_by_others(turn, behind):
            turn.do(Write(name, reply.attempt))


def _is_approved_by_others(turn: Turn, reply: Step) -> bool:
    """Words that another approval has passed already stay as they are."""
    names = approvals_before(turn.state.playbook, reply)
    return any(run.step in names and run.state is StepState.DONE for run in turn.state.steps)


def voted(turn: Turn, event: Voted) -> Refusal | None:
    """One approver's word."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if step is None or run is None or not isinstance(step.uses, Approve):
        return Refusal(Why.NO_SUCH_STEP)
    letters = letters_of(turn.state, step)
    refusal = _not_theirs_to_say(turn, step, run, event) or _words_refuse(run, letters, event)
    if refusal is not None:
        return refusal
    note = event.note.strip()
    vote = Vote(event.person, event.verdict, turn.now, event.versions, note)
    run = replace(run, votes=(*run.votes, vote))
    lease.extend(turn, event.person)
    match event.verdict:
        case Verdict.APPROVE:
            _count(turn, step.uses, run, letters, vote)
        case Verdict.RETURN:
            turn.announce(What.RETURNED, step=step.id, person=event.person, note=note or None)
            run_ends.badly(turn, step, run, StepState.RETURNED, event.person, note)
        case Verdict.REJECT:
            turn.announce(What.REJECTED, step=step.id, person=event.person, note=note or None)
            run_ends.badly(turn, step, run, StepState.REJECTED, event.person, note)
    return None


def _not_theirs_to_say(turn: Turn, step: Step, run: StepRun, event: Voted) -> Refusal | None:
    if run.state is StepState.PENDING:
        return Refusal(Why.STEP_NOT_READY)
    if run.attempt != event.attempt or run.state is not StepState.WAITING:
        return Refusal(Why.STEP_OVER, run.by)
    return None if is_theirs(turn, step, run, event.person) else Refusal(Why.STEP_NOT_YOURS)


def _words_refuse(run: StepRun, letters: Covered, event: Voted) -> Refusal | None:
    if event.versions != versions_of(letters):
        return Refusal(Why.WORDS_CHANGED)
    if event.verdict is not Verdict.APPROVE:
        return None
    if not letters or event.person in authors_of(letters):
        return Refusal(Why.OWN_WORDS)
    return Refusal(Why.ALREADY_VOTED) if event.person in votes_for(run, letters) else None


def _count(turn: Turn, uses: Approve, run: StepRun, letters: Covered, vote: Vote) -> None:
    count = len(votes_for(run, letters) - turn.roster.put_out)
    most = needed(uses, letters, least(turn.state, run, turn.roster))
    turn.announce(What.APPROVED, step=run.step, person=vote.person, count=count, needed=most)
    if count >= most:
        done(turn, run, vote.person)
    else:
        turn.put_step(run)
        redraw(turn, run)
