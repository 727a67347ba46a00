"""What /kunci holds back."""

from bot.domain.outgoing import Outgoing, is_public
from bot.domain.outgoing_moderation import CarryOut


def rests_under_lock(outgoing: Outgoing) -> bool:
    """What citizens read, and what is done to what they wrote."""
    return is_public(outgoing) or isinstance(outgoing, CarryOut)
