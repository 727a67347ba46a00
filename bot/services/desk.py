"""Reads what a card shows, at the moment it is drawn."""

from collections.abc import Callable, Sequence

from bot.domain.case import Case, CaseId, Panel
from bot.domain.comment import KeptComment, Platform
from bot.domain.outgoing import OutgoingId, PublicReply, Queued, Receipt, SendState
from bot.domain.priority import Urgency
from bot.domain.repeat import may_repeat
from bot.domain.reply import Draft, DraftId, DraftState
from bot.domain.reply_set import seen_from
from bot.domain.suggest import CHOSEN, Suggestion
from bot.domain.template import Template, differences, is_closed, preview
from bot.domain.writer import NEW_HERE, Writer, writer_of
from bot.services import together
from bot.services.adviser import Adviser
from bot.services.assigning import Assigning
from bot.services.beside import beside
from bot.services.claim_links import ClaimLinks
from bot.services.claim_rows import Glance
from bot.services.filling import open_slot
from bot.services.ports import Clock, Store
from bot.services.referring import who_is_in_charge
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.snippets import bases, more_sources, template_of
from bot.services.templates import Templates
from bot.services.views import (
    CaseView,
    DraftView,
    PlaybookChoice,
    PrivateView,
    TemplateChoice,
    UncertainView,
)
from bot.services.views_clusters import Kin
from bot.services.views_moderation import ModerationDesk
from bot.services.watched import UNWATCHED
from bot.services.widening import MOST

_MOST_TEMPLATES = 3
MANUAL = "manual"
"""The error of a public reply that no connector can post: a person copies it."""


