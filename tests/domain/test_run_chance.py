"""Whatever playbook, whatever everybody does: public words are approved words, nothing is forgotten."""

import os
from collections import Counter

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from random_crisis import play

EXAMPLES = int(os.environ.get("TANGGAP_EXAMPLES", "300"))
"""The figure in docs/measurements.md is of one run with 100000."""


@example(8_056_883_534)  # closed after a failed post, written anew meanwhile, and opened again
@settings(max_examples=EXAMPLES, deadline=None, phases=(Phase.explicit, Phase.generate), database=None)
@given(st.integers(0, 2**63))
def test_no_course_breaks_a_rule(seed: int) -> None:
    play(seed)


def test_chance_reaches_what_it_is_meant_to_reach() -> None:
    """A property over courses that never speak would hold and mean nothing."""
    said: Counter[str] = Counter()
    for seed in range(300):
        course = play(seed)
        said["spoke"] += bool(course.witness.said)
        said["drill"] += course.state.incident.drill
        said["again"] += any(run.attempt > 1 for run in course.state.steps)
        for run in course.state.steps:
            said[run.state] += 1
    assert said["spoke"] >= 30
    assert said["again"] >= 30
    for state in ("done", "skipped", "rejected", "expired", "cancelled", "waiting", "pending"):
        assert said[state] >= 5, state
