"""Buttons of a playbook's steps. `step` is its place in the definition, which never changes under a run."""

from dataclasses import dataclass

from bot.chat.short import Short


@dataclass(frozen=True, slots=True)
class OnStep:
    run: int
    step: int
    attempt: int


@dataclass(frozen=True, slots=True)
class ChooseAnswer(OnStep):
    choice: int


@dataclass(frozen=True, slots=True)
class FillField(OnStep):
    field: int


@dataclass(frozen=True, slots=True)
class SubmitForm(OnStep): ...


@dataclass(frozen=True, slots=True)
class OnLetters(OnStep):
    """`seen` names the versions of the words that the card showed."""

    seen: Short


@dataclass(frozen=True, slots=True)
class ApproveLetters(OnLetters): ...


@dataclass(frozen=True, slots=True)
class ReturnLetters(OnLetters): ...


@dataclass(frozen=True, slots=True)
class RejectLetters(OnLetters): ...


@dataclass(frozen=True, slots=True)
class EditLetter(OnStep):
    version: int


@dataclass(frozen=True, slots=True)
class OnPost(OnStep):
    """`post` is its place among the step's posts of this attempt."""

    post: int


@dataclass(frozen=True, slots=True)
class PostedByHand(OnPost): ...


@dataclass(frozen=True, slots=True)
class PostIsThere(OnPost): ...


@dataclass(frozen=True, slots=True)
class PostAgain(OnPost): ...


@dataclass(frozen=True, slots=True)
class DropPost(OnPost): ...


@dataclass(frozen=True, slots=True)
class SkipStep(OnStep): ...


@dataclass(frozen=True, slots=True)
class RepeatFrom(OnStep): ...


@dataclass(frozen=True, slots=True)
class ReleaseHeld(OnStep): ...


@dataclass(frozen=True, slots=True)
class OfferRun:
    """`epoch` as on a page: who is responsible may have changed since."""

    run: int
    epoch: int
    to: Short


@dataclass(frozen=True, slots=True)
class AcceptRun:
    run: int
    epoch: int


@dataclass(frozen=True, slots=True)
class DeclineRun:
    run: int
    epoch: int


@dataclass(frozen=True, slots=True)
class StandDown:
    run: int
    epoch: int


@dataclass(frozen=True, slots=True)
class MergeInto:
    run: int
    epoch: int
    into: int


@dataclass(frozen=True, slots=True)
class OpenAnother:
    """One more incident of a playbook that has one already."""

    playbook: Short


StepAction = (
    ChooseAnswer
    | FillField
    | SubmitForm
    | ApproveLetters
    | ReturnLetters
    | RejectLetters
    | EditLetter
    | PostedByHand
    | PostIsThere
    | PostAgain
    | DropPost
    | SkipStep
    | RepeatFrom
    | ReleaseHeld
)
CourseAction = OfferRun | AcceptRun | DeclineRun | StandDown | MergeInto
"""What people do to a run as a whole, besides its page's buttons."""
