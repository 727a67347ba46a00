"""Comments with all their revisions, and which post a discussion thread belongs to."""

from datetime import datetime
from typing import Any

from bot.domain.case import CaseId
from bot.domain.comment import Author, Comment, CommentId, KeptComment, Origin, Platform, Post, Verdict
from bot.domain.reach import Reach
from bot.store import rows
from bot.store.part import Part


class Comments(Part):
    async def add(self, comment: Comment, case: CaseId, verdict: Verdict) -> CommentId:
        """Raises sqlite3.IntegrityError if this revision is there already: ask `latest` first."""
        new = await self._sql.add_comment(
            self._conn,
            case_id=case,
            platform=comment.origin.platform,
            thread=comment.origin.thread,
            message=comment.origin.message,
            revision=comment.revision,
            author_key=comment.author.key,
            author_name=rows.storable(comment.author.name),
            text=rows.storable(comment.text),
            link=comment.link,
            context=rows.storable(comment.context),
            media=comment.media,
            written_at=rows.seconds(comment.written_at),
            received_at=rows.seconds(comment.received_at),
            verdict=rows.pack_verdict(verdict),
            network=comment.network,
            answers=comment.answers,
            seen=comment.reach.seen,
            reacted=comment.reach.reacted,
        )
        return CommentId(new)

    async def latest(self, origin: Origin) -> KeptComment | None:
        """The newest revision of the comment at `origin`. Where the thread is not told, the chat and the
        message's number name it too: they do in Telegram.
        """
        row = await self._sql.latest_revision(
            self._conn, platform=origin.platform, thread=origin.thread, message=origin.message
        )
        if row is None and origin.threadless:
            chat = origin.thread.removesuffix("/0")
            row = await self._sql.latest_in_chat(
                self._conn,
                platform=origin.platform,
                from_=f"{chat}/",
                to_=f"{chat}0",  # the character behind the slash: all that begins with "chat/"
                message=origin.message,
            )
        return None if row is None else kept_comment(row)

    async def get(self, comment: CommentId) -> KeptComment | None:
        row = await self._sql.get_comment(self._conn, id=comment)
        return None if row is None else kept_comment(row)

    async def of_case(self, case: CaseId) -> list[KeptComment]:
        """Oldest first, all revisions."""
        return [kept_comment(row) async for row in self._sql.comments_of_case(self._conn, case_id=case)]

    async def are_all(self, case: CaseId, newest: CommentId) -> bool:
        """Whether nothing but its comments belongs to this case, and its newest one to no claim."""
        return await self._sql.stands_beside(self._conn, case_id=case, newest=newest) is None

    async def latest_by(self, comment: Comment) -> KeptComment | None:
        """What the same person last wrote in the same thread, if its case is still open."""
        if not comment.author.key:
            return None
        row = await self._sql.latest_by_author(
            self._conn,
            platform=comment.origin.platform,
            thread=comment.origin.thread,
            author_key=comment.author.key,
        )
        return None if row is None else kept_comment(row)

    async def since(self, moment: datetime, limit: int) -> list[KeptComment]:
        """Newest first."""
        found = self._sql.recent_comments(self._conn, since=rows.seconds(moment), limit_=limit)
        return [kept_comment(row) async for row in found]

    async def of_label(self, label: str, moment: datetime, limit: int) -> list[KeptComment]:
        """Newest first; of each comment the text that stands, if it is surely of this label."""
        found = self._sql.recent_of_label(self._conn, label=label, since=rows.seconds(moment), limit_=limit)
        return [kept_comment(row) async for row in found]

    async def map_post(self, post: Post) -> None:
        await self._sql.map_post(
            self._conn,
            chat_id=post.chat_id,
            thread=post.thread,
            channel=post.channel,
            post=post.post,
            text=rows.storable(post.text),
            link=post.link,
        )

    async def post_of(self, chat_id: int, thread: int) -> Post | None:
        row = await self._sql.post_of(self._conn, chat_id=chat_id, thread=thread)
        return None if row is None else Post(**rows.fields_of(row))


def kept_comment(row: Any) -> KeptComment:
    comment = Comment(
        origin=Origin(Platform(row["platform"]), row["thread"], row["message"]),
        author=Author(row["author_key"], row["author_name"]),
        text=row["text"],
        written_at=rows.at(row["written_at"]),
        received_at=rows.at(row["received_at"]),
        revision=row["revision"],
        link=row["link"],
        context=row["context"],
        media=row["media"],
        network=row["network"],
        answers=row["answers"],
        reach=Reach(row["seen"], row["reacted"]),
    )
    return KeptComment(
        CommentId(row["id"]), CaseId(row["case_id"]), comment, rows.unpack_verdict(row["verdict"])
    )
