"""How a draft will look to the citizen, and one more template in it."""

from collections.abc import Sequence
from functools import partial

from telegram import CallbackQuery, LinkPreviewOptions

from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import say_in_private
from bot.chat.render import b, lines, render
from bot.chat.word_actions import AddSnippet, DraftWordAction
from bot.chat.words import preview as say
from bot.services.tap import Tap

PURPOSES = frozenset({"template"})
_LIKE_THE_REPLY = LinkPreviewOptions(is_disabled=True)
"""As the reply under a comment is posted: see connectors.telegram_post."""


async def answered(doors: Doors, _kind: str, _numbers: Sequence[str], tap: Tap, text: str) -> None:
    """Title and source of a template to be."""
    await doors.services.template_life.propose(tap, text)


async def press(doors: Doors, action: DraftWordAction, tap: Tap, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    if isinstance(action, AddSnippet):
        await doors.services.replies.snippets.add(tap, action.template)
        return say.ADDED
    return await _show(doors, tap, query)


async def _show(doors: Doors, tap: Tap, query: CallbackQuery) -> str:
    """The exact text as a message of its own, plain as the public one; before it what there is to know."""
    shown = await doors.services.replies.previews.of(tap)
    head = render(lines((b(say.head(shown.case)),), *say.about(shown)))
    if not await say_in_private(doors, query, head, protect=True):
        return say.NOT_SHOWN
    reader, speak = query.from_user.id, query.get_bot().send_message
    for text in shown.messages:
        public = partial(speak, reader, text, link_preview_options=_LIKE_THE_REPLY, protect_content=True)
        if not await doors.voice.say(reader, public):
            return say.NOT_SHOWN
    return say.SHOWN
