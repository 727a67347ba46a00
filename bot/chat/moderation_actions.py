"""Buttons of moderation. `version` is what the card showed."""

from dataclasses import dataclass

from bot.chat.short import Short
from bot.domain.moderation import Remedy


@dataclass(frozen=True, slots=True)
class OnMeasure:
    measure: int
    version: int


@dataclass(frozen=True, slots=True)
class OpenMeasure:
    """From the card of a case, as it showed itself."""

    case: int
    version: int


@dataclass(frozen=True, slots=True)
class MoveToPrivate:
    """Personal data in public: to the proposal at once."""

    case: int
    version: int


@dataclass(frozen=True, slots=True)
class ChooseRule(OnMeasure):
    rule: Short


@dataclass(frozen=True, slots=True)
class ChooseAnew(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class ChooseRemedy(OnMeasure):
    remedy: Remedy
    days: int


@dataclass(frozen=True, slots=True)
class ProposeMeasure(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class WithdrawMeasure(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class ConfirmMeasure(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class RefuseMeasure(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class UndoMeasure(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class WarnAgain(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class WarningStands(OnMeasure): ...


@dataclass(frozen=True, slots=True)
class ShowMeasure:
    """Its card, with the evidence, in the presser's own chat."""

    measure: int


ModerationAction = (
    OpenMeasure
    | MoveToPrivate
    | ChooseRule
    | ChooseAnew
    | ChooseRemedy
    | ProposeMeasure
    | WithdrawMeasure
    | ConfirmMeasure
    | RefuseMeasure
    | UndoMeasure
    | WarnAgain
    | WarningStands
    | ShowMeasure
)
