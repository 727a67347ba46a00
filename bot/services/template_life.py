"""From a good reply to a template: proposed by whoever works with it, approved or declined, counted."""

from datetime import timedelta

from bot.domain import template_life as rules
from bot.domain.case import Case, CaseId
from bot.domain.errors import BadInput, NotFound, Outdated, PersonalData, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice, Prompt, to_person
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftState
from bot.domain.template import Template, TemplateState
from bot.services.people import Team
from bot.services.ports import Clock, Duty, Parts, Store
from bot.services.ports_words import Figures
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.tap import Tap
from bot.services.templates import Templates

_COUNTED = timedelta(days=90)
_SOON_AGAIN = timedelta(days=3)
_APPROVERS = "role:koordinator"


class TemplateLife:
    """Files hold what ships and what agencies write there; the store holds what the chat proposes."""

    def __init__(
        self, store: Store, team: Team, templates: Templates, policy: ReplyPolicy, duty: Duty, clock: Clock
    ) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._policy = policy
        self._duty = duty
        self._clock = clock
        templates.on_decided = self.load
        templates.alone = policy.approval.alone

    async def load(self) -> None:
        """Puts what the store holds on the shelf: at the start, and after every decision."""
        read = self._store.read
        decided = (await read.drafts.template_decisions()).keys()
        self._templates.shelf.learn(*rules.in_force(await read.own_templates.every(), decided))

    async def ask(self, tap: Tap) -> Draft:
        """⭐ Jadikan templat: the next reply to the bot's question is title and source."""
        await self._team.require(tap.person, Action.PROPOSE_TEMPLATE)
        async with self._store.transaction() as tx:
            case, draft = await self._good_reply(tx, CaseId(tap.target))
            if case.version != tap.seen:
                raise Outdated(case.status)
            params: dict[str, object] = {"case": case.id, "most": rules.TITLE}
            card = await tx.outbox.card(f"case:{case.id}")
            purpose, below = f"template:{case.id}:{draft.id}", card.message_id if card is not None else 0
            prompt = Prompt(TRIAGE, "template_title", tap.person.id, purpose, params, below)
            await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
        return draft

    async def propose(self, tap: Tap, typed: str) -> Template:
        """`tap.target` is the case. The approvers get the words with a button; nobody may use them before."""
        await self._team.require(tap.person, Action.PROPOSE_TEMPLATE)
        title, source = rules.read_title(typed, self._policy.links)
        async with self._store.transaction() as tx:
            case, draft = await self._good_reply(tx, CaseId(tap.target))
            if draft.id != tap.seen:
                raise WrongState("template_changed")
            made = await self._made(tx, case, draft, title, source, tap)
            if await tx.journal.has(tap.cause, "template_proposed"):
                return made
            await tx.own_templates.add(made, tap.person.id, tap.at)
            detail: dict[str, object] = {"version": made.version, "sha256": made.sha256, "draft": draft.id}
            entry = Entry(
                tap.at, tap.person.id, "template_proposed", f"template:{made.id}", tap.cause, detail
            )
            await tx.journal.write(entry)
            await self._tell(tx, made, tap)
        await self.load()
        return made

    async def decline(self, tap: Tap, short: str, sha8: str) -> Template:
        """⛔: these words are no template; what was approved before stays."""
        await self._team.require(tap.person, Action.APPROVE_TEMPLATE)
        shelf = self._templates.shelf
        template = shelf.find(short)
        if not sha8 or not template.sha256.startswith(sha8) or not shelf.is_own(template):
            raise Outdated("template_changed")
        async with self._store.transaction() as tx:
            key = (template.id, template.version, template.sha256)
            if (await tx.drafts.template_decisions()).get(key) == TemplateState.APPROVED:
                raise Outdated("template_changed")
            await tx.own_templates.decline(template, tap.person.id)
            detail: dict[str, object] = {"version": template.version, "sha256": template.sha256}
            subject = f"template:{template.id}"
            await tx.journal.write(
                Entry(tap.at, tap.person.id, "template_declined", subject, tap.cause, detail)
            )
        await self.load()
        return template

    async def figures(self, template: Template) -> Figures:
        """Of the last ninety days."""
        since = self._clock.now() - _COUNTED
        return await self._store.read.own_templates.figures(template.id, since, _SOON_AGAIN)

    async def _good_reply(self, tx: Parts, number: CaseId) -> tuple[Case, Draft]:
        """The case with the reply that stands, if a person's own words are in it."""
        case, draft = await tx.cases.get(number), await tx.drafts.last(number)
        if case is None:
            raise NotFound("case", str(number))
        if case.sensitive or draft is None or draft.private or draft.state is not DraftState.POSTED:
            raise WrongState(case.status, case.assignee or "")
        if not draft.edited:
            raise BadInput("template_already")
        return case, draft

    async def _made(self, tx: Parts, case: Case, draft: Draft, title: str, source: str, tap: Tap) -> Template:
        """Raises PersonalData, BadInput."""
        comment = await tx.comments.get(draft.comment_id)
        text = rules.made_of(draft.text, comment.comment.author.name if comment is not None else "")
        if reasons := personal_data(text, self._policy):
            raise PersonalData(reasons)
        name = rules.id_of(title)
        others = (one.title.casefold() for one in self._templates.shelf.standing() if one.id != name)
        if title.casefold() in others:
            raise BadInput("template_title_taken")
        labels = tuple(str(label) for label in case.verdict.labels) or ("question",)
        about = Template(
            id=name, topic="", title=title, labels=labels, topics=tuple(case.verdict.topics), keywords=(),
            text=text, slots=(), owner=f"person:{tap.person.id}", source=source,
            version=await tx.own_templates.version(name) + 1,
            valid_until=self._templates.today() + rules.LIFETIME, state=TemplateState.PROPOSED,
        )  # fmt: skip
        return rules.proposed(text, title, source, about)

    async def _tell(self, tx: Parts, made: Template, tap: Tap) -> None:
        approvers = await self._duty.find(_APPROVERS, tap.at)
        params: dict[str, object] = {
            "person": tap.person.id, "title": made.title, "note": made.text, "source": made.source,
            "template": made.id, "version": made.version, "sha": made.sha256[:8],
        }  # fmt: skip
        for person in approvers:
            said = Notice(to_person(person), "template_proposed", params)
            await tx.outbox.put(f"{tap.cause}:asked:{person}", said, tap.at)
