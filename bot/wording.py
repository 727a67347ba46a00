"""How an agency writes: who approves, what is guarded, the style of the house, the words to mind."""

import logging
from collections.abc import Callable, Mapping
from functools import cache

from bot.domain.house_style import HouseStyle
from bot.domain.reply import ApprovalPolicy
from bot.files.fault import FilesFaulty
from bot.files.neutral_words import load_neutral_words
from bot.files.settings import Settings
from bot.files.topics import load_topics
from bot.services.replies import ReplyPolicy

log = logging.getLogger(__name__)


def reply_policy(settings: Settings) -> ReplyPolicy:
    """What the config says of replies and their approval."""
    row = settings.approval
    approval = ApprovalPolicy(
        expires=row.expires,
        levels=tuple(str(level) for level in row.levels),
        alone=row.alone,
        alone_pause=row.alone_pause,
        instant_closed=row.instant_closed,
        repeat=row.repeat,
    )
    style = HouseStyle(settings.style.salutations, settings.style.closings, settings.style.longest or 0)
    guard, words = frozenset(settings.guard.allow), load_neutral_words(settings.neutral_words)
    return ReplyPolicy(approval, guard, settings.links.allow, row.pace, style, words)


def topic_names(settings: Settings) -> Callable[[], Mapping[str, str]]:
    """How topics are called, read when somebody first has to be told of one; their keys where that fails."""

    @cache
    def names() -> Mapping[str, str]:
        try:
            return {topic.key: topic.name for topic in load_topics(settings.topics)}
        except FilesFaulty:
            log.warning("the topic list cannot be read any more; run tanggap check")
            return {}

    return names
