"""Cases that say the same: one card, one answer, and each citizen's own matter behind it.

The first of them is the lead. The others keep their own state, so that each is answered in its own thread and
can go its own way again; they only have no card of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import OPEN, Case, CaseId, CaseStatus
from bot.domain.people import PersonId
from bot.domain.priority import Urgency

LEADS = OPEN | {CaseStatus.ANSWERED}
"""Behind the card of a closed case nobody would look: what comes then opens a case of its own."""
OFFERED_FROM = 0.5
SAID_FROM = 0.25
"""Of what is said in other words: where three of four proposals of the truth set are right."""
MOST_OFFERS = 2
MOST_AT_ONCE = 200
"""Of those behind a card, so many share the words of one approval. Whoever waits beyond that is next."""


class Place(StrEnum):
    """Where a new case stands: by itself, behind a card that waits, or behind one that was answered."""

    OWN = "own"
    BEHIND = "behind"
    AFTER = "after"


class How(StrEnum):
    """Why a case stands in a cluster."""

    EXACT = "exact"
    NEAR = "near"
    PERSON = "person"


class Apart(StrEnum):
    """Why a text that is much like another does not join it by itself."""

    NUMBER = "number"
    DENIAL = "denial"
    WORD = "word"
    LIKE = "like"
    SAID = "said"
    """The same in other words, it seems; known by the words that are rare."""
    REFUSED = "refused"
    """A person said that it is another matter; not offered again."""


@dataclass(frozen=True, slots=True)
class Near:
    """A case whose text is like the one at hand. `how` is set where it is surely the same."""

    lead: CaseId
    share: float
    how: How | None = None
    why: Apart = Apart.LIKE


@dataclass(frozen=True, slots=True)
class Member:
    """A case in the cluster of `lead`. `shown`: with a card of its own. `person`: who put it there."""

    case: CaseId
    lead: CaseId
    how: How
    share: float
    shown: bool = False
    via: CaseId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a cluster's card tells. `peak`: the most comments of one minute. `waiting`: not answered yet."""

    comments: int
    accounts: int
    share: float
    first: datetime
    peak: int
    members: int
    waiting: int
    denials: int = 0


def may_lead(lead: Case, last: datetime, within: timedelta) -> bool:
    """Whether what comes at `last` may still join the cluster of this case."""
    return lead.status in LEADS and not lead.sensitive and last - lead.opened_at <= within


def has_own_card(case: Case, how: How) -> bool:
    """A cry for help is seen by itself, unless the very same words are on a card already."""
    return case.priority.urgency is Urgency.EMERGENCY and how is not How.EXACT


def is_worth_telling(waiting: int) -> bool:
    """Of those who ask after the answer, the group hears of the first, then ever more rarely."""
    while waiting > 1 and waiting % 5 == 0:
        waiting //= 5
    return waiting == 1
