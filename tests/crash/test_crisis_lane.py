"""A crisis goes first, also where three hundred cards wait for a group that takes twenty a minute."""

from benchmarks.crisis_lane import BAR_S, FROZEN_S, measure


async def test_a_crisis_overtakes_three_hundred_routine_cards_and_a_frozen_chat_delays_no_other() -> None:
    figures = await measure(routine=300, crises=3)
    assert min(figures.waiting) > 200, "the routine cards must still be waiting for this to mean anything"
    assert max(figures.card_s) < BAR_S
    assert max(figures.page_s) < BAR_S
    assert figures.frozen_group_page_s < BAR_S
    assert figures.frozen_group_receipt_s < BAR_S
    assert figures.frozen_group_card_s >= FROZEN_S, "nothing is sent to a chat before its 429 is over"
    assert figures.faults == []
