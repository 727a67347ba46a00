"""doctor in the chats of a town: what the bot may do there, and what to change where it may not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from telegram import Bot

from bot.clock import FakeClock
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.places import places_of
from bot.sandbox import Sandbox
from bot.sandbox.cast import ALL_RIGHTS
from bot.sandbox.model import CHANNEL_RIGHTS

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
CHANNEL, DISCUSSION, TRIAGE, CRISIS = -1001000000003, -1001000000004, -1001000000001, -1001000000002


@dataclass
class Town:
    sandbox: Sandbox
    bot: Bot
    settings: Settings

    async def said(self) -> list[str]:
        return [str(one) async for one in places_of(self.bot, self.settings)]


@pytest.fixture
async def town(clock: FakeClock, tmp_path: Path) -> AsyncIterator[Town]:
    """The chats of the example configuration; the bot is everywhere, and no admin of the channel."""
    sandbox = Sandbox(clock)
    world = sandbox.world
    world.add_group("Triase", [], "administrator", chat_id=TRIAGE)
    world.add_group("Krisis", [], "administrator", chat_id=CRISIS)
    discussion = world.add_group("Diskusi", [], "administrator", chat_id=DISCUSSION)
    world.add_channel("Kabar", discussion, chat_id=CHANNEL, username="kabarkota")
    path = tmp_path / "config.yaml"
    path.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    settings = load_settings(path, {"TANGGAP_BOT_TOKEN": f"123456789:{'A' * 35}"})
    async with (
        sandbox.serve() as url,
        Bot(sandbox.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot,
    ):
        yield Town(sandbox, bot, settings)


async def test_a_channel_where_the_bot_may_not_post_is_named_before_the_night(town: Town) -> None:
    channel = town.sandbox.world.chats[CHANNEL]
    town.sandbox.world.promote(channel, town.sandbox.world.bot, frozenset(ALL_RIGHTS))
    [line] = [one for one in await town.said() if "menayangkan" in one]
    assert line.startswith("✗")
    assert "hak Kirim Pesan" in line
    town.sandbox.world.promote(channel, town.sandbox.world.bot, ALL_RIGHTS | frozenset(CHANNEL_RIGHTS))
    [line] = [one for one in await town.said() if "menayangkan" in one]
    assert line.startswith("✓")


async def test_a_forum_asks_for_the_right_to_open_topics(town: Town) -> None:
    crisis = town.sandbox.world.chats[CRISIS]
    assert not [one for one in await town.said() if "topik" in one]
    crisis.forum = True
    assert [one[0] for one in await town.said() if "topik" in one] == ["✓"]
    town.sandbox.world.promote(crisis, town.sandbox.world.bot, ALL_RIGHTS - {"can_manage_topics"})
    [line] = [one for one in await town.said() if "topik" in one]
    assert line.startswith("✗")
    assert "Kelola Topik" in line


async def test_the_rights_that_moderation_needs_are_named_before_the_dry_weeks_end(town: Town) -> None:
    def about_order(said: list[str]) -> list[str]:
        return [one for one in said if "penertiban" in one]

    [line] = about_order(await town.said())
    assert line.startswith("✓")
    discussion = town.sandbox.world.chats[DISCUSSION]
    town.sandbox.world.promote(discussion, town.sandbox.world.bot, ALL_RIGHTS - {"can_restrict_members"})
    [line] = about_order(await town.said())
    assert line.startswith("✗")
    assert line.endswith("Beri bot hak Blokir Pengguna.")
    town.sandbox.world.promote(discussion, town.sandbox.world.bot, frozenset({"can_pin_messages"}))
    [line] = about_order(await town.said())
    assert line.endswith("Beri bot hak Hapus Pesan dan Blokir Pengguna.")


async def test_an_agency_that_never_moderates_hears_nothing_of_rights_for_it(
    town: Town, tmp_path: Path
) -> None:
    path = tmp_path / "config.yaml"
    text = path.read_text("utf-8").replace("  mode: dry ", '  mode: "off" ')
    path.write_text("\n".join(line for line in text.splitlines() if "dry_until:" not in line), "utf-8")
    town.settings = load_settings(path, {"TANGGAP_BOT_TOKEN": f"123456789:{'A' * 35}"})
    assert not [one for one in await town.said() if "penertiban" in one]
