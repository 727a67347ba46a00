"""What the people of a rehearsal do, as events: a script names targets, the moment says which person."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.letters import authors_of, letters_of, versions_of, votes_for
from bot.domain.people import PersonId
from bot.domain.roster import Roster
from bot.domain.run_events import (
    Acknowledged,
    Answered,
    Edited,
    Event,
    FalseAlarm,
    FreezeReleased,
    ItemTicked,
    Jumped,
    PostSettled,
    Raised,
    Resolved,
    Skipped,
    StillHandling,
    StoodDown,
    TakenOver,
    TriggeredAgain,
    Voted,
)
from bot.domain.run_types import RunState
from bot.domain.scenario import ScriptLine
from bot.domain.step_run import CHOICE, Answers, PostState, StepRun, Verdict
from bot.domain.steps import Approve
from bot.domain.target import ACKER, Target


class Deed(StrEnum):
    """What somebody of the script does."""

    ACKNOWLEDGE = "acknowledge"
    RAISE = "raise"
    TAKE_OVER = "take_over"
    STILL_HANDLING = "still_handling"
    ANSWER = "answer"
    EDIT = "edit"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    POSTED = "posted"
    TICK = "tick"
    SKIP = "skip"
    JUMP = "jump"
    RELEASE = "release"
    STAND_DOWN = "stand_down"
    RESOLVE = "resolve"
    FALSE_ALARM = "false_alarm"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a script, `after` the opening. Who: the person; else somebody behind `by` who may do it;
    else the owner, else the first one called.
    """

    after: timedelta
    deed: Deed
    person: PersonId | None = None
    step: str = ""
    item: str = ""
    reason: str = ""
    by: Target | None = None
    answers: Answers = ()
    channel: str = ""


def acts_of(line: ScriptLine) -> tuple[Act, ...]:
    """A line of a scenario; ticking several items is one act each."""
    choice = ((CHOICE, line.choice),) if line.choice else ()
    act = Act(
        line.at,
        Deed(line.do),
        step=line.step,
        reason=line.text,
        by=line.by,
        answers=(*choice, *line.fields),
        channel=line.channel,
    )
    if act.deed is not Deed.TICK:
        return (act,)
    return tuple(Act(act.after, Deed.TICK, step=act.step, item=item, by=act.by) for item in line.items)


_PRESSES: dict[Deed, type[Acknowledged | Raised | TakenOver | StillHandling]] = {
    Deed.ACKNOWLEDGE: Acknowledged,
    Deed.RAISE: Raised,
    Deed.TAKE_OVER: TakenOver,
    Deed.STILL_HANDLING: StillHandling,
}
_VERDICTS = {
    Deed.APPROVE: Verdict.APPROVE,
    Deed.RETURN: Verdict.RETURN,
    Deed.REJECT: Verdict.REJECT,
}


def event_of(act: Act, state: RunState, roster: Roster) -> Event:
    """What this act is in the run as it stands."""
    person = who(act, state, roster)
    if act.deed in _PRESSES:
        return _PRESSES[act.deed](roster, person, state.epoch)
    run = state.step_run(act.step)
    if run is not None:
        return _on_step(act, state, run, roster, person)
    match act.deed:
        case Deed.RESOLVE:
            return Resolved(roster, person, act.reason)
        case Deed.FALSE_ALARM:
            return FalseAlarm(roster, person, act.reason)
        case Deed.STAND_DOWN:
            return StoodDown(roster, person, act.reason)
        case _:
            return TriggeredAgain(roster, act.reason)


def _on_step(act: Act, state: RunState, run: StepRun, roster: Roster, person: PersonId) -> Event:
    if act.deed in {Deed.EDIT, Deed.APPROVE, Deed.RETURN, Deed.REJECT, Deed.POSTED}:
        return _on_words(act, state, run, roster, person)
    match act.deed:
        case Deed.TICK:
            return ItemTicked(roster, run.step, act.item, person)
        case Deed.ANSWER:
            return Answered(roster, run.step, run.attempt, person, act.answers)
        case Deed.SKIP:
            return Skipped(roster, run.step, run.attempt, person, act.reason)
        case Deed.RELEASE:
            return FreezeReleased(roster, run.step, person)
        case _:
            return Jumped(roster, run.step, person, act.reason)


def _on_words(act: Act, state: RunState, run: StepRun, roster: Roster, person: PersonId) -> Event:
    if act.deed is Deed.EDIT:
        version = run.letter.version if run.letter is not None else 0
        return Edited(roster, run.step, run.attempt, person, version, act.reason)
    if act.deed is Deed.POSTED:
        sent = PostState.SENT
        return PostSettled(roster, run.step, run.attempt, act.channel, sent, act.reason, person)
    step = state.playbook.step(run.step)
    seen = versions_of(letters_of(state, step)) if step is not None else ""
    return Voted(roster, run.step, run.attempt, person, _VERDICTS[act.deed], seen, act.reason)


def who(act: Act, state: RunState, roster: Roster) -> PersonId:
    """The person of this act. For an approval somebody who has not spoken and has no part in the words."""
    if act.person is not None:
        return act.person
    owner = state.owner or next(iter(state.calling), PersonId(""))
    if act.by is None or act.by == ACKER:
        return owner
    people = roster.reachable((act.by,))
    step, run = state.playbook.step(act.step), state.step_run(act.step)
    if step is not None and run is not None and isinstance(step.uses, Approve):
        letters = letters_of(state, step)
        spent = authors_of(letters) | votes_for(run, letters)
        people = tuple(person for person in people if person not in spent) or people
    return next(iter(people), owner)
