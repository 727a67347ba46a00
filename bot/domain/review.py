"""Looking back on a closed run: which questions there are, and which still wait."""

from collections.abc import Collection

from bot.domain.incident import Phase
from bot.domain.playbook import Playbook
from bot.domain.run_types import RunState

DEFAULT = ("apa_yang_berhasil", "apa_yang_lambat", "perubahan_playbook")
"""Where a playbook wants a review and names no questions."""
LONGEST = 2000
"""Characters of an answer."""


def questions(playbook: Playbook) -> tuple[str, ...]:
    """Their keys, in the order of the file; none where the playbook wants no review."""
    if playbook.review is None:
        return ()
    return playbook.review.ask or DEFAULT


def waiting(state: RunState, answered: Collection[str]) -> tuple[str, ...]:
    """Those without an answer, while the run is closed and not yet looked back on."""
    if state.phase is not Phase.RESOLVED:
        return ()
    return tuple(key for key in questions(state.playbook) if key not in answered)
