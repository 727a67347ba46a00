"""Which new cases get a card: never more than the budget, and the last places for what must not wait."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attention import CardBudget
from bot.domain.priority import Urgency

BUDGETS = st.builds(CardBudget, st.integers(4, 1000))
DAYS = st.lists(st.sampled_from(Urgency), max_size=300)


def cards(budget: CardBudget, day: list[Urgency]) -> list[Urgency]:
    """Those of one window that got a card, in the order in which they came."""
    found: list[Urgency] = []
    for urgency in day:
        if budget.has_room(urgency, len(found)):
            found.append(urgency)
    return found


@given(BUDGETS, DAYS)
def test_a_window_never_holds_more_cards_than_the_budget(budget: CardBudget, day: list[Urgency]) -> None:
    assert len(cards(budget, day)) <= budget.cards


@given(BUDGETS, DAYS)
def test_routine_never_takes_the_places_of_an_emergency(budget: CardBudget, day: list[Urgency]) -> None:
    shown = cards(budget, day)
    routine = sum(urgency > Urgency.HIGH for urgency in shown)
    assert routine <= max(1, budget.cards // 2)
    emergencies = day.count(Urgency.EMERGENCY)
    others = len(shown) - shown.count(Urgency.EMERGENCY)
    theirs = sum(budget.has_room(Urgency.EMERGENCY, given_) for given_ in range(budget.cards))
    assert theirs >= budget.cards * 0.7 or budget.cards < 4  # the last places are for people at risk
    assert shown.count(Urgency.EMERGENCY) >= min(emergencies, theirs - others)


@given(BUDGETS, st.integers(0, 2000))
def test_what_is_more_urgent_has_never_less_room(budget: CardBudget, given_: int) -> None:
    room = [budget.has_room(urgency, given_) for urgency in Urgency]
    assert room == sorted(room, reverse=True)


def test_a_quiet_day_shows_everything() -> None:
    day = [Urgency.LOW, Urgency.NORMAL, Urgency.HIGH] * 5
    assert cards(CardBudget(40), day) == day
