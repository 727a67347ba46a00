"""The peer: a bot that posts one card per comment, into the limits that the sandbox itself keeps."""

from bot.clock import MovableClock
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Limits, Pace

_GROUP = -1001


def hours_of_one_card_each(cards: int) -> float:
    """Every card goes through the sandbox's limiter, on a clock that is moved by what each 429 asks for.

    No such bot can be faster: nothing else takes it time, and it never waits longer than it is told to.
    """
    clock = MovableClock()
    pace, begun = Pace(clock, Limits()), clock.now()
    for _ in range(cards):
        while wait_s := _sent_or_wait(pace):
            clock.advance(wait_s)
    return (clock.now() - begun).total_seconds() / 3600


def _sent_or_wait(pace: Pace) -> int:
    """Seconds until it may be tried again; 0 when it is sent."""
    try:
        pace.sent(_GROUP, group=True)
    except ApiError as refused:
        return int(refused.parameters["retry_after"])
    return 0
