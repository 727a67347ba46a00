"""Keeps secrets out of everything that is written down.

A bot token stands in the path of every Bot API address, so it reaches logs and tracebacks through other
people's libraries: httpx logs every address at INFO, aiohttp puts the address into several exception texts.
Nobody can review all of them; so each record is cleaned where it is made, before any handler sees it.
"""

import io
import logging
import re
import traceback
from collections.abc import Callable, Iterable

# No \b in front: in ".../bot123456:AA..." the digits follow a letter, which is no word boundary, and exactly
# the address form would slip through. Possessive, so that a long run of digits costs linear time.
_TOKEN = re.compile(r"(?<!\d)(\d{6,}+)(:|%3[Aa])[A-Za-z0-9_-]{30,}")
_HIDDEN = "***"
_SHORTEST_LITERAL = 8  # a shorter "secret" would blank out ordinary words

RecordFactory = Callable[..., logging.LogRecord]


def redact(text: str) -> str:
    """`text` with the secret half of every bot token replaced; the bot's number is public and stays."""
    return _TOKEN.sub(rf"\1\2{_HIDDEN}", text)


class Redactor(logging.Filter):
    """Cleans text and log records of bot tokens and of the given literal secrets.

    `secrets`: values that look like nothing in particular (a webhook secret, an SMTP password). A token
    among them also hides its secret half alone, since it is sometimes printed without the number in front.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        found = {part for secret in secrets for part in (secret, secret.partition(":")[2])}
        longest_first = sorted((s for s in found if len(s) >= _SHORTEST_LITERAL), key=len, reverse=True)
        self._literals = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def clean(self, text: str) -> str:
        text = redact(text)
        return self._literals.sub(_HIDDEN, text) if self._literals else text

    def filter(self, record: logging.LogRecord) -> bool:
        """Cleans the record in place and lets it through, always.

        Message and arguments become one finished text, and a traceback becomes text as well: a handler that
        formats by itself (or prints local variables) then has nothing left to leak.
        """
        record.msg = self.clean(_message_of(record))
        record.args = None
        if record.exc_info:
            record.exc_text = self.clean(_traceback_of(record))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001  # a wrong number of arguments must not lose the line that warns of it
        return f"{record.msg!s} {record.args!r} (log line with wrong arguments: {type(error).__name__})"


def _traceback_of(record: logging.LogRecord) -> str:
    if not record.exc_info:
        return ""
    kind, error, trace = record.exc_info
    out = io.StringIO()
    traceback.print_exception(kind, error, trace, file=out)
    return out.getvalue().rstrip("\n")


def install(secrets: Iterable[str] = ()) -> Redactor:
    """Cleans every log record of this process from now on, whichever logger or handler it passes.

    Works at the record factory (so handlers added later and loggers that do not propagate are covered) and
    at the root handlers that exist now (for records built elsewhere, e.g. received over a socket). Calling
    it again adds the new secrets and keeps the old ones. Returns the redactor, for texts that are not log
    lines.
    """
    redactor = Redactor(secrets)
    inner: RecordFactory = logging.getLogRecordFactory()

    def make(*args: object, **kwargs: object) -> logging.LogRecord:
        record = inner(*args, **kwargs)
        redactor.filter(record)
        return record

    logging.setLogRecordFactory(make)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redactor)
    return redactor
