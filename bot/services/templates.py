"""The agency's approved words: which there are, which fit, which may be used today."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from itertools import islice

from bot.domain.comment import KeptComment, Verdict
from bot.domain.errors import BadInput, Outdated, OwnWords, UnusableTemplate
from bot.domain.journal import Entry
from bot.domain.people import Action
from bot.domain.search import Plain, Search, fits
from bot.domain.suggest import Suggestion, suggest
from bot.domain.template import Template, TemplateState, TemplateUse, Usability, usable
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.search_rows import Beside
from bot.services.tap import Tap
from bot.services.template_shelf import Shelf
from bot.services.template_shelf import short_name as short_name  # noqa: PLC0414 - others name it through this module
from bot.services.views import TemplateChoice

Words = Callable[[str], Collection[str]]
"""A text's normalised words."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One line of /templat."""

    template: Template
    short: str
    usability: Usability


async def _nothing() -> None:
    """Where nobody listens."""


class TemplateTitles:
    """The titles of templates that have the words of a search."""

    def __init__(self, templates: "Templates") -> None:
        self._templates = templates

    async def find(self, wanted: Search, plain: Plain, most: int) -> list[Beside]:
        """Those that were retired are not proposed to anybody."""
        found = (
            Beside(line.template.title)
            for line in await self._templates.lines()
            if line.template.state is not TemplateState.RETIRED
            and fits(wanted, plain(f"{line.template.title} . {line.template.text}"))
        )
        return list(islice(found, most))


