"""Breaking the network on purpose: what goes wrong, for which calls, how often and for how long."""

import random
from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.ticking import Clock


class Break(StrEnum):
    ERROR_500 = "error_500"  # 500 with a JSON body, nothing done
    BAD_GATEWAY = "bad_gateway"  # 502 with an HTML page, as proxies say it, nothing done
    RESET_BEFORE = "reset_before"  # the connection is cut, nothing done
    RESET_AFTER = "reset_after"  # done, then the connection is cut
    TIMEOUT_AFTER = "timeout_after"  # done, but no answer for `seconds_slow`, then the connection is cut
    FLOOD = "flood"  # 429 with `retry_after`, and so for that chat until the time is over
    UNAUTHORIZED = "unauthorized"  # 401
    SLOW = "slow"  # answers properly after `seconds_slow`


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    `method` and `chat_id` narrow it ("" and None: all calls but getUpdates); `times` counts it down (None: no
    end); `seconds` ends it by the clock; `probability` lets some calls through.
    """

    kind: Break
    method: str = ""
    chat_id: int | None = None
    times: int | None = None
    seconds: float | None = None
    probability: float = 1.0
    retry_after: int = 30
    seconds_slow: float = 60.0
    hits: int = 0
    ends: float | None = None


@dataclass(slots=True)
class Faults:
    """The faults in force, tried in order."""

    clock: Clock
    active: list[Fault] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311  repeatable, no secret

    def add(self, fault: Fault) -> Fault:
        if fault.seconds is not None:
            fault.ends = self.clock.now().timestamp() + fault.seconds
        self.active.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self.active = [one for one in self.active if one is not fault]

    def clear(self) -> None:
        self.active.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, counted; None when it goes through."""
        if not self.active:
            return None
        now = self.clock.now().timestamp()
        self.active = [f for f in self.active if f.times != 0 and (f.ends is None or f.ends > now)]
        for fault in self.active:
            if self._hits(fault, method, chat_id):
                fault.hits += 1
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def _hits(self, fault: Fault, method: str, chat_id: int | None) -> bool:
        if method == "getUpdates" if not fault.method else fault.method != method:
            return False
        if fault.chat_id is not None and fault.chat_id != chat_id:
            return False
        return fault.probability >= 1 or self.dice.random() < fault.probability
