"""Words for the public, made for a run: of a template that the agency approved."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.case import CaseId
from bot.domain.comment import CommentId, KeptComment, Platform
from bot.domain.composing import compose
from bot.domain.errors import UnusableTemplate
from bot.domain.run_types import RunState
from bot.domain.step_run import Letter
from bot.domain.steps import Answer, Compose
from bot.domain.template import SlotFault
from bot.services.ports import Parts
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.run_comments import comments_of
from bot.services.templates import Templates

_PRIVATE = "private"
_WITHIN_REACH = {Platform.TELEGRAM_DISCUSSION, Platform.TELEGRAM_DM}
"""Where a reply can stand under a comment; what was forwarded or imported has no such place."""


class RunWords:
    """Composes; never decides whether it is said."""

    def __init__(
        self, shelf: Templates, policy: ReplyPolicy, agency: Mapping[str, str] | None = None
    ) -> None:
        """`agency`: what slots may take of the settings, by name (`agency.name`)."""
        self._shelf = shelf
        self._policy = policy
        self._agency = dict(agency or {})

    async def write(self, tx: Parts, state: RunState, step_id: str) -> tuple[Letter | None, str]:
        """The words of this step; or None, and in a sentence why a person has to write them."""
        step = state.playbook.step(step_id)
        if step is None or not isinstance(step.uses, Compose | Answer):
            raise LookupError(f"step {step_id} has no words")
        template = self._shelf.get(step.uses.template)
        if template is None:
            return None, f"Templat {step.uses.template} tidak ada di berkas balasan."
        try:
            await self._shelf.check(tx, template)
            letter = compose(template, step.uses.slots, state, self._agency, self._policy.links)
        except UnusableTemplate as no:
            return None, f"{no.title}: {no.why}"
        except SlotFault as no:
            return None, f"{template.title}: {no.why}"
        if reasons := personal_data(letter.text, self._policy):
            return None, " ".join(reasons)
        if isinstance(step.uses, Answer):
            letter = replace(letter, recipients=await _recipients(tx, state, step.uses))
        return letter, ""


async def _recipients(tx: Parts, state: RunState, answer: Answer) -> tuple[CommentId, ...]:
    """The comments that this reply answers: the newest text of each, where a reply can stand."""
    comments = await comments_of(tx, state.incident.id, answer.scope)
    newest = {str(kept.comment.origin): kept for kept in comments}
    found = [kept for kept in newest.values() if await _may_be_answered(tx, kept, answer)]
    return tuple(kept.id for kept in found)


async def _may_be_answered(tx: Parts, kept: KeptComment, answer: Answer) -> bool:
    platform = kept.comment.origin.platform
    if platform not in _WITHIN_REACH or (platform is Platform.TELEGRAM_DM and _PRIVATE in answer.skip):
        return False
    case = await tx.cases.get(CaseId(kept.case_id))
    return case is not None and not case.sensitive
