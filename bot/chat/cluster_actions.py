"""Buttons of a case's card about those who say the same."""

from dataclasses import dataclass

from bot.chat.on_case import OnCase


@dataclass(frozen=True, slots=True)
class JoinCase(OnCase):
    """The case says the same as `into`."""

    into: int


@dataclass(frozen=True, slots=True)
class NotTheSame(OnCase):
    """The case is another matter than `other`."""

    other: int


@dataclass(frozen=True, slots=True)
class SplitCase(OnCase):
    """`member` of this case's cluster is a matter of its own."""

    member: int


@dataclass(frozen=True, slots=True)
class AnswerRest(OnCase):
    """The answer of this case for those who asked the same after it."""


@dataclass(frozen=True, slots=True)
class CorrectAll(OnCase):
    """Other words for all who have this case's answer."""


@dataclass(frozen=True, slots=True)
class UndoCorrect(OnCase):
    """What was just opened for a correction is answered as it was."""


@dataclass(frozen=True, slots=True)
class CorrectRest(OnCase):
    """The correction that stands, for the next who still have the old words."""


@dataclass(frozen=True, slots=True)
class StopSending(OnCase):
    """What of this case's words has not left yet stays here."""


@dataclass(frozen=True, slots=True)
class StopRepeating(OnCase):
    """The bot gives the answer of this case to nobody more."""


_OfAnswers = AnswerRest | CorrectAll | UndoCorrect | CorrectRest | StopSending | StopRepeating
ClusterAction = JoinCase | NotTheSame | SplitCase | _OfAnswers
