"""Comments under a channel's posts: who is a citizen, and under which post they write."""

from dataclasses import dataclass, field

import pytest
from messages import (
    ANONYMOUS,
    AT,
    CHANNEL,
    CHANNEL_BOT,
    DISCUSSION,
    GROUP,
    NEWS,
    TELEGRAM,
    USERNAME,
    WARGA,
    WRITTEN,
    message,
    post,
)
from telegram import Message

from bot.connectors.telegram_discussion import DiscussionConnector
from bot.domain.comment import Author, Comment, Origin, Platform, Post

FILE = {"file_id": "a", "file_unique_id": "b"}


@dataclass
class Kept:
    """What intake was given."""

    comments: list[tuple[Comment, str]] = field(default_factory=list)
    posts: dict[tuple[int, int], Post] = field(default_factory=dict)

    async def receive(self, comment: Comment, cause: str) -> None:
        self.comments.append((comment, cause))

    async def learn_post(self, post: Post) -> None:
        self.posts[post.chat_id, post.thread] = post

    async def post_of(self, chat_id: int, thread: int) -> Post | None:
        return self.posts.get((chat_id, thread))


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def connector(kept: Kept) -> DiscussionConnector:
    return DiscussionConnector({GROUP: CHANNEL}, kept)


async def read(connector: DiscussionConnector, given: Message, *, from_team: bool = False) -> None:
    await connector.on_message(given, "update:1", AT, from_team=from_team)


async def test_a_post_that_arrives_by_itself_is_learned_and_is_no_comment(
    connector: DiscussionConnector, kept: Kept
) -> None:
    await read(connector, post())
    assert kept.comments == []
    assert kept.posts == {
        (GROUP, 10): Post(
            GROUP, 10, CHANNEL, 33, "Jadwal layanan\nkeliling  minggu ini", f"https://t.me/{USERNAME}/33"
        )
    }


async def test_an_edit_that_does_not_say_its_thread_takes_no_other_message_for_it(
    connector: DiscussionConnector, kept: Kept
) -> None:
    other = {"message_id": 69, "date": WRITTEN, "chat": DISCUSSION, "from": WARGA, "text": "Sama"}
    await read(connector, message(70, reply_to_message=other))
    await read(connector, message(70, reply_to_message=other, edit_date=WRITTEN + 60))
    await read(connector, message(70, message_thread_id=10, edit_date=WRITTEN + 90))
    assert [comment.origin.thread for comment, _ in kept.comments] == [
        f"{GROUP}/69", f"{GROUP}/0", f"{GROUP}/10",
    ]  # fmt: skip


async def test_a_comment_knows_its_post_its_writer_and_its_address(
    connector: DiscussionConnector, kept: Kept
) -> None:
    await read(connector, post())
    await read(connector, message(70, message_thread_id=10))
    assert kept.comments == [
        (
            Comment(
                Origin(Platform.TELEGRAM_DISCUSSION, f"{GROUP}/10", "70"),
                Author("tg:501", "Warga Melati"),
                "Kapan jalan diperbaiki?",
                AT,
                AT,
                link="https://t.me/c/1000000007/70?thread=10",
                context="Jadwal layanan keliling minggu ini",
            ),
            "update:1",
        )
    ]


async def test_a_comment_before_its_post_is_known_has_no_context_but_is_kept(
    connector: DiscussionConnector, kept: Kept
) -> None:
    await read(connector, message(70, reply_to_message=post(10).to_dict()))
    comment = kept.comments[0][0]
    assert (comment.context, comment.origin.thread) == ("", f"{GROUP}/10")


async def test_a_comment_tells_whom_it_answers_and_under_the_post_nobody(
    connector: DiscussionConnector, kept: Kept
) -> None:
    other = {"message_id": 70, "date": WRITTEN, "chat": DISCUSSION, "from": WARGA, "text": "Kapan?"}
    root = post(10).to_dict()
    await read(connector, message(70, message_thread_id=10, reply_to_message=root))
    await read(connector, message(71, message_thread_id=10, reply_to_message=other))
    await read(connector, message(71, message_thread_id=10, reply_to_message=other, edit_date=WRITTEN + 60))
    await read(connector, message(72, reply_to_message=other))
    assert [one.answers for one, _ in kept.comments] == ["", "70", "", ""]


