"""A draft reply and its approval. Silence never means yes.

    writing -> waiting -> approved -> posted
    beside them: returned, rejected, expired, stale (the comment or the text changed), dropped

Approval covers one text for one comment revision, or for a listed set of them (`also`). Everybody
whose words are in it is an author, and no author approves, unless the agency has one person and says
so (`alone`).
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.approval import ApprovalPolicy as ApprovalPolicy  # noqa: PLC0414 - named through this module
from bot.domain.approval import ApprovedAs as ApprovedAs  # noqa: PLC0414 - as above
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


@dataclass(frozen=True, slots=True)
class Target:
    """One comment that a draft answers, at one revision."""

    case_id: CaseId
    comment_id: CommentId
    revision: int


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
    snippets: tuple[tuple[str, int], ...] = ()
    """Templates that follow the first one, each with its version."""
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
    also: tuple[Target, ...] = ()
    """Other cases' comments that the same words answer."""
    posted_to: tuple[CommentId, ...] = ()
    """Of a set: where the words stand in public."""
    left_out: tuple[CommentId, ...] = ()
    """Of an approved set: what changed since and is not answered with these words."""
    private: bool = False
    """To somebody at risk: only the people named for the case read it and decide on it."""
    agreed_by: PersonId | None = None
    """Where two must agree: who did first."""
    hands_over: str = ""
    """Whom the words name as in charge: once they stand in public, the case is handed over."""

    @property
    def sha(self) -> str:
        return text_sha(self.text)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every comment that it answers, its own first."""
        return (Target(self.case_id, self.comment_id, self.revision), *self.also)

    @property
    def seal(self) -> str:
        """What an approval is bound to: the text and, of a set, every listed comment with its revision."""
        if not self.also:
            return self.sha
        listed = [(target.case_id, target.comment_id, target.revision) for target in self.targets]
        return text_sha(json.dumps([self.sha, listed]))

    def target(self, comment: CommentId) -> Target:
        """Raises LookupError for a comment that it does not answer."""
        for one in self.targets:
            if one.comment_id == comment:
                return one
        raise LookupError(f"draft {self.id} does not answer comment {comment}")

    def of_case(self, case: CaseId) -> Target | None:
        return next((one for one in self.targets if one.case_id == case), None)

    @property
    def edited(self) -> bool:
        """Whether a person's own words are in it."""
        return not self.template_id or self.text != self.template_text


