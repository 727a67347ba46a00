"""Private messages, and what the team brings in: known by where it came from, else by its words."""

from dataclasses import dataclass, field

import pytest
from messages import AT, CHANNEL, NEWS, USERNAME, WARGA, forwarded, message, private
from telegram import Message

from bot.connectors.forwarded import ForwardedConnector
from bot.connectors.telegram_dm import DirectConnector
from bot.domain.comment import Author, Comment, Origin, Platform
from bot.domain.people import PersonId

SARI = PersonId("sari")
USER = {"type": "user", "sender_user": WARGA}
HIDDEN = {"type": "hidden_user", "sender_user_name": "Bu Melati"}
POST = {"type": "channel", "chat": NEWS, "message_id": 33, "author_signature": "Humas"}
CHAT = {
    "type": "chat",
    "sender_chat": {"id": -1008, "type": "supergroup", "title": "RT 05", "username": "rt05"},
}


@dataclass
class Kept:
    comments: list[Comment] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    async def receive(self, comment: Comment, cause: str, by: str = "bot") -> str:
        self.comments.append(comment)
        self.by.append(by)
        return f"kept for {cause}"


@pytest.fixture
def kept() -> Kept:
    return Kept()


async def bring(kept: Kept, *given: Message) -> None:
    connector = ForwardedConnector(kept)
    for one in given:
        assert await connector.bring(one, SARI, "update:1", AT) == "kept for update:1"


async def test_a_private_message_is_a_comment_of_its_writer(kept: Kept) -> None:
    await DirectConnector(kept).on_message(private(5), "update:1", AT)
    assert kept.comments == [
        Comment(
            Origin(Platform.TELEGRAM_DM, "501", "5"),
            Author("tg:501", "Warga Melati"),
            "Kapan jalan diperbaiki?",
            AT,
            AT,
        )
    ]


async def test_a_private_picture_or_voice_is_noted(kept: Kept) -> None:
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    direct = DirectConnector(kept)
    await direct.on_message(private(5, text=None, voice=voice), "update:1", AT)
    await direct.on_message(private(6, text=None, photo=photo, caption="Lihat ini"), "update:2", AT)
    assert [(c.media, c.text) for c in kept.comments] == [("voice", ""), ("photo", "Lihat ini")]


async def test_bots_and_empty_messages_are_not_kept(kept: Kept) -> None:
    direct = DirectConnector(kept)
    await direct.on_message(private(5, **{"from": {**WARGA, "is_bot": True}}), "update:1", AT)
    await direct.on_message(private(6, text=None), "update:2", AT)
    await direct.on_message(private(7, **{"from": None}), "update:3", AT)
    assert kept.comments == []


@pytest.mark.parametrize(
    ("origin", "author", "link"),
    [
        (USER, Author("tg:501", "Warga Melati"), ""),
        (HIDDEN, Author("", "Bu Melati"), ""),
        (POST, Author(f"chat:{CHANNEL}", "Kota Contoh"), f"https://t.me/{USERNAME}/33"),
        (CHAT, Author("chat:-1008", "RT 05"), "https://t.me/rt05"),
    ],
    ids=["user", "hidden user", "channel", "chat"],
)
async def test_whoever_forwards_it_and_however_often_it_is_one_comment(
    kept: Kept, origin: dict[str, object], author: Author, link: str
) -> None:
    other_chat = {"id": 777, "type": "private", "first_name": "Budi"}
    await bring(kept, forwarded(origin, 90), forwarded(origin, 91, chat=other_chat))
    first, again = kept.comments
    assert first.origin == again.origin
    assert (first.author, first.link) == (author, link)
    assert (AT - first.written_at).total_seconds() == 600
    assert kept.by == ["sari", "sari"]


async def test_other_words_or_another_writer_are_another_comment(kept: Kept) -> None:
    someone = {"type": "hidden_user", "sender_user_name": "Pak Melati"}
    await bring(
        kept,
        forwarded(HIDDEN, 90),
        forwarded(HIDDEN, 91, text="Kapan?"),
        forwarded(someone, 92),
        forwarded({**HIDDEN, "date": 1}, 93),
        forwarded({**POST, "message_id": 34}, 94),
        forwarded(POST, 95),
    )
    assert len({comment.origin for comment in kept.comments}) == 6


async def test_a_message_that_was_replied_to_is_known_by_its_place(kept: Kept) -> None:
    await bring(kept, message(70), message(70), message(71))
    assert [c.origin.message for c in kept.comments] == ["70", "70", "71"]
    assert kept.comments[0].author == Author("tg:501", "Warga Melati")


async def test_a_forwarded_picture_keeps_its_caption(kept: Kept) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    await bring(kept, forwarded(USER, 90, text=None, photo=photo, caption="Banjir \ud83d"))
    assert (kept.comments[0].media, kept.comments[0].text) == ("photo", "Banjir \ud83d")