class Desk:
    """One reading per card. Each answers None when what it is about is gone."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        templates: Templates,
        policy: ReplyPolicy,
        names: Callable[[], dict[str, str]],
        playbooks: Sequence[PlaybookChoice],
        clock: Clock,
        *,
        claims: ClaimLinks,
        kin: Kin,
        house: ModerationDesk | None = None,
        assigning: Assigning | None = None,
    ) -> None:
        self._store = store
        self._templates = templates
        self._policy = policy
        self._names = names
        self._playbooks = tuple(playbooks)
        self._clock = clock
        self._claims = claims
        self._kin = kin
        self._house = house
        self._adviser = Adviser(policy)
        self._assigning = assigning

    async def case(self, case_id: CaseId) -> CaseView | None:
        read = self._store.read
        case = await read.cases.get(case_id)
        if case is None:
            return None
        comments = await read.comments.of_case(case_id)
        latest, earlier = comments[-1], tuple(comments[:-1])
        things = await beside(read, case, latest, self._kin)
        draft = things.draft
        template = template_of(self._templates, draft)
        writing = draft is not None and draft.state is DraftState.WRITING
        text = draft.text if draft is not None and writing else ""
        glance = await self._claims.glance(case, latest, things.linked)
        return CaseView(
            case=case,
            comment=latest,
            earlier=earlier,
            edited=any(c.comment.origin == latest.comment.origin for c in earlier),
            draft=draft,
            open_slot=open_slot(draft, template) if draft is not None and writing else None,
            preview=self._preview(draft, template),
            can_send_now=self._can_send_now(case, draft),
            templates=await self._fitting(case, latest, glance),
            playbooks=self._playbooks if case.panel is Panel.ESCALATE else (),
            names=self._names(),
            now=self._clock.now(),
            guard=personal_data(text, self._policy),
            hints=await self._adviser.on_reply(read, draft, comments, template, glance.claim),
            waiting_for=await self._asked(draft),
            unsent=await self._unsent(case_id, draft),
            claims=glance,
            writer=await self._writer(case, latest),
            requests=things.requests,
            watched=UNWATCHED if self._house is None else self._house.watch(case, comments, things.measure),
            doubt=any([await self._in_doubt(case_id, row) for row in things.unsure]),
            cluster=things.cluster,
            notes=things.notes,
            assignable=await self._assigning.offered(case) if self._assigning is not None else (),
        )

    def _preview(self, draft: Draft | None, template: Template | None) -> str:
        if draft is None or draft.state is not DraftState.WRITING:
            return ""
        if draft.text or template is None:
            return draft.text
        return preview(template, dict(draft.slots), self._policy.links)

    async def draft(self, draft_id: DraftId) -> DraftView | None:
        read = self._store.read
        draft = await read.drafts.get(draft_id)
        comment = await read.comments.get(draft.comment_id) if draft is not None else None
        case = await read.cases.get(draft.case_id) if draft is not None else None
        if draft is None or comment is None or case is None:
            return None
        template = template_of(self._templates, draft)
        return DraftView(
            draft=draft,
            case=case,
            comment=comment,
            changes=differences(draft.template_text, draft.text) if draft.template_id else (),
            source=template.source if template is not None else "",
            more_sources=more_sources(self._templates, draft),
            bases=bases(self._templates, draft),
            template_title=template.title if template is not None else "",
            hints=await self._hints(draft, case, template),
            names=self._names(),
            now=self._clock.now(),
            alone=self._policy.approval.alone,
            others=await self._others(draft),
            repeats=self._policy.approval.repeat and may_repeat(draft, template),
            private=await self._private(draft) if draft.private else None,
        )

    async def _hints(self, draft: Draft, case: Case, template: Template | None) -> tuple[str, ...]:
        read = self._store.read
        comments = await read.comments.of_case(draft.case_id)
        linked = await read.claim_links.of(comments[-1].id)
        claim = (await self._claims.glance(case, comments[-1], linked)).claim
        return await self._adviser.on_reply(read, draft, comments, template, claim)

    async def _private(self, draft: Draft) -> PrivateView:
        """What the named people see of a draft to somebody at risk."""
        read = self._store.read
        named = await read.cases.companions(draft.case_id)
        comments = await read.comments.of_case(draft.case_id)
        template = template_of(self._templates, draft)
        writing = draft.state is DraftState.WRITING
        text = draft.text if writing else ""
        playbook = next((named[one] for one in draft.authors if one in named), "")
        asked = await self._asked(draft)
        unsure = await read.outbox.unsure_replies(draft.case_id)
        return PrivateView(
            readers=named.keys(),
            comment=comments[-1],
            earlier=tuple(comments[:-1]),
            templates=await self._templates.prepared(playbook) if writing and playbook else (),
            open_slot=open_slot(draft, template) if writing else None,
            preview=self._preview(draft, template),
            guard=personal_data(text, self._policy),
            waiting_for=tuple(one for one in asked if one not in draft.authors),
            unsent=await self._unsent(draft.case_id, draft),
            doubt=any(
                [
                    row.what == PublicReply(draft.id) and await self._in_doubt(draft.case_id, row)
                    for row in unsure
                ]
            ),
            in_public=comments[-1].comment.origin.platform is Platform.TELEGRAM_DISCUSSION,
        )

    async def _others(self, draft: Draft) -> tuple[KeptComment, ...]:
        """The other comments of a set that is decided on: approved is what was read."""
        if draft.state is not DraftState.WAITING:
            return ()
        found = [await self._store.read.comments.get(one.comment_id) for one in draft.also[:MOST]]
        return tuple(one for one in found if one is not None)

    async def uncertain(self, row: OutgoingId) -> UncertainView | None:
        read = self._store.read
        queued = await read.outbox.get(row)
        if queued is None:
            return None
        found = await self._behind(queued)
        if found is None:
            return None
        case, comment, text = found
        settled, manual = await self._settled_by(queued), queued.error == MANUAL
        outdated, now = await self._in_doubt(case.id, queued), self._clock.now()
        return UncertainView(
            queued, case, comment, text, manual, self._names(), now, settled, outdated=outdated
        )

    async def _behind(self, queued: Queued) -> tuple[Case, KeptComment, str] | None:
        """The case, the comment and the words of a public message."""
        read = self._store.read
        text = ""
        match queued.what:
            case PublicReply(draft_id) as posting:
                draft = await read.drafts.get(draft_id)
                if draft is None:
                    return None
                target = together.target_of(draft, posting)
                case_id, comment_id, text = target.case_id, target.comment_id, draft.text
            case Receipt(case_id, comment_id):
                pass
            case _:
                return None
        case, comment = await read.cases.get(case_id), await read.comments.get(comment_id)
        return None if case is None or comment is None else (case, comment, text)

    async def _settled_by(self, queued: Queued) -> str:
        if queued.state in {SendState.UNCERTAIN, SendState.FAILED}:
            return ""
        entries = await self._store.read.journal.about(f"outgoing:{queued.id}")
        people = [str(entry["actor"]) for entry in entries if entry["actor"] != "bot"]
        return people[-1] if people else "bot"

    async def _fitting(self, case: Case, comment: KeptComment, glance: Glance) -> tuple[TemplateChoice, ...]:
        """The words that were chosen for its claim before all. No prepared words for a life at risk."""
        if case.sensitive:
            return ()
        if case.panel is Panel.REFER:
            return await who_is_in_charge(self._templates, case.verdict.topics)
        if case.panel not in {Panel.REPLY, Panel.SNIPPET}:
            return ()
        found = await self._templates.fit(
            comment, case.verdict, {one.short for one in self._playbooks if one.sensitive}
        )
        claim = glance.claim
        if claim is None or not claim.verified or not claim.template:
            return found
        first = await self._chosen(claim.template)
        others = [one for one in found if first is None or one.short != first.short]
        return (first, *others)[:_MOST_TEMPLATES] if first is not None else found

    async def _writer(self, case: Case, comment: KeptComment) -> Writer:
        """Of somebody at risk nothing is told."""
        if case.sensitive:
            return NEW_HERE
        return writer_of(await self._store.read.cases.of_author(comment.comment.author.key, case.id))

    async def _chosen(self, template: str) -> TemplateChoice | None:
        lines = await self._templates.lines()
        line = next((one for one in lines if one.template.id == template), None)
        if line is None:
            return None
        return TemplateChoice(line.short, Suggestion(line.template, 0, CHOSEN, line.usability))

    def _can_send_now(self, case: Case, draft: Draft | None) -> bool:
        if case.priority.urgency is Urgency.EMERGENCY:
            return False
        if draft is None or draft.state is not DraftState.WRITING or draft.edited or draft.also:
            return False
        template = template_of(self._templates, draft)
        return self._policy.approval.instant_closed and template is not None and is_closed(template)

    async def _asked(self, draft: Draft | None) -> tuple[str, ...]:
        if draft is None or draft.state is not DraftState.WAITING:
            return ()
        subjects = await self._store.read.outbox.cards_of(f"draft:{draft.id}:")
        return tuple(subject.rsplit(":", 1)[1] for subject in subjects)

    async def _unsent(self, case: CaseId, draft: Draft | None) -> str:
        """Why an approved reply does not stand in public yet: locked, siaga, queued, uncertain, failed …"""
        target = draft.of_case(case) if draft is not None else None
        if draft is None or target is None or draft.state is not DraftState.APPROVED:
            return ""
        queued = await self._store.read.outbox.reply_of(together.reply_to(draft, target))
        if queued is None:
            return ""
        if queued.state is SendState.QUEUED and await self._store.read.people.public_lock() is not None:
            return "locked"
        mode = await self._store.read.board.crisis_mode()
        if queued.state is SendState.QUEUED and mode is not None and not draft.private:
            return "siaga"
        by_hand = queued.state is SendState.UNCERTAIN and queued.error == MANUAL
        return MANUAL if by_hand else str(queued.state)

    async def _in_doubt(self, case: CaseId, queued: Queued) -> bool:
        """Whether these words were given up for this case while they were on their way."""
        what = queued.what
        draft = await self._store.read.drafts.get(what.draft) if isinstance(what, PublicReply) else None
        if draft is None or not isinstance(what, PublicReply):
            return False
        here = together.target_of(draft, what).case_id == case
        return here and seen_from(draft, case).state is not DraftState.APPROVED
