"""Nasty words through every way out of the real bot: Telegram refuses nothing, none of them becomes ours."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from nasty import COURSE
from nasty_paths import CROWDED, PATHS
from nasty_paths import Path as Scene
from nasty_town import Nasty
from story_town import Town

from bot.sandbox.cast import ALL_RIGHTS
from bot.sandbox.model import CHANNEL_RIGHTS

SCHOOL = Path(__file__).parent / "latihan"
ROTA = """
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '10:00', people: [dimas]},
                    {days: sen-min, from: '10:00', to: '00:00', people: [gita]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [tirta]}]}"""
OFFICE = {
    "playbooks": f"['{SCHOOL / 'kabar-air.yaml'}']",
    "moderation": "{mode: on}",
    "intake": "{same: false}",
    "rota": ROTA,
}


async def opened(settle, words: str, **settings: str) -> Nasty:  # type: ignore[no-untyped-def]  # of the folder's conftest
    town: Town = await settle(settings=OFFICE | settings)
    town.world.promote(town.channel, town.world.bot, ALL_RIGHTS | frozenset(CHANNEL_RIGHTS))
    await town.start()
    await town.gather()
    return Nasty(town, words)


@pytest.mark.parametrize("words", COURSE)
async def test_a_day_on_which_everybody_types_like_that(settle, words: str) -> None:
    await walked(await opened(settle, COURSE[words]), PATHS)


@pytest.mark.parametrize("words", COURSE)
async def test_a_crowd_that_types_like_that(settle, words: str) -> None:
    few = await opened(settle, COURSE[words], board="{live: true, cards: 4}", intake="{same: true}")
    await walked(few, CROWDED)


async def walked(nasty: Nasty, paths: Sequence[Scene]) -> None:
    for path in paths:
        try:
            await path(nasty)
        except Exception as error:
            error.add_note(path.__name__)
            raise
        nasty.judge(path.__name__)
