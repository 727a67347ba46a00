"""Which lines of a run's story are read: each happening once, and nothing that only moves the machine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.words.story import TIMES
from bot.domain.run_types import What
from bot.services.ports import TimelineLine

_PLAIN = frozenset({What.STEP_DONE, What.STEP_READY, What.STEP_SKIPPED, What.ASKED})
_AGAIN = frozenset(
    {What.ASKED, What.REMINDED, What.STEP_EXPIRED, What.LEASE_ASKED, What.LATE, What.STILL_UNANSWERED}
    | {What.PAGED, What.REVIEW_ASKED, What.NOBODY_LEFT}
)
_MECHANICAL = frozenset({What.STEP_READY, What.EVIDENCE_ADDED})


def told(lines: Sequence[TimelineLine]) -> list[TimelineLine]:
    """Without what another line of the same moment says better, and with reminders counted, not repeated: the
    journal keeps every one of them.
    """
    better = {(line.at, line.params.get("step")) for line in lines if line.what not in _PLAIN}
    found: list[TimelineLine] = []
    for line in lines:
        if not _worth_telling(line, better):
            continue
        place = _said_before(found, line)
        if place is None:
            found.append(line)
        else:
            times = int(str(found[place].params.get(TIMES, 1))) + 1
            found[place] = replace(found[place], params={**found[place].params, TIMES: times})
    return found


def _said_before(found: Sequence[TimelineLine], line: TimelineLine) -> int | None:
    """Where the same stands already, with nothing but reminders since."""
    for place in range(len(found) - 1, -1, -1):
        earlier = found[place]
        if earlier.what == line.what and _words(earlier) == _words(line):
            return place
        if earlier.what not in _AGAIN or line.what not in _AGAIN:
            return None
    return None


def _words(line: TimelineLine) -> dict[str, object]:
    """What the sentence is made of; of a late one only that it was late."""
    varies = {TIMES, "due_at", "round"}
    return {name: value for name, value in line.params.items() if name not in varies}


def _worth_telling(line: TimelineLine, better: set[tuple[datetime, object]]) -> bool:
    """That a step is done goes without saying where a line tells how; so does one that was never needed."""
    if line.what == What.STEP_DONE:
        return (line.at, line.params.get("step")) not in better
    if line.what == What.STEP_SKIPPED:
        return "person" in line.params
    return line.what not in _MECHANICAL