def text_sha(text: str) -> str:
    """sha256 of the exact text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def next_version(draft: Draft, **to: object) -> Draft:
    return replace(draft, version=draft.version + 1, **to)  # type: ignore[arg-type]  # names checked by tests


def must_be(draft: Draft, state: DraftState) -> None:
    if draft.state is not state:
        raise WrongState(draft.state, draft.decided_by or "")


def _seen(draft: Draft, version: int) -> None:
    if draft.version != version:
        raise Outdated(draft.state, draft.decided_by or "")


def rewrite(draft: Draft, text: str, person: PersonId) -> Draft:
    """New words make their writer an author."""
    must_be(draft, DraftState.WRITING)
    authors = draft.authors if person in draft.authors else (*draft.authors, person)
    return next_version(draft, text=text, authors=authors)


def submit(draft: Draft, seen: int, policy: ApprovalPolicy, now: datetime) -> Draft:
    """📤 Ajukan: freezes the text until somebody decides or the time is over."""
    must_be(draft, DraftState.WRITING)
    _seen(draft, seen)
    return next_version(
        draft, state=DraftState.WAITING, level=0, submitted_at=now, expires_at=now + policy.expires
    )


@dataclass(frozen=True, slots=True)
class Press:
    """A decision as it was pressed: by whom, on which version, at which revision of the comment."""

    person: PersonId
    seen_version: int
    revision_now: int
    at: datetime
    also_now: tuple[int, ...] = ()
    """The revisions of the other comments of a set; -1 for one whose case waits no longer."""


def approve(draft: Draft, press: Press, policy: ApprovalPolicy) -> Draft:
    """✅ Setujui. May this person? this text? this revision? still waiting? in time?

    Raises WrongState, Outdated, Expired, OwnWords, NeedsPause.
    """
    if press.person == draft.agreed_by:
        raise WrongState("agreed_once")
    _decidable(draft, press)
    if press.also_now != tuple(one.revision for one in draft.also):
        raise Outdated(DraftState.STALE)
    approved_as = ApprovedAs.SET if draft.also else ApprovedAs.TEXT
    if press.person in draft.authors:
        if not policy.alone or draft.submitted_at is None:
            raise OwnWords(private=draft.private)
        read_again = draft.submitted_at + policy.alone_pause
        if press.at < read_again:
            raise NeedsPause(read_again)
        approved_as = ApprovedAs.ALONE
    return _approved(draft, press, approved_as)


def agree(draft: Draft, press: Press) -> Draft:
    """✅ by the first of two: it goes on waiting, for somebody else.

    Raises WrongState, Outdated, Expired, OwnWords.
    """
    _decidable(draft, press)
    if press.also_now != tuple(one.revision for one in draft.also):
        raise Outdated(DraftState.STALE)
    if press.person in draft.authors:
        raise OwnWords(private=draft.private)
    return next_version(draft, agreed_by=press.person)


def approve_closed_template(draft: Draft, press: Press, policy: ApprovalPolicy) -> Draft:
    """A pre-approved template with closed slots only, word for word, sent at once by a person."""
    must_be(draft, DraftState.WRITING)
    _seen(draft, press.seen_version)
    if draft.edited or draft.also or not policy.instant_closed:
        raise WrongState(draft.state)
    if press.revision_now != draft.revision:
        raise Outdated(DraftState.STALE)
    return _approved(draft, press, ApprovedAs.CLOSED_TEMPLATE)


def _approved(draft: Draft, press: Press, approved_as: ApprovedAs) -> Draft:
    return next_version(
        draft,
        state=DraftState.APPROVED,
        decided_by=press.person,
        decided_at=press.at,
        approved_as=approved_as,
        approved_sha=draft.seal,
    )


def return_(draft: Draft, press: Press, note: str) -> Draft:
    """↩️ Kembalikan with a note; the author writes again."""
    _decidable(draft, press)
    return next_version(
        draft, state=DraftState.RETURNED, decided_by=press.person, decided_at=press.at, note=note
    )


def reject(draft: Draft, press: Press) -> Draft:
    """⛔ Tolak."""
    _decidable(draft, press)
    return next_version(draft, state=DraftState.REJECTED, decided_by=press.person, decided_at=press.at)


def _decidable(draft: Draft, press: Press) -> None:
    must_be(draft, DraftState.WAITING)
    _seen(draft, press.seen_version)
    if draft.expires_at is not None and press.at >= draft.expires_at:
        raise Expired(draft.expires_at)
    if press.revision_now != draft.revision:
        raise Outdated(DraftState.STALE)


def time_is_over(draft: Draft, policy: ApprovalPolicy, now: datetime) -> Draft:
    """Nobody decided: the next level is asked; after the last one the draft expires, never posts."""
    must_be(draft, DraftState.WAITING)
    if draft.level + 1 < len(policy.levels):
        return next_version(draft, level=draft.level + 1, expires_at=now + policy.expires)
    return next_version(draft, state=DraftState.EXPIRED)


def gone_stale(draft: Draft) -> Draft:
    """The comment was edited: what was written or approved no longer answers it."""
    if draft.state not in {DraftState.WRITING, DraftState.WAITING, DraftState.APPROVED}:
        raise WrongState(draft.state)
    return next_version(draft, state=DraftState.STALE)


def drop(draft: Draft, *, undeliverable: bool = False) -> Draft:
    """Given up while it is written, or taken back while it waits. Approved words are on their way.

    Unless the platform has refused them for good, as it does when the comment is gone.
    """
    refused = undeliverable and draft.state is DraftState.APPROVED
    if draft.state not in {DraftState.WRITING, DraftState.WAITING} and not refused:
        raise WrongState(draft.state, draft.decided_by or "")
    return next_version(draft, state=DraftState.DROPPED)


def posted(draft: Draft, message: str, now: datetime, comment: CommentId | None = None) -> Draft:
    """It stands in public; `message` is the platform's id, `comment` which one of a set it answers.

    A fact, so also true of approved words whose comment was edited while they were on their way.
    """
    late = {DraftState.STALE, DraftState.POSTED} if draft.also else {DraftState.STALE}
    if draft.state not in late or not draft.approved_sha:
        must_be(draft, DraftState.APPROVED)
    target = draft.target(comment or draft.comment_id).comment_id
    out = next_version(
        draft,
        posted_at=now,
        posted_message=message,
        posted_to=(*(one for one in draft.posted_to if one != target), target),
        left_out=tuple(one for one in draft.left_out if one != target),
    )
    return when_all_are_settled(out)


def when_all_are_settled(draft: Draft) -> Draft:
    """Ends an approved draft with its last comment: posted if its words stand anywhere."""
    settled = {*draft.posted_to, *draft.left_out}
    if any(one.comment_id not in settled for one in draft.targets):
        return draft
    return replace(draft, state=DraftState.POSTED if draft.posted_to else DraftState.STALE)
