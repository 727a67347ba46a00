"""How fast the bot may speak. A pure state machine: `now` is an argument, seconds of a monotonic clock.

Telegram publishes no formula, so each limit is a sliding window, the strictest reading of "so many per
minute": a bucket that refills lets nearly twice as many through when full and refilling fall together, and
the answer to that is 429, which silences the chat just when a crisis begins.

Lanes say who is served when a window runs short: 0 crisis and pages, 1 approvals, 2 public replies, 3 boards
and reports. The last places of a window are kept for lane 0, the ones before them for lane 1.

Below them all are alarms (-1): the card of somebody at risk, which has a place of its own every minute, and
the board's edits about emergencies, one every few seconds while they come. The more of these a group's window
of edits holds, the more of it is kept for those to come, whatever the others' lane.
"""

from collections import deque
from dataclasses import dataclass, field

_FORGET_EVERY = 512  # calls between two looks for chats that have been quiet
_FORGET_AFTER_S = 300.0
_NOTHING_S = 1e-6  # a wait below this is rounding, not waiting
_MANY_CHATS = 3
_SAME_MOMENT_S = 1.0
_CRISIS = 0
_MORE_TO_COME_S = 30.0
"""After an alarm others follow; so long after the last one none is waited for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` calls in any `seconds`.

    `kept`: how many of them only lanes 0 and 1 may use; `kept_for_crisis`: how many of those only lane 0;
    `kept_for_alarm`: how many of those only alarms.
    """

    count: int
    seconds: float
    kept: int = 0
    kept_for_crisis: int = 0
    kept_for_alarm: int = 0

    def places(self, lane: int) -> int:
        if lane < _CRISIS:
            return self.count
        if lane == _CRISIS:
            return self.count - self.kept_for_alarm
        return self.count - (self.kept_for_crisis if lane == 1 else self.kept)


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's known limits with room to spare: calls arrive there in another rhythm than they leave here.

    `chat` holds for groups too: the minute's quota spent in one second is a burst as well.
    """

    everywhere: Limit = Limit(25, 1.0, kept=3, kept_for_crisis=2)
    chat: Limit = Limit(3, 3.3, kept=1, kept_for_crisis=1)
    group: Limit = Limit(18, 60.5, kept=4, kept_for_crisis=2, kept_for_alarm=1)
    group_edits: Limit = Limit(20, 63.0, kept=4, kept_for_crisis=2)
    alarms: int = 16
    """So many of a group's edits are the alarms' while they come without a pause."""
    beside_alarms: Limit = Limit(4, 12.0)
    """A group's other edits meanwhile. In one burst they would take the minute that is the alarms'."""
    private_edits: Limit = Limit(5, 5.5, kept=2, kept_for_crisis=1)
    presses: Limit = Limit(20, 10.0)
    """What one person may press; the other way round, but the same question: how much is too much."""


class _Window:
    """The times of the last calls under one limit, oldest first; never more than its count."""

    __slots__ = ("_limit", "_times")

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._times: deque[float] = deque(maxlen=limit.count)

    def ready_in(self, lane: int, now: float) -> float:
        return self._wait(self._limit.places(lane), now)

    def _wait(self, places: int, now: float) -> float:
        if len(self._times) < places:
            return 0.0
        # The call that must have left the window before one more fits into this lane's places.
        return self._times[-places] + self._limit.seconds - now

    def take(self, _lane: int, now: float) -> None:
        self._times.append(now)

    def last(self) -> float:
        return self._times[-1] if self._times else float("-inf")


class _EditsOfGroup(_Window):
    """The edits of a group: the others' among them leave room for the alarms."""

    __slots__ = ("_alarms", "_most_alarms", "_others")

    def __init__(self, limits: Limits) -> None:
        limit = limits.group_edits
        super().__init__(limit)
        self._most_alarms = limits.alarms
        self._alarms: deque[float] = deque(maxlen=limit.count)
        self._others = _Window(limits.beside_alarms)

    def ready_in(self, lane: int, now: float) -> float:
        at = now
        while (wait := self._wait_of(lane, at)) > _NOTHING_S:
            at += wait
        return at - now

    def _wait_of(self, lane: int, at: float) -> float:
        if lane < _CRISIS:
            return self._wait(self._limit.count, at)
        if not self._alarms or at - self._alarms[-1] > _MORE_TO_COME_S:
            return self._wait(self._places(lane), at)
        return max(self._wait(self._beside_alarms(lane, at), at), self._others.ready_in(lane, at))

    def _places(self, lane: int) -> int:
        return self._limit.places(max(lane, _CRISIS + 1))

    def _beside_alarms(self, lane: int, at: float) -> int:
        """While they come, each keeps two places for the next, until they have all that is theirs."""
        alarms = sum(alarm > at - self._limit.seconds for alarm in self._alarms)
        kept = self._limit.count - self._places(lane) + 2 * alarms
        return self._limit.count - max(0, min(self._most_alarms - alarms, kept))

    def take(self, lane: int, now: float) -> None:
        super().take(lane, now)
        if lane < _CRISIS:
            self._alarms.append(now)
        else:
            self._others.take(lane, now)


