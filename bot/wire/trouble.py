"""What is wrong with the intake, how long to wait, and when to tell people. Pure: `now` is an argument."""

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.wire.delivery import retry_after_s
from bot.wire.raw import Unreadable
from bot.wire.redact import redact


class PollState(StrEnum):
    STARTING = "starting"
    LISTENING = "listening"
    UNREACHABLE = "unreachable"
    TOKEN_REJECTED = "token_rejected"  # noqa: S105  # a state, not a password
    SECOND_INSTANCE = "second_instance"
    WEBHOOK_SET = "webhook_set"
    WEBHOOK_MOVED = "webhook_moved"
    WEBHOOK_FAILING = "webhook_failing"
    STORE_FAILING = "store_failing"
    UNREADABLE = "unreadable"


WORDS = {
    PollState.STARTING: "Sedang menyambung ke Telegram.",
    PollState.LISTENING: "Bot tersambung lagi dengan Telegram.",
    PollState.UNREACHABLE: "Telegram tidak bisa dihubungi. Komentar menunggu di sana, paling lama 24 jam.",
    PollState.TOKEN_REJECTED: "Token ditolak Telegram. Periksa token, atau minta yang baru di @BotFather.",
    PollState.SECOND_INSTANCE: "Bot yang sama juga berjalan di tempat lain. Hentikan salah satunya.",
    PollState.WEBHOOK_SET: "Telegram diatur memakai webhook, sehingga bot ini tidak menerima apa pun.",
    PollState.WEBHOOK_MOVED: (
        "Alamat webhook bot ini diubah atau dicabut dari luar, dan kini dipasang lagi. "
        "Periksa apakah tokennya dipakai di tempat lain."
    ),
    PollState.WEBHOOK_FAILING: (
        "Telegram tidak bisa mengirim pesan ke alamat webhook bot ini. "
        "Pesan menunggu di sana, paling lama 24 jam. Periksa alamat, sertifikat, dan jaringannya."
    ),
    PollState.STORE_FAILING: "Pesan masuk tidak bisa disimpan. Periksa disk dan basis data.",
    PollState.UNREADABLE: "Jawaban Telegram tidak terbaca.",
}
"""What to tell the pengelola."""


class NotStored(Exception):
    """The inbox did not take what was received."""


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Seconds, but for `conflicts`, a count.

    `watchdog_s`: without an answer for so long the connection is thrown away and made anew. A single 409 is
    no alarm: a process that was killed may have left a poll open; `conflicts` of them within
    `conflict_window_s` are a second bot. `gather_s`: the breath per update after an answer, in which
    more of them gather, up to `gather_most_s`; a poll for each would be the dearest part of a busy minute.
    When few come it stays that short, and grows by itself when they come faster than one in a breath.
    """

    watchdog_s: float = 90.0
    quiet_alarm_s: float = 60.0
    repeat_alarm_s: float = 900.0
    conflict_window_s: float = 120.0
    conflicts: int = 3
    first_pause_s: float = 1.0
    longest_pause_s: float = 15.0
    token_pause_s: float = 30.0
    token_longest_pause_s: float = 300.0
    gather_s: float = 0.0
    gather_most_s: float = 0.1
    dice: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Trouble:
    """One failed poll. `detail` holds no secret. `ring`: people must be told now."""

    state: PollState
    detail: str
    pause_s: float
    ring: bool


class Troubles:
    """Remembers failures since the last success."""

    def __init__(self, policy: PollPolicy, now: float) -> None:
        self._policy = policy
        self._failures = 0
        self._heard_at = now
        self._conflicts: deque[float] = deque(maxlen=policy.conflicts)
        self._rung: tuple[PollState, float] | None = None

    def failed(self, error: Exception, now: float) -> Trouble:
        """Takes note of a failed poll."""
        self._failures += 1
        state = _state_of(error)
        if state is PollState.SECOND_INSTANCE:
            self._conflicts.append(now)
        ring = self._lasts(state, now) and self._not_told_yet(state, now)
        if ring:
            self._rung = (state, now)
        return Trouble(state, redact(f"{type(error).__name__}: {error}"), self._pause(state, error), ring)

    def heard(self, now: float) -> bool:
        """Takes note of a success. True when people had been told of a trouble and it is now over.

        Two bots on one token get an answer in turns, so that trouble is over only when no 409 came for long.
        """
        self._failures = 0
        self._heard_at = now
        if self._rung is None:
            return False
        if self._rung[0] is PollState.SECOND_INSTANCE and self._recent_conflicts(now):
            return False
        self._rung = None
        return True

    def _lasts(self, state: PollState, now: float) -> bool:
        if state is PollState.SECOND_INSTANCE:
            return self._recent_conflicts(now) >= self._policy.conflicts
        if state in {PollState.UNREACHABLE, PollState.UNREADABLE}:
            quiet = now - self._heard_at
            again = self._failures > 1 and quiet >= self._policy.quiet_alarm_s
            return again or quiet >= self._policy.watchdog_s
        return True

    def _not_told_yet(self, state: PollState, now: float) -> bool:
        return (
            self._rung is None
            or self._rung[0] is not state
            or now - self._rung[1] >= self._policy.repeat_alarm_s
        )

    def _recent_conflicts(self, now: float) -> int:
        return sum(now - at <= self._policy.conflict_window_s for at in self._conflicts)

    def _pause(self, state: PollState, error: Exception) -> float:
        """Doubling, with jitter, so that many bots do not come back in step; never before Telegram allows."""
        policy, token = self._policy, state is PollState.TOKEN_REJECTED
        first = policy.token_pause_s if token else policy.first_pause_s
        longest = policy.token_longest_pause_s if token else policy.longest_pause_s
        doubled = min(longest, first * 2.0 ** min(self._failures - 1, 20))
        pause = doubled * (0.5 + policy.dice() / 2)
        return max(pause, retry_after_s(error)) if isinstance(error, RetryAfter) else pause


def _state_of(error: Exception) -> PollState:
    if isinstance(error, InvalidToken):
        return PollState.TOKEN_REJECTED
    if isinstance(error, Conflict):
        webhook = "webhook" in str(error).lower()
        return PollState.WEBHOOK_SET if webhook else PollState.SECOND_INSTANCE
    if isinstance(error, NotStored):
        return PollState.STORE_FAILING
    return PollState.UNREADABLE if isinstance(error, Unreadable) else PollState.UNREACHABLE
