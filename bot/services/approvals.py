"""From a submitted draft to a decision. Silence never means yes, and no author approves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import care, reply
from bot.domain import case as case_rules
from bot.domain.case import Case, CaseId
from bot.domain.crisis_mode import needs_another, stricter
from bot.domain.errors import BadInput, NotFound, PersonalData, UnusableTemplate, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, DraftCard, Notice, Prompt, PublicReply, to_person
from bot.domain.people import Action, PersonId
from bot.domain.priority import Urgency
from bot.domain.public_text import LIMIT, units
from bot.domain.reply import ApprovalPolicy, Draft, DraftId, DraftState, Press
from bot.domain.template import is_closed
from bot.domain.timer import Timer
from bot.services import companions, together
from bot.services.filling import open_slot
from bot.services.people import Team, still_may
from bot.services.ports import Clock, Duty, Parts, Store
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.snippets import check_templates, template_of
from bot.services.tap import Tap
from bot.services.templates import Templates

EXPIRE = "expire"
_SECOND_PERSON = "Balasan untuk keadaan darurat dibaca orang kedua dahulu. Ajukan, ya."


class Approvals:
    """Submit, approve, return, reject, expire. Every decision is bound to one text and one revision."""

    def __init__(
        self, store: Store, team: Team, templates: Templates, policy: ReplyPolicy, duty: Duty, clock: Clock
    ) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._policy = policy
        self._duty = duty
        self._clock = clock

    async def submit(self, tap: Tap) -> Draft:
        """📤 Ajukan: every coordinator on duty gets it privately; of a private draft the other named people.

        Raises PersonalData.
        """
        async with self._store.transaction() as tx:
            return await self.submitted(tx, tap)

    async def submitted(self, tx: Parts, tap: Tap) -> Draft:
        """The same inside a unit of work."""
        draft, case = await _both(tx, tap)
        await companions.require(self._team, tx, tap, case, Action.SUBMIT)
        if await tx.journal.has(tap.cause, "submit"):
            return draft
        await self._must_be_complete(tx, draft)
        await together.must_be_unchanged(tx, draft)
        draft = reply.submit(draft, tap.seen, await self._approval(tx), tap.at)
        await tx.drafts.save(draft)
        case = case_rules.drafted(case, draft.authors[-1], tap.at)
        await tx.cases.save(case)
        await together.submitted(tx, draft, draft.authors[-1], tap.cause, tap.at)
        detail = {"sha256": draft.sha, "cases": [int(one.case_id) for one in draft.targets]}
        await tx.journal.write(Entry(tap.at, tap.person.id, "submit", f"draft:{draft.id}", tap.cause, detail))
        await self._ask(tx, draft, tap.cause, tap.at)
        return draft

    async def send_now(self, tap: Tap) -> Draft:
        """A closed template, approved beforehand, word for word; only where the config allows it."""
        await self._team.require(tap.person, Action.SEND_INSTANT)
        async with self._store.transaction() as tx:
            draft, case = await _both(tx, tap)
            if await tx.journal.has(tap.cause, "send_now"):
                return draft
            await self._must_be_complete(tx, draft)
            template = template_of(self._templates, draft)
            if template is None or not is_closed(template):
                raise WrongState(draft.state)
            if case.sensitive or case.priority.urgency is Urgency.EMERGENCY:
                raise UnusableTemplate(template.title, _SECOND_PERSON)
            press = await _press(tx, draft, tap)
            draft = reply.approve_closed_template(draft, press, await self._approval(tx))
            case = case_rules.drafted(case, tap.person.id, tap.at)
            await self._decided(tx, draft, case, tap, "send_now")
            await tx.outbox.put(f"{tap.cause}:post", PublicReply(draft.id), tap.at)
        return draft

    async def approve(self, tap: Tap) -> Draft:
        """✅ Setujui: one winner among many taps; the reply leaves through the outbox."""
        async with self._store.transaction() as tx:
            draft, case = await _both(tx, tap)
            await companions.require(self._team, tx, tap, case, self._approving(draft, tap.person.id))
            if await tx.journal.has(tap.cause, "approve") or await tx.journal.has(tap.cause, "agree"):
                return draft
            if not await still_may(self._team, tx, draft.agreed_by, Action.APPROVE):
                draft = replace(draft, agreed_by=None)  # whoever agreed first left since
            if await self._is_first_of_two(tx, draft):
                return await self._agree(tx, draft, tap)
            draft = reply.approve(draft, await _press(tx, draft, tap), await self._policy_of(tx, draft))
            if draft.template_id and not draft.edited:
                await check_templates(self._templates, tx, draft)
            await self._decided(tx, draft, case, tap, "approve")
            for number, what in enumerate(together.replies_to(draft)):
                due = tap.at + number * self._policy.pace if number else None
                await tx.outbox.put(f"{tap.cause}:post:{number}", what, tap.at, due)
        return draft

    async def _is_first_of_two(self, tx: Parts, draft: Draft) -> bool:
        """In crisis mode two agree, as far as there are two whom the bot reaches."""
        if await tx.board.crisis_mode() is None:
            return False
        reached = [link.person for link in await tx.people.links() if link.reachable and not link.suspended]
        deciders = [person for person in reached if await self._team.allows(person, Action.APPROVE)]
        return needs_another(draft, self._policy.approval, deciders)

    async def _agree(self, tx: Parts, draft: Draft, tap: Tap) -> Draft:
        draft = reply.agree(draft, await _press(tx, draft, tap))
        await tx.drafts.save(draft)
        detail = {"sha256": draft.sha, "seal": draft.seal}
        await tx.journal.write(Entry(tap.at, tap.person.id, "agree", f"draft:{draft.id}", tap.cause, detail))
        await self._ask(tx, draft, tap.cause, tap.at)
        return draft

    async def ask_note(self, tap: Tap) -> Draft:
        """↩️ Kembalikan: the reply to the bot's question is the note."""
        async with self._store.transaction() as tx:
            draft, case = await _both(tx, tap)
            await companions.require(self._team, tx, tap, case, Action.RETURN)
            if draft.state is not DraftState.WAITING or draft.version != tap.seen:
                raise WrongState(draft.state, draft.decided_by or "")
            params = {"case": case.id}
            purpose = f"return:{draft.id}:{draft.version}"
            prompt = Prompt(to_person(tap.person.id), "return_note", tap.person.id, purpose, params)
            await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
        return draft

    async def return_(self, tap: Tap, note: str) -> Draft:
        """Back to its author with a note. `tap.seen` is the version that was read."""
        if not note.strip():
            raise BadInput("empty")
        return await self._undo(tap, Action.RETURN, lambda d, p: reply.return_(d, p, note.strip()))

    async def reject(self, tap: Tap) -> Draft:
        """⛔ Tolak."""
        return await self._undo(tap, Action.REJECT, reply.reject)

    async def _undo(self, tap: Tap, verb: Action, change: Callable[[Draft, Press], Draft]) -> Draft:
        async with self._store.transaction() as tx:
            draft, case = await _both(tx, tap)
            await companions.require(self._team, tx, tap, case, verb)
            if await tx.journal.has(tap.cause, verb):
                return draft
            draft = change(draft, await _press(tx, draft, tap))
            await self._decided(tx, draft, case_rules.undrafted(case, tap.at), tap, verb)
            await together.put_back(tx, draft, tap.cause, tap.at, but=case.id)
            params = {"case": case.id, "person": tap.person.id, "note": draft.note}
            # What one named person remarks to the other is nothing for the group either.
            to = to_person(draft.authors[-1]) if draft.private else TRIAGE
            await tx.outbox.put(f"{tap.cause}:{verb}", Notice(to, f"draft_{draft.state}", params), tap.at)
        return draft

    async def expire(self, timer: Timer, tx: Parts) -> None:
        """Nobody decided in time: the next are asked; after the last it expires, and never posts."""
        draft = await tx.drafts.get(DraftId(int(timer.subject.removeprefix("draft:"))))
        if draft is None or draft.state is not DraftState.WAITING or draft.version != timer.epoch:
            return
        now = self._clock.now()
        cause = f"timer:{timer.id}"
        draft = reply.time_is_over(draft, await self._policy_of(tx, draft), now)
        await tx.drafts.save(draft)
        await tx.journal.write(
            Entry(now, "bot", f"draft_{draft.state}", f"draft:{draft.id}", cause, {"level": draft.level})
        )
        if draft.state is DraftState.WAITING:
            await self._ask(tx, draft, cause, now)
            return
        await self._redraw(tx, draft, cause, now)
        await together.put_back(tx, draft, cause, now, but=draft.case_id)
        case = await tx.cases.get(draft.case_id)
        if case is not None:
            await tx.cases.save(case_rules.undrafted(case, now))
            expired = Notice(TRIAGE, "draft_expired", {"case": case.id})
            if draft.private:
                expired = Notice(TRIAGE, "care_expired", {"case": case.id})
                await companions.tell(tx, case, expired, cause, now)
            await tx.outbox.put(f"{cause}:expired", expired, now)

    async def ask_again(self, tx: Parts, draft: Draft, cause: str, now: datetime) -> None:
        """Somebody who was asked cannot be reached: whoever has not been asked yet is asked instead."""
        await self._ask(tx, draft, cause, now)

    async def _ask(self, tx: Parts, draft: Draft, cause: str, now: datetime) -> None:
        """Sends the draft to those of its level who may decide and can be reached. A level that the bot
        cannot reach is passed over at once; if none can be reached, the team is told, and all are tried.
        """
        policy = await self._policy_of(tx, draft)
        open_lines = {k.person for k in await tx.people.links() if k.reachable and not k.suspended}
        deciders = await self._deciders(tx, draft, now)
        while open_lines.isdisjoint(deciders) and draft.level + 1 < len(policy.levels):
            draft = reply.time_is_over(draft, policy, now)
            await tx.drafts.save(draft)
            deciders = await self._deciders(tx, draft, now)
        # Named after the round, not its cause: who is asked again in the same round has been asked already.
        asked = f"draft:{draft.id}:{draft.version}"
        for person in [one for one in deciders if one in open_lines] or deciders:
            await tx.outbox.put(f"{asked}:ask:{person}", DraftCard(draft.id, person), now)
        if open_lines.isdisjoint(deciders):
            nobody = Notice(TRIAGE, "no_approver", {"case": draft.case_id})
            if draft.private:
                nobody = Notice(TRIAGE, "no_companion", {"case": draft.case_id})
            await tx.outbox.put(f"{asked}:nobody", nobody, now)
        due = draft.expires_at or now
        await tx.timers.set(Timer(f"draft:{draft.id}", EXPIRE, due, epoch=draft.version))
        await self._redraw(tx, draft, cause, now)

    async def _policy_of(self, tx: Parts, draft: Draft) -> ApprovalPolicy:
        if not draft.private:
            return await self._approval(tx)
        return care.policy_for(draft, await tx.cases.companions(draft.case_id), self._policy.approval)

    async def _approval(self, tx: Parts) -> ApprovalPolicy:
        """What the config says; stricter in crisis mode."""
        policy = self._policy.approval
        return policy if await tx.board.crisis_mode() is None else stricter(policy)

    async def _deciders(self, tx: Parts, draft: Draft, now: datetime) -> tuple[PersonId, ...]:
        """Who may decide at the draft's level: no author, unless the agency is one person."""
        if draft.private:
            return care.deciders(draft, await tx.cases.companions(draft.case_id), self._policy.approval)
        if self._policy.approval.alone:
            return draft.authors
        people = await self._duty.find(self._policy.approval.levels[draft.level], now)
        return tuple(one for one in people if one not in draft.authors and one != draft.agreed_by)

    async def _decided(self, tx: Parts, draft: Draft, case: Case, tap: Tap, verb: str) -> None:
        await tx.drafts.save(draft)
        await tx.cases.save(case)
        await tx.timers.cancel_all(f"draft:{draft.id}")
        detail = {
            "sha256": draft.sha,
            "revision": draft.revision,
            "as": draft.approved_as,
            "seal": draft.seal,
            "cases": [int(one.case_id) for one in draft.targets],
        }
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"draft:{draft.id}", tap.cause, detail))
        await self._redraw(tx, draft, tap.cause, tap.at)

    async def _redraw(self, tx: Parts, draft: Draft, cause: str, now: datetime) -> None:
        """The cards of its cases, and every approver's card that was shown."""
        await tx.outbox.put(f"{cause}:card:{draft.case_id}", CaseCard(draft.case_id), now)
        await together.redraw(tx, draft, cause, now)
        await companions.redraw(tx, draft, cause, now)
        for subject in await tx.outbox.cards_of(f"draft:{draft.id}:") if not draft.private else ():
            person = PersonId(subject.rsplit(":", 1)[1])
            await tx.outbox.put(f"{cause}:redraw:{person}", DraftCard(draft.id, person), now)

    async def _must_be_complete(self, tx: Parts, draft: Draft) -> None:
        if draft.state is not DraftState.WRITING:
            raise WrongState(draft.state, draft.decided_by or "")
        template = template_of(self._templates, draft)
        if open_slot(draft, template) is not None or not draft.text:
            raise BadInput("slots_open")
        if draft.template_id and not draft.edited:
            await check_templates(self._templates, tx, draft)
        if units(draft.text) > LIMIT:
            raise BadInput(f"too_long:{LIMIT}")
        reasons = personal_data(draft.text, self._policy)
        if reasons:
            raise PersonalData(reasons)

    def _approving(self, draft: Draft, person: PersonId) -> Action:
        """In a one-person agency the writer confirms, so the writer's right is what counts."""
        alone = self._policy.approval.alone and person in draft.authors
        return Action.SUBMIT if alone else Action.APPROVE


async def _both(tx: Parts, tap: Tap) -> tuple[Draft, Case]:
    draft = await tx.drafts.get(DraftId(tap.target))
    if draft is None:
        raise NotFound("draft", str(tap.target))
    case = await tx.cases.get(CaseId(draft.case_id))
    if case is None:
        raise LookupError(f"draft {draft.id} has no case")
    return draft, case


async def _press(tx: Parts, draft: Draft, tap: Tap) -> Press:
    """The decision with the revisions that the comments have now."""
    now = await together.revision_now(tx, draft.targets[0])
    return Press(tap.person.id, tap.seen, now, tap.at, await together.also_now(tx, draft))
