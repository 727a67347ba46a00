"""Buttons below what a search found. `search` is a number that the store remembers for a day."""

from dataclasses import dataclass

from bot.chat.on_case import OnCase
from bot.domain.case import CloseReason, Panel
from classifiers.labels import Label


@dataclass(frozen=True, slots=True)
class TurnSearch:
    """To another page."""

    search: int
    page: int


@dataclass(frozen=True, slots=True)
class OpenMany:
    """What is to be done with all that was found: its next buttons. `page` stays where it is."""

    search: int
    page: int
    panel: Panel


@dataclass(frozen=True, slots=True)
class ManyAlike(OnCase):
    """The same for a card and all who stand behind it."""

    panel: Panel


@dataclass(frozen=True, slots=True)
class CloseMany:
    search: int
    reason: CloseReason


@dataclass(frozen=True, slots=True)
class LabelMany:
    search: int
    label: Label


@dataclass(frozen=True, slots=True)
class ReplyMany:
    search: int


@dataclass(frozen=True, slots=True)
class ConfirmMany:
    bulk: int


@dataclass(frozen=True, slots=True)
class UndoMany:
    bulk: int


SearchAction = TurnSearch | OpenMany | ManyAlike | CloseMany | LabelMany | ReplyMany | ConfirmMany | UndoMany
