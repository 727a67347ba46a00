"""What the register of claims means to playbooks: one rumour is one matter; who denies it opens nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.claim import ClaimId
from bot.domain.comment import CommentId, KeptComment
from bot.domain.incident import RunId
from bot.domain.playbook import Playbook
from bot.services.claim_rows import Linked
from bot.services.ports import Parts
from bot.services.run_keeping import put_evidence
from classifiers.labels import Label


def is_about_rumours(playbook: Playbook) -> bool:
    """Whether its triggers ask for rumours. A burst of complaints is one matter whatever they tell."""
    named = (playbook.triggers.burst, playbook.triggers.comment)
    return any(trigger is not None and trigger.label is Label.HOAX for trigger in named)


async def told_in(
    tx: Parts, playbook: Playbook, comments: Sequence[KeptComment]
) -> Mapping[CommentId, Linked]:
    """The claims of these comments, where the playbook cares."""
    if not comments or not is_about_rumours(playbook):
        return {}
    return await tx.claim_links.of_each([one.id for one in comments])


async def as_evidence(tx: Parts, claim: ClaimId, comments: Sequence[KeptComment], now: datetime) -> None:
    """What a person puts to a claim belongs to the incidents about it, too."""
    for run in await tx.claim_links.runs(claim):
        await put_evidence(tx, RunId(run), comments, now)
