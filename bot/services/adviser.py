"""What the advice on a draft is made of: all that the team knows of the matter, read when a card is drawn."""

from collections.abc import Iterator, Sequence

from bot.domain.claim import Claim
from bot.domain.comment import KeptComment, Platform
from bot.domain.draft_advice import About, advice_on, lines_of
from bot.domain.reply import Draft, DraftState
from bot.domain.template import SlotKind, Template
from bot.services.ports import Parts
from bot.services.replies import ReplyPolicy

_JUDGED = frozenset({DraftState.WRITING, DraftState.WAITING})


class Adviser:
    """Advice for a reader's card. It reads, and never decides."""

    def __init__(self, policy: ReplyPolicy) -> None:
        self._policy = policy

    async def on_reply(
        self,
        read: Parts,
        draft: Draft | None,
        comments: Sequence[KeptComment],
        template: Template | None,
        claim: Claim | None = None,
    ) -> tuple[str, ...]:
        """At most three lines on a draft that is still to be decided on. `comments`: all of its case."""
        if draft is None or draft.state not in _JUDGED or not draft.text or not comments:
            return ()
        going_on = await read.runs.playbooks()
        rests = template is not None and bool(template.source or template.basis)
        topics = {template.topic} if template is not None else set()
        told = [kept.comment.text for kept in comments]
        about = About(
            claim=claim.statement if claim is not None else "",
            known=(*told, *_prepared(draft, template), *_found(claim), *await _data(read, draft, claim)),
            vetted=draft.template_text if rests else "",
            place=(place := comments[-1].comment.origin.platform),
            networks=await read.reach.networks(draft) if draft.also or place is Platform.CSV else (),
            style=self._policy.style,
            loaded=self._policy.loaded.of({*going_on, *topics}),
        )
        return lines_of(advice_on(draft.text, about))

    def on_letter(self, text: str, playbook: str) -> tuple[str, ...]:
        """On words to everybody, of a playbook. Their numbers come from its own questions."""
        return lines_of(advice_on(text, About(loaded=self._policy.loaded.of({playbook}), vetted=text)))


def _prepared(draft: Draft, template: Template | None) -> Iterator[str]:
    """The template's words and the values that were picked, not those that were typed."""
    if template is None:
        return
    yield from (template.text, draft.template_text)
    typed = {slot.name for slot in template.slots if slot.kind is SlotKind.TEXT}
    yield from (value for name, value in draft.slots if name not in typed)


def _found(claim: Claim | None) -> Iterator[str]:
    """What the register knows, once a coordinator stands behind it."""
    if claim is not None and claim.verified:
        yield from (claim.statement, claim.basis)


async def _data(read: Parts, draft: Draft, claim: Claim | None) -> list[str]:
    """What units answered."""
    asked = await read.requests.of_case(draft.case_id)
    if claim is not None:
        asked = [*asked, *await read.requests.of_claim(claim.id)]
    return [one.answer for one in asked if one.answer]
