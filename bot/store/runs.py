"""Runs of playbooks with their frozen definitions, evidence and timeline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.playbook import Playbook
from bot.domain.run_json import to_json
from bot.domain.run_types import RunState
from bot.services.ports import KeptRun, TimelineLine
from bot.store import rows
from bot.store.part import Part


class Runs(Part):
    async def begin(self, playbook: Playbook, kind: str, group_key: str, now: datetime) -> RunId:
        """A new row, to be saved with its state in the same transaction. `kind`: real or drill."""
        await self._sql.keep_playbook(
            self._conn,
            sha256=playbook.sha256,
            id=playbook.id,
            version=playbook.version,
            text=playbook.source_text,
        )
        new = await self._sql.begin_run(
            self._conn,
            playbook=playbook.id,
            playbook_sha=playbook.sha256,
            kind=kind,
            group_key=group_key,
            opened_at=rows.seconds(now),
        )
        return RunId(new)

    async def save(self, state: RunState) -> None:
        await self._sql.save_run(
            self._conn,
            id=state.incident.id,
            phase=state.phase,
            paging=state.paging,
            epoch=state.epoch,
            owner=state.owner,
            resolved_at=rows.seconds(state.resolved_at),
            state=to_json(state),
        )

    async def get(self, run: RunId) -> KeptRun | None:
        row = await self._sql.get_run(self._conn, id=run)
        return None if row is None else _kept(row)

    async def of_group(self, kind: str, group_key: str) -> KeptRun | None:
        """The latest run of this group, whether it goes on or not."""
        row = await self._sql.run_of_group(self._conn, kind=kind, group_key=group_key)
        return None if row is None else _kept(row)

    async def goes_on(self, group_key: str) -> bool:
        """Whether a real run of this group is under way."""
        return bool(await self._sql.group_goes_on(self._conn, group_key=group_key))

    async def of_case(self, playbook: str, case: CaseId) -> KeptRun | None:
        """The real run of this playbook that goes on with a comment of this case as its evidence."""
        row = await self._sql.run_with_case(self._conn, playbook=playbook, case_id=case)
        return None if row is None else _kept(row)

    async def closed_at(self, group_key: str) -> datetime | None:
        """When a real run of this group was last closed."""
        return rows.moment(await self._sql.group_closed_at(self._conn, group_key=group_key))

    async def going_on(self) -> list[KeptRun]:
        return [_kept(row) async for row in self._sql.runs_going_on(self._conn)]

    async def playbooks(self) -> frozenset[str]:
        """The ids of the playbooks that incidents follow right now; exercises do not count."""
        return frozenset([row["playbook"] async for row in self._sql.playbooks_going_on(self._conn)])

    async def add_evidence(self, run: RunId, comment: CommentId, sha256: str, now: datetime) -> None:
        await self._sql.add_evidence(
            self._conn, run=run, comment=comment, sha256=sha256, at=rows.seconds(now)
        )

    async def evidence(self, run: RunId) -> list[CommentId]:
        """Oldest first."""
        return [CommentId(row["comment"]) async for row in self._sql.evidence_of(self._conn, run=run)]

    async def tell(self, run: RunId, what: str, params: Mapping[str, object], now: datetime) -> None:
        """One line of the timeline."""
        await self._sql.add_timeline(
            self._conn, run=run, at=rows.seconds(now), what=what, params=rows.to_json(dict(params))
        )

    async def timeline(self, run: RunId, limit: int, without: str = "") -> list[TimelineLine]:
        """The last lines, oldest first; `without` leaves out one kind."""
        found = self._sql.timeline_of(self._conn, run=run, without=without, limit_=limit)
        return [TimelineLine(rows.at(r["at"]), r["what"], rows.from_json(r["params"])) async for r in found]

    async def topic(self, run: RunId, chat_id: int) -> int | None:
        """The forum topic of this incident in that chat, where it has one."""
        found = await self._sql.topic_of(self._conn, run=run, chat_id=chat_id)
        return None if found is None else int(found)

    async def keep_topic(self, run: RunId, chat_id: int, thread_id: int) -> None:
        await self._sql.keep_topic(self._conn, run=run, chat_id=chat_id, thread_id=thread_id)

    async def drilled(self) -> dict[str, datetime]:
        """When each playbook was last practised, by its id."""
        found = self._sql.last_drills(self._conn)
        return {row["playbook"]: rows.at(row["opened_at"]) async for row in found}

    async def note(self, what: str, now: datetime) -> None:
        """Notes when something last happened."""
        await self._sql.set_meta(self._conn, key=what, value=str(rows.seconds(now)))

    async def noted(self, what: str) -> datetime | None:
        value = await self._sql.get_meta(self._conn, key=what)
        return None if value is None else rows.at(int(value))

    async def alive(self, now: datetime) -> None:
        """Notes that the machine's clockwork was running."""
        await self.note("alive", now)

    async def last_alive(self) -> datetime | None:
        return await self.noted("alive")


def _kept(row: Any) -> KeptRun:
    return KeptRun(RunId(row["id"]), row["sha256"], row["text"], row["state"])
