"""Which deeds are worth a second look at who does them."""

from bot.domain.people import Action

RISKY = frozenset(
    {
        Action.APPROVE,
        Action.SEND_INSTANT,
        Action.APPROVE_TEMPLATE,
        Action.CONFIRM_REMOVAL,
        Action.RELEASE_FREEZE,
        Action.UNLOCK,
    }
)
"""What lets words out to the public, takes a citizen's away, or lifts what holds them back: whoever tries is
looked up in the team's group first. What stops things (/kunci, return, reject) and pages are never held up.
"""
