"""Quiet hours: nobody's night is broken but by what cannot wait."""

from dataclasses import replace
from datetime import UTC, datetime, time

from crisis_world import PLAYBOOK, RATNA, World, roster
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incident import Severity
from bot.domain.people import Person, PersonId, Role, Zone
from bot.domain.quiet import QuietHours
from bot.domain.roster import Reach, Roster
from bot.domain.run_effects import PagePerson

NIGHT = QuietHours(time(22), time(5))


def test_the_night_is_the_persons_own_wherever_they_live() -> None:
    def sleeper(zone: Zone) -> Person:
        return Person(PersonId("ratna"), "Ratna", frozenset({Role.PIKET}), zone, quiet=NIGHT)

    at = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)  # 21.30 WIB, 22.30 WITA, 23.30 WIT
    assert [sleeper(zone).is_quiet(at) for zone in Zone] == [False, True, True]
    assert not replace(sleeper(Zone.WIT), quiet=None).is_quiet(at)


@given(st.times(), st.times(), st.times())
def test_every_moment_lies_in_the_quiet_hours_or_in_the_others(start: time, end: time, clock: time) -> None:
    if start != end:
        assert QuietHours(start, end).covers(clock) is not QuietHours(end, start).covers(clock)
    assert QuietHours(start, start).covers(clock)  # the whole day and night


def asleep() -> Roster:
    """Everybody sleeps."""
    awake = roster()
    people = {t: tuple(Reach(r.person, quiet=True) for r in who) for t, who in awake.people.items()}
    return replace(awake, people=people)


def first_page(playbook_severity: Severity, *, sensitive: bool = False) -> PagePerson:
    playbook = replace(PLAYBOOK, severity=playbook_severity, sensitive=sensitive)
    world = World(playbook)
    world.roster = asleep()
    world.open()
    [(_, page)] = world.did(PagePerson)
    assert page.person == RATNA
    return page


def test_only_darurat_and_a_life_at_risk_make_a_sound_in_quiet_hours() -> None:
    assert [first_page(severity).loud for severity in Severity] == [False, False, False, True]
    assert first_page(Severity.HIGH, sensitive=True).loud
