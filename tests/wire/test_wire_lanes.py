"""Whose turn it is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_loopback import message

from bot.wire.lanes import Lanes, chat_of


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (message(1, chat=-5), -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -5}}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "my_chat_member": {"from": {"id": 9}, "chat": {"id": -5}}}, -5),
        ({"update_id": 1, "poll": {"id": "x"}}, "nowhere"),
        ({"update_id": 1, "message": {"chat": {"id": []}, "from": None}}, "nowhere"),
        ({}, "nowhere"),
    ],
)
def test_the_lane_is_the_chat_else_the_person(update: dict[str, Any], lane: object) -> None:
    assert chat_of(update) == lane


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "from", "id", "x"]), inner, max_size=4
        )
    ),
    max_leaves=15,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "x"]), json_like))
def test_any_object_has_a_lane(update: dict[str, Any]) -> None:
    hash(chat_of(update))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=60))
async def test_lanes_give_out_every_item_once_in_order(asked: Sequence[tuple[int, bool]]) -> None:
    lanes: Lanes[tuple[int, bool]] = Lanes()
    for number, (lane, fails_once) in enumerate(asked):
        lanes.add(lane, (number, fails_once))
    served: dict[object, list[int]] = defaultdict(list)
    failed: set[int] = set()
    while sum(map(len, served.values())) < len(asked):
        lane, (number, fails_once) = await lanes.serve()
        if fails_once and number not in failed:
            failed.add(number)
            lanes.again(lane)
            continue
        served[lane].append(number)
        lanes.served(lane)
    for ids in served.values():
        assert ids == sorted(ids)
