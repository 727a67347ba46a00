"""Who stands behind a playbook's targets at one moment, and whether a page can reach them.

The caller looks it up (configuration, rota, enrolment, calendar) and hands it to the reducer with every
event, so that the reducer itself never looks anything up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.calendar import WorkingHours
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.second import can_page
from bot.domain.target import Target


@dataclass(frozen=True, slots=True)
class Reach:
    """One person of a target. Not reachable: never enrolled, has blocked the bot, or is suspended.

    `quiet`: it is the person's night, and no shift of theirs; only what is urgent makes a sound there.
    `ways`: how a page reaches them where Telegram does not; nothing else but a page goes there.
    """

    person: PersonId
    reachable: bool = True
    quiet: bool = False
    ways: tuple[Via, ...] = ()

    def pageable(self, via: tuple[Via, ...] = ()) -> bool:
        """Whether a page that may travel so can reach them."""
        return self.reachable or can_page(via, self.ways)


@dataclass(frozen=True, slots=True)
class Roster:
    """The answer to `Playbook.targets()` now. A target that is missing has nobody, and that is said aloud.

    `responders` may take a run without having been called (the permission table's unconditional rights);
    `working` tells whether the office is open. `facts` are the counts that the playbook's conditions ask for,
    `channels` those that the bot itself can post to.
    """

    people: Mapping[Target, tuple[Reach, ...]]
    responders: frozenset[PersonId] = field(default_factory=frozenset)
    working: bool = False
    facts: Mapping[str, int] = field(default_factory=dict)
    channels: frozenset[str] = field(default_factory=frozenset)
    hours: WorkingHours | None = None
    """By which limits in working days are counted when a run opens."""
    approvals: int = 1
    """How many people approve words for the public at least: two in crisis mode."""
    put_out: frozenset[PersonId] = field(default_factory=frozenset)
    """Whose rights have ended: what they agreed to before does not count any more."""

    def all_of(self, targets: Iterable[Target]) -> tuple[Reach, ...]:
        """Everybody behind these targets, in order, nobody twice."""
        found: dict[PersonId, Reach] = {}
        for target in targets:
            for reach in self.people.get(target, ()):
                found.setdefault(reach.person, reach)
        return tuple(found.values())

    def pageable(self, targets: Iterable[Target]) -> tuple[PersonId, ...]:
        """Those whom a page can reach, by whatever way."""
        return tuple(reach.person for reach in self.all_of(targets) if reach.pageable())

    def reachable(self, targets: Iterable[Target]) -> tuple[PersonId, ...]:
        """Those whom a message can reach, in order, nobody twice."""
        return tuple(reach.person for reach in self.all_of(targets) if reach.reachable)

    def is_quiet(self, person: PersonId) -> bool:
        """Whether it is this person's night, as far as they stand behind any target."""
        return any(
            reach.quiet for behind in self.people.values() for reach in behind if reach.person == person
        )
