"""The team's work on a case: the buttons of its card, the queue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import reduce

from bot.domain import case as rules
from bot.domain.case import OF_THE_WRITER, OPEN, Case, CaseId, CaseStatus, CloseReason, Panel
from bot.domain.errors import WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Notice
from bot.domain.people import Action
from bot.domain.queue import Part, QueueFilter
from bot.domain.timer import Timer
from bot.services import companions
from bot.services.assigning import Assigning
from bot.services.attention import Digest
from bot.services.case_deeds import found, save, withdraw
from bot.services.crisis_mode import CrisisMode
from bot.services.noting import Noting
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.promises import Promises
from bot.services.referring import Referring
from bot.services.tap import Tap
from bot.services.views import QueueLine
from bot.services.views_board import QueueView
from classifiers.labels import Label

WAKE = "wake"
MOST_LINES = 10
_ALL = QueueFilter()
_ANY = frozenset(Panel)
_GIVES_IT_TO_SOMEBODY = frozenset({Action.TAKE, Action.DRAFT, Action.SNOOZE})
"""Where a life is at risk, only those who may read what was written decide who has the case."""


class Triage:
    """One method per button. Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team, clock: Clock, promises: Promises) -> None:
        self._promises = promises
        self._store = store
        self._team = team
        self._clock = clock
        self.digest = Digest(store, team)
        self.crisis_mode = CrisisMode(store, team)
        self.referring = Referring(store, team)
        self.noting = Noting(store, team)
        self.assigning = Assigning(store, team, promises)

    async def take(self, tap: Tap) -> Case:
        """✋ Ambil: one winner."""
        return await self._change(
            tap, Action.TAKE, "take", lambda case: rules.take(case, tap.person.id, tap.seen, tap.at)
        )

    async def release(self, tap: Tap) -> Case:
        """Back to the queue; a draft that was being written goes."""

        def change(case: Case) -> Case:
            return rules.release(case, tap.seen, tap.at)

        return await self._change(tap, Action.TAKE, "release", change, drop_draft_from=_ANY)

    async def withdraw(self, tap: Tap) -> Case:
        """Tarik draf, Buang draf: the words are taken back, the case stays with whoever has it."""
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            await companions.require(self._team, tx, tap, case, Action.DRAFT)
            if await tx.journal.has(tap.cause, "withdraw"):
                return case
            changed = rules.take_back(case, tap.seen, tap.at)
            if await tx.drafts.live(case.id) is None:
                raise WrongState(case.status, case.assignee or "")
            await withdraw(tx, changed, tap)
            await save(tx, changed, tap, "withdraw", {})
        return changed

    async def open_panel(self, tap: Tap, panel: Panel) -> Case:
        """Label, Tunda, Tutup, Eskalasi, Balas: the next set of buttons."""
        action = {
            Panel.LABEL: Action.LABEL,
            Panel.SNOOZE: Action.SNOOZE,
            Panel.CLOSE: Action.CLOSE,
            Panel.ESCALATE: Action.OPEN_INCIDENT,
            Panel.CLUSTER: Action.LABEL,
            Panel.REFER: Action.CLOSE,
            Panel.ASSIGN: Action.TAKE,
        }.get(panel, Action.DRAFT)
        return await self._change(
            tap, action, f"panel_{panel}",
            lambda case: rules.open_panel(case, panel, tap.person.id, tap.seen, tap.at),
        )  # fmt: skip

    async def back(self, tap: Tap) -> Case:
        """Kembali: the main buttons again; from the writing panel, the draft goes."""

        def change(case: Case) -> Case:
            return rules.back_to_main(case, tap.person.id, tap.seen, tap.at)

        return await self._change(tap, Action.SEE, "back", change, drop_draft_from=OF_THE_WRITER)

    async def toggle_label(self, tap: Tap, label: Label) -> Case:
        """🏷 With every toggle the person's labels are kept as a correction of all that stands in the case."""
        await self._team.require(tap.person, Action.LABEL)
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            if await tx.journal.has(tap.cause, "label"):
                return case
            changed = rules.toggle_label(case, label, tap.seen, tap.at)
            changed = await self._promises.anew(tx, changed)
            seen = await tx.comments.of_case(case.id)
            was = reduce(rules.merge_verdicts, (one.verdict for one in seen))
            await tx.cases.correct(changed, seen[-1].id, tap.person.id, was, tap.at)
            await save(tx, changed, tap, "label", {"labels": changed.verdict.labels})
        return changed

    async def snooze(self, tap: Tap, lasts: timedelta) -> Case:
        """⏰ Tunda; a stored timer brings it back."""
        until = tap.at + lasts
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            await companions.require(self._team, tx, tap, case, Action.SNOOZE)
            if await tx.journal.has(tap.cause, "snooze"):
                return case
            changed = rules.snooze(case, until, tap.person.id, tap.seen, tap.at)
            await withdraw(tx, changed, tap)
            await tx.timers.set(Timer(f"case:{case.id}", WAKE, until, epoch=changed.version))
            await save(tx, changed, tap, "snooze", {"until": until.isoformat()})
        return changed

    async def wake(self, timer: Timer, tx: Parts) -> None:
        """The snooze is over, unless somebody took it or put it off anew since."""
        case = await tx.cases.get(CaseId(int(timer.subject.removeprefix("case:"))))
        if case is None or case.status is not CaseStatus.SNOOZED or case.snoozed_until is None:
            return
        # Not the version: looking at another panel changes that, and the case would sleep for ever.
        if timer.due_at < case.snoozed_until:
            return
        now = self._clock.now()
        changed = rules.wake(case, now)
        await tx.cases.save(changed)
        cause = f"timer:{timer.id}"
        await tx.journal.write(Entry(now, "bot", "wake", timer.subject, cause))
        await tx.outbox.put(f"{cause}:card", CaseCard(case.id), now)
        # A card that changes where it stands, far up in the chat, makes no sound.
        card = await tx.outbox.card(f"case:{case.id}")
        woken = Notice(TRIAGE, "woken", {"case": case.id}, card.message_id if card is not None else 0)
        await tx.outbox.put(f"{cause}:woken", woken, now)

    async def close(self, tap: Tap, reason: CloseReason) -> Case:
        """🗂 Tutup, with a reason."""

        def change(case: Case) -> Case:
            return rules.close(case, reason, tap.person.id, tap.seen, tap.at)

        detail: dict[str, object] = {"reason": reason}
        return await self._change(tap, Action.CLOSE, "close", change, drop_draft_from=_ANY, detail=detail)

    async def reopen(self, tap: Tap) -> Case:
        return await self._change(
            tap, Action.REOPEN, "reopen", lambda case: rules.reopen(case, tap.seen, tap.at)
        )

    async def queue(self, tap: Tap, wanted: QueueFilter = _ALL, page: int = 0) -> QueueView:
        """/antrean: what needs somebody, most urgent first. Who sees only their own: that of their units."""
        own = not await self._team.allows(tap.person.id, Action.SEE)
        if own:
            await self._team.require(tap.person, Action.SEE, own=True)
            wanted = replace(wanted, parts=wanted.parts | {Part.UNIT})
        digest, by = self._store.read.digest, (tap.person.id, self._team.directory.units_of(tap.person.id))
        found = await digest.page(wanted, by, tap.at, MOST_LINES + 1, page * MOST_LINES)
        shown = found[:MOST_LINES]
        bare = await digest.among(case.id for case in shown)
        lines, further = await self._lines(shown), len(found) > MOST_LINES
        return QueueView(wanted, page, lines, bare, further=further, own=own)

    async def _lines(self, cases: list[Case]) -> list[QueueLine]:
        lines = []
        for case in cases:
            comment = (await self._store.read.comments.of_case(case.id))[-1]
            lines.append(QueueLine(case, comment, comment.comment.link))
        return lines

    async def _change(
        self,
        tap: Tap,
        action: Action,
        verb: str,
        change: Callable[[Case], Case],
        *,
        drop_draft_from: frozenset[Panel] = frozenset(),
        detail: dict[str, object] | None = None,
    ) -> Case:
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            await self._must_be_allowed(tx, tap, case, action)
            if await tx.journal.has(tap.cause, verb):
                return case
            changed = change(case)
            if action is Action.REOPEN:
                changed = await self._promises.again(tx, changed, tap.at)
            if case.panel in drop_draft_from:
                await withdraw(tx, changed, tap)
            told = detail or {}
            if action is Action.CLOSE:
                told = told | {"behind": await tx.clusters.close_behind(changed)}
            await save(tx, changed, tap, verb, told)
            if action is Action.CLOSE and changed.sensitive and changed.status not in OPEN:
                closed = Notice(TRIAGE, "care_closed", {"case": case.id, "person": tap.person.id})
                await companions.tell(tx, changed, closed, tap.cause, tap.at, but=tap.person.id)
        return changed

    async def _must_be_allowed(self, tx: Parts, tap: Tap, case: Case, action: Action) -> None:
        """Raises NotAllowed, NotNamed."""
        if action is Action.CLOSE:
            await companions.require_to_close(self._team, tx, tap, case)
        elif action is Action.SEE:
            await companions.require_to_fold(self._team, tx, tap, case)
        elif action in _GIVES_IT_TO_SOMEBODY:
            await companions.require(self._team, tx, tap, case, action)
        else:
            await companions.require_any(self._team, tx, tap, case, action)
