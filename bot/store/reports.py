"""What reports read across the tables, and what people answered at a review."""

import asyncio
from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any

from bot.domain.incident import RunId
from bot.domain.people import PersonId
from bot.domain.reply import Draft
from bot.services.report_rows import Answer, EvidenceRow, Head, RunDeed, SaidRow
from bot.store import rows
from bot.store.comments import kept_comment
from bot.store.drafts import draft_of
from bot.store.part import Part

_PAGE = 500


class Reports(Part):
    async def last_run(self) -> RunId | None:
        found = await self._sql.last_run(self._conn)
        return None if found is None else RunId(found)

    async def opened(self, since: datetime, until: datetime) -> list[RunId]:
        """From `since` and before `until`, oldest first."""
        found = self._sql.runs_opened(self._conn, since=rows.seconds(since), until=rows.seconds(until))
        return [RunId(row["id"]) async for row in found]

    async def evidence_moments(self, run: RunId) -> list[datetime]:
        """When each of the run's comments was written, in no order."""
        return [rows.at(row["at"]) async for row in self._sql.evidence_moments(self._conn, run=run)]

    async def evidence(self, run: RunId) -> AsyncIterator[EvidenceRow]:
        """Oldest first. Read in pages: a raid brings ten thousand."""
        written, last = -1, 0
        while page := [
            row
            async for row in self._sql.evidence_after(
                self._conn, run=run, written=written, id=last, limit_=_PAGE
            )
        ]:
            for row in page:
                yield EvidenceRow(
                    kept_comment(row), row["sha256"], rows.at(row["kept_at"]), bool(row["guarded"])
                )
            written, last = page[-1]["written_at"], page[-1]["id"]
            await asyncio.sleep(0)  # as in the journal: the bot works meanwhile

    async def replies(self, run: RunId, since: datetime) -> list[Draft]:
        """Approved words that stand in public under the run's cases, in the order of their posting."""
        found = self._sql.replies_of_run(self._conn, run=run, since=rows.seconds(since))
        return [draft_of(row) async for row in found]

    async def deeds(
        self, person: PersonId, since: datetime, until: datetime, actions: Collection[str]
    ) -> dict[str, int]:
        """How often the journal says that this person did which of these, once for each thing, in no run."""
        found = self._sql.deeds_of(
            self._conn,
            person=person,
            since=rows.seconds(since),
            until=rows.seconds(until),
            actions=rows.to_json(sorted(actions)),
        )
        return {row["action"]: row["times"] async for row in found}

    async def run_deeds(self, person: PersonId, since: datetime, until: datetime) -> list[RunDeed]:
        """What the stories of the runs say that this person did, run by run."""
        found = self._sql.parts_of(
            self._conn, person=person, since=rows.seconds(since), until=rows.seconds(until)
        )
        return [RunDeed(RunId(r["run"]), r["what"], r["step"] or "", r["times"]) async for r in found]

    async def journal_head(self) -> Head | None:
        row = await self._sql.journal_head(self._conn)
        return None if row is None else Head(row["seq"], row["hash"], rows.at(row["at"]))

    async def keep_said(self, run: RunId, row: SaidRow) -> None:
        """Words that stand in public now."""
        await self._sql.keep_said(
            self._conn,
            run=run,
            step=row.step,
            attempt=row.attempt,
            channel=row.channel,
            at=rows.seconds(row.at),
            text=rows.storable(row.text),
            source=row.source,
            authors=rows.to_json(row.authors),
            approvers=rows.to_json(row.approvers),
            approved_at=rows.seconds(row.approved_at),
            link=row.link,
            answered=row.answered,
        )

    async def said(self, run: RunId) -> list[SaidRow]:
        """In the order in which it was said."""
        return [_said(row) async for row in self._sql.said_by(self._conn, run=run)]

    async def keep_answer(self, run: RunId, answer: Answer) -> None:
        """A second answer to the same question takes the place of the first."""
        await self._sql.keep_answer(
            self._conn,
            run=run,
            question=answer.question,
            person=answer.person,
            text=rows.storable(answer.text),
            at=rows.seconds(answer.at),
        )

    async def answers(self, run: RunId) -> list[Answer]:
        """In the order in which they came."""
        found = self._sql.answers_of(self._conn, run=run)
        return [
            Answer(r["question"], PersonId(r["person"]), r["text"], rows.at(r["at"])) async for r in found
        ]


def _said(row: Any) -> SaidRow:
    return SaidRow(
        row["step"],
        row["attempt"],
        row["channel"],
        rows.at(row["at"]),
        row["text"],
        row["source"],
        tuple(rows.from_json(row["authors"])),
        tuple(rows.from_json(row["approvers"])),
        rows.moment(row["approved_at"]),
        row["link"],
        row["answered"],
    )
