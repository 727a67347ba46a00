"""When the work is done: the run is watched from then on, and closing it is proposed."""

from bot.domain.incident import Paging, Phase
from bot.domain.playbook import Step
from bot.domain.run_effects import CancelTimers, CardChanged, ProposeResolve
from bot.domain.run_types import RunState, TimerKind, What
from bot.domain.step_run import StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import holds
from bot.domain.steps import (
    SPEAKS_TO_THE_PUBLIC,
    Answer,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Publish,
    Request,
    Wait,
)
from bot.domain.turn import CADENCE, Turn

_WORK = (Checklist, Ask, Request, Compose, Approve, Publish, Answer, Wait)


def look(turn: Turn) -> None:
    """All work ended and nobody has to be called: from here on the bot asks whether it is over.

    Public words that are out (or will not go out) end the work; without such steps the others have to end. A
    playbook without work for people stays open under its owner's lease: nothing shows that it is over.
    """
    state = turn.state
    if state.phase is not Phase.OPEN or state.paging not in {Paging.ACKED, Paging.STOOD_DOWN}:
        return
    steps = [(step, run) for step, run in _steps(state) if not isinstance(step.uses, Cadence)]
    speaks = any(isinstance(step.uses, SPEAKS_TO_THE_PUBLIC) for step, _ in steps)
    if not any(isinstance(step.uses, _WORK) for step, _ in steps):
        return
    if _words_to_come(state) if speaks else not all(run.state.ended for _, run in steps):
        return
    turn.change(phase=Phase.MONITORING, lease_asked=False)
    turn.do(CancelTimers(state.epoch))
    turn.announce(What.MONITORING, left=tuple(step.id for step in unfinished(turn.state)) or None)
    propose(turn)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
    turn.do(CardChanged())


def unfinished(state: RunState) -> tuple[Step, ...]:
    """What is still to be done when all public words are out, such as a checklist; a cadence never ends, and
    what a later answer may bring is nobody's task yet.
    """
    later = _for_later(state)
    return tuple(
        step
        for step, run in _steps(state)
        if not run.state.ended and step.id not in later and not isinstance(step.uses, Cadence)
    )


def propose(turn: Turn) -> None:
    """Ask those who may close whether it is over, unless the playbook's own condition says that it is not, or
    words for the public are on their way again.
    """
    when = turn.state.playbook.resolve.when
    quiet = turn.state.paging is Paging.STOOD_DOWN  # nobody has it, so somebody has to look
    if not quiet and (_words_to_come(turn.state) or (when is not None and not holds(turn, when))):
        return
    target = turn.state.playbook.resolve.confirm_by
    people = turn.people((target,))
    if people:
        turn.do(ProposeResolve(target, people))
    else:
        turn.announce(What.TARGET_EMPTY, target=target)


def _words_to_come(state: RunState) -> bool:
    """Whether words for the public have neither gone out nor been given up."""
    later = _for_later(state)
    return any(
        isinstance(step.uses, SPEAKS_TO_THE_PUBLIC) and not run.state.ended and step.id not in later
        for step, run in _steps(state)
    )


def _for_later(state: RunState) -> frozenset[str]:
    """What has not begun and waits for a question that comes only after words for the public: "what is new?",
    "shall we say that it is over?". Once the correct words are out, quiet does not wait for those.
    """
    if state.informed_at is None:
        return frozenset()
    spoken: set[str] = set()
    later: set[str] = set()
    open_questions: set[str] = set()
    for step, run in _steps(state):  # `needs` and `if` look back only, so one pass suffices
        after_words = not spoken.isdisjoint(step.before)
        if after_words or isinstance(step.uses, SPEAKS_TO_THE_PUBLIC):
            spoken.add(step.id)
        if after_words and isinstance(step.uses, Ask) and not run.state.ended:
            open_questions.add(step.id)
        waits = not (later | open_questions).isdisjoint((*step.before, step.id))
        if waits and run.state is StepState.PENDING:
            later.add(step.id)
    return frozenset(later)


def _steps(state: RunState) -> list[tuple[Step, StepRun]]:
    """Every step with how far it is: a run has its steps in the order of its playbook."""
    return list(zip(state.playbook.steps, state.steps, strict=True))
