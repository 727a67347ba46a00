"""A crisis goes first, also where three hundred cards wait for a group that takes twenty a minute.

The two seconds are for the benchmark to show (`python -m benchmarks.crisis_lane`): a test's machine may be
busy. What is held here is that nobody waits for the group's minute, nor for the end of another chat's 429.
"""

from benchmarks.crisis_lane import FROZEN_S, measure

A_MINUTE_S = 60.0
WITHOUT_WAITING_S = FROZEN_S / 2


async def test_a_crisis_overtakes_three_hundred_routine_cards_and_a_frozen_chat_delays_no_other() -> None:
    figures = await measure(routine=300, crises=4)
    assert min(figures.waiting) > 200, "the routine cards must still be waiting for this to mean anything"
    assert max(figures.card_s) < WITHOUT_WAITING_S < A_MINUTE_S
    assert max(figures.page_s) < WITHOUT_WAITING_S
    assert max(figures.opened_card_s) < WITHOUT_WAITING_S
    assert max(figures.opened_page_s) < WITHOUT_WAITING_S
    assert figures.frozen_group_page_s < WITHOUT_WAITING_S
    assert figures.frozen_group_receipt_s < WITHOUT_WAITING_S
    assert figures.frozen_group_card_s >= FROZEN_S, "nothing is sent to a chat before its 429 is over"
    assert figures.refused == 0, "Telegram never had to say no"
