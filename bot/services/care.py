"""Writing to somebody whose life is at risk: from a named person's own chat, where the words stand.

From 📤 Ajukan on it is the ordinary way: approval, guard, outbox, journal.
"""

from dataclasses import replace

from bot.domain import care, reply
from bot.domain import case as rules
from bot.domain.case import Case, CaseId
from bot.domain.errors import NotFound, Outdated, TakenBy, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard, DraftCard, Prompt, to_person
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftId, DraftState
from bot.domain.template import Template
from bot.services import companions, filling
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.snippets import template_of
from bot.services.tap import Tap
from bot.services.templates import Templates


class Care:
    """The buttons of a named person's card. Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team, templates: Templates, links: tuple[str, ...]) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._links = links

    async def begin(self, tap: Tap) -> Draft:
        """💬 Balas under the original, also after an answer: the case is this person's, and the draft's card
        comes to them.
        """
        async with self._store.transaction() as tx:
            case = await tx.cases.get(CaseId(tap.target))
            if case is None:
                raise NotFound("case", str(tap.target))
            await companions.require(self._team, tx, tap, case, Action.DRAFT)
            if not case.sensitive:
                raise WrongState("not_sensitive")
            draft = await tx.drafts.live(case.id)
            if draft is not None:
                return _own(draft, case, tap)
            named = await tx.cases.companions(case.id)
            case = rules.attend(case, tap.person.id, named.keys(), tap.seen, tap.at)
            comment = (await tx.comments.of_case(case.id))[-1]
            draft = care.begin(comment, tap.person.id, await tx.drafts.last(case.id), tap.at)
            draft = replace(draft, id=await tx.drafts.add(draft))
            await self._save(tx, draft, case, tap, "draft", {"private": True})
            await tx.outbox.put(f"{tap.cause}:own", DraftCard(draft.id, tap.person.id), tap.at)
        return draft

    async def use_template(self, tap: Tap, short: str) -> Draft:
        """Prepared words of the playbook take the place of what the draft holds."""
        template = self._templates.find(short)
        async with self._store.transaction() as tx:
            draft, case = await self._writing(tx, tap)
            if await tx.journal.has(tap.cause, "template"):
                return draft
            if draft.version != tap.seen:
                raise Outdated(draft.state)
            await self._must_be_prepared(tx, case, template, tap)
            comment = await tx.comments.get(draft.comment_id)
            citizen = comment.comment.author.name if comment is not None else ""
            draft = filling.from_template(reply.next_version(draft), template, citizen, self._links)
            detail: dict[str, object] = {"template": template.id, "version": template.version}
            await self._save(tx, draft, case, tap, "template", detail)
        return draft

    async def _must_be_prepared(self, tx: Parts, case: Case, template: Template, tap: Tap) -> None:
        """Only words that were prepared for this: everyday ones would hurt. Raises a Refused."""
        named = await tx.cases.companions(case.id)
        if template.topic != named[tap.person.id]:
            raise NotFound("template", template.id)
        await self._templates.check(tx, template)

    async def ask_words(self, tap: Tap) -> Draft:
        """✏️ Tulis, ✏️ Ubah: the reply to the bot's question, in the same private chat, is the text."""
        async with self._store.transaction() as tx:
            draft, case = await self._writing(tx, tap)
            params: dict[str, object] = {"case": case.id, "text": draft.text}
            what = "edit_reply" if draft.text else "write_reply"
            prompt = Prompt(to_person(tap.person.id), what, tap.person.id, f"care:{draft.id}", params)
            await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
        return draft

    async def write(self, tap: Tap, text: str) -> Draft:
        """The person's own words."""
        words = filling.usable_text(text)
        async with self._store.transaction() as tx:
            draft, case = await self._writing(tx, tap)
            if await tx.journal.has(tap.cause, "write"):
                return draft
            if filling.open_slot(draft, template_of(self._templates, draft)) is not None:
                # One's own words instead of a template with gaps: nothing of it is left.
                draft = replace(draft, template_id="", template_version=0, template_text="", slots=())
            draft = reply.rewrite(draft, words, tap.person.id)
            await self._save(tx, draft, case, tap, "write", {"own_words": True})
        return draft

    async def _writing(self, tx: Parts, tap: Tap) -> tuple[Draft, Case]:
        """The private draft of a press, while it is written, and by whom the case is."""
        draft = await tx.drafts.get(DraftId(tap.target))
        case = await tx.cases.get(draft.case_id) if draft is not None else None
        if draft is None or case is None:
            raise NotFound("draft", str(tap.target))
        await companions.require(self._team, tx, tap, case, Action.DRAFT)
        if not draft.private or draft.state is not DraftState.WRITING:
            raise WrongState(draft.state, draft.decided_by or "")
        if case.assignee not in {None, tap.person.id}:
            raise TakenBy(str(case.assignee))
        return draft, case

    async def _save(
        self, tx: Parts, draft: Draft, case: Case, tap: Tap, verb: str, detail: dict[str, object]
    ) -> None:
        """What was written stays out of the journal; that somebody wrote, and from what, stands there."""
        await tx.drafts.save(draft)
        await tx.cases.save(case)
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"draft:{draft.id}", tap.cause, detail))
        await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, urgent=True), tap.at)
        await companions.redraw(tx, draft, tap.cause, tap.at)


def _own(draft: Draft, case: Case, tap: Tap) -> Draft:
    """The draft that this person is writing already. Raises TakenBy, WrongState."""
    if case.assignee not in {None, tap.person.id}:
        raise TakenBy(str(case.assignee))
    if draft.state is not DraftState.WRITING:
        raise WrongState(draft.state, draft.decided_by or "")
    return draft
