"""The states in which a press may meet the office, each reached by pressing the real buttons."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chat_measures import chosen, on_measures, ordered, restricted
from chat_office import CRISIS_CHAT, TRIAGE_CHAT, Office
from chat_town import HOAX, LIFE, SCENARIO, TEMPLATES

from bot.chat import actions as do
from bot.chat import board_actions as board
from bot.chat import claim_actions as claim
from bot.chat import cluster_actions as alike
from bot.chat import queue_actions as share
from bot.chat import search_actions as many
from bot.chat import shift_actions as shift
from bot.chat import step_actions as step
from bot.chat import word_actions as word
from bot.domain.case import Case, CaseId, CloseReason, Panel
from bot.domain.claim import ClaimType, Finding
from bot.domain.incident import RunId
from bot.domain.people import Action
from bot.sandbox import Break, Fault, Message
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.services.triage import Triage
from bot.services.views_claims import Kind
from classifiers.labels import Label


class Slow(Triage):
    """A store that takes its time: as long as the test wants."""

    done: asyncio.Event

    async def take(self, tap: Tap) -> Case:
        await self.done.wait()
        return await super().take(tap)


async def new(office: Office) -> None:
    await office.comment("Jalan Mawar rusak parah")


async def looked_at(office: Office) -> None:
    await new(office)
    await office.press("ani", office.cards()[-1], "Label")


async def taken(office: Office) -> None:
    await new(office)
    await office.press("ani", office.cards()[-1], "Ambil")


async def choosing(office: Office) -> None:
    await taken(office)
    await office.press("ani", office.cards()[-1], "Balas")


async def filling(office: Office) -> None:
    await choosing(office)
    await office.press("ani", office.cards()[-1], "Laporan diterima")


async def written(office: Office) -> None:
    await filling(office)
    await office.press("ani", office.cards()[-1], "akan disurvei")


async def waiting(office: Office) -> None:
    await written(office)
    await office.press("ani", office.cards()[-1], "Ajukan")


async def answered(office: Office) -> None:
    await waiting(office)
    await office.press("kori", office.last("kori"), "Setujui")


async def unsure(office: Office) -> None:
    """The reply may or may not have arrived; the team is asked."""
    await waiting(office)
    office.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=office.discussion.id, times=1))
    await office.press("kori", office.last("kori"), "Setujui")


async def snoozed(office: Office) -> None:
    await taken(office)
    await office.press("ani", office.cards()[-1], "Tunda")
    await office.press("ani", office.cards()[-1], "1 jam")


async def closed(office: Office) -> None:
    await taken(office)
    await office.press("ani", office.cards()[-1], "Tutup")
    await office.press("ani", office.cards()[-1], "Spam")


async def paged(office: Office) -> None:
    await office.comment("katanya bansos dihapus, sebarkan")


async def held(office: Office) -> None:
    await paged(office)
    await office.press("pita", office.last("pita"), "Saya tangani")


async def over(office: Office) -> None:
    await held(office)
    card = next(m for m in office.seen(CRISIS_CHAT) if m.buttons)
    await office.press("kori", card, "✓ 1")
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Selesai")


async def looked_back_on(office: Office) -> None:
    """Three days later Pita, who had it, is asked."""
    await over(office)
    await office.later(minutes=3 * 24 * 60 + 1)


async def sensitive(office: Office) -> None:
    await office.comment("rasanya ingin pergi selamanya")


def private(office: Office, who: str, button: str) -> Message:
    """The newest message in somebody's own chat that has this button."""
    mine = office.seen(office.users[who].id)
    return [m for m in mine if any(button in one["text"] for one in m.buttons)][-1]


async def caring(office: Office) -> None:
    """Kori, who is named, has written to somebody at risk."""
    await sensitive(office)
    await office.press("kori", private(office, "kori", "Balas"), "Balas")
    await office.press("kori", private(office, "kori", "Tulis"), "Tulis")
    asked = office.last("kori")
    await office.writes("kori", office.users["kori"].id, "Kami di sini bersamamu.", reply_to=asked)


