"""A local Bot API on the loopback with a web page: try, drill and test a bot without a token.

It knows nothing of what the bot does: it stands for Telegram's servers and for the people at the phones.
"""

from bot.sandbox.faults import Break, Fault, Faults
from bot.sandbox.limits import Limits
from bot.sandbox.media import media
from bot.sandbox.model import Chat, Kind, Member, Message, Press, Status, User
from bot.sandbox.server import TOKEN, Identity, Sandbox
from bot.sandbox.stage import Phone, Scenery, Stage, View, example
from bot.sandbox.world import World

__all__ = [
    "TOKEN",
    "Break",
    "Chat",
    "Fault",
    "Faults",
    "Identity",
    "Kind",
    "Limits",
    "Member",
    "Message",
    "Phone",
    "Press",
    "Sandbox",
    "Scenery",
    "Stage",
    "Status",
    "User",
    "View",
    "World",
    "example",
    "media",
]
