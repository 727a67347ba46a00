"""What is kept of how far comments went, and of the places outside where they were written."""

from typing import Protocol

from bot.domain.comment import Comment, CommentId
from bot.domain.network import Network
from bot.domain.reach import Reach
from bot.domain.reply import Draft


class ReachRows(Protocol):
    async def replied(self, comment: Comment, most: int) -> int: ...
    async def save(self, comment: CommentId, reach: Reach) -> None: ...
    async def networks(self, draft: Draft) -> tuple[Network, ...]: ...
