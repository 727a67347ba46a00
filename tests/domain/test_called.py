"""Whom a playbook calls, and when nobody of them can be reached, though the rota means somebody."""

from dataclasses import replace
from datetime import datetime, timedelta

from crisis_world import (
    BAGUS,
    DEWI,
    KOORDINATOR,
    MEDSOS,
    PENDAMPING,
    PIMPINAN,
    PLAYBOOK,
    RATNA,
    SITI,
    START,
    minutes,
    roster,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.called import Called, called, everybody, unreached
from bot.domain.leave import NO_LEAVE, Leave
from bot.domain.playbook import Review, Step, Via
from bot.domain.roster import Reach, Roster
from bot.domain.steps import Notify
from bot.domain.target import ACKER, parse_target

HOUR = timedelta(hours=1)
END = START + 24 * HOUR


def test_everybody_is_named_with_the_place_where_the_definition_names_them() -> None:
    thanks = Step("ucap", "Ucap", Notify("Terima kasih."), to=(ACKER,))
    whole = replace(
        PLAYBOOK,
        steps=(*PLAYBOOK.steps, thanks),
        private_to=PENDAMPING,
        review=Review(timedelta(days=3), PIMPINAN),
    )
    assert [(one.where, one.paged) for one in called(whole)] == [
        (("escalate", "levels", 0, "page"), True),
        (("escalate", "levels", 1, "page"), True),
        (("escalate", "levels", 2, "page"), True),
        (("escalate", "exhausted"), True),
        (("steps", 0, "to"), False),
        (("resolve", "confirm_by"), False),
        (("private_to",), False),
        (("review", "owner"), False),
    ]
    by_acker = replace(whole, review=Review(timedelta(days=3), ACKER))
    assert ("review", "owner") not in [one.where for one in called(by_acker)]


def test_who_is_called_alike_in_many_places_is_looked_at_once() -> None:
    calls = everybody([PLAYBOOK, PLAYBOOK])
    assert [one.targets for one in calls if not one.paged] == [(KOORDINATOR,)]
    assert len(calls) == len({(one.targets, one.paged) for one in calls}) == 5


def test_a_page_goes_by_any_way_but_a_question_needs_a_chat() -> None:
    by_phone = Roster({PIMPINAN: (Reach(DEWI, reachable=False, ways=(Via.SMS,)),)})
    calls = [Called(("a",), (PIMPINAN,), paged=True), Called(("b",), (PIMPINAN,))]
    (found,) = unreached(calls, [(START, by_phone)], NO_LEAVE, END)
    assert (found.called.where, found.length, found.people) == (("b",), 24 * HOUR, (DEWI,))


def test_leave_of_all_of_them_is_told_with_its_hours_and_a_gap_of_the_rota_is_not() -> None:
    out = [Leave(SITI, START + 2 * HOUR, START + 5 * HOUR), Leave(SITI, START + 5 * HOUR, START + 6 * HOUR)]
    moments = [START + hours * HOUR for hours in (0, 2, 5, 6)]
    calls = [Called(("steps", 0, "to"), (KOORDINATOR,))]
    (found,) = unreached(calls, [(at, roster()) for at in moments], out, END)
    assert (found.start, found.end, found.length) == (START + 2 * HOUR, START + 6 * HOUR, 4 * HOUR)
    nobody = Called(("x",), (parse_target("oncall:malam"),))
    assert list(unreached([nobody], [(START, roster())], NO_LEAVE, END)) == []


PEOPLE = (RATNA, BAGUS, SITI)


@given(
    st.lists(st.frozensets(st.sampled_from(PEOPLE)), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 7), st.integers(1, 8)), max_size=3),
)
def test_the_length_is_the_number_of_hours_in_which_nobody_of_them_is_there(
    gone: list[frozenset[str]], out: list[tuple[str, int, int]]
) -> None:
    """Hour by hour: who cannot be written to, and who is on leave."""
    leaves = [Leave(who, at(a), at(a + b)) for who, a, b in out]  # type: ignore[arg-type]  # ids are strings
    rosters = [
        (at(n), Roster({MEDSOS: tuple(Reach(p, p not in g) for p in PEOPLE)})) for n, g in enumerate(gone)
    ]
    found = list(unreached([Called((), (MEDSOS,))], rosters, leaves, at(len(gone))))
    lost = [
        n
        for n, without in enumerate(gone)
        if all(p in without or any(one.covers(p, at(n)) for one in leaves) for p in PEOPLE)
    ]
    assert [one.length for one in found] == [len(lost) * minutes(60)] * bool(lost)
    if lost:
        assert found[0].start == at(lost[0])
        assert found[0].end in {at(n + 1) for n in lost}


def at(hour: int) -> datetime:
    return START + hour * HOUR