async def caring_waits(office: Office) -> None:
    """Pita, who is named as well, is asked to read it."""
    await caring(office)
    await office.press("kori", private(office, "kori", "Ajukan"), "Ajukan")


async def locked(office: Office) -> None:
    await waiting(office)
    await office.writes("ani", TRIAGE_CHAT, "/kunci")


SCENES: dict[str, Callable[[Office], Awaitable[None]]] = {
    scene.__name__: scene
    for scene in (
        new, looked_at, taken, choosing, filling, written, waiting, answered, snoozed, closed,
        unsure, paged, held, over, looked_back_on, sensitive, caring,
        caring_waits, locked, chosen, ordered, restricted,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """The ids and versions that a button would carry now."""

    case: int = 1
    case_version: int = 1
    draft: int = 1
    draft_version: int = 1
    run: int = 1
    epoch: int = 1
    measure_version: int = 1
    rows: tuple[int, ...] = field(default=(1, 2, 3))
    claim_version: int = 1
    step: int = 0
    attempt: int = 1
    words: str = "0" * 8
    lock: int = 1


async def numbers(office: Office) -> Numbers:
    read = office.database.read
    case = await read.cases.get(CaseId(1))
    draft = await read.drafts.last(CaseId(1))
    run = await read.runs.get(RunId(1))
    measure = await read.measures.last(CaseId(1))
    state = office.services.incidents.read(run) if run is not None else None
    lock = await read.people.public_lock()
    return Numbers(
        lock=int(lock.at.timestamp()) if lock is not None else 1,
        case_version=case.version if case is not None else 1,
        draft_version=draft.version if draft is not None else 1,
        epoch=state.epoch if state is not None else 1,
        measure_version=measure.version if measure is not None else 1,
    )


def _on_steps(n: Numbers) -> list[tuple[do.Action, Action]]:
    """The buttons of steps and of a run's course."""
    at, run, seen = (n.run, n.step, n.attempt), (n.run, n.epoch), do.Short(n.words)
    return [
        (step.ChooseAnswer(*at, 0), Action.ANSWER_QUESTION),
        (step.FillField(*at, 0), Action.ANSWER_QUESTION),
        (step.SubmitForm(*at), Action.ANSWER_QUESTION),
        (step.ApproveLetters(*at, seen), Action.APPROVE),
        (step.ReturnLetters(*at, seen), Action.RETURN),
        (step.RejectLetters(*at, seen), Action.REJECT),
        (step.EditLetter(*at, 1), Action.DRAFT),
        (step.PostedByHand(*at, 0), Action.SUBMIT),
        (step.PostIsThere(*at, 0), Action.SUBMIT),
        (step.PostAgain(*at, 0), Action.SUBMIT),
        (step.DropPost(*at, 0), Action.SUBMIT),
        (step.SkipStep(*at), Action.ANSWER_QUESTION),
        (step.RepeatFrom(*at), Action.ANSWER_QUESTION),
        (step.ReleaseHeld(*at), Action.RELEASE_FREEZE),
        (step.OfferRun(*run, do.Short(short_name("kori"))), Action.TAKE_OVER),
        (step.AcceptRun(*run), Action.TAKE_OVER),
        (step.DeclineRun(*run), Action.TAKE_OVER),
        (step.StandDown(*run), Action.ESCALATE),
        (step.MergeInto(*run, 99), Action.CLOSE_INCIDENT),
    ]


def _on_shifts() -> list[tuple[do.Action, Action]]:
    """Of a shift that Pipin does not have, and of questions that nobody was asked: see test_chat_oncall."""
    pipin, rota = do.Short(short_name("pipin")), do.Short(short_name("medsos"))
    return [
        (shift.GiveDuty(pipin, rota, 29_900_000), Action.SWAP_OWN),
        (shift.OfferDuty(pipin, rota, 29_900_000, do.Short(short_name("pita")), 0), Action.SWAP_OWN),
        (shift.AgreeSwap(1), Action.SWAP_OWN),
        (shift.DeclineSwap(1), Action.SWAP_OWN),
        (shift.ConfirmReach(202612), Action.SWAP_OWN),
    ]


def _on_claims(n: Numbers) -> list[tuple[do.Action, Action]]:
    """Of the scene's claim, if anybody has noted one; what they do is in test_chat_claims."""
    at = (1, n.claim_version)
    return [
        (claim.TurnClaim(*at, claim.ClaimPanel.TYPE), Action.SEE),
        (claim.TurnClaims(Kind.GOING_ON, 0), Action.SEE),
        (claim.CheckClaim(*at), Action.EDIT_CLAIM),
        (claim.SortClaim(*at, ClaimType.SATIRE), Action.EDIT_CLAIM),
        (claim.AskFinding(*at, Finding.FALSE), Action.EDIT_CLAIM),
        (claim.ConfirmFinding(*at), Action.CONFIRM_FINDING),
        (claim.ClarifyWith(*at, do.Short(short_name(TEMPLATES[0].id))), Action.EDIT_CLAIM),
        (claim.AskCorrection(*at), Action.EDIT_CLAIM),
        (claim.RewordClaim(*at), Action.EDIT_CLAIM),
        (claim.CloseClaim(*at), Action.EDIT_CLAIM),
        (claim.ReopenClaim(*at), Action.EDIT_CLAIM),
        (claim.LeaveClaim(*at, 1), Action.EDIT_CLAIM),
        (claim.TurnStance(*at, 1), Action.EDIT_CLAIM),
        (claim.JoinClaim(*at, 1), Action.EDIT_CLAIM),
        (claim.AskData(0, 0, 77), Action.ASK_DATA),
    ]


def every_press(n: Numbers) -> list[tuple[do.Action, Action]]:
    """All buttons there are, on the things of the scene, each with the right that it needs."""
    case, draft, run = (n.case, n.case_version), (n.draft, n.draft_version), (n.run, n.epoch)
    template, hoax = do.Short(short_name(TEMPLATES[0].id)), do.Short(short_name(HOAX.id))
    life = do.Short(short_name(LIFE.id))
    panels = {
        Panel.LABEL: Action.LABEL,
        Panel.SNOOZE: Action.SNOOZE,
        Panel.CLOSE: Action.CLOSE,
        Panel.ESCALATE: Action.OPEN_INCIDENT,
        Panel.REPLY: Action.DRAFT,
        Panel.WRITING: Action.DRAFT,
        Panel.SNIPPET: Action.DRAFT,
        Panel.MAIN: Action.DRAFT,
        Panel.CLUSTER: Action.LABEL,
        Panel.REFER: Action.CLOSE,
        Panel.ASSIGN: Action.TAKE,
        Panel.CORRECT: Action.DRAFT,
    }
    return [
        (do.TakeCase(*case), Action.TAKE),
        *((do.OpenPanel(*case, panel), right) for panel, right in panels.items()),
        (do.BackToCard(*case), Action.OPEN_INCIDENT),
        (do.ToggleLabel(*case, Label.HATE), Action.LABEL),
        (do.SnoozeCase(*case, 30), Action.SNOOZE),
        (do.CloseCase(*case, CloseReason.DUPLICATE), Action.CLOSE),
        (do.ReleaseCase(*case), Action.TAKE),
        (do.WithdrawDraft(*case), Action.DRAFT),
        (do.AnswerPrivately(*case), Action.DRAFT),
        (do.ReopenCase(*case), Action.REOPEN),
        (share.AskLapor(*case), Action.CLOSE),
        (share.AssignTo(*case, do.Short(short_name("ani"))), Action.TAKE),
        (share.AskAssignee(*case), Action.TAKE),
        (share.Unassign(*case), Action.TAKE),
        (share.AskNote(*case), Action.NOTE),
        (do.UseTemplate(*case, template), Action.DRAFT),
        (do.WriteReply(*case), Action.DRAFT),
        (word.MakeTemplate(*case), Action.PROPOSE_TEMPLATE),
        (word.SayMeanwhile(*case), Action.DRAFT),
        (do.EscalateTo(*case, hoax), Action.OPEN_INCIDENT),
        (alike.JoinCase(*case, 99), Action.LABEL),
        (alike.NotTheSame(*case, 99), Action.LABEL),
        (alike.SplitCase(*case, 99), Action.LABEL),
        (alike.AnswerRest(*case), Action.DRAFT),
        (alike.CorrectAll(*case), Action.DRAFT),
        (alike.CorrectRest(*case), Action.DRAFT),
        (alike.UndoCorrect(*case), Action.DRAFT),
        (alike.StopSending(*case), Action.DRAFT),
        (alike.StopRepeating(*case), Action.DRAFT),
        (many.ManyAlike(*case, Panel.CLOSE), Action.CLOSE),
        (many.ManyAlike(*case, Panel.LABEL), Action.LABEL),
        (do.AnswerTogether(*draft), Action.DRAFT),
        (do.FillChoice(*draft, 0), Action.DRAFT),
        (do.FillDate(*draft, 1), Action.DRAFT),
        (do.AskSlot(*draft), Action.DRAFT),
        (do.EditDraft(*draft), Action.DRAFT),
        (do.PutTemplate(*draft, template), Action.DRAFT),
        (do.AddCases(*draft), Action.DRAFT),
        (word.PreviewDraft(*draft), Action.DRAFT),
        (word.AddSnippet(*draft, template), Action.DRAFT),
        (do.SubmitDraft(*draft), Action.SUBMIT),
        (do.SendNow(*draft), Action.SEND_INSTANT),
        (do.ApproveDraft(*draft), Action.APPROVE),
        (do.ReturnDraft(*draft), Action.RETURN),
        (do.RejectDraft(*draft), Action.REJECT),
        (do.Acknowledge(*run), Action.ACKNOWLEDGE),
        (do.RaisePage(*run), Action.ESCALATE),
        (do.TakeOverRun(*run), Action.TAKE_OVER),
        (do.StillHandling(*run), Action.ACKNOWLEDGE),
        (do.TickItem(*run, 0, 0), Action.ANSWER_QUESTION),
        (do.ResolveRun(*run), Action.CLOSE_INCIDENT),
        (do.FalseAlarm(*run), Action.FALSE_ALARM),
        (do.AnswerReview(*run), Action.ANSWER_QUESTION),
        (do.WaiveReview(*run), Action.CLOSE_INCIDENT),
        *_on_steps(n),
        *((do.Resend(row, 1), Action.SUBMIT) for row in n.rows),
        *((do.MarkSent(row, 1), Action.SUBMIT) for row in n.rows),
        (
            do.ApproveTemplate(do.Short(short_name(TEMPLATES[-1].id)), do.Short(TEMPLATES[-1].sha256[:8])),
            Action.APPROVE_TEMPLATE,
        ),
        (word.DeclineTemplate(template, do.Short("0" * 8)), Action.APPROVE_TEMPLATE),
        (do.TurnTemplates(0), Action.SEE),
        (many.TurnSearch(1, 0), Action.SEE),
        (many.OpenMany(1, 0, Panel.CLOSE), Action.SEE),
        (many.CloseMany(1, CloseReason.SPAM), Action.CLOSE),
        (many.LabelMany(1, Label.SPAM), Action.LABEL),
        (many.ReplyMany(1), Action.DRAFT),
        (many.ConfirmMany(1), Action.CLOSE),
        (many.UndoMany(1), Action.CLOSE),
        (do.OpenRun(life), Action.OPEN_INCIDENT),
        (step.OpenAnother(life), Action.OPEN_INCIDENT),
        (do.StartDrill(do.Short(short_name(SCENARIO.id))), Action.START_DRILL),
        (do.Unlock(n.lock), Action.UNLOCK),
        (board.ShowCase(case[0]), Action.SEE),
        (board.ShowNext(), Action.SEE),
        (board.TurnQueue(0, 0, 0, 0), Action.SEE),
        (board.SetCrisisMode(2**40), Action.OPEN_INCIDENT),
        (board.LiftCrisisMode(0), Action.RELEASE_FREEZE),
        *_on_shifts(),
        *_on_claims(n),
        *on_measures(case, (1, n.measure_version)),
    ]
