"""A draft reply and its approval. Silence never means yes.

    writing -> waiting -> approved -> posted
    beside them: returned, rejected, expired, stale (the comment or the text changed), dropped

Approval covers one text for one comment revision. Everybody whose words are in it is an author,
and no author approves, unless the agency has one person and says so (`alone`).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import Expired, NeedsPause, Outdated, OwnWords, WrongState
from bot.domain.people import PersonId

DraftId = NewType("DraftId", int)


class DraftState(StrEnum):
    WRITING = "writing"
    WAITING = "waiting"
    APPROVED = "approved"
    POSTED = "posted"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXPIRED = "expired"
    STALE = "stale"
    DROPPED = "dropped"


class ApprovedAs(StrEnum):
    """Which of the three forms of approval carried the words."""

    TEXT = "text"
    CLOSED_TEMPLATE = "closed_template"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """What the agency's config says of approvals."""

    expires: timedelta = timedelta(minutes=30)
    levels: tuple[str, ...] = ("role:koordinator",)
    """Who is asked, then who is asked when the first are silent."""
    alone: bool = False
    alone_pause: timedelta = timedelta(seconds=60)
    instant_closed: bool = False
    """A closed template that was approved beforehand may be sent by a person at once."""


@dataclass(frozen=True, slots=True)
class Draft:
    id: DraftId
    case_id: CaseId
    comment_id: CommentId
    revision: int
    """The revision of the comment that it answers."""
    version: int
    state: DraftState
    text: str
    authors: tuple[PersonId, ...]
    created_at: datetime
    template_id: str = ""
    template_version: int = 0
    template_text: str = ""
    """The template as it would read unedited; what the approver's "what differs" compares with."""
    slots: tuple[tuple[str, str], ...] = ()
    level: int = 0
    submitted_at: datetime | None = None
    expires_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    approved_as: ApprovedAs | None = None
    approved_sha: str = ""
    note: str = ""
    posted_at: datetime | None = None
    posted_message: str = ""

    @property
    def sha(self) -> str:
        return text_sha(self.text)

    @property
    def edited(self) -> bool:
        """Whether a person's own words are in it."""
        return not self.template_id or self.text != self.template_text


def text_sha(text: str) -> str:
    """What an approval is bound to: sha256 of the exact text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _next(draft: Draft, **to: object) -> Draft:
    return replace(draft, version=draft.version + 1, **to)  # type: ignore[arg-type]  # names checked by tests


def _must_be(draft: Draft, state: DraftState) -> None:
    if draft.state is not state:
        raise WrongState(draft.state, draft.decided_by or "")


def _seen(draft: Draft, version: int) -> None:
    if draft.version != version:
        raise Outdated(draft.state, draft.decided_by or "")


def rewrite(draft: Draft, text: str, person: PersonId) -> Draft:
    """New words make their writer an author."""
    _must_be(draft, DraftState.WRITING)
    authors = draft.authors if person in draft.authors else (*draft.authors, person)
    return _next(draft, text=text, authors=authors)


def submit(draft: Draft, seen: int, policy: ApprovalPolicy, now: datetime) -> Draft:
    """📤 Ajukan: freezes the text until somebody decides or the time is over."""
    _must_be(draft, DraftState.WRITING)
    _seen(draft, seen)
    return _next(draft, state=DraftState.WAITING, level=0, submitted_at=now, expires_at=now + policy.expires)


@dataclass(frozen=True, slots=True)
class Press:
    """A decision as it was pressed: by whom, on which version, at which revision of the comment."""

    person: PersonId
    seen_version: int
    revision_now: int
    at: datetime


def approve(draft: Draft, press: Press, policy: ApprovalPolicy) -> Draft:
    """✅ Setujui. May this person? this text? this revision? still waiting? in time?

    Raises WrongState, Outdated, Expired, OwnWords, NeedsPause.
    """
    _decidable(draft, press)
    approved_as = ApprovedAs.TEXT
    if press.person in draft.authors:
        if not policy.alone or draft.submitted_at is None:
            raise OwnWords
        read_again = draft.submitted_at + policy.alone_pause
        if press.at < read_again:
            raise NeedsPause(read_again)
        approved_as = ApprovedAs.ALONE
    return _approved(draft, press, approved_as)


def approve_closed_template(draft: Draft, press: Press, policy: ApprovalPolicy) -> Draft:
    """A pre-approved template with closed slots only, word for word, sent at once by a person."""
    _must_be(draft, DraftState.WRITING)
    _seen(draft, press.seen_version)
    if draft.edited or not policy.instant_closed:
        raise WrongState(draft.state)
    if press.revision_now != draft.revision:
        raise Outdated(DraftState.STALE)
    return _approved(draft, press, ApprovedAs.CLOSED_TEMPLATE)


def _approved(draft: Draft, press: Press, approved_as: ApprovedAs) -> Draft:
    return _next(
        draft,
        state=DraftState.APPROVED,
        decided_by=press.person,
        decided_at=press.at,
        approved_as=approved_as,
        approved_sha=draft.sha,
    )


def return_(draft: Draft, press: Press, note: str) -> Draft:
    """↩️ Kembalikan with a note; the author writes again."""
    _decidable(draft, press)
    return _next(draft, state=DraftState.RETURNED, decided_by=press.person, decided_at=press.at, note=note)


def reject(draft: Draft, press: Press) -> Draft:
    """⛔ Tolak."""
    _decidable(draft, press)
    return _next(draft, state=DraftState.REJECTED, decided_by=press.person, decided_at=press.at)


def _decidable(draft: Draft, press: Press) -> None:
    _must_be(draft, DraftState.WAITING)
    _seen(draft, press.seen_version)
    if draft.expires_at is not None and press.at >= draft.expires_at:
        raise Expired(draft.expires_at)
    if press.revision_now != draft.revision:
        raise Outdated(DraftState.STALE)


def time_is_over(draft: Draft, policy: ApprovalPolicy, now: datetime) -> Draft:
    """Nobody decided: the next level is asked; after the last one the draft expires, never posts."""
    _must_be(draft, DraftState.WAITING)
    if draft.level + 1 < len(policy.levels):
        return _next(draft, level=draft.level + 1, expires_at=now + policy.expires)
    return _next(draft, state=DraftState.EXPIRED)


def gone_stale(draft: Draft) -> Draft:
    """The comment was edited: what was written or approved no longer answers it."""
    if draft.state not in {DraftState.WRITING, DraftState.WAITING, DraftState.APPROVED}:
        raise WrongState(draft.state)
    return _next(draft, state=DraftState.STALE)


def drop(draft: Draft, *, undeliverable: bool = False) -> Draft:
    """Given up while it is written, or taken back while it waits. Approved words are on their way.

    Unless the platform has refused them for good, as it does when the comment is gone.
    """
    refused = undeliverable and draft.state is DraftState.APPROVED
    if draft.state not in {DraftState.WRITING, DraftState.WAITING} and not refused:
        raise WrongState(draft.state, draft.decided_by or "")
    return _next(draft, state=DraftState.DROPPED)


def posted(draft: Draft, message: str, now: datetime) -> Draft:
    """It stands in public; `message` is the platform's id.

    A fact, so also true of approved words whose comment was edited while they were on their way.
    """
    if draft.state is not DraftState.STALE or not draft.approved_sha:
        _must_be(draft, DraftState.APPROVED)
    return _next(draft, state=DraftState.POSTED, posted_at=now, posted_message=message)
