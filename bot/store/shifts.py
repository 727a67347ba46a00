"""Overrides, leave and exchanges of shifts; who answered the monthly test; what was handed over."""

from datetime import datetime
from typing import Any

from bot.domain.leave import Leave
from bot.domain.people import PersonId
from bot.domain.rota import Override
from bot.domain.swap import Duty, Swap, SwapId, SwapState
from bot.services.ports_oncall import KeptLeave, KeptOverride
from bot.store import rows
from bot.store.part import Part


class Shifts(Part):
    async def overrides(self, at: datetime) -> list[KeptOverride]:
        """Those that are not over yet, in the order in which they were set."""
        return [_override(row) async for row in self._sql.overrides_after(self._conn, at=rows.seconds(at))]

    async def put_in(self, what: Override, by: str, now: datetime, swap: SwapId | None = None) -> int:
        number = await self._sql.add_override(
            self._conn,
            rota=what.rota,
            begins=rows.seconds(what.start),
            ends=rows.seconds(what.end),
            person=what.person,
            instead_of=what.instead_of,
            set_by=by,
            set_at=rows.seconds(now),
            swap=swap,
        )
        return int(number)

    async def cancel_override(self, number: int, now: datetime) -> bool:
        """Whether there was one that is not over."""
        return await self._sql.cancel_override(self._conn, id=number, at=rows.seconds(now)) is not None

    async def leaves(self, at: datetime) -> list[KeptLeave]:
        return [_leave(row) async for row in self._sql.leaves_after(self._conn, at=rows.seconds(at))]

    async def send_on_leave(self, what: Leave, by: str, now: datetime) -> int:
        number = await self._sql.add_leave(
            self._conn,
            person=what.person,
            begins=rows.seconds(what.start),
            ends=rows.seconds(what.end),
            stand_in=what.stand_in,
            set_by=by,
            set_at=rows.seconds(now),
        )
        return int(number)

    async def cancel_leave(self, number: int, now: datetime) -> bool:
        return await self._sql.cancel_leave(self._conn, id=number, at=rows.seconds(now)) is not None

    async def add_swap(self, swap: Swap) -> SwapId:
        back = swap.back
        number = await self._sql.add_swap(
            self._conn,
            giver=swap.giver,
            taker=swap.taker,
            rota=swap.give.rota,
            begins=rows.seconds(swap.give.start),
            ends=rows.seconds(swap.give.end),
            back_rota=back.rota if back is not None else None,
            back_begins=rows.seconds(back.start) if back is not None else None,
            back_ends=rows.seconds(back.end) if back is not None else None,
            asked_by=swap.asked_by,
            asked_at=rows.seconds(swap.asked_at),
            expires_at=rows.seconds(swap.expires_at),
            agreed=rows.to_json(sorted(swap.agreed)),
            state=swap.state,
        )
        return SwapId(int(number))

    async def swap(self, number: SwapId) -> Swap | None:
        row = await self._sql.get_swap(self._conn, id=number)
        return None if row is None else _swap(row)

    async def save_swap(self, swap: Swap) -> None:
        agreed = rows.to_json(sorted(swap.agreed))
        await self._sql.save_swap(self._conn, id=swap.id, agreed=agreed, state=swap.state)

    async def asked(self, at: datetime) -> list[Swap]:
        """Exchanges that wait for somebody's answer."""
        return [_swap(row) async for row in self._sql.swaps_asked(self._conn, at=rows.seconds(at))]


class Reached(Part):
    async def ask(self, round_: int, person: PersonId, now: datetime) -> None:
        await self._sql.ask_reach(self._conn, round=round_, person=person, at=rows.seconds(now))

    async def answer(self, round_: int, person: PersonId, now: datetime) -> bool:
        """Whether this person was asked in that round; the first answer counts."""
        found = await self._sql.answer_reach(self._conn, round=round_, person=person, at=rows.seconds(now))
        return found is not None

    async def answers(self, round_: int) -> dict[PersonId, bool]:
        """Everybody who was asked, and whether they have answered."""
        found = self._sql.reach_round(self._conn, round=round_)
        return {PersonId(row["person"]): row["answered_at"] is not None async for row in found}

    async def write(self, rota: str, change: datetime, person: PersonId, text: str, now: datetime) -> None:
        """What `person` leaves to whoever comes on at `change`; written again, it replaces the first."""
        await self._sql.write_handover(
            self._conn,
            rota=rota,
            begins=rows.seconds(change),
            person=person,
            at=rows.seconds(now),
            text=rows.storable(text),
        )

    async def notes(self, rota: str, change: datetime) -> list[tuple[PersonId, str]]:
        found = self._sql.handover_notes(self._conn, rota=rota, begins=rows.seconds(change))
        return [(PersonId(row["person"]), row["text"]) async for row in found]


def _override(row: Any) -> KeptOverride:
    instead = row["instead_of"]
    what = Override(
        row["rota"],
        rows.at(row["begins"]),
        rows.at(row["ends"]),
        PersonId(row["person"]),
        None if instead is None else PersonId(instead),
    )
    return KeptOverride(row["id"], what, row["set_by"], row["swap"])


def _leave(row: Any) -> KeptLeave:
    stand_in = row["stand_in"]
    what = Leave(
        PersonId(row["person"]),
        rows.at(row["begins"]),
        rows.at(row["ends"]),
        None if stand_in is None else PersonId(stand_in),
    )
    return KeptLeave(row["id"], what, row["set_by"])


def _swap(row: Any) -> Swap:
    back = row["back_rota"]
    return Swap(
        id=SwapId(row["id"]),
        give=Duty(row["rota"], rows.at(row["begins"]), rows.at(row["ends"])),
        giver=PersonId(row["giver"]),
        taker=PersonId(row["taker"]),
        back=None if back is None else Duty(back, rows.at(row["back_begins"]), rows.at(row["back_ends"])),
        asked_by=PersonId(row["asked_by"]),
        asked_at=rows.at(row["asked_at"]),
        expires_at=rows.at(row["expires_at"]),
        agreed=frozenset(map(PersonId, rows.from_json(row["agreed"]))),
        state=SwapState(row["state"]),
    )
