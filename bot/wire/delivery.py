"""After a failed call: did it reach Telegram or not?

sendMessage has no idempotency key, so a message whose answer was lost must not simply be sent again to the
public. These are the three answers that the outbox decides by.

    TelegramError
    └── NetworkError
        ├── NotSent         no connection came about: nothing was written, sending again is safe
        └── BadRequest
            └── Unsendable  refused here, before writing: the text cannot be put on the wire as it is
"""

from datetime import timedelta
from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class Delivery(StrEnum):
    NOT_SENT = "not_sent"
    """Surely not delivered, and Telegram knows nothing of it: send again."""
    REFUSED = "refused"
    """Surely not delivered, because Telegram (or the check before it) said no: the error says what to do."""
    UNCERTAIN = "uncertain"
    """Something was written and no answer that decides came back: it may or may not stand there."""


class NotSent(NetworkError):
    """The connection failed before a byte of the call was written."""

    __slots__ = ()


class Unsendable(BadRequest):
    """The call holds text that is no valid Unicode. Permanent: the same call fails every time."""

    __slots__ = ()


_REFUSALS = (BadRequest, Forbidden, RetryAfter, ChatMigrated, InvalidToken, Conflict, EndPointNotFound)


def delivery_of(error: BaseException) -> Delivery:
    """What `error`, raised by a Bot API call, says about that call. Unknown errors count as uncertain."""
    if isinstance(error, NotSent):
        return Delivery.NOT_SENT
    if isinstance(error, _REFUSALS):
        return Delivery.REFUSED
    return Delivery.UNCERTAIN


def retry_after_s(error: RetryAfter) -> float:
    """Seconds that Telegram asked to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
