"""How long words may be: what their place allows, and what an approver can read in one message."""

from dataclasses import replace

import pytest
from steps_world import APPROVE, ASK, CHANNEL, DRAFT, INSTAGRAM, POST, REPLY, WHOLE, Office, written

from bot.domain.lengths import CARD, longest
from bot.domain.lengths import REPLY as SHORT
from bot.domain.playbook import Step
from bot.domain.step_run import Letter
from bot.domain.steps import CHANNELS, Publish


def office(*steps: Step) -> Office:
    return written(Office(replace(WHOLE, steps=steps)))


@pytest.mark.parametrize(
    ("channels", "most"),
    [
        ((CHANNEL,), CARD),
        ((CHANNEL, INSTAGRAM), 2200),
        (("tiktok",), 2200),
        (("x", "threads"), CARD),  # a person parts them
        (("facebook", "website", "radio"), CARD),
    ],
)
def test_the_tightest_of_its_channels_decides(channels: tuple[str, ...], most: int) -> None:
    post = replace(POST, uses=Publish(channels))
    world = office(ASK, replace(DRAFT, needs=("verifikasi",)), APPROVE, post)
    assert longest(world.state, DRAFT) == most


def test_words_that_nobody_posts_may_fill_the_card_of_the_approval() -> None:
    world = office(ASK, replace(DRAFT, needs=("verifikasi",)), APPROVE)
    assert longest(world.state, DRAFT) == CARD


def test_a_reply_is_short_and_leaves_room_for_what_is_approved_with_it() -> None:
    world = office(
        ASK, replace(DRAFT, needs=("verifikasi",)), APPROVE, replace(POST, uses=Publish((CHANNEL,))), REPLY
    )
    step = world.state.playbook.step("balas")
    assert step is not None
    assert longest(world.state, step) == SHORT
    draft = world.run("sikap")
    reply = world.run("balas")
    assert reply.letter is not None
    assert longest(world.state, DRAFT) == CARD - len(reply.letter.text)
    full = replace(draft, letter=Letter("a" * (CARD - 300), "t", 1))
    crowded = replace(
        world.state, steps=tuple(full if one.step == "sikap" else one for one in world.state.steps)
    )
    assert longest(crowded, step) == 300, "both stand on one card, and both are read whole"


def test_every_channel_has_a_limit_that_a_card_can_show() -> None:
    for channel in CHANNELS:
        world = office(
            ASK, replace(DRAFT, needs=("verifikasi",)), APPROVE, replace(POST, uses=Publish((channel,)))
        )
        assert SHORT < longest(world.state, DRAFT) <= CARD
