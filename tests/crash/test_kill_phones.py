"""The short form of benchmarks/kill_phones.py: the same incident and phones, a few deaths."""

import os
import random

import pytest

from benchmarks.kill_phones import die, places, stage

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
_DEATHS = 4


async def test_a_long_incident_survives_being_killed_at_any_point() -> None:
    async with stage() as play:
        assert (await play.in_one_life()).differences(play.clean) == []
        assert sum(play.clean.pages.values()) >= 6
        assert sorted(play.clean.public.values()) == [1] * 6, "one post and five replies"
        sends = [n for n, point in enumerate(play.points["approval"], 1) if point == "http< sendMessage"]
        todo = random.Random(5).sample(places(play, ["burst", "form", "approval", "pace"], "edges"), _DEATHS)
        for place in [*todo, ("approval", sends[-1])]:
            assert (await die(play, place)).wrong == [], place