@dataclass(slots=True)
class _Chat:
    messages: tuple[_Window, ...]
    edits: tuple[_Window, ...]
    frozen_until: float = float("-inf")

    def quiet_since(self) -> float:
        return max(self.frozen_until, *(w.last() for w in (*self.messages, *self.edits)))


@dataclass(slots=True)
class Pacer:
    """Ask `ready_in` before a call, `take` when it is made, `freeze` when Telegram answers 429.

    Groups and channels are the chats with a negative id. Group edits count in a window of their own.
    """

    limits: Limits = field(default_factory=Limits)
    _everywhere: _Window = field(init=False)
    _chats: dict[int, _Chat] = field(init=False, default_factory=dict)
    _frozen_until: float = field(init=False, default=float("-inf"))
    _refusals: deque[tuple[float, int, float]] = field(init=False, default_factory=deque)
    _takes: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._everywhere = _Window(self.limits.everywhere)

    def ready_in(self, chat_id: int, lane: int, now: float, *, edit: bool = False) -> float:
        """Seconds until a call to this chat in this lane may be made, if none is made before; 0 means now."""
        waits = [self._frozen_until - now, self._everywhere.ready_in(lane, now)]
        chat = self._chats.get(chat_id)
        if chat is not None:
            waits.append(chat.frozen_until - now)
            waits.extend(w.ready_in(lane, now) for w in (chat.edits if edit else chat.messages))
        longest = max(waits)
        return longest if longest > _NOTHING_S else 0.0

    def take(self, chat_id: int, lane: int, now: float, *, edit: bool = False) -> None:
        """Counts a call that is being made, whether or not it was ready: what was sent was sent."""
        chat = self._chat(chat_id)
        for window in (self._everywhere, *(chat.edits if edit else chat.messages)):
            window.take(lane, now)
        self._takes += 1
        if self._takes % _FORGET_EVERY == 0:
            self._forget_quiet_chats(now)

    def freeze(self, chat_id: int, seconds: float, now: float) -> None:
        """Telegram refused a call to this chat for `seconds`; nothing goes there before, whatever the lane.

        Other chats go on, unless three different chats are refused within a second: then it is the bot that
        is meant, and everything waits for the shortest of their times.
        """
        chat = self._chat(chat_id)
        chat.frozen_until = max(chat.frozen_until, now + seconds)
        self._refusals.append((now, chat_id, now + seconds))
        while now - self._refusals[0][0] > _SAME_MOMENT_S:
            self._refusals.popleft()
        if len({refused for _, refused, _ in self._refusals}) >= _MANY_CHATS:
            self._frozen_until = max(self._frozen_until, min(until for _, _, until in self._refusals))

    def _chat(self, chat_id: int) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            limits, group = self.limits, chat_id < 0
            messages = (limits.chat, limits.group) if group else (limits.chat,)
            edits = _EditsOfGroup(limits) if group else _Window(limits.private_edits)
            chat = _Chat(tuple(map(_Window, messages)), (edits,))
            self._chats[chat_id] = chat
        return chat

    def _forget_quiet_chats(self, now: float) -> None:
        quiet = [i for i, chat in self._chats.items() if now - chat.quiet_since() > _FORGET_AFTER_S]
        for chat_id in quiet:
            del self._chats[chat_id]
