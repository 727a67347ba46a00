"""A witness of public words: keeps its own records of who has approved which text."""

from dataclasses import dataclass, field

from bot.domain.incident import Outcome
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.run_effects import Decision
from bot.domain.run_events import Event, Voted
from bot.domain.run_types import RunState
from bot.domain.step_effects import PublishPost, ReplyTo
from bot.domain.step_run import Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import Answer, Approve, Compose, Publish


def texts_of(state: RunState) -> dict[str, str]:
    """The words of every step, as they stand."""
    return {run.step: run.letter.text for run in state.steps if run.letter is not None}


def gates(playbook: Playbook, step_id: str) -> set[str]:
    """The approvals that stand on the ways back from a step, the first on each."""
    step = playbook.step(step_id)
    found: set[str] = set()
    for name in step.needs if step is not None else ():
        before = playbook.step(name)
        assert before is not None
        found |= {name} if isinstance(before.uses, Approve) else gates(playbook, name)
    return found


@dataclass
class PublicWitness:
    """Sees every event and every decision."""

    yes: dict[tuple[str, int], list[tuple[PersonId, dict[str, str]]]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    sent: set[tuple[str, str, str]] = field(default_factory=set)

    def saw(self, before: RunState, event: Event, decision: Decision) -> None:
        """Raises AssertionError."""
        after = decision.state
        if isinstance(event, Voted) and decision.refusal is None and event.verdict is Verdict.APPROVE:
            read = (event.person, texts_of(before))
            self.yes.setdefault((event.step, event.attempt), []).append(read)
            self._is_decided(before, after, event)
        for effect in decision.effects:
            if isinstance(effect, PublishPost | ReplyTo):
                assert effect.drill is after.incident.drill
                self._goes_out(after, effect)

    def _goes_out(self, state: RunState, effect: PublishPost | ReplyTo) -> None:
        # What another playbook takes over in the same moment is stopped at the door: see RunPosting.before.
        assert state.phase.going_on or state.outcome is Outcome.HANDED_OFF
        step, run = state.playbook.step(effect.step), state.step_run(effect.step)
        assert step is not None
        assert run is not None
        assert run.letter is not None
        assert run.attempt == effect.attempt
        letter = run.letter
        approvals = gates(state.playbook, effect.step)
        assert approvals, "words without any approval before them"
        for name in approvals:
            self._was_approved(state, name, letter.text, frozenset(letter.authors))
        if isinstance(effect, ReplyTo):
            assert isinstance(step.uses, Answer)
            assert set(effect.comments) <= set(letter.recipients)
            assert len(effect.comments) <= step.uses.max_per_minute
        else:
            assert isinstance(step.uses, Publish)
            assert effect.channel in step.uses.to
        self.said.append(letter.text)

    def _was_approved(self, state: RunState, name: str, text: str, authors: frozenset[str]) -> None:
        approve, run = state.playbook.step(name), state.step_run(name)
        assert approve is not None
        assert run is not None
        assert isinstance(approve.uses, Approve)
        assert run.state is StepState.DONE, f"said on an approval that is {run.state}"
        votes = self.yes.get((name, run.attempt), [])
        readers = {person for person, texts in votes if text in texts.values()} - authors
        unedited = all(one.unedited for one in _letters(state, name) if one.text == text)
        assert len(readers) >= _least(approve.uses, unedited=unedited), (
            "fewer have read these words than have to"
        )

    def _is_decided(self, before: RunState, after: RunState, event: Voted) -> None:
        """An approval ends only when enough others have read all its words as they are."""
        approve, run = after.playbook.step(event.step), after.step_run(event.step)
        assert approve is not None
        assert run is not None
        assert isinstance(approve.uses, Approve)
        if run.state is not StepState.DONE:
            return
        letters = _letters(before, event.step)
        now = {letter.text for letter in letters}
        authors = {person for letter in letters for person in letter.authors}
        votes = self.yes[event.step, event.attempt]
        readers = {person for person, texts in votes if now <= set(texts.values())} - authors
        assert letters
        assert len(readers) >= _least(approve.uses, unedited=all(one.unedited for one in letters))


def _least(uses: Approve, *, unedited: bool) -> int:
    return max(1, uses.approvals_if_unedited if unedited else uses.approvals)


def _letters(state: RunState, approve: str) -> list:  # type: ignore[type-arg]  # letters
    """The words that belong to an approval: the drafts before it, and the replies behind it."""
    found = []
    for run in state.steps:
        step = state.playbook.step(run.step)
        if step is None or run.letter is None:
            continue
        before = isinstance(step.uses, Compose) and run.step in _drafts(state.playbook, approve)
        behind = isinstance(step.uses, Answer) and approve in gates(state.playbook, run.step)
        found += [run.letter] if before or behind else []
    return found


def _drafts(playbook: Playbook, step_id: str) -> set[str]:
    """Those before it up to another approval; where there are none, those of that other one."""
    step = playbook.step(step_id)
    found: set[str] = set()
    beyond: set[str] = set()
    for name in step.needs if step is not None else ():
        before = playbook.step(name)
        assert before is not None
        if isinstance(before.uses, Approve):
            beyond |= _drafts(playbook, name)
        else:
            found |= ({name} if isinstance(before.uses, Compose) else set()) | _near(playbook, name)
    return found or beyond


def _near(playbook: Playbook, step_id: str) -> set[str]:
    step = playbook.step(step_id)
    found: set[str] = set()
    for name in step.needs if step is not None else ():
        before = playbook.step(name)
        assert before is not None
        if not isinstance(before.uses, Approve):
            found |= ({name} if isinstance(before.uses, Compose) else set()) | _near(playbook, name)
    return found
