"""How far comments went, and the places outside where they were written."""

from bot.domain.comment import Comment, CommentId
from bot.domain.network import Network, room_on
from bot.domain.reach import Reach
from bot.domain.reply import Draft
from bot.store import rows
from bot.store.part import Part


class Reaching(Part):
    async def replied(self, comment: Comment, most: int) -> int:
        """How many others answered it, counted up to so many; those without a name are nobody."""
        origin = comment.origin
        return int(
            await self._sql.count_replies(
                self._conn,
                platform=origin.platform,
                thread=origin.thread,
                message=origin.message,
                author_key=comment.author.key,
                most=most,
            )
        )

    async def save(self, comment: CommentId, reach: Reach) -> None:
        await self._sql.save_reach(self._conn, id=comment, seen=reach.seen, reacted=reach.reacted)

    async def networks(self, draft: Draft) -> tuple[Network, ...]:
        """Where its words will be copied to, the place with the least room first."""
        listed = rows.to_json([one.comment_id for one in draft.targets])
        found = {Network(row["network"]) async for row in self._sql.networks_of(self._conn, comments=listed)}
        return tuple(sorted(found, key=room_on))
