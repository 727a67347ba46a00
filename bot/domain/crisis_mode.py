"""What /siaga makes stricter: who approves, and how long anybody may be silent."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.reply import ApprovalPolicy

_SILENT = timedelta(minutes=10)
APPROVALS = 2
"""People who approve an incident's words for the public, at least."""


def stricter(policy: ApprovalPolicy) -> ApprovalPolicy:
    """Nobody sends at once, and whoever is silent is passed over sooner."""
    return replace(policy, expires=min(policy.expires, _SILENT), instant_closed=False)
