"""How long words for the public may be: as long as the places they are for allow, and as a card can show."""

from collections.abc import Iterator, Mapping

from bot.domain.letters import approvals_before, covered_steps, drafts_before
from bot.domain.playbook import Playbook, Step
from bot.domain.run_types import RunState
from bot.domain.steps import Answer, Approve, Publish

REPLY = 1000
"""Characters of a reply under a comment; longer ones are not read, and hit the platform's limits sooner."""
CARD = 3500
"""Of all words that one approval is about: whoever approves reads them whole, in one message."""
_CHANNELS: Mapping[str, int] = {"instagram": 2200, "tiktok": 2200}
"""What a caption may hold. On X and Threads a person parts the words; elsewhere there is room enough."""


def longest(state: RunState, step: Step) -> int:
    """How many characters the words of this step may have, beside those that are approved with them."""
    return min(_of_the_place(state.playbook, step), max(1, CARD - _beside(state, step)))


def _of_the_place(playbook: Playbook, step: Step) -> int:
    if isinstance(step.uses, Answer):
        return REPLY
    channels = [channel for post in _posts_of(playbook, step) for channel in post.to]
    return min((_CHANNELS.get(channel, CARD) for channel in channels), default=CARD)


def _posts_of(playbook: Playbook, draft: Step) -> Iterator[Publish]:
    """The posts that may carry these words."""
    approvals = {one.id for one in playbook.steps if draft.id in drafts_before(playbook, one)}
    for step in playbook.steps:
        if isinstance(step.uses, Publish) and approvals & approvals_before(playbook, step):
            yield step.uses


def _beside(state: RunState, step: Step) -> int:
    """The length of the other words on the fullest card on which these stand."""
    playbook = state.playbook
    cards = [
        set(covered_steps(playbook, one)) - {step.id}
        for one in playbook.steps
        if isinstance(one.uses, Approve) and step.id in covered_steps(playbook, one)
    ]
    found = {run.step: len(run.letter.text) for run in state.steps if run.letter is not None}
    return max((sum(found.get(name, 0) for name in card) for card in cards), default=0)
