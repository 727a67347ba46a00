"""➕ Kasus lain: one text for several citizens who ask the same."""

import re
from dataclasses import replace

from bot.domain import case as rules
from bot.domain import reply_set
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import BadInput, CannotJoin, NotFound, Outdated, TakenBy, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Prompt
from bot.domain.people import Action, PersonId
from bot.domain.priority import Urgency
from bot.domain.reply import Draft, DraftId, DraftState, Target
from bot.domain.template import SlotKind, Template, presentable_name, render
from bot.services import together
from bot.services.filling import open_slot
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.replies import ReplyPolicy
from bot.services.snippets import template_of
from bot.services.tap import Tap
from bot.services.templates import Templates

MOST = 15
"""Comments of one set: the approver reads every one of them on one card."""
_NUMBER = re.compile(r"#?([1-9][0-9]{0,9})")


class Widening:
    """A draft that is being written may answer other open cases too; the coordinator approves the list."""

    def __init__(self, store: Store, team: Team, templates: Templates, policy: ReplyPolicy) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._policy = policy

    async def ask(self, tap: Tap) -> Draft:
        """Asks for the numbers; the reply to the bot's question holds them."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            draft = await self.ready(tx, tap)
            if draft.version != tap.seen:
                raise Outdated(draft.state)
            shown = await tx.outbox.card(f"case:{draft.case_id}")
            params: dict[str, object] = {"case": draft.case_id, "most": MOST}
            reply_to = shown.message_id if shown is not None else 0
            prompt = Prompt(TRIAGE, "more_cases", tap.person.id, f"also:{draft.id}", params, reply_to)
            await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
        return draft

    async def widen(self, tap: Tap, text: str) -> Draft:
        """Adds the cases that `text` names ("12 15 18"): all of them, or none and the reason why."""
        await self._team.require(tap.person, Action.DRAFT)
        numbers = _numbers(text)
        async with self._store.transaction() as tx:
            draft = await tx.drafts.get(DraftId(tap.target))
            if draft is not None and await tx.journal.has(tap.cause, "widen"):
                return draft
            draft = await self.ready(tx, tap)
            wanted = [n for n in numbers if draft.of_case(n) is None]
            if not wanted:
                raise BadInput("case_numbers")
            if len(draft.targets) + len(wanted) > MOST:
                raise BadInput(f"too_many_cases:{MOST}")
            more = [await self._joined(tx, number, tap) for number in wanted]
            draft = reply_set.widen(await self.nameless(tx, draft), tuple(more), tap.person.id)
            await tx.drafts.save(draft)
            detail = {"cases": [int(number) for number in wanted]}
            await tx.journal.write(
                Entry(tap.at, tap.person.id, "widen", f"draft:{draft.id}", tap.cause, detail)
            )
            await together.redraw(tx, draft, tap.cause, tap.at)
        return draft

    async def ready(self, tx: Parts, tap: Tap) -> Draft:
        """The draft of a press, while its text is complete and still in the writer's hands."""
        draft = await tx.drafts.get(DraftId(tap.target))
        if draft is None:
            raise NotFound("draft", str(tap.target))
        case = await tx.cases.get(draft.case_id)
        if draft.state is not DraftState.WRITING or case is None:
            raise WrongState(draft.state, draft.decided_by or "")
        if case.assignee not in {None, tap.person.id}:
            raise TakenBy(str(case.assignee))
        if case.sensitive or case.priority.urgency is Urgency.EMERGENCY:
            raise CannotJoin(case.id, "emergency")
        if open_slot(draft, template_of(self._templates, draft)) is not None or not draft.text:
            raise BadInput("slots_open")
        return draft

    async def _joined(self, tx: Parts, number: CaseId, tap: Tap) -> Target:
        """The comment of another case, which the writer takes with it."""
        case = await tx.cases.get(number)
        if case is None:
            raise NotFound("case", str(number))
        why = await why_not(tx, case, tap.person.id)
        if why:
            raise CannotJoin(case.id, why, str(case.assignee or "") if why == "taken" else "")
        return await taken(tx, case, tap)

    async def nameless(self, tx: Parts, draft: Draft) -> Draft:
        """The text without the citizen's name: it goes to others too. Refuses a name that a person typed."""
        template = template_of(self._templates, draft)
        if template is not None:
            draft = self._rendered_anew(draft, template)
        comment = await tx.comments.get(draft.comment_id)
        name = presentable_name(comment.comment.author.name) if comment is not None else ""
        if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", draft.text, re.IGNORECASE):
            raise CannotJoin(draft.case_id, "name")
        return draft

    def _rendered_anew(self, draft: Draft, template: Template) -> Draft:
        """What people changed by hand stays theirs; what the bot rendered loses the name."""
        values = dict(draft.slots)
        names = [slot.name for slot in template.slots if slot.kind is SlotKind.NAME]
        untouched = draft.text == render(template, values, self._policy.links)
        bare = values | dict.fromkeys(names, "")
        free = {slot.name: "…" for slot in template.slots if slot.kind is SlotKind.TEXT}
        text = render(template, bare, self._policy.links) if untouched else draft.text
        as_such = render(template, bare | free, self._policy.links)
        return replace(draft, slots=tuple(bare.items()), text=text, template_text=as_such)


def _numbers(text: str) -> list[CaseId]:
    """The case numbers of "12 15, #18", each once."""
    words = text.replace(",", " ").replace(" dan ", " ").split()
    found = [_NUMBER.fullmatch(word) for word in words]
    if not words or not all(found):
        raise BadInput("case_numbers")
    return [CaseId(number) for number in dict.fromkeys(int(one.group(1)) for one in found if one is not None)]


async def taken(tx: Parts, case: Case, tap: Tap) -> Target:
    """What the words answer of a case that whoever writes them takes along."""
    await tx.cases.save(rules.take(case, tap.person.id, case.version, tap.at))
    comment = (await tx.comments.of_case(case.id))[-1]
    return Target(case.id, comment.id, comment.comment.revision)


async def why_not(tx: Parts, case: Case, person: PersonId) -> str:
    """Why this case cannot share the words; "" when it can."""
    if case.sensitive:
        return "sensitive"
    if case.priority.urgency is Urgency.EMERGENCY:
        return "emergency"
    if case.assignee not in {None, person}:
        return "taken"
    if case.status is CaseStatus.DRAFTED or await tx.drafts.live(case.id) is not None:
        return "drafted"
    return "" if case.status in rules.OPEN else "closed"
