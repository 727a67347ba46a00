"""What follows when a step does not end well, and how a step and all after it begin again."""

from dataclasses import replace

from bot.domain import ladder
from bot.domain.incident import Paging
from bot.domain.letters import approvals_before, drafts_before
from bot.domain.people import PersonId
from bot.domain.playbook import After, Reaction, Step
from bot.domain.run_effects import Refusal, Why
from bot.domain.run_events import Jumped, Skipped
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import ShowStep
from bot.domain.step_run import Post, PostState, StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import arm, give, holders, redraw
from bot.domain.steps import Answer, Approve, Publish
from bot.domain.turn import Turn

_DEFAULT = {
    StepState.EXPIRED: Reaction(After.NOTIFY),
    StepState.REJECTED: Reaction(After.NOTIFY),
    StepState.FAILED: Reaction(After.ASK_HUMAN),
}
"""What a playbook that says nothing means. A return goes back to the draft."""


def reaction(turn: Turn, step: Step, state: StepState) -> Reaction:
    """What the playbook wants when this step ends in this state."""
    if state in step.reactions:
        return step.reactions[state]
    drafts = drafts_before(turn.state.playbook, step) if state is StepState.RETURNED else ()
    return Reaction(After.GOTO, drafts[-1]) if drafts else _DEFAULT.get(state, Reaction(After.NOTIFY))


def passed(turn: Turn, step: Step, run: StepRun) -> bool:
    """Whether what needs this step may start: it ended well, or its end does not matter to the playbook.

    An approval that is not given always matters.
    """
    if run.state.ended_well:
        return True
    if not run.state.ended or isinstance(step.uses, Approve):
        return False
    return reaction(turn, step, run.state).what is After.CONTINUE


def is_refused(turn: Turn, approve: Step, run: StepRun) -> bool:
    """Whether this approval ended without a yes, and nobody is to decide on it any more."""
    if not isinstance(approve.uses, Approve) or not run.state.ended or run.state is StepState.DONE:
        return False
    return run.state is StepState.SKIPPED or reaction(turn, approve, run.state).what is not After.ASK_HUMAN


def badly(
    turn: Turn, step: Step, run: StepRun, state: StepState, by: PersonId | None = None, note: str = ""
) -> None:
    """The step ends, or would end, in this state."""
    wanted = reaction(turn, step, state)
    if wanted.what is not After.ESCALATE or state is not StepState.EXPIRED:
        run = replace(run, state=state, by=by, note=note)
    elif step.timeout is not None:  # it goes on waiting, and is late again after the same time
        run = arm(turn, run, TimerKind.EXPIRE, turn.now + step.timeout)
    turn.put_step(run)
    redraw(turn, run)
    _react(turn, step, run, wanted)


def _react(turn: Turn, step: Step, run: StepRun, wanted: Reaction) -> None:
    match wanted.what:
        case After.ESCALATE:
            escalate(turn, run.step)
        case After.GOTO:
            restart(turn, wanted.step, note=run.note, rewrite=run.state is StepState.RETURNED)
            turn.tell(What.JUMPED, step=wanted.step)
        case After.ASK_HUMAN:
            give(turn, step, run, holders(turn, step))
        case After.NOTIFY if run.asked:
            turn.do(ShowStep(run.step, run.attempt, run.asked, again=True))
        case _:
            return


def escalate(turn: Turn, step: str) -> None:
    """Call the next level besides whoever has the run; where nobody has it the ladder is on its way."""
    if turn.state.paging is Paging.ACKED:
        turn.change(late=tuple(dict.fromkeys((*turn.state.late, step))))
        ladder.call_besides(turn)


def restart(turn: Turn, step_id: str, *, note: str = "", rewrite: bool = False) -> None:
    """Attempt+1 of this step and of everything after it. `rewrite`: its words came back, and a person changes
    them; otherwise they are made anew.
    """
    names = _from(turn, step_id)
    for run in turn.state.steps:
        if run.step in names:
            redraw(turn, run)
            again = StepRun(run.step, run.attempt + 1, words=run.words)
            if rewrite and run.step == step_id:
                again = replace(again, letter=run.letter, note=note)
            turn.put_step(_with_words(turn, run, again, names))


def _from(turn: Turn, step_id: str) -> set[str]:
    """The step and everything that waits for it. `needs` and `if` look back only, so one pass suffices."""
    names = {step_id}
    for step in turn.state.playbook.steps:
        if not names.isdisjoint(step.before):
            names.add(step.id)
    return names


def _with_words(turn: Turn, old: StepRun, again: StepRun, names: set[str]) -> StepRun:
    """Approved words stay, with where they stand already, unless their approval begins anew as well."""
    step = turn.state.playbook.step(old.step)
    if step is None or not isinstance(step.uses, Publish | Answer):
        return again
    if not names.isdisjoint(approvals_before(turn.state.playbook, step)):
        # A reply that somebody rewrote keeps its words; who receives it is asked anew.
        edited = isinstance(step.uses, Answer) and old.letter is not None and not old.letter.unedited
        return replace(again, letter=old.letter) if edited else again
    return replace(again, letter=old.letter, posts=in_doubt(old))


def in_doubt(run: StepRun) -> tuple[Post, ...]:
    """The posts that a new attempt begins with. What is on its way may arrive after all, so a person looks;
    what failed, was given up or was asked of a person is begun anew.
    """
    kept = (post for post in run.posts if post.state in _STAND)
    return tuple(
        replace(post, state=PostState.UNCERTAIN) if post.state is PostState.QUEUED else post for post in kept
    )


_STAND = {PostState.SENT, PostState.UNCERTAIN, PostState.QUEUED}


def skip(turn: Turn, event: Skipped) -> Refusal | None:
    """A person leaves a step out. Where it was an approval, what it would have let out is left out too."""
    run = turn.state.step_run(event.step)
    if run is None:
        return Refusal(Why.NO_SUCH_STEP)
    if run.attempt != event.attempt or run.state in {StepState.DONE, StepState.SKIPPED, StepState.CANCELLED}:
        return Refusal(Why.STEP_OVER, run.by)
    if not event.reason.strip():
        return Refusal(Why.NEEDS_REASON)
    stands = any(post.state is PostState.SENT for post in run.posts)
    end = StepState.DONE if stands else StepState.SKIPPED
    run = replace(run, state=end, by=event.person, note=event.reason.strip())
    turn.put_step(run)
    redraw(turn, run)
    turn.announce(What.STEP_SKIPPED, step=run.step, person=event.person, reason=event.reason.strip())
    return None


def jump(turn: Turn, event: Jumped) -> Refusal | None:
    """A person begins a step, and everything after it, again."""
    if turn.state.step_run(event.step) is None:
        return Refusal(Why.NO_SUCH_STEP)
    restart(turn, event.step)
    turn.announce(What.JUMPED, step=event.step, person=event.person, reason=event.reason.strip() or None)
    return None
