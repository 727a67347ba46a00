"""Words for the public while they are made: composed of a template, written or rewritten by people."""

from dataclasses import replace

from bot.domain import lease
from bot.domain.letters import covered_steps
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import Refusal, Why
from bot.domain.run_events import Composed, Edited
from bot.domain.run_types import What
from bot.domain.step_effects import Write
from bot.domain.step_run import Letter, StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import begin, done, give, holders, redraw
from bot.domain.steps import Answer, Approve, Compose
from bot.domain.turn import Turn

_OPEN = {StepState.PENDING, StepState.WAITING, StepState.EXPIRED, StepState.SKIPPED}
"""An approval that has decided nothing: its words may still change."""

_WRITING = {StepState.WAITING, StepState.EXPIRED, StepState.DONE}


def start(turn: Turn, step: Step, run: StepRun) -> None:
    """Words are made of their template; those that came back wait for a person to change them."""
    run = begin(turn, step, run)
    turn.put_step(run)
    if run.letter is None:
        turn.do(Write(run.step, run.attempt))
    else:
        give(turn, step, run, holders(turn, step))


def composed(turn: Turn, event: Composed) -> Refusal | None:
    """The words are there; or no template could give them, and a person writes them."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if step is None or run is None or not isinstance(step.uses, Compose | Answer):
        return Refusal(Why.NO_SUCH_STEP)
    due = StepState.WAITING if isinstance(step.uses, Compose) else StepState.PENDING
    if run.attempt != event.attempt or run.state is not due:
        return Refusal(Why.STEP_OVER)
    if event.letter is None:
        turn.announce(What.NOT_COMPOSED, step=step.id, reason=event.fault)
        run = replace(run, note=event.fault)
        turn.put_step(run)
        if isinstance(step.uses, Compose):
            give(turn, step, run, holders(turn, step))
        return None
    run = _with(run, _newer(run.letter, event.letter))
    turn.put_step(run)
    turn.tell(What.COMPOSED, step=step.id)
    if isinstance(step.uses, Compose):
        done(turn, run)
    return None


def _newer(old: Letter | None, new: Letter) -> Letter:
    """Words that somebody rewrote stay; whom they answer is as of now."""
    return new if old is None or old.unedited else replace(old, recipients=new.recipients)


def _with(run: StepRun, letter: Letter) -> StepRun:
    """These words, under a version that no words of this step have had."""
    return replace(run, letter=replace(letter, version=run.words + 1), words=run.words + 1)


def edited(turn: Turn, event: Edited) -> Refusal | None:
    """A person rewrote the words and is an author from now on. Votes for the former words count no more."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if step is None or run is None or not isinstance(step.uses, Compose | Answer):
        return Refusal(Why.NO_SUCH_STEP)
    refusal = _not_editable(turn, step, run, event)
    if refusal is not None:
        return refusal
    letter = run.letter or Letter("", _template(step), 0)
    authors = tuple(dict.fromkeys((*letter.authors, event.person)))
    letter = replace(letter, text=event.text, authors=authors, unedited=False, sources=())
    run = _with(run, letter)
    turn.tell(What.EDITED, step=step.id, person=event.person)
    lease.extend(turn, event.person)
    if run.state in {StepState.WAITING, StepState.EXPIRED}:
        done(turn, run, event.person)
    else:
        turn.put_step(run)
        redraw(turn, run)
    _tell_approvers(turn, step)
    return None


def _not_editable(turn: Turn, step: Step, run: StepRun, event: Edited) -> Refusal | None:
    if run.state is StepState.PENDING and run.letter is None:
        return Refusal(Why.STEP_NOT_READY)
    editable = _WRITING if isinstance(step.uses, Compose) else {StepState.PENDING}
    if run.attempt != event.attempt or run.state not in editable:
        return Refusal(Why.STEP_OVER, run.by)
    if run.letter is not None and run.letter.version != event.version:
        return Refusal(Why.WORDS_CHANGED)
    decided = [one for one in _approvals(turn, step) if one.state not in _OPEN]
    if decided:
        return Refusal(Why.STEP_OVER, decided[0].by)
    return None if _may_write(turn, step, event.person) else Refusal(Why.STEP_NOT_YOURS)


def _approvals(turn: Turn, step: Step) -> list[StepRun]:
    """The approvals that cover this step's words."""
    playbook = turn.state.playbook
    covering = {
        one.id
        for one in playbook.steps
        if isinstance(one.uses, Approve) and step.id in covered_steps(playbook, one)
    }
    return [run for run in turn.state.steps if run.step in covering]


def _may_write(turn: Turn, step: Step, person: PersonId) -> bool:
    """Whoever may write at all; where a life is at risk only those who work on this incident. No writer
    approves.
    """
    if not turn.state.playbook.sensitive:
        return True
    behind = turn.roster.all_of((*step.to, turn.state.playbook.resolve.confirm_by))
    known = turn.state.was_called(person) or person in turn.roster.responders
    return known or person == turn.state.owner or any(reach.person == person for reach in behind)


def _tell_approvers(turn: Turn, step: Step) -> None:
    for run in _approvals(turn, step):
        if run.state is StepState.WAITING:
            redraw(turn, run)


def _template(step: Step) -> str:
    return step.uses.template if isinstance(step.uses, Compose | Answer) else ""
