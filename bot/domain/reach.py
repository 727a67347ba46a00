"""How far a comment went, where that is known: what counts is what happened to it, never who wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """Nought is not known. `seen`: how often it was shown. `reacted`: liked, shared and answered, together.

    `replied`: how many others answered it.
    """

    seen: int = 0
    reacted: int = 0
    replied: int = 0

    @property
    def known(self) -> bool:
        return bool(self.seen or self.reacted or self.replied)

    def with_more(self, other: "Reach") -> "Reach":
        """The most of both: what was told later may be less only because it was counted otherwise."""
        return Reach(
            max(self.seen, other.seen), max(self.reacted, other.reacted), max(self.replied, other.replied)
        )


UNKNOWN = Reach()


@dataclass(frozen=True, slots=True)
class Loud:
    """From where on so many saw or answered it that somebody looks sooner; the agency's own."""

    seen: int = 10_000
    reacted: int = 100
    replied: int = 5
