"""What the board counts, where it stands, and which cases wait in the digest."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.people import PersonId
from bot.domain.queue import Part as Wanted
from bot.domain.queue import QueueFilter
from bot.services.ports_board import Emergency, InForce, OpenGroup
from bot.store import rows
from bot.store.cases import case_of
from bot.store.part import Part


class Board(Part):
    async def groups(self, now: datetime) -> list[OpenGroup]:
        """All open cases, those that are alike together."""
        return [
            OpenGroup(
                status=CaseStatus(row["status"]),
                assignee=row["assignee"],
                labels=tuple(rows.from_json(row["labels"])),
                waits=bool(row["waits"]),
                count=row["n"],
                oldest=rows.at(row["oldest"]),
                late=row["late"] or 0,
            )
            async for row in self._sql.board_groups(self._conn, now=rows.seconds(now))
        ]

    async def emergencies(self, limit: int) -> list[Emergency]:
        """Open ones: nobody's first, the newest of them first."""
        return [
            Emergency(
                case=CaseId(row["id"]),
                assignee=row["assignee"],
                sensitive=bool(row["sensitive"]),
                link=row["link"] or "",
                card=(row["chat_id"], row["message_id"]) if row["message_id"] else None,
            )
            async for row in self._sql.board_emergencies(self._conn, limit_=limit)
        ]

    async def emergency_count(self) -> tuple[int, int]:
        """How many cases, with how many comments."""
        row = await self._sql.board_emergency_count(self._conn)
        return row["cases"], row["comments"]

    async def next_due(self, now: datetime, limit: int) -> list[tuple[CaseId, datetime]]:
        """The promises that fall due next."""
        found = self._sql.board_next_due(self._conn, now=rows.seconds(now), limit_=limit)
        return [(CaseId(row["id"]), rows.at(row["due_at"])) async for row in found]

    async def drawn(self) -> datetime | None:
        """When the board was last sent or edited."""
        return rows.moment(await self._sql.board_drawn(self._conn))

    async def unread(self) -> int:
        """Updates that came in and are not in cases yet."""
        return await self._sql.board_unread(self._conn) or 0

    async def newest_message(self, chat_id: int) -> int:
        """The highest number that a message of ours got in this chat."""
        return await self._sql.newest_message(self._conn, chat_id=chat_id) or 0

    async def pinned(self, chat_id: int) -> int:
        """The message that the bot pinned there; 0 for none."""
        return await self._sql.pinned(self._conn, chat_id=chat_id) or 0

    async def keep_pin(self, chat_id: int, message_id: int) -> None:
        await self._sql.keep_pin(self._conn, chat_id=chat_id, message_id=message_id)

    async def crisis_mode(self) -> InForce | None:
        row = await self._sql.crisis_mode(self._conn)
        return None if row is None else InForce(row["person"], rows.at(row["at"]))

    async def set_crisis_mode(self, person: PersonId, now: datetime) -> None:
        await self._sql.set_crisis_mode(self._conn, person=person, at=rows.seconds(now))

    async def lift_crisis_mode(self) -> None:
        await self._sql.lift_crisis_mode(self._conn)


class Digest(Part):
    """Which new cases have no card."""

    async def waits(self, case: CaseId) -> bool:
        """Whether this case stands in the digest and has no card."""
        return bool(await self._sql.case_waits(self._conn, id=case))

    async def carded_since(self, since: datetime) -> int:
        return int(await self._sql.carded_since(self._conn, since=rows.seconds(since)))

    async def give_card(self, case: CaseId, now: datetime) -> None:
        await self._sql.give_card(self._conn, id=case, at=rows.seconds(now))

    async def put(self, case: CaseId) -> None:
        await self._sql.put_in_digest(self._conn, id=case)

    async def first(self, limit: int) -> list[Case]:
        """What waits without a card, most urgent first, then what waits longest."""
        return [case_of(row) async for row in self._sql.digest_cases(self._conn, limit_=limit)]

    async def page(
        self, wanted: QueueFilter, by: tuple[PersonId, Sequence[str]], now: datetime, limit: int, skip: int
    ) -> list[Case]:
        """A page of the queue, most urgent first. `by`: whose cases "mine" are, and their units."""
        found = self._sql.queue_page(
            self._conn,
            assignee=by[0] if Wanted.MINE in wanted.parts else "",
            free=int(Wanted.FREE in wanted.parts),
            late=int(Wanted.LATE in wanted.parts),
            bare=int(Wanted.BARE in wanted.parts),
            units=rows.to_json(list(by[1])) if Wanted.UNIT in wanted.parts else "",
            label=wanted.label,
            platform=wanted.platform,
            now=rows.seconds(now),
            limit_=limit,
            offset_=skip,
            most=limit + skip,
        )
        return [case_of(row) async for row in found]

    async def for_units(self) -> list[tuple[str, int]]:
        """What waits for somebody of a unit."""
        return [(row["unit"], row["n"]) async for row in self._sql.board_units(self._conn)]

    async def among(self, cases: Iterable[CaseId]) -> set[CaseId]:
        """Those of them that have no card."""
        listed = rows.to_json([int(case) for case in cases])
        return {CaseId(row["id"]) async for row in self._sql.bare_of(self._conn, ids=listed)}

    async def count(self) -> int:
        return int(await self._sql.digest_count(self._conn))
