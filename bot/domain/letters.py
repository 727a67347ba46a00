"""Which words an approval is about: the draft it follows, and the replies that wait behind it."""

from hashlib import sha256

from bot.domain.playbook import Playbook, Step
from bot.domain.run_types import RunState
from bot.domain.step_run import Letter
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
        if isinstance(step.uses, Answer) and approve.id in _nearest_approvals(playbook, step)
    }
    return tuple(step.id for step in playbook.steps if step.id in drafts | replies)


def letters_of(state: RunState, approve: Step) -> Covered:
    """The words themselves, as they stand now; a draft that was skipped has none."""
    found = ((step, state.step_run(step)) for step in covered_steps(state.playbook, approve))
    return tuple((step, run.letter) for step, run in found if run is not None and run.letter is not None)


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
    drafts: set[str] = set()
    seen: set[str] = set()
    waiting = list(approve.needs)
    while waiting:
        step = playbook.step(waiting.pop())
        if step is None or step.id in seen:
            continue
        seen.add(step.id)
        if isinstance(step.uses, Approve):
            continue
        if isinstance(step.uses, Compose):
            drafts.add(step.id)
        waiting += step.needs
    return drafts


def _nearest_approvals(playbook: Playbook, step: Step) -> set[str]:
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
