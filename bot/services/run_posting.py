"""Follows a run's words on their way out: the last look before they leave, and what became of them."""

from bot.domain.incident import RunId
from bot.domain.outgoing import Queued
from bot.domain.outgoing_steps import DrillPost, PublicPost, RunReply
from bot.domain.run_events import PostSettled
from bot.domain.run_posts import may_go_out
from bot.domain.run_types import RunState
from bot.domain.step_run import PostState
from bot.services.delivery import Outcome, Sent, Unsure
from bot.services.ports import Parts
from bot.services.run_book import RunBook

_Words = PublicPost | RunReply | DrillPost


class RunPosting:
    """For PublicPost, RunReply and DrillPost."""

    def __init__(self, book: RunBook) -> None:
        self._book = book

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """Only words whose approval stands, of a run that goes on; never of an exercise.

        A comment that was changed since is not the one that was approved for: it is left out, and told. So
        are words that may not go out any more while their run still waits for them: it would wait for ever.
        """
        what = queued.what
        if not isinstance(what, _Words):
            return True
        state = await self._book.state(tx, RunId(what.run))
        if state.incident.drill is not isinstance(what, DrillPost):
            return False
        stopped = may_go_out(state, what.step, what.attempt, _channel(what)) is None
        if stopped and not _is_awaited(state, what):
            return False
        if stopped or (isinstance(what, RunReply) and not await _as_it_was(tx, what)):
            await self._settle(tx, what, PostState.FAILED, "", f"out:{queued.id}")
            return False
        return True

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """Sent, refused, gone, or nobody knows: the run hears it, and a person where one has to look."""
        what = queued.what
        if not isinstance(what, _Words):
            return
        state, link = PostState.FAILED, ""
        if isinstance(outcome, Sent):
            state = PostState.SENT
            link = _link(outcome) if isinstance(what, PublicPost) else ""
        elif isinstance(outcome, Unsure):
            state = PostState.UNCERTAIN
        await self._settle(tx, what, state, link, f"out:{queued.id}:{queued.tries}")

    async def _settle(self, tx: Parts, what: _Words, state: PostState, link: str, cause: str) -> None:
        run = await self._book.state(tx, RunId(what.run))
        event = PostSettled(
            await self._book.roster(tx, run), what.step, what.attempt, _channel(what), state, link
        )
        await self._book.apply(tx, run, event, "bot", cause)


def _is_awaited(state: RunState, what: _Words) -> bool:
    """Whether this very message is still on its way as far as its run knows."""
    run = state.step_run(what.step)
    if run is None or run.attempt != what.attempt or not state.phase.going_on:
        return False
    post = run.post_on(_channel(what))
    return post is not None and post.state is PostState.QUEUED


def _channel(what: _Words) -> str:
    return str(what.comment) if isinstance(what, RunReply) else what.channel


async def _as_it_was(tx: Parts, what: RunReply) -> bool:
    kept = await tx.comments.get(what.comment)
    newest = await tx.comments.latest(kept.comment.origin) if kept is not None else None
    return newest is not None and newest.id == what.comment


def _link(sent: Sent) -> str:
    """Where a post of a channel stands, for members of it; a public name is not known here."""
    inner = str(sent.chat_id).removeprefix("-100")
    return f"https://t.me/c/{inner}/{sent.message_id}" if sent.chat_id < 0 else ""
