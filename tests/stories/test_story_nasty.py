"""Nasty words through every way out of the real bot: Telegram refuses nothing, none of them becomes ours."""

import importlib
import inspect
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, MappingProxyType

import pytest
from nasty import COURSE
from nasty_paths import CROWDED, PATHS
from nasty_paths import Path as Scene
from nasty_town import Nasty
from story_town import TEAM, Town
from test_story_outside import SECRET, write

from bot.sandbox.cast import ALL_RIGHTS
from bot.sandbox.model import CHANNEL_RIGHTS

Open = Callable[..., Awaitable[Nasty]]
ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ROOT / "bot" / "chat" / "words"
CARE = ROOT / "playbooks" / "keselamatan-jiwa.yaml"
ROTA = """
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '10:00', people: [dimas]},
                    {days: sen-min, from: '10:00', to: '00:00', people: [gita]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [tirta]}]}"""
REVIEW = (
    "review: {due: 3d, owner: acker, ask: [apa_yang_berhasil, apa_yang_lambat], export: [laporan-krisis]}\n"
)
NAMED = "{name} <b>&amp; \"x' <i"
PEOPLE = "".join(
    f"\n  - {{id: {key}, name: {json.dumps(NAMED.format(name=name))}, roles: [{roles}]}}"
    for key, (name, roles) in TEAM.items()
)
"""Colleagues are called what the config calls them."""
OFFICE = {
    "people": PEOPLE,
    "playbooks": f"[sekolah, '{CARE}']",
    "moderation": "{mode: on}",
    "intake": "{same: false}",
    "rota": ROTA,
}
FEW = {"board": "{live: true, cards: 4}", "intake": "{same: true}", "database": "{url: 'sqlite:ramai.db'}"}
"""Where what is alike stands together, and few cards may stand."""
NO_WAY: Mapping[str, str] = {
    "learning": "counts labels that people set",
    "moderation_notices": "names a measure by its number",
    "rehearsal": "printed on the host, from the agency's own files",
    "timers": "names what is late by its number, or by an id of the config",
}
"""Modules of sentences that no foreign word comes near, each with the reason."""


@pytest.fixture
def opened(settle, tmp_path: Path) -> Open:  # type: ignore[no-untyped-def]  # of the folder's conftest
    """An office with a playbook for exercises that looks back, and one that another system may open."""
    school = tmp_path / "sekolah"
    shutil.copytree(Path(__file__).parent / "latihan", school)
    with (school / "kabar-air.yaml").open("a", encoding="utf-8") as file:
        file.write(REVIEW)
    write(school, "gempa", "Gempa", "{event: {source: bmkg, kind: gempa}}")
    secret = tmp_path / "rahasia"
    secret.write_text(SECRET, "utf-8")
    secret.chmod(0o600)
    heard = {"events": f"{{sources: [{{id: bmkg, secret: 'file:{secret}'}}]}}"}

    async def build(words: str, more: Mapping[str, str] = MappingProxyType({})) -> Nasty:
        town: Town = await settle(settings={**OFFICE, **heard, **more})
        town.world.promote(town.channel, town.world.bot, ALL_RIGHTS | frozenset(CHANNEL_RIGHTS))
        await town.start()
        await town.gather()
        return Nasty(town, COURSE[words])

    return build


async def walked(nasty: Nasty, paths: Sequence[Scene]) -> None:
    for path in paths:
        try:
            await path(nasty)
        except Exception as error:
            error.add_note(path.__name__)
            raise
        nasty.judge(path.__name__)


@pytest.mark.parametrize("words", ["taps", "wide"])
async def test_a_day_on_which_everybody_types_like_that(opened: Open, words: str) -> None:
    await walked(await opened(words), PATHS)


@pytest.mark.parametrize("words", ["taps", "wide"])
async def test_a_crowd_that_types_like_that(opened: Open, words: str) -> None:
    await walked(await opened(words, FEW), CROWDED)


async def test_both_days_meet_every_module_of_sentences(opened: Open) -> None:
    """A new module needs a scene here, or a reason why no foreign word comes near it."""
    with asked_for_sentences() as met:
        crowd = await opened("letters", FEW)
        await walked(crowd, CROWDED)
        await crowd.town.stop()
        day = await opened("letters")
        await walked(day, PATHS)
    said = "".join(str(call.args) for nasty in (crowd, day) for call in nasty.town.sandbox.calls)
    every = {path.stem for path in SENTENCES.glob("*.py")} - {"__init__"}
    met |= {name for name in every - met if any(one in said for one in constants(name))}
    assert sorted(every - met) == sorted(NO_WAY)


@contextmanager
def asked_for_sentences() -> Iterator[set[str]]:
    """The modules of which a function was called meanwhile."""
    folder, met, before = f"{SENTENCES}{os.sep}", set[str](), sys.gettrace()

    def look(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(folder) and code.co_name != "<module>":
            met.add(Path(code.co_filename).stem)

    sys.settrace(look)
    try:
        yield met
    finally:
        sys.settrace(before)


def constants(name: str) -> list[str]:
    """The sentences of a module that has no functions, only those."""
    module = importlib.import_module(f"bot.chat.words.{name}")
    if any(inspect.isfunction(one) and one.__module__ == module.__name__ for one in vars(module).values()):
        return []
    return [one for key, one in vars(module).items() if isinstance(one, str) and key.isupper()]
