"""What /siaga makes stricter: who approves, and how long anybody may be silent."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import PersonId
from bot.domain.reply import ApprovalPolicy, Draft

_SILENT = timedelta(minutes=10)
APPROVALS = 2
"""People who approve words for the public, at least."""


def needs_another(draft: Draft, policy: ApprovalPolicy, deciders: Collection[PersonId]) -> bool:
    """Whether this is the first of two who must agree, as far as there are two who may.

    Not where the agency is one person, nor for words to somebody at risk, whose two readers are named.
    """
    if draft.private or policy.alone or draft.agreed_by is not None:
        return False
    return len(set(deciders) - set(draft.authors)) >= APPROVALS


def stricter(policy: ApprovalPolicy) -> ApprovalPolicy:
    """Nobody sends at once, nothing goes out by itself, and whoever is silent is passed over sooner."""
    return replace(policy, expires=min(policy.expires, _SILENT), instant_closed=False, repeat=False)
