"""The stream of the truth set through what intake asks: `RecentTexts`, with the rule of `Clusters.place`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.matching_truth import Said
from bot.copies import RecentTexts
from bot.domain.case import CaseId


@dataclass(slots=True)
class Grouped:
    clusters: list[int] = field(default_factory=list)
    offered: list[set[int]] = field(default_factory=list)


def group(said: Sequence[Said]) -> Grouped:
    """Every comment is a case, named by its place in the stream; copies join the first that is sure."""
    recent = RecentTexts()
    out = Grouped()
    for place, one in enumerate(said):
        near = recent.near(one.text, one.thread)
        mine = next((found.lead for found in near if found.how is not None), CaseId(place))
        out.clusters.append(mine)
        out.offered.append({found.lead for found in near if found.lead != mine})
        recent.put(mine, one.text, one.thread)
    return out
