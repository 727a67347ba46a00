"""Buttons of a case's card by which the team shares its work."""

from dataclasses import dataclass

from bot.chat.on_case import OnCase


@dataclass(frozen=True, slots=True)
class AskLapor(OnCase):
    """For its number at SP4N-LAPOR!."""


QueueAction = AskLapor
