"""The order of attempts, for whatever ways a playbook names and a person has."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.roster import Reach
from bot.domain.second import ROUNDS, at_once, attempt, can_page, ways_of

OTHERS = [via for via in Via if via is not Via.TELEGRAM]
wanted = st.lists(st.sampled_from(list(Via)), max_size=6).map(tuple)
contacts = st.lists(st.sampled_from(OTHERS), max_size=5, unique=True).map(tuple)


@given(wanted, contacts)
def test_only_what_the_person_has_and_never_telegram(via: tuple[Via, ...], own: tuple[Via, ...]) -> None:
    ways = ways_of(via, own)
    assert Via.TELEGRAM not in ways
    assert set(ways) <= set(own)
    assert len(set(ways)) == len(ways)
    if not via:
        assert ways == own


@given(contacts)
def test_every_way_is_tried_in_every_round_in_order_and_then_it_is_over(own: tuple[Via, ...]) -> None:
    made = []
    while (one := attempt(own, len(made))) is not None:
        made.append(one)
    assert [one.via for one in made] == list(own) * ROUNDS
    assert sum((one.pause for one in made), timedelta()) <= timedelta(seconds=90)
    if made:
        assert not made[0].pause


def test_a_playbook_that_names_telegram_alone_uses_nothing_else() -> None:
    assert not can_page((Via.TELEGRAM,), (Via.SMS,))
    reach = Reach(PersonId("dimas"), reachable=False, ways=(Via.SMS,))
    assert reach.pageable()
    assert reach.pageable((Via.TELEGRAM, Via.SMS))
    assert not reach.pageable((Via.TELEGRAM,))
    assert not reach.pageable((Via.EMAIL,))


def test_what_stands_before_telegram_does_not_wait_for_it() -> None:
    assert at_once((Via.SMS, Via.TELEGRAM))
    assert not at_once((Via.TELEGRAM, Via.SMS))
    assert not at_once(())
