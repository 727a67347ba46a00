"""What a failed call means for the outbox."""

from telegram.error import ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.services.delivery import Impossible, Moved, NotSent, Outcome, TooMany, Unsure
from bot.wire.delivery import Delivery, delivery_of, retry_after_s
from bot.wire.redact import redact


def outcome_of(error: TelegramError) -> Outcome:
    """The outbox's word for an error of a Bot API call. Holds no secret."""
    said = redact(f"{type(error).__name__}: {error}")
    if isinstance(error, RetryAfter):
        return TooMany(retry_after_s(error))
    if isinstance(error, InvalidToken):
        return NotSent(said)  # the token will be mended; what is queued must not be lost until then
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    match delivery_of(error):
        case Delivery.NOT_SENT:
            return NotSent(said)
        case Delivery.REFUSED:
            return Impossible(said, blocked=isinstance(error, Forbidden))
        case Delivery.UNCERTAIN:
            return Unsure(said)
