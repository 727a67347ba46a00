"""What the card of a case has to know of moderation."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.comment import CommentId
from bot.domain.measure import Measure, State
from bot.domain.moderation import Remedy
from bot.domain.personal_data import DataKind


@dataclass(frozen=True, slots=True)
class Watched:
    """`masked`: texts in which personal data is covered, by comment."""

    offered: bool = False
    measure: Measure | None = None
    data: tuple[DataKind, ...] = ()
    masked: Mapping[CommentId, str] | None = None

    @property
    def hidden(self) -> bool:
        """Whether its words are covered on the team's cards."""
        last = self.measure
        return last is not None and last.remedy is Remedy.HIDE and last.state is State.DONE


UNWATCHED = Watched()
