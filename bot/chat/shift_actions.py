"""Buttons about who is on duty: swaps, and the test of the month."""

from dataclasses import dataclass

from bot.chat.short import Short


@dataclass(frozen=True, slots=True)
class GiveDuty:
    """`start`: minutes since 1970; with the rota it names one turn of `giver`."""

    giver: Short
    rota: Short
    start: int


@dataclass(frozen=True, slots=True)
class OfferDuty:
    """Ask `taker` for it; `back`: the beginning of the turn that the giver takes for it, 0 for none."""

    giver: Short
    rota: Short
    start: int
    taker: Short
    back: int


@dataclass(frozen=True, slots=True)
class AgreeSwap:
    swap: int


@dataclass(frozen=True, slots=True)
class DeclineSwap:
    swap: int


@dataclass(frozen=True, slots=True)
class ConfirmReach:
    """`round`: the year and month of the test."""

    round: int


ShiftAction = GiveDuty | OfferDuty | AgreeSwap | DeclineSwap | ConfirmReach
