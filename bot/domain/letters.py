"""Which words an approval is about: the draft it follows, and the replies that wait behind it."""

from hashlib import sha256

from bot.domain.playbook import Playbook, Step
from bot.domain.roster import Roster
from bot.domain.run_types import RunState
from bot.domain.step_run import Letter, StepRun, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import Answer, Approve, Compose

Covered = tuple[tuple[str, Letter], ...]
"""Step and letter, in the order of the file."""


def covered_steps(playbook: Playbook, approve: Step) -> tuple[str, ...]:
    """The steps whose words this approval lets out: every draft between it and an earlier approval, and every
    reply that cannot start without it and has no other approval in between.
    """
    drafts = _back(playbook, approve)
    replies = {
        step.id
        for step in playbook.steps
        if isinstance(step.uses, Answer) and approve.id in approvals_before(playbook, step)
    }
    return tuple(step.id for step in playbook.steps if step.id in drafts | replies)


def letters_of(state: RunState, approve: Step) -> Covered:
    """The words themselves, as they stand now; a draft that was skipped has none."""
    found = ((step, state.step_run(step)) for step in covered_steps(state.playbook, approve))
    return tuple((step, run.letter) for step, run in found if run is not None and run.letter is not None)


def drafts_before(playbook: Playbook, approve: Step) -> tuple[str, ...]:
    """The drafts among the steps that it covers."""
    drafts = _back(playbook, approve)
    return tuple(step.id for step in playbook.steps if step.id in drafts)


def versions_of(letters: Covered) -> str:
    """What a vote is for: `sikap-awal:1,balas:1`. Another word in any of them is another name."""
    return ",".join(f"{step}:{letter.version}" for step, letter in letters)


def short_versions(letters: Covered) -> str:
    """The same in eight hex digits, for a button; the words count too, so that it cannot be guessed ahead."""
    said = repr([(step, letter.version, letter.text) for step, letter in letters])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def authors_of(letters: Covered) -> frozenset[str]:
    """Everybody whose words are in them: none of them may approve."""
    return frozenset(person for _, letter in letters for person in letter.authors)


def _back(playbook: Playbook, approve: Step) -> set[str]:
    """The drafts back to an earlier approval. Where there are none and it follows another approval at once,
    those of that one: the second of two people in turn reads what the first one did.
    """
    drafts: set[str] = set()
    seen: set[str] = set()
    waiting = list(approve.needs)
    while waiting:
        step = playbook.step(waiting.pop())
        if step is None or step.id in seen or isinstance(step.uses, Approve):
            continue
        seen.add(step.id)
        if isinstance(step.uses, Compose):
            drafts.add(step.id)
        waiting += step.needs
    if drafts:
        return drafts
    first = [step for step in playbook.steps if step.id in approve.needs and isinstance(step.uses, Approve)]
    return {name for one in first for name in _back(playbook, one)}


def approvals_before(playbook: Playbook, step: Step) -> set[str]:
    """The approvals that a step's words have to pass: the closest one on every way back through `needs`."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(step.needs)
    while waiting:
        before = playbook.step(waiting.pop())
        if before is None or before.id in seen:
            continue
        seen.add(before.id)
        if isinstance(before.uses, Approve):
            found.add(before.id)
        else:
            waiting += before.needs
    return found


def votes_for(run: StepRun, letters: Covered) -> frozenset[str]:
    """Who has approved exactly these words, and has no part in them."""
    versions = versions_of(letters)
    found = (v.person for v in run.votes if v.verdict is Verdict.APPROVE and v.versions == versions)
    return frozenset(found) - authors_of(letters)


def needed(uses: Approve, letters: Covered, least: int = 1) -> int:
    """How many have to, at least `least`: fewer where every word is that of an approved template."""
    unedited = all(letter.unedited for _, letter in letters)
    return max(least, 1, uses.approvals_if_unedited if unedited else uses.approvals)


def least(state: RunState, run: StepRun, roster: Roster) -> int:
    """What the crisis mode asks for, as far as there are people: not of an exercise, nor of one alone."""
    here = set(run.asked) - roster.put_out
    return 1 if state.incident.drill else min(roster.approvals, max(1, len(here)))


def stands_for(state: RunState, approve: Step, name: str, letter: Letter) -> bool:
    """Whether this approval was given to exactly these words of this step. Words of other steps that change
    later are no part of it.
    """
    run = state.step_run(approve.id)
    yes = [vote for vote in run.votes if vote.verdict is Verdict.APPROVE] if run is not None else []
    if run is None or run.state is not StepState.DONE or not isinstance(approve.uses, Approve) or not yes:
        return False
    decided = yes[-1].versions
    if versions_of(((name, letter),)) not in decided.split(","):
        return False
    readers = {vote.person for vote in yes if vote.versions == decided} - set(letter.authors)
    return len(readers) >= needed(approve.uses, ((name, letter),))


def words_for(state: RunState, step: Step) -> Letter | None:
    """What a publish or reply step may say: None unless every approval before it stands for these words.

    A reply has words of its own; a post says those of the last draft that all of them cover.
    """
    approvals = [one for one in state.playbook.steps if one.id in approvals_before(state.playbook, step)]
    names = [step.id]
    if not isinstance(step.uses, Answer):
        covered = [set(drafts_before(state.playbook, one)) for one in approvals]
        names = [one.id for one in state.playbook.steps if all(one.id in drafts for drafts in covered)]
    found = [(name, run.letter) for name in names if (run := state.step_run(name)) and run.letter is not None]
    if not approvals or not found:
        return None
    name, letter = found[-1]
    return letter if all(stands_for(state, one, name, letter) for one in approvals) else None
