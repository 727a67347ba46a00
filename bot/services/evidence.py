"""The comments of a run as evidence: hashed, masked, and without the names of those who wrote them."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.domain.comment import Comment, KeptComment
from bot.domain.covering import ADDRESS, NAME, cover
from bot.domain.guard import DataKind, find_personal_data, mask
from bot.domain.incident import RunId
from bot.domain.playbook import Playbook
from bot.domain.steps import Snapshot
from bot.services.ports import Parts
from bot.services.report_rows import EvidenceRow
from bot.services.views_report import Evidence, EvidenceList

_PARTS = frozenset({"text", "link"})
SHOWN = 100
"""A paper with ten thousand rows is read by nobody; the file of `--evidence` has them all."""


@dataclass
class _Writers:
    """Numbers for people, in the order of their first word: the same in the report and in the file."""

    known: dict[str, int] = field(default_factory=dict)
    last: int = 0

    def number(self, kept: KeptComment) -> int:
        key = kept.comment.author.key or f"comment:{kept.comment.origin}"
        if key not in self.known:
            self.last += 1
            self.known[key] = self.last
        return self.known[key]


@dataclass(frozen=True, slots=True)
class Masking:
    """What may be shown. `allowed`: numbers and addresses that the agency publishes itself.

    `also`: what a playbook has covered in citizens' words beside the numbers, which always are.
    `left_out`: what none of its snapshots keeps ("text", "link").
    """

    hidden: bool
    allowed: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def text(self, words: str) -> str:
        """Somebody's words without the personal data in them."""
        return mask(words, find_personal_data(words, self.allowed))

    def evidence(self, comment: Comment) -> str:
        """What a citizen wrote, with what the playbook asks for covered too."""
        if "text" in self.left_out:
            return ""
        return cover(comment.text, {*DataKind, *self.also}, comment.author.name, self.allowed)


def masking_of(playbook: Playbook, allowed: frozenset[str]) -> Masking:
    """As the playbook's snapshots ask; without one, the numbers only."""
    asked = [step.uses for step in playbook.steps if isinstance(step.uses, Snapshot)]
    also = frozenset(kind for uses in asked for kind in uses.mask) & {ADDRESS, NAME}
    kept = {part for uses in asked for part in uses.keep} if asked else _PARTS
    return Masking(playbook.sensitive, allowed, also, _PARTS - kept)


def text_sha(text: str) -> str:
    """As it is taken when a comment becomes evidence."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def evidence_of(read: Parts, run: RunId, masking: Masking) -> AsyncIterator[Evidence]:
    """All of it, oldest first."""
    writers = _Writers()
    async for row in read.reports.evidence(run):
        yield _evidence(row, writers.number(row.kept), masking)


def _evidence(row: EvidenceRow, writer: int, masking: Masking) -> Evidence:
    comment = row.kept.comment
    hidden = masking.hidden or row.guarded
    text = "" if hidden else masking.evidence(comment)
    return Evidence(
        row.kept.id,
        comment.written_at,
        row.kept_at,
        writer,
        comment.origin.platform,
        text,
        "" if hidden or "link" in masking.left_out else comment.link,
        row.sha256,
        text_sha(comment.text) == row.sha256,
        hidden,
    )


async def listed(read: Parts, run: RunId, masking: Masking, shown: int = SHOWN) -> EvidenceList:
    """The first ones masked; of all the others only number and hash are looked at."""
    first: list[Evidence] = []
    total = changed = 0
    digest, writers = hashlib.sha256(), _Writers()
    async for row in read.reports.evidence(run):
        total += 1
        changed += text_sha(row.kept.comment.text) != row.sha256
        digest.update(sum_line(row.kept.id, row.sha256))
        if len(first) < shown:
            first.append(_evidence(row, writers.number(row.kept), masking))
    return EvidenceList(tuple(first), total, changed, digest.hexdigest())


def sum_line(comment: int, sha256: str) -> bytes:
    """A line of what the sum over all is taken of."""
    return f"{comment} {sha256}\n".encode()
