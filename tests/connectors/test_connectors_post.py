"""The approved words under the citizen's comment, over HTTP: plain, in their place, never loose."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import telegram
from fakes import MORNING, comment, verdict

from bot.clock import FakeClock
from bot.connectors.telegram_post import TelegramPoster
from bot.domain.case import CaseId
from bot.domain.comment import CommentId, KeptComment
from bot.domain.incident import RunId
from bot.domain.lane import Lane
from bot.domain.outgoing import OutgoingId, PublicReply, Queued, SendState
from bot.domain.outgoing_steps import DrillPost, PublicPost, RunReply
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftId, DraftState
from bot.sandbox import Sandbox, Scenery, example
from bot.sandbox.model import CHANNEL_RIGHTS
from bot.services.delivery import Impossible, NothingToSay, Sent, Unsure
from bot.services.desk import MANUAL
from bot.wire.outcome import outcome_of

WORDS = "Mulai <b>Senin</b>, ya. Info: https://pu.example.go.id & [peta](tg://user?id=1)"
DRAFT = Draft(
    DraftId(1), CaseId(1), CommentId(1), 0, 3, DraftState.APPROVED, WORDS, (PersonId("sari"),), MORNING
)
QUEUED = Queued(OutgoingId(1), PublicReply(DraftId(1)), Lane.PUBLIC, "draft:1", SendState.SENDING, 1)


@dataclass
class Shelf:
    thing: object | None

    async def get(self, _number: int) -> object | None:
        return self.thing


class Letters:
    """What was approved in incident 3; attempt 2 is the live one."""

    async def letter(self, run: RunId, step: str, attempt: int) -> str | None:
        return WORDS if (run, step, attempt) == (3, "tayang", 2) else None


@dataclass
class Town:
    """A sandbox with one comment, and the poster that answers it."""

    sandbox: Sandbox
    scene: Scenery
    bot: telegram.Bot
    message: int

    def poster(self, draft: Draft | None = DRAFT) -> TelegramPoster:
        written = comment("Kapan?", message=str(self.message), thread=f"{self.scene.discussion.id}/1")
        kept = KeptComment(CommentId(1), 1, written, verdict())
        return TelegramPoster(self.bot, Shelf(draft), Shelf(kept), Letters(), outcome_of)

    def said(self) -> list[str]:
        return [m.text for m in self.sandbox.world.messages(self.scene.discussion.id)]


@pytest.fixture
async def town(clock: FakeClock) -> AsyncIterator[Town]:
    sandbox = Sandbox(clock)
    scene = example(sandbox.world)
    asked = sandbox.world.comment(scene.posts[0], scene.citizens[0], "Kapan?")
    async with (
        sandbox.serve() as url,
        telegram.Bot(sandbox.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot,
    ):
        yield Town(sandbox, scene, bot, asked.message_id)


async def test_the_words_stand_under_the_comment_exactly_as_approved(town: Town) -> None:
    chat = town.scene.discussion.id
    outcome = await town.poster().deliver(QUEUED, chat)
    shown = town.sandbox.world.messages(chat)[-1]
    assert outcome == Sent(chat, shown.message_id)
    assert (shown.text, shown.reply_to) == (WORDS, town.message)
    marked = {entity["type"] for entity in shown.raw.get("entities", [])}
    assert not marked & {"bold", "text_link", "text_mention"}


async def test_without_the_comment_nothing_is_said(town: Town) -> None:
    chat = town.scene.discussion.id
    asked = next(m for m in town.sandbox.world.messages(chat) if m.message_id == town.message)
    town.sandbox.world.delete(asked)
    before = town.said()
    outcome = await town.poster().deliver(QUEUED, chat)
    assert isinstance(outcome, Impossible)
    assert town.said() == before


async def test_where_no_connector_reaches_a_person_is_asked(town: Town) -> None:
    before = town.said()
    assert await town.poster().deliver(QUEUED, 0) == Unsure(MANUAL)
    assert town.said() == before


async def test_a_draft_that_is_gone_has_nothing_to_say(town: Town) -> None:
    chat = town.scene.discussion.id
    assert isinstance(await town.poster(None).deliver(QUEUED, chat), NothingToSay)
    other = replace(QUEUED, what=PublicReply(DraftId(9)))
    assert isinstance(await town.poster(None).deliver(other, chat), NothingToSay)


async def test_an_incidents_words_stand_on_the_channel_and_are_pinned(town: Town) -> None:
    town.sandbox.world.promote(town.scene.channel, town.sandbox.world.bot, frozenset(CHANNEL_RIGHTS))
    post = replace(QUEUED, what=PublicPost(3, "tayang", 2, "telegram-channel", pin=True))
    outcome = await town.poster().deliver(post, town.scene.channel.id)
    shown = town.sandbox.world.messages(town.scene.channel.id)[-1]
    assert outcome == Sent(town.scene.channel.id, shown.message_id)
    assert shown.text == WORDS
    assert town.sandbox.world.chats[town.scene.channel.id].pinned == [shown.message_id]


async def test_a_channel_where_the_bot_may_not_pin_has_the_words_all_the_same(town: Town) -> None:
    rights = frozenset({"can_post_messages"})
    town.sandbox.world.promote(town.scene.channel, town.sandbox.world.bot, rights)
    post = replace(QUEUED, what=PublicPost(3, "tayang", 2, "telegram-channel", pin=True))
    assert isinstance(await town.poster().deliver(post, town.scene.channel.id), Sent)
    assert town.sandbox.world.messages(town.scene.channel.id)[-1].text == WORDS


async def test_an_incidents_reply_stands_under_its_comment(town: Town) -> None:
    chat = town.scene.discussion.id
    reply = replace(QUEUED, what=RunReply(3, "tayang", 2, CommentId(1)))
    assert isinstance(await town.poster().deliver(reply, chat), Sent)
    shown = town.sandbox.world.messages(chat)[-1]
    assert (shown.text, shown.reply_to) == (WORDS, town.message)


async def test_words_of_an_earlier_attempt_and_of_an_exercise_never_leave(town: Town) -> None:
    before = town.said()
    chat = town.scene.discussion.id
    for what in (
        PublicPost(3, "tayang", 1, "telegram-channel"),
        RunReply(3, "tayang", 1, CommentId(1)),
        DrillPost(3, "tayang", 2, "telegram-channel"),
    ):
        assert isinstance(await town.poster().deliver(replace(QUEUED, what=what), chat), NothingToSay)
    assert town.said() == before
