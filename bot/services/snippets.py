"""➕ Templat: several approved templates in one reply. The approver reads the whole."""

from dataclasses import replace

from bot.domain import case as rules
from bot.domain import joining
from bot.domain.case import Case, Panel
from bot.domain.errors import BadInput, NotFound, Outdated, TakenBy, UnusableTemplate, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftId, DraftState, next_version
from bot.domain.template import SlotFault, SlotKind, Template, TemplateUse, render
from bot.services import together
from bot.services.filling import filled, open_slot
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap
from bot.services.templates import Templates

_NOT_FOR_REPLIES = "Templat ini hanya dipakai lewat playbook."


def template_of(shelf: Templates, draft: Draft | None) -> Template | None:
    """What the draft was made of; several templates read as one. None where one of them is gone."""
    first = shelf.get(draft.template_id) if draft is not None else None
    if draft is None or first is None:
        return None
    more = [shelf.get(name) for name, _ in draft.snippets]
    known = [one for one in more if one is not None]
    return joining.joined((first, *known)) if len(known) == len(more) else None


def more_sources(shelf: Templates, draft: Draft) -> tuple[str, ...]:
    """Where the templates after the first one come from."""
    known = (shelf.get(name) for name, _ in draft.snippets)
    return tuple(dict.fromkeys(one.source for one in known if one is not None and one.source))


def bases(shelf: Templates, draft: Draft) -> tuple[str, ...]:
    """What all its templates rest on beside the pages they link to."""
    known = (shelf.get(name) for name in (draft.template_id, *(name for name, _ in draft.snippets)))
    return tuple(dict.fromkeys(one.basis for one in known if one is not None and one.basis))


async def check_templates(shelf: Templates, tx: Parts, draft: Draft) -> None:
    """Words of a template that was retired, changed or ran out since are not sent. Raises a Refused."""
    for name, version in ((draft.template_id, draft.template_version), *draft.snippets):
        template = shelf.get(name)
        if template is None or template.version != version:
            raise WrongState("template_changed")
        await shelf.check(tx, template)


class Snippets:
    """Adds one more template to a draft whose words are still those of its templates."""

    def __init__(self, store: Store, team: Team, templates: Templates, links: tuple[str, ...]) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._links = links

    async def add(self, tap: Tap, short: str) -> Draft:
        """The template comes after those that are there; what is filled in already stays."""
        await self._team.require(tap.person, Action.DRAFT)
        template = self._templates.find(short)
        async with self._store.transaction() as tx:
            draft, case = await self._writing(tx, tap)
            if await tx.journal.has(tap.cause, "snippet"):
                return draft
            if draft.version != tap.seen:
                raise Outdated(draft.state)
            whole = await self._whole(tx, draft, template)
            draft = self._put(draft, template, whole, await self._citizen(tx, draft), tap)
            await tx.drafts.save(draft)
            case = rules.open_panel(case, Panel.WRITING, tap.person.id, case.version, tap.at)
            await tx.cases.save(case)
            detail: dict[str, object] = {"template": template.id, "version": template.version}
            entry = Entry(tap.at, tap.person.id, "snippet", f"draft:{draft.id}", tap.cause, detail)
            await tx.journal.write(entry)
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
            await together.redraw(tx, draft, tap.cause, tap.at)
        return draft

    async def _whole(self, tx: Parts, draft: Draft, template: Template) -> Template:
        """All of them as one. Raises a Refused."""
        if template.use is not TemplateUse.REPLY:
            raise UnusableTemplate(template.title, _NOT_FOR_REPLIES)
        await self._templates.check(tx, template)
        names = [draft.template_id, *(name for name, _ in draft.snippets)]
        known = [one for name in names if (one := self._templates.get(name)) is not None]
        if len(known) < len(names) or not self._untouched(draft):
            raise BadInput("snippet_after_words")
        if template.id in names:
            raise BadInput("snippet_twice")
        if len(names) >= joining.MOST:
            raise BadInput(f"snippet_most:{joining.MOST}")
        whole = joining.joined((*known, template))
        if len(whole.text) > joining.LONGEST:
            raise BadInput(f"too_long:{joining.LONGEST}")
        return whole

    def _untouched(self, draft: Draft) -> bool:
        """Whether nobody has written over what the templates say."""
        before = template_of(self._templates, draft)
        if before is None:
            return False
        if open_slot(draft, before) is not None:
            return True
        try:
            return draft.text == render(before, dict(draft.slots), self._links)
        except SlotFault:
            return False

    def _put(self, draft: Draft, template: Template, whole: Template, citizen: str, tap: Tap) -> Draft:
        values = dict(draft.slots)
        name = next((slot.name for slot in whole.slots if slot.kind is SlotKind.NAME), "")
        if name and name not in values:
            values[name] = "" if draft.also else citizen
        bare = replace(
            next_version(draft),
            text="",
            template_text="",
            snippets=(*draft.snippets, (template.id, template.version)),
            authors=draft.authors if tap.person.id in draft.authors else (*draft.authors, tap.person.id),
        )
        return filled(bare, whole, values, self._links)

    async def _citizen(self, tx: Parts, draft: Draft) -> str:
        comment = await tx.comments.get(draft.comment_id)
        return comment.comment.author.name if comment is not None else ""

    async def _writing(self, tx: Parts, tap: Tap) -> tuple[Draft, Case]:
        draft = await tx.drafts.get(DraftId(tap.target))
        case = await tx.cases.get(draft.case_id) if draft is not None else None
        if draft is None or case is None:
            raise NotFound("draft", str(tap.target))
        if draft.state is not DraftState.WRITING or draft.private or case.sensitive:
            raise WrongState(draft.state, draft.decided_by or "")
        if case.assignee not in {None, tap.person.id}:
            raise TakenBy(str(case.assignee))
        return draft, case
