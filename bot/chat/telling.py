"""Which lines of a run's story are read: each happening once, and nothing that only moves the machine."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.run_types import What
from bot.services.ports import TimelineLine

_PLAIN = frozenset({What.STEP_DONE, What.STEP_READY, What.STEP_SKIPPED, What.ASKED})
_MECHANICAL = frozenset({What.STEP_READY, What.EVIDENCE_ADDED})


def told(lines: Sequence[TimelineLine]) -> list[TimelineLine]:
    """Without what another line of the same moment says better. The journal keeps every one of them."""
    better = {(line.at, line.params.get("step")) for line in lines if line.what not in _PLAIN}
    found: list[TimelineLine] = []
    for line in lines:
        again = bool(found) and (found[-1].what, found[-1].params) == (line.what, line.params)
        if not again and _worth_telling(line, better):
            found.append(line)
    return found


def _worth_telling(line: TimelineLine, better: set[tuple[datetime, object]]) -> bool:
    """That a step is done goes without saying where a line tells how; so does one that was never needed."""
    if line.what == What.STEP_DONE:
        return (line.at, line.params.get("step")) not in better
    if line.what == What.STEP_SKIPPED:
        return "person" in line.params
    return line.what not in _MECHANICAL
