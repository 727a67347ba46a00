"""A card that is just being sent was drawn from what was true before: a change must reach it too."""

from fakes import MORNING

from bot.domain.outgoing import DraftCard, SendState, ShownCard
from bot.domain.people import PersonId
from bot.domain.reply import DraftId
from bot.store.database import Database

CARD = DraftCard(DraftId(7), PersonId("ratna"))


async def cards(database: Database) -> list[str]:
    async with database.transaction() as tx:
        return await tx.outbox.cards_of("draft:7:")


async def test_a_card_is_there_from_the_moment_it_is_drawn(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.outbox.put("u:1:ask", CARD, MORNING)
        await tx.outbox.put("u:1:other", DraftCard(DraftId(70), PersonId("ratna")), MORNING)
    assert await cards(database) == [], "what only waits is drawn later, from what is true then"

    (head, *_) = await database.read.outbox.heads(MORNING)
    async with database.transaction() as tx:
        queued = await tx.outbox.take(head.id, MORNING)
    assert queued is not None
    assert await cards(database) == ["draft:7:ratna"]

    async with database.transaction() as tx:
        await tx.outbox.put_card("draft:7:ratna", ShownCard(7, 1, "x"))
    assert await cards(database) == ["draft:7:ratna"]
    async with database.transaction() as tx:
        await tx.outbox.settle(queued, SendState.SENT, MORNING)
    assert await cards(database) == ["draft:7:ratna"]
