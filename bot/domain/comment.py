"""What a citizen wrote, and where."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.reach import UNKNOWN, Reach

CommentId = NewType("CommentId", int)
"""Names one revision of one comment."""


class Platform(StrEnum):
    """Where it was written; one connector each."""

    TELEGRAM_DISCUSSION = "telegram_discussion"
    TELEGRAM_DM = "telegram_dm"
    FORWARDED = "forwarded"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Origin:
    """The comment's address on its platform; with a revision it names exactly one text."""

    platform: Platform
    thread: str
    message: str

    @property
    def threadless(self) -> bool:
        """A message of a discussion of which Telegram did not say under which post it stands."""
        return self.platform is Platform.TELEGRAM_DISCUSSION and self.thread.endswith("/0")

    def __str__(self) -> str:
        return f"{self.platform}:{self.thread}:{self.message}"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it. An empty key means unknown: a forwarded name is a claim, not an identity."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One revision of a comment. Immutable: an edit is a new revision, the old one stays as evidence."""

    origin: Origin
    author: Author
    text: str
    written_at: datetime
    received_at: datetime
    revision: int = 0
    link: str = ""
    context: str = ""
    """The post that it stands under, shortened."""
    media: str = ""
    """What else came with it: photo, video, voice, document."""
    network: str = ""
    """Where a comment of a file was written (`Network`), as far as the file says."""
    answers: str = ""
    """The message of the same thread that it replies to, where it is no post."""
    reach: Reach = UNKNOWN


def whole(text: str) -> str:
    """Lone surrogates, which no file and no wire can carry, become the replacement character."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def carried(comment: Comment) -> Comment:
    """The comment as it can be kept, so that what arrives twice is equal twice."""
    origin, author = comment.origin, comment.author
    said = (origin.thread, origin.message, author.key, author.name, comment.text, comment.link)
    if all(map(str.isascii, (*said, comment.context))):
        return comment
    return replace(
        comment,
        origin=Origin(origin.platform, whole(origin.thread), whole(origin.message)),
        author=Author(whole(author.key), whole(author.name)),
        text=whole(comment.text),
        link=whole(comment.link),
        context=whole(comment.context),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The classifier's reading of a comment, as the case keeps it."""

    labels: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    """Pairs of label and the word that weighed."""
    topics: tuple[str, ...] = ()
    model: str = ""
    error: str = ""
    """Why there is no verdict; people are told, the comment is kept."""
    rules: tuple[tuple[str, str], ...] = ()
    """Pairs of label and the rule that fired for it, named for people."""

    def score(self, label: str) -> float:
        return dict(self.scores).get(label, 0.0)


@dataclass(frozen=True, slots=True)
class KeptComment:
    """A comment with its place in the store."""

    id: CommentId
    case_id: int
    comment: Comment
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Post:
    """A channel post and the discussion thread under it."""

    chat_id: int
    thread: int
    channel: int
    post: int
    text: str
    link: str


def may_join(first: Comment, later: Comment, within: timedelta) -> bool:
    """Whether one person's two messages are one matter: same person, same thread, `within` of each other.

    In a private chat there is one conversation, so a follow-up joins however late it comes
    (the caller offers open cases only).
    """
    if not first.author.key or first.author.key != later.author.key:
        return False
    if first.origin.platform is not later.origin.platform or first.origin.thread != later.origin.thread:
        return False
    if first.origin.platform is Platform.TELEGRAM_DM:
        return True
    return abs(later.written_at - first.written_at) <= within
