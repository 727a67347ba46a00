"""Writing a reply: from a template or in one's own words, until it is submitted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain import case as rules
from bot.domain import reply
from bot.domain.case import Case, CaseId, CaseStatus, Panel
from bot.domain.comment import KeptComment
from bot.domain.errors import BadInput, NotFound, TakenBy, WrongState
from bot.domain.guard import explain, find_personal_data
from bot.domain.house_style import HouseStyle
from bot.domain.journal import Entry
from bot.domain.loaded_words import LoadedWords
from bot.domain.outgoing import TRIAGE, CaseCard, Prompt, to_person
from bot.domain.people import Action
from bot.domain.reply import ApprovalPolicy, Draft, DraftId, DraftState
from bot.domain.template import Slot, SlotKind, Template
from bot.services import companions, together
from bot.services.care import Care
from bot.services.filling import (
    asked_slot,
    check_slot,
    filled,
    from_template,
    open_slot,
    slot_number,
    typed_date,
    usable_text,
)
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.preview import Previews
from bot.services.snippets import Snippets, template_of
from bot.services.tap import Tap
from bot.services.templates import Templates

_FARTHEST = 3660
"""Days ahead that a button may name; what a client sends back is not to be trusted."""


@dataclass(frozen=True, slots=True)
class ReplyPolicy:
    """What the config says of replies.

    `guard_allow`: official numbers that pass the guard. `links`: domains that links may name.
    """

    approval: ApprovalPolicy = field(default_factory=ApprovalPolicy)
    guard_allow: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    pace: timedelta = timedelta(seconds=4)
    """Between two replies with the same words."""
    style: HouseStyle = field(default_factory=HouseStyle)
    loaded: LoadedWords = field(default_factory=LoadedWords)


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft that is being written, with its case and template."""

    draft: Draft
    case: Case
    template: Template | None


def personal_data(text: str, policy: ReplyPolicy) -> tuple[str, ...]:
    """Why this text may not be published, in sentences; empty when it may."""
    return tuple(explain(find_personal_data(text, policy.guard_allow)))


