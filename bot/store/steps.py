"""What steps hold back, and the evidence that they keep."""

from datetime import datetime

from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.outgoing import SendState
from bot.domain.outgoing_steps import PublicPost, RunReply
from bot.services.step_rows import Kept
from bot.store import rows
from bot.store.part import Part


class Steps(Part):
    async def hold(self, run: RunId, step: str, scope: str, now: datetime) -> None:
        """Until `release`; asked for twice it is one."""
        await self._sql.hold(self._conn, run=run, step=step, scope=scope, at=rows.seconds(now))

    async def release(self, run: RunId, step: str) -> None:
        await self._sql.release_hold(self._conn, run=run, step=step)

    async def looked_at(self, words: PublicPost | RunReply, state: SendState, now: datetime) -> None:
        """A person found out what became of these words."""
        await self._sql.looked_at(
            self._conn,
            kind=type(words).__name__,
            run=words.run,
            step=words.step,
            attempt=words.attempt,
            place=words.comment if isinstance(words, RunReply) else words.channel,
            state=state,
            at=rows.seconds(now),
        )

    async def holds(self, run: RunId) -> list[tuple[str, str]]:
        """Step and scope."""
        return [(row["step"], row["scope"]) async for row in self._sql.holds_of(self._conn, run=run)]

    async def replies_held(self) -> bool:
        """Whether an incident holds back what goes to citizens."""
        return bool(await self._sql.replies_held(self._conn))

    async def keep(self, run: RunId, step: str, attempt: int, kept: Kept, now: datetime) -> None:
        await self._sql.keep_snapshot(
            self._conn,
            run=run,
            step=step,
            attempt=attempt,
            comment=kept.comment,
            at=rows.seconds(now),
            sha256=kept.sha256,
            text=kept.text,
            link=kept.link,
        )

    async def snapshot(self, run: RunId) -> list[Kept]:
        """Everything that was kept, oldest first."""
        found = self._sql.snapshot_of(self._conn, run=run)
        return [Kept(CommentId(r["comment"]), r["sha256"], r["text"], r["link"]) async for r in found]

    async def count_evidence(self, run: RunId, since: datetime | None) -> int:
        """The comments of this run that came since then; all of them without a moment."""
        found = await self._sql.count_evidence(self._conn, run=run, since=rows.seconds(since) or 0)
        return int(found)

    async def copy_evidence(self, run: RunId, to: RunId, now: datetime) -> None:
        await self._sql.copy_evidence(self._conn, run=run, to=to, at=rows.seconds(now))
