"""The classifier's window of recent texts, as intake asks it: which case's words are these?"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.case import CaseId
from bot.domain.cluster import Apart, How, Near
from bot.files.settings import Settings
from bot.services.clusters import Clusters
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.promises import Promises
from classifiers.likeness import Difference
from classifiers.similarity import MOST, Window
from classifiers.wording import Wording, wording

_WHY = {
    Difference.NUMBER: Apart.NUMBER,
    Difference.DENIAL: Apart.DENIAL,
    Difference.WORD: Apart.WORD,
    None: Apart.LIKE,
}
_NEAREST = 4


class RecentTexts:
    """What was written lately. Short texts are known only by being the same, under the same post."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._window: Window[CaseId] = Window(most)
        self._same: OrderedDict[str, CaseId] = OrderedDict()

    def near(self, text: str, place: str) -> Sequence[Near]:
        """The cases whose words these are or resemble, the surest first."""
        said = wording(text)
        same = self._same.get(_whole(said, place))
        exact = [] if same is None else [Near(same, 1.0, How.EXACT)]
        found = self._window.near(said, _NEAREST)
        return exact + [
            Near(
                one.key,
                one.likeness.share,
                How.NEAR if one.likeness.certain else None,
                _WHY[one.likeness.differs],
            )
            for one in found
            if one.key != same
        ]

    def put(self, lead: CaseId, text: str, place: str) -> None:
        """A text of the case's cluster."""
        said = wording(text)
        if not said.whole:
            return
        whole = _whole(said, place)
        self._same[whole] = lead
        self._same.move_to_end(whole)
        if len(self._same) > self._most:
            self._same.popitem(last=False)
        self._window.add(lead, said)


def _whole(said: Wording, place: str) -> str:
    """A long text is the same wherever it stands; a short one may mean something else under another post."""
    return said.whole if said.long else f"{place}\n{said.whole}"


def clusters_of(settings: Settings, store: Store, team: Team, promises: Promises, clock: Clock) -> Clusters:
    """With the time that the agency gives copies to join; none where it wants every comment by itself."""
    row = settings.intake
    within = row.same_within if row.same else timedelta(0)
    return Clusters(store, team, RecentTexts(), promises, clock, within=within)
