"""What people write after /antrean, and what its buttons mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.board_actions import TurnQueue
from bot.chat.packing import pack, unpack
from bot.chat.queue_list import queue_filter, read_filter, to_action
from bot.domain.comment import Platform
from bot.domain.errors import BadInput
from bot.domain.queue import Part, QueueFilter
from classifiers.labels import Label

FILTERS = st.builds(
    QueueFilter,
    st.frozensets(st.sampled_from(Part)),
    st.sampled_from(["", *(label.value for label in Label)]),
    st.sampled_from(["", *(platform.value for platform in Platform)]),
)


@given(FILTERS, st.integers(0, 99))
def test_a_button_leads_back_to_the_part_that_it_shows(wanted: QueueFilter, page: int) -> None:
    action = to_action(wanted, page)
    assert unpack(pack(action)) == action
    assert queue_filter(action) == wanted


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_made_up_numbers_are_some_part_or_none(flags: int, label: int, platform: int) -> None:
    wanted = queue_filter(TurnQueue(0, flags, label, platform))
    assert wanted.label in {"", *(one.value for one in Label)}
    assert queue_filter(to_action(wanted)) == wanted


def test_words_after_the_command_are_read_in_any_order() -> None:
    assert read_filter("") == QueueFilter()
    assert read_filter("Hoaks saya LEWAT") == QueueFilter(frozenset({Part.MINE, Part.LATE}), "hoax")
    assert read_filter("pribadi kosong") == QueueFilter(frozenset({Part.FREE}), "", "telegram_dm")
    with pytest.raises(BadInput):
        read_filter("kemarin")
