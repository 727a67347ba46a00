"""What the team corrected, and what a second model would have said."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.correction import Correction
from bot.domain.people import PersonId
from bot.services.ports_learning import Differing, Unread
from bot.store import rows
from bot.store.part import Part

_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ShadowModel:
    """A second model: how many comments it has read beside the first, and since when."""

    name: str
    compared: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A comment on which the two models do not give the same labels. A sensitive one comes without words."""

    comment: CommentId
    case: CaseId
    text: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    first_model: str
    at: datetime


class Learning(Part):
    async def corrections(self, since: datetime | None = None, until: datetime = _EVER) -> list[Correction]:
        """From `since` and before `until`, in the order of their time."""
        found = self._sql.corrected_comments(
            self._conn, since=rows.seconds(since) or 0, until=rows.seconds(until)
        )
        lines = [row async for row in found]
        grouped = groupby(lines, key=lambda row: (row["at"], row["comment"], row["person"]))
        return [_correction(list(said)) for _, said in grouped]

    async def begin_shadow(self, model: str, now: datetime) -> CommentId:
        """The comment up to which the second model has read. A new one starts with what comes from now on."""
        newest = await self._sql.newest_comment(self._conn)
        await self._sql.begin_shadow(self._conn, model=model, last=newest, since=rows.seconds(now))
        return CommentId(await self._sql.shadow_position(self._conn, model=model))

    async def unread(self, after: CommentId, limit: int) -> list[Unread]:
        """What came in behind `after`, oldest first."""
        found = self._sql.comments_after(self._conn, last=after, limit_=limit)
        return [Unread(CommentId(r["id"]), r["text"], rows.unpack_verdict(r["verdict"])) async for r in found]

    async def note_shadow(
        self, model: str, last: CommentId, compared: int, differing: Differing, now: datetime
    ) -> None:
        """The second model has read up to `last`; where it differs, its labels are kept."""
        for comment, labels in differing.items():
            await self._sql.add_shadow(
                self._conn,
                comment=comment,
                model=model,
                labels=rows.to_json(list(labels)),
                at=rows.seconds(now),
            )
        await self._sql.move_shadow(self._conn, model=model, last=last, compared=compared)

    async def forget_shadow(self, before: datetime, most: int) -> None:
        """Drops disagreements from before then, and of the others all but the newest `most`."""
        await self._sql.forget_shadow(self._conn, before=rows.seconds(before), most=most)

    async def shadow_models(self) -> list[ShadowModel]:
        """In the order in which they began."""
        found = self._sql.shadow_models(self._conn)
        return [ShadowModel(row["model"], row["compared"], rows.at(row["since"])) async for row in found]

    async def disagreements(self, model: str) -> list[Disagreement]:
        """Newest first; no more than `forget_shadow` leaves."""
        found = self._sql.disagreements(self._conn, model=model)
        return [_disagreement(row) async for row in found]


def _correction(said: list[Any]) -> Correction:
    row, verdicts = said[-1], [rows.unpack_verdict(one["verdict"]) for one in said]
    return Correction(
        case=CaseId(row["case_id"]),
        comment=CommentId(row["comment"]),
        person=PersonId(row["person"]),
        labels=tuple(rows.from_json(row["labels"])),
        was=tuple(dict.fromkeys(label for verdict in verdicts for label in verdict.labels)),
        text="\n".join(one["text"] for one in said if one["text"]),
        model=verdicts[-1].model,
        at=rows.at(row["at"]),
        sensitive=bool(row["sensitive"]),
    )


def _disagreement(row: Any) -> Disagreement:
    first = rows.unpack_verdict(row["verdict"])
    return Disagreement(
        comment=CommentId(row["comment"]),
        case=CaseId(row["case_id"]),
        text="" if row["sensitive"] else row["text"],
        first=first.labels,
        second=tuple(rows.from_json(row["labels"])),
        first_model=first.model,
        at=rows.at(row["at"]),
    )
