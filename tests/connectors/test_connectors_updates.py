"""Which private messages are a citizen's words: also those that follow a command."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from fakes import person
from messages import AT, WARGA, private
from telegram import Message, Update

from bot.clock import FakeClock
from bot.connectors.forwarded import ForwardedConnector
from bot.connectors.telegram_discussion import DiscussionConnector
from bot.connectors.telegram_dm import DirectConnector
from bot.connectors.telegram_updates import PublicUpdates
from bot.domain.comment import Comment, Post
from bot.domain.errors import NotEnrolled
from bot.domain.people import Person, Role


@dataclass
class Intake:
    texts: list[str] = field(default_factory=list)

    async def receive(self, comment: Comment, cause: str, by: str = "bot") -> str:
        self.texts.append(comment.text)
        return f"{cause} {by}"

    async def learn_post(self, post: Post) -> None:
        raise AssertionError(post)

    async def post_of(self, chat_id: int, thread: int) -> Post | None:
        raise AssertionError(chat_id, thread)


@dataclass
class Team:
    members: tuple[int, ...] = ()

    async def person_of(self, telegram_id: int) -> Person:
        if telegram_id not in self.members:
            raise NotEnrolled
        return person("sari", Role.ADMIN)


async def heard(message: Message, *, members: tuple[int, ...] = (), now: datetime = AT) -> list[str]:
    """What reaches the intake of a private message."""
    intake = Intake()
    public = PublicUpdates(
        DiscussionConnector({}, intake),
        DirectConnector(intake),
        ForwardedConnector(intake),
        Team(members),
        FakeClock(now),
    )
    update = Update(1, message=message)
    for handler in public.handlers():
        if handler.check_update(update):
            await handler.callback(update, None)  # type: ignore[arg-type]  # the context is not used
    return intake.texts


def command(text: str) -> Message:
    length = len(text.split(maxsplit=1)[0])
    return private(5, text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}])


@pytest.mark.parametrize("text", ["/lapor jalan rusak di Melati", "/keluhan\nair mati", "/tolong banjir"])
async def test_what_a_citizen_writes_behind_a_command_is_heard(text: str) -> None:
    assert await heard(command(text)) == [text]


@pytest.mark.parametrize("text", ["/lapor", "/bantuan", "/start Abc-123", "/mulai Abc-123", "/start@bot x"])
async def test_a_bare_command_or_an_invitation_is_no_comment(text: str) -> None:
    assert await heard(command(text)) == []


async def test_a_command_of_the_team_is_no_comment() -> None:
    assert await heard(command("/cari jalan rusak"), members=(WARGA["id"],)) == []


@pytest.mark.parametrize(
    ("text", "heard_as"), [("/kunci", ["/kunci"]), ("/mulai Abc-123", ["/mulai Abc-123"])]
)
async def test_a_command_that_the_team_forwards_is_a_citizens_text(text: str, heard_as: list[str]) -> None:
    origin = {"type": "hidden_user", "date": 1795400000, "sender_user_name": "Warga"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    brought = private(5, text=text, entities=entities, forward_origin=origin)
    assert await heard(brought, members=(WARGA["id"],)) == [text]
