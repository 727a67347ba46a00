"""The two messages of a triage group that live on: the board, and the digest of what waits without a card.

Data only, as in outgoing.py, which joins these to the one closed union. Both are drawn from what the store
says when they are sent, so a hundred changes are one edit.
"""

from dataclasses import dataclass

BOARD = "board"
"""A recipient of its own, for the same chat: an emergency's edit waits behind no card, nor does the card of
somebody at risk."""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """The live board. `urgent`: an emergency came, so it goes before everything else."""

    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DigestCard:
    """The list of new cases that have no card."""


OfBoard = BoardCard | DigestCard


def card(what: object) -> str:
    """Its name among the live cards; "" for what is none of these."""
    if isinstance(what, BoardCard):
        return "board"
    return "digest" if isinstance(what, DigestCard) else ""
