"""The card of an act on many cases. Data only; outgoing.py joins it to its union."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BulkCard:
    """Its preview, then how it goes; in the chat where somebody asked for it."""

    bulk: int
    to: str
