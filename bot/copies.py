"""The classifier's window of recent texts, as intake asks it: which case's words are these?"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.case import CaseId
from bot.domain.cluster import SAID_FROM, Apart, How, Near
from bot.files.settings import Settings
from bot.services.clusters import Clusters
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.promises import Promises
from bot.services.repeating import Repeating
from classifiers.likeness import Difference
from classifiers.lookup import Lookup
from classifiers.similarity import MOST, Window
from classifiers.wording import Wording, wording

_WHY = {
    Difference.NUMBER: Apart.NUMBER,
    Difference.DENIAL: Apart.DENIAL,
    Difference.WORD: Apart.WORD,
    None: Apart.LIKE,
}
_NEAREST = 4
_SEVERAL = 3
"""Copies that make a matter of many."""
_MOST_HEARD = 5_000
_MOST_MATTERS = 500


class RecentTexts:
    """What was written lately. Short texts are known only by being the same, under the same post."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._window: Window[CaseId] = Window(most)
        self._same: OrderedDict[str, CaseId] = OrderedDict()
        self._matters = Matters()

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
        if said.long:
            self._matters.told(lead, text)

    def in_other_words(self, text: str) -> Sequence[Near]:
        """The matters of many whose rare words it shares, the likest first; too short ones say too little."""
        return self._matters.like(text) if wording(text).long else []


class Matters:
    """What several said lately, by one text of each: few enough to be looked through for other words."""

    def __init__(self) -> None:
        self._times: OrderedDict[CaseId, int] = OrderedDict()
        self._texts: OrderedDict[CaseId, str] = OrderedDict()
        self._lookup: Lookup[CaseId] = Lookup()

    def told(self, lead: CaseId, text: str) -> None:
        """Once more."""
        times = self._times[lead] = self._times.get(lead, 0) + 1
        self._times.move_to_end(lead)
        if len(self._times) > _MOST_HEARD:
            self._times.popitem(last=False)
        if times != _SEVERAL:
            return
        if len(self._texts) >= _MOST_MATTERS:
            # What the index forgets leaves its place behind, so half of it goes at once.
            kept = list(self._texts.items())[_MOST_MATTERS // 2 :]
            self._texts, self._lookup = OrderedDict(kept), Lookup()
            self._lookup.add_all(kept)
        self._texts[lead] = text
        self._lookup.add(lead, text)

    def like(self, text: str) -> list[Near]:
        """The likest first."""
        found = self._lookup.search(text, _NEAREST, whole=True)
        return [Near(one.key, one.score, why=Apart.SAID) for one in found if one.score >= SAID_FROM]


def _whole(said: Wording, place: str) -> str:
    """A long text is the same wherever it stands; a short one may mean something else under another post."""
    return said.whole if said.long else f"{place}\n{said.whole}"


def clusters_of(
    settings: Settings, store: Store, team: Team, promises: Promises, repeating: Repeating, clock: Clock
) -> Clusters:
    """With the time that the agency gives copies to join; none where it wants every comment by itself."""
    row = settings.intake
    within = row.same_within if row.same else timedelta(0)
    return Clusters(store, team, RecentTexts(), promises, clock, repeating=repeating, within=within)
