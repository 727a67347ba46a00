"""Whom a playbook calls, asks or waits for, and whether anybody of them can be reached in the days ahead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.leave import Leave, on_leave
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.roster import Roster
from bot.domain.target import ACKER, Target

Where = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """People whom a run needs, and where its definition names them.

    `paged`: they are called by whatever way reaches them; all others read and press in their private chat.
    """

    where: Where
    targets: tuple[Target, ...]
    paged: bool = False


@dataclass(frozen=True, slots=True)
class Unreached:
    """How long in all nobody can be reached, the first such stretch, and who is meant then."""

    called: Called
    length: timedelta
    start: datetime
    end: datetime
    people: tuple[PersonId, ...]


def called(playbook: Playbook) -> Iterator[Called]:
    """Everybody whom a run calls, asks or waits for; whoever takes it is there by then."""
    for number, level in enumerate(playbook.ladder.levels):
        yield Called(("escalate", "levels", number, "page"), level.page, paged=True)
    yield Called(("escalate", "exhausted"), playbook.ladder.exhausted, paged=True)
    for number, step in enumerate(playbook.steps):
        if step.to and ACKER not in step.to:
            yield Called(("steps", number, "to"), step.to)
    yield Called(("resolve", "confirm_by"), (playbook.resolve.confirm_by,))
    if playbook.private_to is not None:
        yield Called(("private_to",), (playbook.private_to,))
    if playbook.review is not None and playbook.review.owner != ACKER:
        yield Called(("review", "owner"), (playbook.review.owner,))


def everybody(playbooks: Iterable[Playbook]) -> tuple[Called, ...]:
    """The same for all of them; who is called alike in many places is named once."""
    found: dict[tuple[tuple[Target, ...], bool], Called] = {}
    for playbook in playbooks:
        for one in called(playbook):
            found.setdefault((one.targets, one.paged), one)
    return tuple(found.values())


def unreached(
    calls: Iterable[Called],
    rosters: Sequence[tuple[datetime, Roster]],
    leaves: Sequence[Leave],
    end: datetime,
) -> Iterator[Unreached]:
    """`rosters`: each from when it holds, in order, the last until `end`. A stretch for which the rota has
    nobody at all is a gap and told as one; here somebody is meant, and is out or cannot be written to.
    """
    ends = [*(begin for begin, _ in rosters), end]
    spans = [(begin, finish, roster) for (begin, roster), finish in zip(rosters, ends[1:], strict=True)]
    for one in calls:
        lost = [span for span in spans if _is_lost(one, span[2], leaves, span[0])]
        if lost:
            start, finish, roster = lost[0]
            for begin, until, _ in lost[1:]:
                finish = until if begin == finish else finish
            people = tuple(reach.person for reach in roster.all_of(one.targets))
            length = sum((until - begin for begin, until, _ in lost), timedelta())
            yield Unreached(one, length, start, finish, people)


def _is_lost(one: Called, roster: Roster, leaves: Sequence[Leave], at: datetime) -> bool:
    behind = roster.all_of(one.targets)
    there = [reach for reach in behind if not on_leave(reach.person, leaves, at)]
    return bool(behind) and not any(reach.pageable() if one.paged else reach.reachable for reach in there)