class Templates:
    """Files propose, coordinators approve; an approval holds for exactly these words."""

    def __init__(
        self,
        store: Store,
        team: Team,
        clock: Clock,
        templates: Sequence[Template],
        words: Words,
        zone: tzinfo,
    ) -> None:
        self._store = store
        self._team = team
        self._clock = clock
        self.shelf = Shelf(templates)
        self.on_decided: Callable[[], Awaitable[None]] = _nothing
        """Told after every decision."""
        self.alone = False
        """The agency is one person, who may approve what the same person proposed."""
        self._words = words
        self._zone = zone

    def today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def find(self, short: str) -> Template:
        """Raises NotFound."""
        return self.shelf.find(short)

    def get(self, template_id: str) -> Template | None:
        return self.shelf.get(template_id)

    async def fit(
        self, comment: KeptComment, verdict: Verdict, playbooks: Collection[str] = ()
    ) -> tuple[TemplateChoice, ...]:
        """The best three for a comment, each with its reason and whether it may be used.

        Words that only a playbook's step may bring are left out, and so are all that were prepared for one of
        the sensitive `playbooks` (by short name): they are for its hour alone.
        """
        standing, approved = await self._standing(self._store.read)
        found = suggest(
            [
                one
                for one in standing
                if one.use is TemplateUse.REPLY and short_name(one.topic) not in playbooks
            ],
            verdict.labels or verdict.unsure,
            verdict.topics,
            self._words(comment.comment.text),
            self.today(),
            approved,
        )
        return tuple(TemplateChoice(self.shelf.short(s.template), s) for s in found)

    async def prepared(self, topic: str) -> tuple[TemplateChoice, ...]:
        """The words that an agency prepared for one playbook: the templates of its file of replies."""
        standing, approved = await self._standing(self._store.read)
        found = sorted((t for t in standing if t.topic == topic), key=lambda t: t.id)
        judged = [(t, usable(t, approved.get(t.id), self.today())) for t in found]
        return tuple(
            TemplateChoice(short_name(t.id), Suggestion(t, 0, "" if verdict.ok else verdict.reason, verdict))
            for t, verdict in judged
        )

    async def for_claim(self, statement: str, most: int) -> tuple[TemplateLine, ...]:
        """Usable words for rumours, those that share most words with the claim first."""
        words = set(self._words(statement))
        usable_ones = [
            line
            for line in await self.lines()
            if line.usability.ok and line.template.use is TemplateUse.REPLY and "hoax" in line.template.labels
        ]

        def shared(line: TemplateLine) -> int:
            template = line.template
            return len(words & {*template.topics, *template.keywords, *self._words(template.title)})

        return tuple(sorted(usable_ones, key=shared, reverse=True)[:most])

    async def check(self, tx: Parts, template: Template) -> None:
        """Raises UnusableTemplate."""
        standing, approved = await self._standing(tx)
        known = {(one.id, one.version): one for one in standing}
        verdict = usable(known[template.id, template.version], approved.get(template.id), self.today())
        if not verdict.ok:
            raise UnusableTemplate(template.title, verdict.reason)

    async def listed(self, tap: Tap) -> list[TemplateLine]:
        """/templat: all of them, by topic."""
        await self._team.require(tap.person, Action.SEE)
        return await self.lines()

    async def lines(self) -> list[TemplateLine]:
        standing, approved = await self._standing(self._store.read)
        today = self.today()
        return [
            TemplateLine(t, self.shelf.short(t), usable(t, approved.get(t.id), today))
            for t in sorted(standing, key=lambda t: (t.id, t.version))
        ]

    async def approve(self, tap: Tap, short: str, sha8: str) -> Template:
        """Approves the words whose fingerprint begins with `sha8`: those that the person has read."""
        await self._team.require(tap.person, Action.APPROVE_TEMPLATE)
        template = self.find(short)
        if not template.sha256.startswith(sha8) or not sha8:
            raise Outdated("template_changed")
        if self._own_words(tap, template):
            raise OwnWords
        if not template.approved_by(tap.person.id):
            raise BadInput("approver")
        await self._decide(tap, [template], TemplateState.APPROVED)
        return template

    async def approve_all(self, tap: Tap) -> int:
        """Approves every proposed template that is still valid, after the person has read the list."""
        await self._team.require(tap.person, Action.APPROVE_TEMPLATE)
        every = await self.lines()
        open_ = [line.template for line in every if line.usability.fitness in {"not_approved", "changed"}]
        ready = [one for one in open_ if one.approved_by(tap.person.id) and not self._own_words(tap, one)]
        await self._decide(tap, ready, TemplateState.APPROVED)
        return len(ready)

    async def retire(self, tap: Tap, short: str) -> Template:
        await self._team.require(tap.person, Action.APPROVE_TEMPLATE)
        template = self.find(short)
        await self._decide(tap, [template], TemplateState.RETIRED)
        return template

    async def _decide(self, tap: Tap, templates: Sequence[Template], state: TemplateState) -> None:
        async with self._store.transaction() as tx:
            for template in templates:
                await tx.drafts.decide_template(
                    template.id, template.version, template.sha256, state, tap.person.id, tap.at
                )
                detail = {"version": template.version, "sha256": template.sha256}
                entry = Entry(
                    tap.at, tap.person.id, f"template_{state}", f"template:{template.id}", tap.cause, detail
                )
                await tx.journal.write(entry)
        await self.on_decided()

    def _own_words(self, tap: Tap, template: Template) -> bool:
        """Whether this person proposed it: nobody approves the own words."""
        return self.shelf.is_own(template) and template.owner == f"person:{tap.person.id}" and not self.alone

    async def _standing(self, parts: Parts) -> tuple[list[Template], dict[str, str]]:
        """The templates, retired where the agency retired these words, and the approved fingerprint of each.

        Where only other words of a template were approved it is theirs, so that people read what changed.
        """
        decisions = await parts.drafts.template_decisions()
        approved = {id_: sha for (id_, _, sha), state in decisions.items() if state == TemplateState.APPROVED}
        standing = []
        for template in (*self.shelf.standing(), *self.shelf.waiting()):
            decided = decisions.get((template.id, template.version, template.sha256))
            if decided == TemplateState.APPROVED:
                approved[template.id] = template.sha256
            gone = decided == TemplateState.RETIRED
            standing.append(replace(template, state=TemplateState.RETIRED) if gone else template)
        return standing, approved
