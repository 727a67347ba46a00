"""The last look before public words leave, and what follows once their fate is known."""

from dataclasses import replace
from datetime import datetime

from bot.domain import case as case_rules
from bot.domain import referral, reply
from bot.domain.case import Case, CaseStatus
from bot.domain.errors import NotFound, Outdated
from bot.domain.journal import Entry
from bot.domain.outgoing import (
    CaseCard,
    Notice,
    OutgoingId,
    PublicReply,
    Queued,
    SendState,
    UncertainCard,
    to_person,
)
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftId, DraftState, Target
from bot.services import claim_clock, companions, together
from bot.services.delivery import NothingToSay, Outcome, Sent, Unsure
from bot.services.desk import MANUAL
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap


class Posting:
    """Follows a public message: replies and receipts."""

    def __init__(self, store: Store, team: Team, clock: Clock) -> None:
        self._store = store
        self._team = team
        self._clock = clock

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """The text that goes out is the one that was approved, for the comment as it reads now."""
        if not isinstance(queued.what, PublicReply):
            return True
        draft = await tx.drafts.get(queued.what.draft)
        if draft is None or draft.state is not DraftState.APPROVED or draft.seal != draft.approved_sha:
            return False
        target = together.target_of(draft, queued.what)
        if target.comment_id in {*draft.posted_to, *draft.left_out}:
            return False
        same = await together.revision_now(tx, target) == target.revision
        if draft.also:  # who wrote more meanwhile is answered by a person, the others need not wait for that
            same = same and not await _wrote_since(tx, draft, target)
        if not same and draft.also:
            await together.left_out(tx, draft, target, f"out:{queued.id}", self._clock.now())
        return same

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """Posted: the case is answered. Uncertain or refused: a person is asked."""
        if isinstance(outcome, Sent):
            await self._posted(tx, queued, str(outcome.message_id), "bot", f"out:{queued.id}")
            return
        if isinstance(outcome, NothingToSay):  # the draft is gone, so there is nothing to ask about either
            return
        await tx.journal.write(
            Entry(self._clock.now(), "bot", "uncertain", f"outgoing:{queued.id}", f"out:{queued.id}")
        )
        await self._ask(tx, queued, f"out:{queued.id}:{queued.tries}")
        if outcome == Unsure(MANUAL):
            await self._hand_over(tx, queued)

    async def _hand_over(self, tx: Parts, queued: Queued) -> None:
        """Words to somebody at risk stand on cards that cannot be copied: their writer gets them apart."""
        draft = await self._draft(tx, queued.what.draft) if isinstance(queued.what, PublicReply) else None
        if draft is not None and draft.private:
            params: dict[str, object] = {"case": draft.case_id, "copy": draft.text}
            words = Notice(to_person(draft.authors[-1]), "care_copy", params)
            await tx.outbox.put(f"out:{queued.id}:copy", words, self._clock.now())

    async def resend(self, tap: Tap) -> bool:
        """🔁 Kirim ulang: a person has looked and it is not there. `tap.seen`: the attempt in doubt.

        False: the words answer nobody any more, so the doubt ends and nothing is sent.
        """
        async with self._store.transaction() as tx:
            queued = await self._asked_about(tx, tap)
            # The press comes again after a crash; what it sent may be unsure once more.
            for verb in ("resend", "not_resent"):
                if await tx.journal.has(tap.cause, verb):
                    return verb == "resend"
            _must_be_open(queued, tap)
            due = await self.before(tx, queued)
            if due:
                await tx.outbox.requeue(queued.id, tap.at, "")
            else:
                await tx.outbox.settle(replace(queued, error="not due any more"), SendState.DROPPED, tap.at)
            verb = "resend" if due else "not_resent"
            await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"outgoing:{queued.id}", tap.cause))
            await self._ask(tx, queued, tap.cause)
        return due

    async def mark_sent(self, tap: Tap) -> None:
        """☑️ Sudah terkirim: a person has looked and it stands there."""
        async with self._store.transaction() as tx:
            queued = await self._asked_about(tx, tap)
            _must_be_open(queued, tap)
            await tx.outbox.settle(replace(queued, error=""), SendState.SENT, tap.at)
            entry = Entry(tap.at, tap.person.id, "mark_sent", f"outgoing:{queued.id}", tap.cause)
            await tx.journal.write(entry)
            await self._posted(tx, queued, "", tap.person.id, tap.cause)
            await self._ask(tx, queued, tap.cause)

    async def _asked_about(self, tx: Parts, tap: Tap) -> Queued:
        """The message in doubt, for somebody who may say what became of it.

        Words to somebody at risk are read by the named people alone, so nobody else can know.
        """
        queued = await tx.outbox.get(OutgoingId(tap.target))
        what = queued.what if queued is not None else None
        draft = await tx.drafts.get(what.draft) if isinstance(what, PublicReply) else None
        case = await tx.cases.get(draft.case_id) if draft is not None and draft.private else None
        if case is None:
            await self._team.require(tap.person, Action.SUBMIT)
        else:
            await companions.require(self._team, tx, tap, case, Action.SUBMIT)
        if queued is None:
            raise NotFound("outgoing", str(tap.target))
        return queued

    async def _posted(self, tx: Parts, queued: Queued, message: str, actor: str, cause: str) -> None:
        if not isinstance(queued.what, PublicReply):
            return
        now = self._clock.now()
        draft = await self._draft(tx, queued.what.draft)
        target = together.target_of(draft, queued.what)
        live = await tx.drafts.live(target.case_id)
        await tx.drafts.save(reply.posted(draft, message, now, target.comment_id))
        case = await tx.cases.get(target.case_id)
        # Words that were given up stand there after all: the case waits with the newer ones.
        own = live is None or live.id == draft.id
        if own and case is not None and case.status is CaseStatus.DRAFTED:
            more = await _wrote_since(tx, draft, target)
            await tx.cases.save(case_rules.undrafted(case, now) if more else _done(case, draft, now))
        detail = {
            "sha256": draft.sha,
            "message": message,
            "approved_by": draft.decided_by,
            "comment": target.comment_id,
            **({"hands_over": draft.hands_over} if draft.hands_over else {}),
        }
        await tx.journal.write(Entry(now, actor, "post", f"draft:{draft.id}", cause, detail))
        await claim_clock.answered(tx, draft, target.comment_id, cause, now)
        await tx.outbox.put(f"{cause}:posted:{draft.id}", CaseCard(target.case_id), now)
        await companions.redraw(tx, draft, cause, now)

    async def _draft(self, tx: Parts, draft_id: DraftId) -> Draft:
        draft = await tx.drafts.get(draft_id)
        if draft is None:
            raise LookupError(f"draft {draft_id} is gone")
        return draft

    async def _ask(self, tx: Parts, queued: Queued, cause: str) -> None:
        now = self._clock.now()
        await tx.outbox.put(f"{cause}:uncertain:{queued.id}", UncertainCard(queued.id), now)
        if isinstance(queued.what, PublicReply):
            draft = await self._draft(tx, queued.what.draft)
            case = together.target_of(draft, queued.what).case_id
            await tx.outbox.put(f"{cause}:uncertain:card", CaseCard(case), now)
            await companions.redraw(tx, draft, cause, now)


def _must_be_open(queued: Queued, tap: Tap) -> None:
    """An impatient second press, heard after the resend, would send once more what may stand there by now."""
    if queued.state not in {SendState.UNCERTAIN, SendState.FAILED} or queued.tries != tap.seen:
        raise Outdated(queued.state)


def _done(case: Case, draft: Draft, now: datetime) -> Case:
    """Answered; or not ours any more, where the words say who is in charge instead."""
    if draft.hands_over:
        return referral.handed_over(case, draft.authors[-1], now)
    return case_rules.answered(case, now)


async def _wrote_since(tx: Parts, draft: Draft, target: Target) -> bool:
    """Whether the citizen added something while others decided: the reply does not answer that."""
    begun = draft.submitted_at or draft.decided_at
    comments = await tx.comments.of_case(target.case_id)
    return any(
        one.id > target.comment_id and (begun is None or one.comment.received_at >= begun) for one in comments
    )
