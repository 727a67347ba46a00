"""The stream of the truth set through the window, as intake does it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.matching_truth import Said
from classifiers.similarity import Window
from classifiers.wording import wording


@dataclass(slots=True)
class Grouped:
    clusters: list[int] = field(default_factory=list)
    offered: list[set[int]] = field(default_factory=list)


def group(said: Sequence[Said]) -> Grouped:
    """Copies join by themselves; short texts only if they are the same under the same post."""
    window: Window[int] = Window()
    same: dict[tuple[str, str], int] = {}
    out = Grouped()
    for place, one in enumerate(said):
        words = wording(one.text)
        near = window.near(words)
        mine = next((found.key for found in near if found.likeness.certain), None)
        if not words.long:
            mine = same.setdefault((one.thread, words.whole), place)
        cluster = place if mine is None else mine
        out.clusters.append(cluster)
        out.offered.append({found.key for found in near if found.key != mine})
        window.add(cluster, words)
    return out
