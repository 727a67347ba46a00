"""What is to be said, what was said, and where the live cards stand."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import outgoing as out
from bot.domain.case import CaseId
from bot.domain.lane import TELEGRAM_LANES, Lane, Lanes
from bot.domain.locking import rests_under_lock
from bot.domain.outgoing import (
    CaseCard,
    Head,
    Outgoing,
    OutgoingId,
    PageCard,
    PublicReply,
    Queued,
    SendState,
    ShownCard,
)
from bot.domain.outgoing_lane import lane as lane_of
from bot.services.ports import LaneHealth
from bot.store import rows
from bot.store.line import Line
from bot.store.part import Part


class OutboxRows(Part):
    def __init__(self, queries: Any, conn: Line) -> None:
        super().__init__(queries, conn)
        self.second = Part(queries, conn)
        """The bell of pages by other ways: the loop that sends those need not look at every card."""

    async def put(self, key: str, what: Outgoing, now: datetime, not_before: datetime | None = None) -> None:
        """Queues it; the same key is one message, waiting redraws of one card are one, due with the first.

        A case that waits in the digest has no card to draw; one that stands behind another's has that.
        """
        if isinstance(what, CaseCard):
            place = await self._sql.card_of(self._conn, id=what.case)
            if place is not None and place["waits"]:
                return
            if place is not None and place["id"] != what.case:
                what = replace(what, case=CaseId(place["id"]), urgent=False)  # one more of the same
        kind, fields = out.pack(what)
        redraws = out.redraws(what)
        lane = int(lane_of(what))
        new = await self._sql.put_outgoing(
            self._conn,
            key=key,
            lane=lane,
            recipient=out.recipient(what),
            kind=kind,
            fields=rows.to_json(fields),
            redraws=redraws,
            public=int(rests_under_lock(what)),
            not_before=rows.seconds(not_before) or 0,
            queued_at=rows.seconds(now),
        )
        self._touch(lane)
        if new is None and redraws:
            sooner = rows.seconds(not_before)
            await self._sql.raise_redraw(self._conn, redraws=redraws, lane=lane, not_before=sooner)

    def _touch(self, lane: int) -> None:
        if lane == Lane.SECOND:
            self.second.touched = True
        else:
            self.touched = True

    async def anything_waits(self, lanes: Lanes = TELEGRAM_LANES) -> bool:
        """Whether there is any row to send, now or later."""
        return await self._sql.anything_waits(self._conn, first=lanes[0], last=lanes[1]) is not None

    async def heads(self, now: datetime, lanes: Lanes = TELEGRAM_LANES) -> list[Head]:
        """The first waiting row of every recipient and lane, most urgent first; none public under /kunci."""
        found = self._sql.outbox_heads(self._conn, now=rows.seconds(now), first=lanes[0], last=lanes[1])
        return [
            Head(OutgoingId(r["id"]), r["recipient"], Lane(r["lane"]), bool(r["edit"]), r["redraws"])
            async for r in found
        ]

    async def take(self, row: OutgoingId, now: datetime) -> Queued | None:
        """Marks it as being sent; None if it is not waiting any more."""
        found = await self._sql.take_outgoing(self._conn, id=row, at=rows.seconds(now))
        return None if found is None else _queued(found)

    async def get(self, row: OutgoingId) -> Queued | None:
        found = await self._sql.get_outgoing(self._conn, id=row)
        return None if found is None else _queued(found)

    async def settle(self, row: Queued, state: SendState, now: datetime) -> None:
        """Writes down how it ended: `row` carries chat, message and error."""
        await self._sql.settle_outgoing(
            self._conn,
            id=row.id,
            state=state,
            sent_at=rows.seconds(now),
            chat_id=row.chat_id,
            message_id=row.message_id,
            error=row.error,
        )

    async def requeue(self, row: OutgoingId, not_before: datetime, error: str) -> None:
        """Tries again later, unless a newer redraw of the same card waits already."""
        await self._sql.requeue_outgoing(self._conn, id=row, not_before=rows.seconds(not_before), error=error)
        self.touched = self.second.touched = True
        await self._sql.drop_superseded(self._conn, id=row)

    async def reply_of(self, reply: PublicReply) -> Queued | None:
        """The row of a public message."""
        row = await self._sql.reply_of(self._conn, recipient=out.recipient(reply))
        return None if row is None else _queued(row)

    async def unsure_replies(self, case: CaseId) -> list[Queued]:
        """The public messages of all drafts of a case of which nobody knows (yet) whether they arrived."""
        return [_queued(row) async for row in self._sql.unsure_replies(self._conn, case_id=case)]

    async def unsettled(self) -> list[Queued]:
        """What was being sent when the process died."""
        return [_queued(row) async for row in self._sql.unsettled(self._conn)]

    async def doubt_public(self) -> int:
        """Whatever waits to be said in public counts as being sent, so that the start asks; how many."""
        return len([row async for row in self._sql.doubt_public(self._conn)])

    async def at(self, chat_id: int, message_id: int) -> Queued | None:
        """What stands behind a message of ours."""
        row = await self._sql.outgoing_at(self._conn, chat_id=chat_id, message_id=message_id)
        return None if row is None else _queued(row)

    async def next_due(self, lanes: Lanes = TELEGRAM_LANES) -> datetime | None:
        return rows.moment(await self._sql.next_due(self._conn, first=lanes[0], last=lanes[1]))

    async def page_of(self, page: PageCard) -> Queued | None:
        """The row of a page, whatever became of it."""
        row = await self._sql.page_of(
            self._conn, recipient=out.recipient(page), run=page.run, epoch=page.epoch, repeat=page.repeat
        )
        return None if row is None else _queued(row)

    async def oldest_page(self) -> datetime | None:
        """Since when a page has been waiting for Telegram."""
        return rows.moment(await self._sql.oldest_page(self._conn))

    async def health(self) -> list[LaneHealth]:
        return [
            LaneHealth(Lane(r["lane"]), SendState(r["state"]), r["n"], rows.at(r["oldest"]))
            async for r in self._sql.outbox_health(self._conn)
        ]

    async def card(self, subject: str) -> ShownCard | None:
        row = await self._sql.get_card(self._conn, subject=subject)
        return None if row is None else ShownCard(row["chat_id"], row["message_id"], row["shown"])

    async def cards_of(self, prefix: str) -> list[str]:
        """The subjects of the live cards whose name begins so, and of those that are just being sent."""
        return [row["subject"] async for row in self._sql.cards_of(self._conn, prefix=prefix)]

    async def put_card(self, subject: str, card: ShownCard) -> None:
        await self._sql.put_card(
            self._conn, subject=subject, chat_id=card.chat_id, message_id=card.message_id, shown=card.shown
        )


def _queued(row: Any) -> Queued:
    return Queued(
        id=OutgoingId(row["id"]),
        what=out.unpack(row["kind"], rows.from_json(row["fields"])),
        lane=Lane(row["lane"]),
        recipient=row["recipient"],
        state=SendState(row["state"]),
        tries=row["tries"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
        error=row["error"],
    )
