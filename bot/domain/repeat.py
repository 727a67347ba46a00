"""When the bot may give an answer again by itself: to whoever says the very same after it stood in public.

The words are a template's, word for word, whose approver read that it may be repeated; the agency's config
allows it; somebody of the team approved or sent them to the first who asked. All else is a person's.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.case import Case, CaseStatus
from bot.domain.cluster import How, Member
from bot.domain.people import PersonId
from bot.domain.priority import Urgency
from bot.domain.reply import ApprovedAs, Draft, DraftState
from bot.domain.template import Template, is_closed

SURE = 0.9
"""So much of two texts is the same where one answer surely fits both."""
MOST = 200
"""Of one answer; then people look whether it still is the right one."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """What the card tells. `given`: to how many. `stopped`: by whom."""

    given: int = 0
    stopped: PersonId | None = None


def is_sure(member: Member) -> bool:
    """Whether it stands behind the answered card for its words alone, and they are the same."""
    return member.person is None and (member.how is How.EXACT or member.share >= SURE)


def may_ask(case: Case) -> bool:
    """Whether nobody has the case yet, and neither a life nor an alarm hangs on it."""
    alarming = case.priority.urgency is Urgency.EMERGENCY or "emergency" in case.verdict.unsure
    return case.status is CaseStatus.NEW and case.assignee is None and not case.sensitive and not alarming


def may_answer(lead: Case, given: Draft | None, template: Template | None) -> bool:
    """Whether the answer that stands is one that may be given again."""
    if given is None or lead.status is not CaseStatus.ANSWERED:
        return False
    return given.state is DraftState.POSTED and may_repeat(given, template)


def may_repeat(draft: Draft, template: Template | None) -> bool:
    """Whether these words, once they stand, may be given again; whoever approves them reads so before."""
    bare = not (draft.edited or draft.private or draft.snippets or draft.hands_over)
    return bare and template is not None and template.repeat and is_closed(template)


def approved_again(draft: Draft, given: Draft, now: datetime) -> Draft:
    """`draft`: the same words for another comment, in the name of who approved them the first time."""
    return replace(
        draft,
        version=draft.version + 1,
        state=DraftState.APPROVED,
        agreed_by=given.agreed_by,
        decided_by=given.decided_by,
        decided_at=now,
        approved_as=ApprovedAs.CLOSED_TEMPLATE,
        approved_sha=draft.seal,
    )
