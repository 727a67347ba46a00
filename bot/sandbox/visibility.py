"""What a bot is shown of a chat: membership, administrator rights and privacy mode."""

from bot.sandbox.model import Chat, Kind, Message, User


def bot_sees(bot: User, privacy: bool, chat: Chat, message: Message) -> bool:
    """Whether Telegram makes an update of this message for the bot."""
    if message.sender_id == bot.id:
        return False
    if chat.kind is Kind.PRIVATE:
        return True
    member = chat.member(bot.id)
    if chat.kind is Kind.CHANNEL or not member.present:
        return member.is_admin
    if _from_other_bot(message):
        return False
    return member.is_admin or not privacy or _meant_for(bot, message)


def _from_other_bot(message: Message) -> bool:
    # Telegram's stand-ins for anonymous administrators and channels are marked as bots but speak for people.
    return bool(message.raw.get("from", {}).get("is_bot")) and "sender_chat" not in message.raw


def _meant_for(bot: User, message: Message) -> bool:
    """In privacy mode: commands, mentions, replies to the bot and service messages."""
    me = f"@{bot.username}".lower()
    text = message.text.lower()
    if message.raw.get("reply_to_message", {}).get("from", {}).get("id") == bot.id or me in text:
        return True
    if text.startswith("/"):
        return "@" not in text.split(maxsplit=1)[0]
    return not text and not message.has_media
