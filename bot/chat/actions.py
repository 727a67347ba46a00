"""Every button of the team side, as a type. `packing` puts them into callback data.

`version` and `epoch` are what the button's card showed: the service refuses a press on an older one.
"""

from dataclasses import dataclass

from bot.chat.board_actions import BoardAction
from bot.chat.claim_actions import ClaimAction
from bot.chat.cluster_actions import ClusterAction
from bot.chat.moderation_actions import ModerationAction
from bot.chat.on_case import OnCase as OnCase  # noqa: PLC0414 - handlers name it through this module
from bot.chat.on_draft import OnDraft as OnDraft  # noqa: PLC0414 - as above
from bot.chat.queue_actions import QueueAction
from bot.chat.search_actions import SearchAction
from bot.chat.shift_actions import ShiftAction
from bot.chat.short import Short as Short  # noqa: PLC0414 - said aloud: cards name it through this module
from bot.chat.step_actions import CourseAction, OpenAnother, StepAction
from bot.chat.word_actions import DeclineTemplate, DraftWordAction, MakeTemplate, SayMeanwhile
from bot.domain.case import CloseReason, Panel
from classifiers.labels import Label


@dataclass(frozen=True, slots=True)
class OnRun:
    run: int
    epoch: int


@dataclass(frozen=True, slots=True)
class TakeCase(OnCase): ...


@dataclass(frozen=True, slots=True)
class OpenPanel(OnCase):
    panel: Panel


@dataclass(frozen=True, slots=True)
class BackToCard(OnCase): ...


@dataclass(frozen=True, slots=True)
class ToggleLabel(OnCase):
    label: Label


@dataclass(frozen=True, slots=True)
class SnoozeCase(OnCase):
    minutes: int


@dataclass(frozen=True, slots=True)
class CloseCase(OnCase):
    reason: CloseReason


@dataclass(frozen=True, slots=True)
class ReleaseCase(OnCase): ...


@dataclass(frozen=True, slots=True)
class WithdrawDraft(OnCase): ...


@dataclass(frozen=True, slots=True)
class AnswerPrivately(OnCase):
    """Under what somebody at risk wrote, for the named people."""


@dataclass(frozen=True, slots=True)
class ReopenCase(OnCase): ...


@dataclass(frozen=True, slots=True)
class UseTemplate(OnCase):
    template: Short


@dataclass(frozen=True, slots=True)
class WriteReply(OnCase): ...


@dataclass(frozen=True, slots=True)
class EscalateTo(OnCase):
    playbook: Short


@dataclass(frozen=True, slots=True)
class FillChoice(OnDraft):
    index: int


@dataclass(frozen=True, slots=True)
class FillDate(OnDraft):
    days: int  # from today on


@dataclass(frozen=True, slots=True)
class AskSlot(OnDraft): ...


@dataclass(frozen=True, slots=True)
class EditDraft(OnDraft): ...


@dataclass(frozen=True, slots=True)
class PutTemplate(OnDraft):
    template: Short


@dataclass(frozen=True, slots=True)
class AddCases(OnDraft): ...


@dataclass(frozen=True, slots=True)
class AnswerTogether(OnDraft):
    """The draft answers all who stand behind its case's card."""


@dataclass(frozen=True, slots=True)
class SubmitDraft(OnDraft): ...


@dataclass(frozen=True, slots=True)
class SendNow(OnDraft): ...


@dataclass(frozen=True, slots=True)
class ApproveDraft(OnDraft): ...


@dataclass(frozen=True, slots=True)
class ReturnDraft(OnDraft): ...


@dataclass(frozen=True, slots=True)
class RejectDraft(OnDraft): ...


@dataclass(frozen=True, slots=True)
class Acknowledge(OnRun): ...


@dataclass(frozen=True, slots=True)
class RaisePage(OnRun): ...


@dataclass(frozen=True, slots=True)
class TakeOverRun(OnRun): ...


@dataclass(frozen=True, slots=True)
class StillHandling(OnRun): ...


@dataclass(frozen=True, slots=True)
class TickItem(OnRun):
    step: int
    item: int


@dataclass(frozen=True, slots=True)
class ResolveRun(OnRun): ...


@dataclass(frozen=True, slots=True)
class FalseAlarm(OnRun): ...


@dataclass(frozen=True, slots=True)
class AnswerReview(OnRun): ...


@dataclass(frozen=True, slots=True)
class WaiveReview(OnRun): ...


@dataclass(frozen=True, slots=True)
class OnUnsent:
    """`tries`: the attempt that is in doubt. A press about an earlier one says nothing of this one."""

    outgoing: int
    tries: int


@dataclass(frozen=True, slots=True)
class Resend(OnUnsent): ...


@dataclass(frozen=True, slots=True)
class MarkSent(OnUnsent): ...


@dataclass(frozen=True, slots=True)
class ApproveTemplate:
    template: Short
    sha: Short


@dataclass(frozen=True, slots=True)
class TurnTemplates:
    """To another page of the list; one that is not there any more is the last."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenRun:
    playbook: Short


@dataclass(frozen=True, slots=True)
class StartDrill:
    scenario: Short


@dataclass(frozen=True, slots=True)
class Unlock:
    """`since`: which lock it lifts, in seconds since 1970."""

    since: int


CaseAction = (
    TakeCase
    | OpenPanel
    | BackToCard
    | ToggleLabel
    | SnoozeCase
    | CloseCase
    | ReleaseCase
    | WithdrawDraft
    | AnswerPrivately
    | ReopenCase
    | UseTemplate
    | MakeTemplate
    | SayMeanwhile
    | WriteReply
    | EscalateTo
    | ClusterAction
    | QueueAction
)
DraftAction = (
    FillChoice
    | FillDate
    | AskSlot
    | EditDraft
    | PutTemplate
    | AddCases
    | AnswerTogether
    | SubmitDraft
    | SendNow
    | ApproveDraft
    | ReturnDraft
    | RejectDraft
)
ReviewAction = AnswerReview | WaiveReview
RunAction = Acknowledge | RaisePage | TakeOverRun | StillHandling | TickItem | ResolveRun | FalseAlarm
TemplateAction = ApproveTemplate | DeclineTemplate | TurnTemplates
OtherAction = Resend | MarkSent | TemplateAction | OpenRun | OpenAnother | StartDrill | Unlock
Action = (
    CaseAction
    | DraftAction
    | RunAction
    | ReviewAction
    | StepAction
    | CourseAction
    | ShiftAction
    | ClaimAction
    | SearchAction
    | ModerationAction
    | OtherAction
    | DraftWordAction
    | BoardAction
)
