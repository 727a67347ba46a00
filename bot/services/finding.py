"""What people find with /cari, and what they do with all of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services.bulk import KIND, BulkActs
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.promises import Promises
from bot.services.searching import AlsoHas, Searching
from bot.services.standing import Standing
from bot.services.word_index import WordIndex


@dataclass(frozen=True, slots=True)
class Finding:
    searching: Searching
    acts: BulkActs

    @property
    def standing(self) -> dict[str, Standing]:
        return {KIND: self.acts}


def finding_of(
    store: Store,
    team: Team,
    index: WordIndex,
    beside: Mapping[str, AlsoHas],
    promises: Promises,
    clock: Clock,
) -> Finding:
    """`beside`: what else is searched, by kind."""
    searching = Searching(store, team, index, dict(beside))
    return Finding(searching, BulkActs(store, team, searching, promises, clock))
