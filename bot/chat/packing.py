"""Buttons in the 64 bytes that Telegram gives them.

`code:number:number:word…`: a code of two letters, then the type's fields in order. What comes back is only
a claim: any app can send any data, so every field is checked here and every right is checked in the service.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, get_args

from bot.chat import board_actions as board
from bot.chat import claim_actions as claim
from bot.chat import cluster_actions as alike
from bot.chat import moderation_actions as order
from bot.chat import queue_actions as queue
from bot.chat import search_actions as many
from bot.chat import shift_actions as shift
from bot.chat import step_actions as step
from bot.chat import word_actions as word
from bot.chat.actions import (
    Acknowledge,
    Action,
    AddCases,
    AnswerPrivately,
    AnswerReview,
    AnswerTogether,
    ApproveDraft,
    ApproveTemplate,
    AskSlot,
    BackToCard,
    CloseCase,
    EditDraft,
    EscalateTo,
    FalseAlarm,
    FillChoice,
    FillDate,
    MarkSent,
    OpenPanel,
    OpenRun,
    PutTemplate,
    RaisePage,
    RejectDraft,
    ReleaseCase,
    ReopenCase,
    Resend,
    ResolveRun,
    ReturnDraft,
    SendNow,
    SnoozeCase,
    StartDrill,
    StillHandling,
    SubmitDraft,
    TakeCase,
    TakeOverRun,
    TickItem,
    ToggleLabel,
    TurnTemplates,
    Unlock,
    UseTemplate,
    WaiveReview,
    WithdrawDraft,
    WriteReply,
)
from bot.chat.short import Short
from bot.domain.case import CloseReason, Panel
from bot.domain.claim import ClaimType, Finding
from bot.domain.moderation import Remedy
from bot.services.views_claims import Kind
from classifiers.labels import Label

MOST_BYTES = 64
_MOST = 2**53
"""Above any id, version or count that can come up, and far below what a column can hold."""
_MOST_MINUTES = 60 * 24 * 31


class Garbled(ValueError):
    """Callback data that no button of ours carries."""


CODES: Mapping[str, type[Action]] = {
    "ct": TakeCase,
    "cp": OpenPanel,
    "cb": BackToCard,
    "cl": ToggleLabel,
    "cz": SnoozeCase,
    "cc": CloseCase,
    "cr": ReleaseCase,
    "cd": WithdrawDraft,
    "ca": AnswerPrivately,
    "co": ReopenCase,
    "cu": UseTemplate,
    "cw": WriteReply,
    "ce": EscalateTo,
    "cj": alike.JoinCase,
    "ch": alike.NotTheSame,
    "cs": alike.SplitCase,
    "cm": alike.AnswerRest,
    "cx": alike.CorrectAll,
    "cy": alike.CorrectRest,
    "aw": alike.UndoCorrect,
    "cf": alike.StopSending,
    "ar": alike.StopRepeating,
    "cn": queue.AskLapor,
    "ci": queue.AssignTo,
    "ck": queue.AskAssignee,
    "cq": queue.Unassign,
    "cv": queue.AskNote,
    "dc": FillChoice,
    "dd": FillDate,
    "da": AskSlot,
    "de": EditDraft,
    "dt": PutTemplate,
    "dm": AddCases,
    "dg": AnswerTogether,
    "ds": SubmitDraft,
    "dn": SendNow,
    "dy": ApproveDraft,
    "db": ReturnDraft,
    "dr": RejectDraft,
    "dv": word.PreviewDraft,
    "dj": word.AddSnippet,
    "ra": Acknowledge,
    "ru": RaisePage,
    "ro": TakeOverRun,
    "rs": StillHandling,
    "rt": TickItem,
    "rr": ResolveRun,
    "rf": FalseAlarm,
    "va": AnswerReview,
    "vw": WaiveReview,
    "sc": step.ChooseAnswer,
    "sf": step.FillField,
    "ss": step.SubmitForm,
    "sy": step.ApproveLetters,
    "sb": step.ReturnLetters,
    "sr": step.RejectLetters,
    "se": step.EditLetter,
    "sp": step.PostedByHand,
    "st": step.PostIsThere,
    "sa": step.PostAgain,
    "sd": step.DropPost,
    "sk": step.SkipStep,
    "sj": step.RepeatFrom,
    "sl": step.ReleaseHeld,
    "ho": step.OfferRun,
    "hy": step.AcceptRun,
    "hn": step.DeclineRun,
    "rd": step.StandDown,
    "rm": step.MergeInto,
    "rb": step.OpenAnother,
    "or": Resend,
    "om": MarkSent,
    "ta": ApproveTemplate,
    "td": word.DeclineTemplate,
    "cg": word.MakeTemplate,
    "wm": word.SayMeanwhile,
    "tp": TurnTemplates,
    "rn": OpenRun,
    "rl": StartDrill,
    "lu": Unlock,
    "wg": shift.GiveDuty,
    "wo": shift.OfferDuty,
    "wy": shift.AgreeSwap,
    "wn": shift.DeclineSwap,
    "wr": shift.ConfirmReach,
    "kt": claim.TurnClaim,
    "kc": claim.CheckClaim,
    "ks": claim.SortClaim,
    "kf": claim.AskFinding,
    "ky": claim.ConfirmFinding,
    "kw": claim.ClarifyWith,
    "ka": claim.AskCorrection,
    "ke": claim.RewordClaim,
    "kx": claim.CloseClaim,
    "ko": claim.ReopenClaim,
    "kl": claim.LeaveClaim,
    "kd": claim.TurnStance,
    "kj": claim.JoinClaim,
    "km": claim.AskData,
    "kp": claim.TurnClaims,
    "fp": many.TurnSearch,
    "fm": many.OpenMany,
    "fk": many.ManyAlike,
    "fc": many.CloseMany,
    "fl": many.LabelMany,
    "fr": many.ReplyMany,
    "fy": many.ConfirmMany,
    "fu": many.UndoMany,
    "mo": order.OpenMeasure,
    "mv": order.MoveToPrivate,
    "mr": order.ChooseRule,
    "ma": order.ChooseAnew,
    "mw": order.ChooseRemedy,
    "mp": order.ProposeMeasure,
    "mx": order.WithdrawMeasure,
    "my": order.ConfirmMeasure,
    "mn": order.RefuseMeasure,
    "mu": order.UndoMeasure,
    "mg": order.WarnAgain,
    "mt": order.WarningStands,
    "ms": order.ShowMeasure,
    "bs": board.ShowCase,
    "bn": board.ShowNext,
    "bm": board.SetCrisisMode,
    "bl": board.LiftCrisisMode,
    "bq": board.TurnQueue,
}
"""Codes are never given a second meaning: old messages keep their buttons."""
_CODE_OF = {kind: code for code, kind in CODES.items()}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
_SHORT = re.compile(r"[0-9a-f]{8}")


def _number(word: str) -> int:
    if not _NUMBER.fullmatch(word) or int(word) >= _MOST:
        raise Garbled("not a number of ours")
    return int(word)


def _short(word: str) -> Short:
    if not _SHORT.fullmatch(word):
        raise Garbled("not a short name of ours")
    return Short(word)


_READ: Mapping[object, Callable[[str], object]] = {
    int: _number,
    Short: _short,
    Panel: Panel,
    Label: Label,
    CloseReason: CloseReason,
    ClaimType: ClaimType,
    Finding: Finding,
    claim.ClaimPanel: claim.ClaimPanel,
    Kind: Kind,
    Remedy: Remedy,
}
_MOST_OF = {
    "minutes": _MOST_MINUTES,
    "days": 366,
    **dict.fromkeys(("index", "step", "item", "choice", "field", "page"), 99),
}
_READERS = {kind: tuple((f.name, _READ[f.type]) for f in fields(kind)) for kind in get_args(Action)}
_LIMITS = {
    kind: tuple((name, _MOST_OF[name]) for name, _ in readers if name in _MOST_OF)
    for kind, readers in _READERS.items()
}


def _digits(value: object) -> str:
    if type(value) is not int or not 0 <= value < _MOST:
        raise Garbled(f"not a number of ours: {value!r}")
    return str(value)


_WRITE: Mapping[object, Callable[[Any], str]] = {**_READ, int: _digits}  # type: ignore[dict-item]  # all make words
_WRITERS = {kind: tuple((f.name, _WRITE[f.type]) for f in fields(kind)) for kind in get_args(Action)}


@lru_cache(maxsize=256)
def pack(action: Action) -> str:
    """What the button carries: at most 64 bytes of ASCII. Kept: a card is compared by it, then sent."""
    kind = type(action)
    words = [_CODE_OF[kind], *[write(getattr(action, name)) for name, write in _WRITERS[kind]]]
    data = ":".join(words)
    if len(data) > MOST_BYTES or any(getattr(action, name) > most for name, most in _LIMITS[kind]):
        raise Garbled(f"cannot be packed: {action!r}")
    return data


def unpack(data: str) -> Action:
    """The reverse of `pack`. Raises Garbled on anything that `pack` cannot have made."""
    if len(data) > MOST_BYTES:
        raise Garbled("too long")
    code, *words = data.split(":")
    kind = CODES.get(code)
    if kind is None or len(words) != len(_READERS[kind]):
        raise Garbled("no such button")
    try:
        values = {name: read(word) for word, (name, read) in zip(words, _READERS[kind], strict=True)}
    except ValueError as error:
        raise Garbled(str(error)) from error
    if any(values[name] > most for name, most in _LIMITS[kind]):  # type: ignore[operator]  # these are numbers
        raise Garbled("out of range")
    return kind(**values)  # type: ignore[arg-type]  # each value was read by the field's own reader
