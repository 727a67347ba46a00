"""How an agency writes: who approves, what is guarded, the style of the house, the words to mind."""

from bot.domain.house_style import HouseStyle
from bot.domain.reply import ApprovalPolicy
from bot.files.neutral_words import load_neutral_words
from bot.files.settings import Settings
from bot.services.replies import ReplyPolicy


def reply_policy(settings: Settings) -> ReplyPolicy:
    """What the config says of replies and their approval."""
    row = settings.approval
    approval = ApprovalPolicy(
        expires=row.expires,
        levels=tuple(str(level) for level in row.levels),
        alone=row.alone,
        alone_pause=row.alone_pause,
        instant_closed=row.instant_closed,
    )
    style = HouseStyle(settings.style.salutations, settings.style.closings, settings.style.longest or 0)
    guard, words = frozenset(settings.guard.allow), load_neutral_words(settings.neutral_words)
    return ReplyPolicy(approval, guard, settings.links.allow, row.pace, style, words)
