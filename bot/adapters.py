"""Where packages that do not know each other meet: classifier and intake, store and wire, the two senders."""

import logging
import re
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256

from bot.domain.comment import Verdict
from bot.domain.outgoing import PublicReply, Queued, SendState
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.outgoing_steps import ToThePublic
from bot.domain.topic import Matcher, Topic
from bot.services.delivery import Outcome, Sender
from bot.services.ports import Clock, LaneHealth
from bot.services.word_index import Spelling
from bot.store.database import Database
from bot.web.health import Beat, Health, HealthLimits, is_ticking, stalls
from bot.wire.polling import PollHealth
from bot.wire.ports import RawUpdate
from bot.wire.trouble import WORDS, PollState
from classifiers.base import Prediction, Reason
from classifiers.text import normalise, tokens
from classifiers.words import spellings

log = logging.getLogger(__name__)
_REASONS = 8
_DIGIT, _LETTER_OR_DIGIT = re.compile(r"\d"), re.compile(r"[^\W_]")


class Reader:
    """A comment's text becomes a verdict: labels from the classifier, topics from the agency's word lists."""

    def __init__(self, predict: Callable[[str], Awaitable[Prediction]], topics: Sequence[Topic]) -> None:
        self._predict = predict
        self._matcher = Matcher(topics)

    async def read(self, text: str) -> Verdict:
        """The word lists are read by themselves: the rule for a life at risk must not hang on the model."""
        topics = self._matcher.match(normalise(text))
        try:
            found = await self._predict(text)
        except Exception as error:
            log.exception("the classifier failed")
            return Verdict(topics=topics, error=type(error).__name__)
        return Verdict(
            labels=tuple(label.value for label in found.labels),
            unsure=tuple(label.value for label in found.unsure),
            scores=tuple((label.value, round(score, 4)) for label, score in found.scores.items()),
            reasons=_pairs(reason for reason in found.reasons if not reason.is_rule),
            topics=topics,
            model=found.model,
            rules=_pairs(reason for reason in found.reasons if reason.is_rule),
        )


def _pairs(reasons: Iterable[Reason]) -> tuple[tuple[str, str], ...]:
    return tuple((reason.label.value, reason.text) for reason in reasons)[:_REASONS]


_MADE_BY = "1"
"""Goes up when `searchable` changes."""
_POSSESSIVE = re.compile(r"(?<=\w{4})nya(?!\w)")


def searchable(text: str) -> str:
    """A text's words for the index: plain spelling, small numbers whole; no links, accounts, long numbers."""
    words = [one.norm if not _DIGIT.search(one.norm) else one.raw for one in tokens(text)]
    kept = (word for word in words if not word.startswith("<") and _LETTER_OR_DIGIT.search(word))
    return _POSSESSIVE.sub("", " ".join(kept))


@cache
def spelling() -> Spelling:
    """With the name of what it depends on: another word list is another spelling."""
    known = "\n".join(f"{word}\t{one}" for word, one in spellings().items())
    return Spelling(searchable, f"{_MADE_BY}:{sha256(known.encode()).hexdigest()[:16]}")


def words_of(text: str) -> frozenset[str]:
    """The normalised words of a text, for finding templates that fit."""
    return frozenset(normalise(text).split())


