"""What the services need of the store for the register of claims, and for what units are asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.case import CaseId
from bot.domain.claim import Claim, ClaimId, ClaimStatus, Finding, How, Stance
from bot.domain.comment import CommentId, KeptComment
from bot.domain.data_request import DataRequest, RequestId


@dataclass(frozen=True, slots=True)
class Linked:
    """That a comment belongs to a claim. `by`: a person, or the bot."""

    claim: ClaimId
    comment: CommentId
    score: float
    how: How
    stance: Stance
    by: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a claim was told. `fresh`: told since the moment that was asked about."""

    tells: int = 0
    denies: int = 0
    accounts: int = 0
    fresh: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What the register says about the newest comment of a case."""

    claim: Claim | None = None
    linked: Linked | None = None
    like: tuple[tuple[Claim, float], ...] = ()


NOTHING_SAID = Glance()


class ClaimRows(Protocol):
    async def add(self, claim: Claim, *, seen: bool = True) -> ClaimId: ...
    async def get(self, claim: ClaimId) -> Claim | None: ...
    async def save(self, claim: Claim) -> None: ...
    async def listed(
        self, statuses: Collection[ClaimStatus], finding: Finding | None, limit: int, skip: int = 0
    ) -> list[Claim]: ...
    async def counts(self) -> Mapping[ClaimStatus, int]: ...
    async def every(self, after: ClaimId, limit: int) -> list[Claim]: ...
    async def by_reference(self, reference: str) -> Claim | None: ...


class RequestRows(Protocol):
    """What units were asked for outside of playbooks."""

    async def add(self, request: DataRequest) -> RequestId: ...
    async def get(self, request: RequestId) -> DataRequest | None: ...
    async def save(self, request: DataRequest) -> None: ...
    async def of_claim(self, claim: ClaimId) -> list[DataRequest]: ...
    async def of_case(self, case: CaseId) -> list[DataRequest]: ...


class ClaimLinkRows(Protocol):
    """Which comments belong to which claim."""

    async def put(self, link: Linked, now: datetime) -> None: ...
    async def take(self, comment: CommentId) -> None: ...
    async def of(self, comment: CommentId) -> Linked | None: ...
    async def of_each(self, comments: Sequence[CommentId]) -> Mapping[CommentId, Linked]: ...
    async def newest(self, claim: ClaimId, limit: int) -> list[tuple[Linked, KeptComment]]: ...
    async def tally(self, claim: ClaimId, since: datetime) -> Tally: ...
    async def told_since(self, claim: ClaimId, since: datetime, most: int) -> int: ...
    async def texts(self, claim: ClaimId, limit: int) -> list[str]: ...
    async def runs(self, claim: ClaimId) -> Sequence[int]: ...
    async def told_by(self, run: int) -> Sequence[int]: ...
    async def carried_by(self, claim: ClaimId, playbook: str) -> str | None: ...
