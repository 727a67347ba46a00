"""How an agency greets and takes leave, and how long its replies are."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.comment import Platform

USUAL_SALUTATIONS = (
    "Halo", "Hai", "Kak", "Bapak", "Ibu", "Bapak/Ibu", "Yth", "Salam", "Selamat", "Sobat", "Sahabat",
    "Assalamualaikum", "Assalamu'alaikum", "Om swastiastu", "Shalom", "Terima kasih, Kak",
)  # fmt: skip
"""What counts as a salutation where the agency has written down none."""
_COMFORTABLE = 700
"""Characters that a phone shows without much scrolling; ours are far below."""
_LONGER_IN_PRIVATE = 1000


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Empty `salutations`: any usual one. Empty `closings`: none is asked for. `longest`: 0 for the usual."""

    salutations: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    longest: int = 0

    def greets(self, text: str) -> bool:
        """Whether the text begins with a salutation of the house."""
        return _begins(_plain(text), self.salutations or USUAL_SALUTATIONS)

    def takes_leave(self, text: str) -> bool:
        """Whether its last sentence, or its last line, begins with a closing of the house."""
        if not self.closings:
            return True
        last = _plain(text.strip().splitlines()[-1]) if text.strip() else ""
        ends = (last, *(part.strip() for part in last.split(". ")[-1:]))
        return any(_begins(end, self.closings) for end in ends)

    def comfortable(self, place: Platform) -> int:
        """How many characters a reply there should have at most."""
        if self.longest:
            return self.longest
        return _LONGER_IN_PRIVATE if place is Platform.TELEGRAM_DM else _COMFORTABLE


def _begins(text: str, words: Sequence[str]) -> bool:
    plain = [_plain(one).rstrip(".,!") for one in words]
    return any(text.startswith(one) and not text[len(one) : len(one) + 1].isalnum() for one in plain if one)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())
