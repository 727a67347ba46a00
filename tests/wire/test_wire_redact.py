"""A canary token goes through every log there is at DEBUG; nothing of its secret half may come out."""

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import TelegramError
from wire_loopback import SECRET_HALF, TOKEN, Api, closed_port_url, reset, status

from bot.wire.redact import Redactor, install, redact
from bot.wire.transport import Timeouts, TransportKind, make_request

ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The root logger at DEBUG into a text, with redaction installed as the program does."""
    factory, root = logging.getLogRecordFactory(), logging.getLogger()
    level, out = root.level, io.StringIO()
    # `run` hushes these; another test of this process may have called it.
    hushed = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram")}
    for name in hushed:
        logging.getLogger(name).setLevel(logging.NOTSET)
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    install([TOKEN, "rahasia-webhook-1"])
    yield out
    root.removeHandler(handler)
    root.setLevel(level)
    for name, old in hushed.items():
        logging.getLogger(name).setLevel(old)
    for other in root.handlers:
        for known in [f for f in other.filters if isinstance(f, Redactor)]:
            other.removeFilter(known)
    logging.setLogRecordFactory(factory)


def fail(error: Exception) -> None:
    raise error


def test_the_token_in_an_address_is_hidden_and_the_bots_number_stays() -> None:
    assert redact(ADDRESS) == "https://api.telegram.org/bot123456789:***/sendMessage"
    assert SECRET_HALF not in redact(ADDRESS.replace(":AA", "%3AAA"))
    assert SECRET_HALF not in redact(repr(ADDRESS.encode()))


def test_times_prices_and_addresses_are_left_alone() -> None:
    text = "07:30 Rp1.500.000 http://127.0.0.1:8080/healthz 2026-11-21T03:00:00 id 123456789:pendek"
    assert redact(text) == text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.text(), after=st.text())
def test_whatever_stands_around_it_the_secret_goes(before: str, after: str) -> None:
    assert SECRET_HALF not in redact(f"{before}{TOKEN} {after}")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = redact(f"{text}{TOKEN}{text}")
    assert redact(once) == once


def test_a_million_digits_cost_no_time() -> None:
    assert redact("1" * 1_000_000) == "1" * 1_000_000


def test_message_arguments_and_traceback_are_cleaned(log: io.StringIO) -> None:
    logger = logging.getLogger("mana.saja")
    logger.info("calling %s for %d", ADDRESS, 7)
    logger.info(f"calling {ADDRESS}")  # noqa: G004  # other people's code does this
    logger.debug({"url": ADDRESS})
    logger.info("dict %(url)s", {"url": ADDRESS})
    try:
        fail(ConnectionError(f"cannot reach {ADDRESS}"))
    except ConnectionError:
        logger.exception("failed, secret %s", "rahasia-webhook-1")
    logger.warning("here", stack_info=True)
    text = log.getvalue()
    assert "calling https://api.telegram.org/bot123456789:***/sendMessage for 7" in text
    assert "ConnectionError: cannot reach" in text, "the traceback itself is kept"
    assert SECRET_HALF not in text
    assert "rahasia-webhook-1" not in text


def test_the_secret_half_alone_is_hidden_too(log: io.StringIO) -> None:
    logging.getLogger("x").info("key=%s", SECRET_HALF)
    assert SECRET_HALF not in log.getvalue()


def test_a_logger_that_does_not_propagate_and_a_later_handler_are_covered(log: io.StringIO) -> None:
    out = io.StringIO()
    logger = logging.getLogger("sendiri")
    logger.propagate = False
    handler = logging.StreamHandler(out)
    logger.addHandler(handler)
    logger.error("see %s", ADDRESS)
    logger.removeHandler(handler)
    assert "see" in out.getvalue()
    assert SECRET_HALF not in out.getvalue()


def test_a_handler_that_prints_the_exception_itself_finds_none(log: io.StringIO) -> None:
    seen: list[logging.LogRecord] = []

    class Curious(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record)

    curious = Curious()
    logging.getLogger().addHandler(curious)
    try:
        fail(ValueError(ADDRESS))
    except ValueError:
        logging.getLogger("x").exception("oops")
    logging.getLogger().removeHandler(curious)
    assert SECRET_HALF not in repr(seen[0].__dict__)


def test_a_log_line_with_wrong_arguments_is_still_written(log: io.StringIO) -> None:
    arguments = ("penuh", ADDRESS)
    logging.getLogger("x").warning("disk %d percent", *arguments)
    assert "penuh" in log.getvalue()
    assert SECRET_HALF not in log.getvalue()


def test_a_record_made_elsewhere_is_cleaned_by_the_root_handlers(log: io.StringIO) -> None:
    record = logging.makeLogRecord({"msg": "from a socket: %s", "args": (ADDRESS,), "levelno": logging.INFO})
    record.exc_text = f"Traceback: {ADDRESS}"
    install([TOKEN])
    for handler in logging.getLogger().handlers:
        handler.handle(record)
    assert "from a socket" in log.getvalue()
    assert SECRET_HALF not in log.getvalue()


@pytest.mark.parametrize("kind", ["aiohttp", "httpx"])
async def test_everything_that_the_libraries_log_at_debug(
    log: io.StringIO, api: Api, kind: TransportKind
) -> None:
    api.answers = [reset, status(500), status(401, "Unauthorized"), status(404, "Not Found")]
    quick = Timeouts(connect=0.3, read=0.3, pool=0.3)
    for url in [api.url] * 5 + [closed_port_url()]:
        async with make_request(kind, timeouts=quick) as request:
            bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
            try:
                await bot.send_message(7, "halo")
            except TelegramError:
                logging.getLogger("uji").exception("sending failed")
            except TypeError:
                logging.getLogger("uji").info("the last answer was no message")
    text = log.getvalue()
    assert text.count("sending failed") >= 5
    if kind == "httpx":
        assert "HTTP Request: POST" in text, "httpx did log the address, so there was something to hide"
    assert SECRET_HALF not in text


async def test_a_rejected_token_is_not_repeated_by_ptb(log: io.StringIO, api: Api) -> None:
    api.answers = [status(401, "Unauthorized")]
    async with make_request() as request:
        bot = Bot(TOKEN, base_url=f"{api.url}/bot", request=request)
        with pytest.raises(TelegramError) as caught:
            await bot.initialize()
        await bot.shutdown()
    logging.getLogger("uji").error("cannot start", exc_info=caught.value)
    assert SECRET_HALF in str(caught.value), (
        "PTB puts the token into this text: show it only through redact()"
    )
    assert SECRET_HALF not in redact(str(caught.value))
    assert "cannot start" in log.getvalue()
    assert SECRET_HALF not in log.getvalue()