class Replies:
    """Every way to put words into a draft. Whoever adds words becomes an author of it."""

    def __init__(
        self, store: Store, team: Team, templates: Templates, policy: ReplyPolicy, clock: Clock
    ) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._policy = policy
        self._clock = clock
        self.care = Care(store, team, templates, policy.links)
        self.snippets = Snippets(store, team, templates, policy.links)
        self.previews = Previews(store, team)

    async def use_template(self, tap: Tap, short: str) -> Draft:
        """A suggested template becomes the draft of this case."""
        await self._team.require(tap.person, Action.DRAFT)
        template = self._templates.find(short)
        async with self._store.transaction() as tx:
            case, comment = await self._answerable(tx, tap)
            await self._templates.check(tx, template)
            case = rules.open_panel(case, Panel.WRITING, tap.person.id, tap.seen, tap.at)
            draft = await self._fresh(tx, case, comment, tap)
            draft = from_template(draft, template, comment.comment.author.name, self._policy.links)
            draft = replace(draft, id=await tx.drafts.add(draft))
            await self._save(
                tx, case, draft, tap, "draft", {"template": template.id, "version": template.version}
            )
        return draft

    async def ask_words(self, tap: Tap) -> Case:
        """✏️ Tulis: the next reply to the bot's question is the text."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            case, _ = await self._answerable(tx, tap)
            if await tx.journal.has(tap.cause, "panel_writing"):
                return case
            case = rules.open_panel(case, Panel.WRITING, tap.person.id, tap.seen, tap.at)
            await tx.cases.save(case)
            await tx.journal.write(
                Entry(tap.at, tap.person.id, "panel_writing", f"case:{case.id}", tap.cause)
            )
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
            last = await tx.drafts.last(case.id)
            # Whoever improves a draft that came back should not have to type it again.
            before = last.text if last is not None and last.state is not DraftState.POSTED else ""
            params: dict[str, object] = {"case": case.id, "text": before}
            await self._prompt(tx, tap, "write_reply", f"write:{case.id}", params)
        return case

    async def write(self, tap: Tap, text: str, *, new: bool = False) -> Draft:
        """The person's own words for case `tap.target`: a new draft, or the present one rewritten.

        `new`: words that a button brings never take the place of what somebody has written.
        """
        await self._team.require(tap.person, Action.DRAFT)
        words = usable_text(text)
        async with self._store.transaction() as tx:
            draft = await tx.drafts.last(CaseId(tap.target))
            if draft is not None and await tx.journal.has(tap.cause, "draft"):
                return draft
            case, comment = await self._answerable(tx, tap)
            if case.assignee not in {None, tap.person.id}:
                raise TakenBy(str(case.assignee))
            draft = await tx.drafts.live(case.id)
            if draft is not None and (new or draft.state is not DraftState.WRITING):
                raise WrongState(draft.state, draft.decided_by or "")
            if draft is None:
                draft = replace(await self._fresh(tx, case, comment, tap), text=words)
                draft = replace(draft, id=await tx.drafts.add(draft))
            else:
                draft = reply.rewrite(draft, words, tap.person.id)
                await tx.drafts.save(draft)
            case = rules.open_panel(case, Panel.WRITING, tap.person.id, case.version, tap.at)
            await self._save(tx, case, draft, tap, "draft", {"own_words": True})
        return draft

    async def ask_edit(self, tap: Tap) -> Draft:
        """✏️ Ubah: the next reply to the bot's question replaces the text."""
        writing = await self._writing(self._store.read, tap)
        if writing.draft.private:
            return await self.care.ask_words(tap)
        async with self._store.transaction() as tx:
            params = {"case": writing.case.id, "text": writing.draft.text}
            await self._prompt(tx, tap, "edit_reply", f"write:{writing.case.id}", params)
        return writing.draft

    async def ask_slot(self, tap: Tap) -> Draft:
        """Asks for a value that has no buttons (a text, a link, a date), of this one gap."""
        writing = await self._writing(self._store.read, tap)
        draft, template = writing.draft, writing.template
        slot = open_slot(draft, template)
        if template is None or slot is None:
            raise WrongState(draft.state)
        async with self._store.transaction() as tx:
            params: dict[str, object] = {"case": writing.case.id, "ask": slot.ask, "kind": slot.kind}
            params["slot"] = slot.name
            purpose = f"slot:{draft.id}:{slot_number(template, slot)}"
            await self._prompt(tx, tap, "fill_slot", purpose, params, private=draft.private)
        return draft

    async def fill_choice(self, tap: Tap, index: int) -> Draft:
        def value(slot: Slot) -> str:
            if slot.kind is not SlotKind.CHOICE or not 0 <= index < len(slot.choices):
                raise BadInput("choice")
            return slot.choices[index][0]

        return await self._fill(tap, value, seen=tap.seen)

    async def fill_date(self, tap: Tap, days: int) -> Draft:
        """`days` from today, in the agency's zone."""
        if not 0 <= days <= _FARTHEST:
            raise BadInput("date")
        day = self._templates.today() + timedelta(days=days)

        def value(slot: Slot) -> str:
            if slot.kind is not SlotKind.DATE:
                raise BadInput("date")
            return day.isoformat()

        return await self._fill(tap, value, seen=tap.seen)

    async def fill_text(self, tap: Tap, text: str, number: int = 0) -> Draft:
        """A typed value: a text, a link, or a date as 25-12-2026. `number`: the gap that was asked about."""

        def value(slot: Slot) -> str:
            return typed_date(text) if slot.kind is SlotKind.DATE else text.strip()

        return await self._fill(tap, value, number=number)

    async def _fill(
        self, tap: Tap, value: Callable[[Slot], str], *, seen: int | None = None, number: int = 0
    ) -> Draft:
        async with self._store.transaction() as tx:
            writing = await self._writing(tx, tap)
            draft, template = writing.draft, writing.template
            if await tx.journal.has(tap.cause, "fill"):
                return draft  # or the same words, delivered again, would fill the next gap
            slot = asked_slot(draft, template, number)
            if template is None or slot is None or (seen is not None and draft.version != seen):
                raise WrongState(draft.state)
            given = value(slot)
            check_slot(template, slot, given, self._policy.links)
            draft = filled(draft, template, {**dict(draft.slots), slot.name: given}, self._policy.links)
            authors = draft.authors if tap.person.id in draft.authors else (*draft.authors, tap.person.id)
            draft = replace(draft, version=draft.version + 1, authors=authors)
            await tx.drafts.save(draft)
            case = replace(writing.case, version=writing.case.version + 1, updated_at=tap.at)
            await self._save(tx, case, draft, tap, "fill", {"slot": slot.name})
        return draft

    async def _writing(self, parts: Parts, tap: Tap) -> Writing:
        """The draft of a press, if it is still being written."""
        draft = await parts.drafts.get(DraftId(tap.target))
        if draft is None:
            raise NotFound("draft", str(tap.target))
        case = await parts.cases.get(draft.case_id)
        if case is None:
            raise LookupError(f"draft {draft.id} has no case")
        await companions.require(self._team, parts, tap, case, Action.DRAFT)
        if draft.state is not DraftState.WRITING:
            raise WrongState(draft.state, draft.decided_by or "")
        if case.assignee not in {None, tap.person.id}:
            raise TakenBy(str(case.assignee))
        return Writing(draft, case, template_of(self._templates, draft))

    async def _answerable(self, tx: Parts, tap: Tap) -> tuple[Case, KeptComment]:
        """The case of a press with the comment to answer: the latest of the citizen's messages."""
        case = await tx.cases.get(CaseId(tap.target))
        if case is None:
            raise NotFound("case", str(tap.target))
        if case.status is CaseStatus.DRAFTED:
            raise WrongState(case.status, case.assignee or "")
        if case.sensitive:
            # No button leads here; a forged one would show the words to every coordinator. See Care.
            raise WrongState("sensitive")
        await together.not_in_another(tx, case)
        return case, (await tx.comments.of_case(case.id))[-1]

    async def _fresh(self, tx: Parts, case: Case, comment: KeptComment, tap: Tap) -> Draft:
        """A new empty draft; one that was being written before gives way."""
        old = await tx.drafts.live(case.id)
        if old is not None:
            await tx.drafts.save(reply.drop(old))
            await together.redraw(tx, old, tap.cause, tap.at)
        return Draft(
            id=DraftId(0),
            case_id=case.id,
            comment_id=comment.id,
            revision=comment.comment.revision,
            version=1,
            state=DraftState.WRITING,
            text="",
            authors=(tap.person.id,),
            created_at=tap.at,
        )

    async def _save(
        self, tx: Parts, case: Case, draft: Draft, tap: Tap, verb: str, detail: dict[str, object]
    ) -> None:
        await tx.cases.save(case)
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"draft:{draft.id}", tap.cause, detail))
        await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
        await companions.redraw(tx, draft, tap.cause, tap.at)

    async def _prompt(
        self,
        tx: Parts,
        tap: Tap,
        what: str,
        purpose: str,
        params: dict[str, object],
        *,
        private: bool = False,
    ) -> None:
        if private:
            prompt = Prompt(to_person(tap.person.id), what, tap.person.id, purpose, params)
            await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
            return
        shown = await tx.outbox.card(f"case:{params['case']}")
        reply_to = shown.message_id if shown is not None else 0
        prompt = Prompt(TRIAGE, what, tap.person.id, purpose, params, reply_to)
        await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