async def test_a_message_outside_any_thread_is_kept(connector: DiscussionConnector, kept: Kept) -> None:
    await read(connector, message(70))
    assert kept.comments[0][0].origin.thread == f"{GROUP}/0"
    assert kept.comments[0][0].link == "https://t.me/c/1000000007/70"


async def test_an_edit_has_the_same_origin_and_the_time_of_the_edit(
    connector: DiscussionConnector, kept: Kept
) -> None:
    await read(connector, message(70, message_thread_id=10))
    await read(connector, message(70, message_thread_id=10, text="Kapan?!", edit_date=WRITTEN + 60))
    before, after = (comment for comment, _ in kept.comments)
    assert after.origin == before.origin
    assert (after.text, (after.written_at - before.written_at).total_seconds()) == ("Kapan?!", 60)


async def test_a_citizen_may_write_as_a_channel_of_their_own(
    connector: DiscussionConnector, kept: Kept
) -> None:
    own = {"id": -1009, "type": "channel", "title": "Kanal Warga"}
    await read(connector, message(70, **{"from": CHANNEL_BOT}, sender_chat=own))
    assert kept.comments[0][0].author == Author("chat:-1009", "Kanal Warga")


NOT_CITIZENS = (
    "anonymous admin",
    "linked channel",
    "channel post",
    "777000",
    "1087968824",
    "bot",
    "nobody",
    "empty",
    "service",
)


@pytest.mark.parametrize(
    "fields",
    [
        {"from": ANONYMOUS, "sender_chat": DISCUSSION},
        {"from": CHANNEL_BOT, "sender_chat": NEWS},
        {"from": TELEGRAM, "sender_chat": NEWS},
        {"from": TELEGRAM},
        {"from": ANONYMOUS},
        {"from": {"id": 9, "is_bot": True, "first_name": "Bot lain"}},
        {"from": None},
        {"text": None},
        {"text": None, "new_chat_title": "Diskusi baru"},
    ],
    ids=NOT_CITIZENS,
)
async def test_who_speaks_for_the_agency_and_what_says_nothing_is_no_comment(
    connector: DiscussionConnector, kept: Kept, fields: dict[str, object]
) -> None:
    await read(connector, message(70, **fields))
    assert kept.comments == []


async def test_the_teams_own_words_are_no_comment(connector: DiscussionConnector, kept: Kept) -> None:
    await read(connector, message(70), from_team=True)
    assert kept.comments == []


async def test_a_channel_writing_in_a_group_that_moved_is_read_without_a_fault(
    connector: DiscussionConnector, kept: Kept
) -> None:
    moved = {"id": -1001000000099, "type": "supergroup", "title": "Diskusi"}
    other = {"id": -1009, "type": "channel", "title": "Kanal Warga"}
    await read(connector, message(70, chat=moved, sender_chat=other))
    assert len(kept.comments) == 1


@pytest.mark.parametrize(
    ("fields", "media"),
    [
        ({"photo": [{**FILE, "width": 1, "height": 1}], "caption": "ini"}, "photo"),
        ({"voice": {**FILE, "duration": 3}}, "voice"),
        ({"location": {"latitude": -6.2, "longitude": 106.8}}, "location"),
    ],
)  # fmt: skip
async def test_media_are_noted_and_their_caption_is_the_text(
    connector: DiscussionConnector, kept: Kept, fields: dict[str, object], media: str
) -> None:
    await read(connector, message(70, text=None, **fields))
    comment = kept.comments[0][0]
    assert (comment.media, comment.text) == (media, fields.get("caption", ""))


async def test_a_group_with_a_name_has_readable_addresses_and_long_posts_are_shortened(
    connector: DiscussionConnector, kept: Kept
) -> None:
    named = {**DISCUSSION, "username": "diskusikota"}
    kept.posts[GROUP, 10] = Post(GROUP, 10, CHANNEL, 33, "kata " * 100, "")
    await read(connector, message(70, chat=named, message_thread_id=10, **{"from": WARGA}))
    comment = kept.comments[0][0]
    assert comment.link == "https://t.me/diskusikota/70?thread=10"
    assert len(comment.context) == 200
    assert comment.context.endswith("…")
