"""What the bot says about claims to the team. Data only; outgoing.py joins these to its union."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim's card, where somebody asked for it: always a message of its own, the live one from then on."""

    claim: int
    to: str


@dataclass(frozen=True, slots=True)
class RedrawClaim:
    """Draws the last card of this claim in this chat anew."""

    claim: int
    to: str


OfClaims = ClaimCard | RedrawClaim


def card(what: OfClaims) -> str:
    """The message that this is, or draws anew."""
    return f"claim:{what.claim}:{what.to}"


def place_of(subject: str) -> str:
    """The chat of a card, from what `card` made."""
    return subject.split(":", 2)[2]