class StoredInbox:
    """The wire's inbox, kept by the store. Returning from `put` means: on the disk.

    What was claimed is remembered here only: after a start everything that is not done is claimed anew. Marks
    that a power cut takes away do no more than that.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._claimed = 0

    async def put(self, updates: Sequence[RawUpdate]) -> int:
        now = self._clock.now()
        async with self._database.transaction() as tx:
            return sum([await tx.inbox.keep(update.update_id, update.raw, now) for update in updates])

    async def claim(self, limit: int) -> list[RawUpdate]:
        found = await self._database.read.inbox.after(self._claimed, limit)
        self._claimed = found[-1]["seq"] if found else self._claimed
        return [RawUpdate(row["update_id"], row["raw"]) for row in found]

    async def done(self, ids: Sequence[int]) -> None:
        async with self._database.transaction(durable=False) as tx:
            await tx.inbox.done(ids)

    async def retry_later(self, update_id: int, error: str, /) -> None:
        """Noted only: the pump goes on holding it."""
        async with self._database.transaction(durable=False) as tx:
            await tx.inbox.failed(update_id, error)

    async def dead(self, update_id: int, error: str, /) -> None:
        async with self._database.transaction() as tx:
            await tx.inbox.dead(update_id, error)


class Router:
    """Approved words go to the public by a connector, and so do measures against what stands there; all else,
    an exercise's too, is the chat's.
    """

    def __init__(self, chat: Sender, poster: Sender, moderator: Sender) -> None:
        self._chat = chat
        self._poster = poster
        self._moderator = moderator

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        match queued.what:
            case PublicWarning() | CarryOut():
                return await self._moderator.deliver(queued, chat_id)
            case _ if isinstance(queued.what, PublicReply | ToThePublic):
                return await self._poster.deliver(queued, chat_id)
            case _:
                return await self._chat.deliver(queued, chat_id)


class HealthReport:
    """What /healthz tells: read from the store, the intake and the disk at the moment of asking."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._started = clock.monotonic()
        self.intake: Callable[[], PollHealth | None] = lambda: None
        self.expects_polls = True
        self.beat: Callable[[], Beat | None] = lambda: None

    async def stalls(self) -> list[str]:
        """What stands still now."""
        return stalls(await self.health(), HealthLimits())

    async def ticking(self) -> bool:
        """Whether timers are fired."""
        return is_ticking(await self.health(), HealthLimits())

    def trouble(self) -> str:
        """What is wrong with hearing Telegram, as the team reads it; "" while nothing is."""
        poll = self.intake()
        if poll is None or poll.state in {PollState.STARTING, PollState.LISTENING}:
            return ""
        return WORDS[poll.state] + (f" ({poll.last_error})" if poll.last_error else "")

    def hears(self) -> bool:
        """Whether Telegram is heard now. To a webhook nobody speaks while nothing happens; whoever watches
        over it asks Telegram itself.
        """
        poll = self.intake()
        if poll is None or poll.last_error:
            return False
        quiet = poll.state is PollState.STARTING and not self.expects_polls
        return quiet or poll.state is PollState.LISTENING

    async def health(self) -> Health:
        now = self._clock.now()
        inbox = await self._database.read.inbox.health()
        lanes = await self._database.read.outbox.health()
        poll = self.intake()
        heard = poll.last_answer if poll is not None else None
        behind = _behind(lanes)
        uptime = self._clock.monotonic() - self._started
        ticked = await self._database.read.runs.last_alive()
        # What the bot before this one noted says nothing about this one.
        silent = uptime if ticked is None else min(uptime, (now - ticked).total_seconds())
        return Health(
            uptime_s=uptime,
            intake_state=poll.state if poll is not None else PollState.STARTING,
            intake_age_s=(now - heard).total_seconds() if heard is not None else None,
            inbox_age_s=(now - inbox.oldest).total_seconds() if inbox.oldest is not None else None,
            inbox_waiting=inbox.pending,
            dead_letters=inbox.dead,
            uncertain=sum(lane.count for lane in lanes if lane.state is SendState.UNCERTAIN),
            disk_free_bytes=shutil.disk_usage(self._database.path.parent).free,
            intake_error=poll.last_error if poll is not None else "",
            expects_polls=self.expects_polls,
            outbox_age_s={name: (now - oldest).total_seconds() for name, (oldest, _) in behind.items()},
            outbox_waiting={name: number for name, (_, number) in behind.items()},
            clockwork_age_s=silent,
            heartbeat=self.beat(),
            counters={"updates_stored": poll.stored if poll is not None else 0},
        )


def _behind(lanes: Sequence[LaneHealth]) -> Mapping[str, tuple[datetime, int]]:
    """Per lane the oldest of what waits or is under way, and how many: one that is stuck there shows."""
    found: dict[str, tuple[datetime, int]] = {}
    for lane in lanes:
        if lane.state is not SendState.UNCERTAIN:
            oldest, number = found.get(lane.lane.name.lower(), (lane.oldest, 0))
            found[lane.lane.name.lower()] = (min(oldest, lane.oldest), number + lane.count)
    return found
