"""The demo's town: people, posts and phones in the sandbox, and the config.yaml of its press office."""

import json
import socket
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bot.clock import MovableClock
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.sandbox import Chat, Message, Phone, Sandbox, Stage, User, View

_DEMO = resources.files("playbooks") / "demo"
_OPEN = ("Ratna", "Bagus", "Wulan", "Hasan", "Laras")
"""Citizens whom the page offers at first; the others come with their comments."""


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody and every place of the demo."""

    stage: dict[str, Any]
    channel: Chat
    discussion: Chat
    triage: Chat
    posts: dict[str, Message]
    citizens: dict[str, User]
    team: dict[str, User]


def build_town(sandbox: Sandbox) -> Town:
    """Fills the sandbox. The channel's posts come later, when the bot listens."""
    stage = json.loads((_DEMO / "stage.json").read_text("utf-8"))
    world = sandbox.world
    citizens = {name: world.add_user(name, 7_200 + i) for i, name in enumerate(stage["citizens"])}
    team = {row["id"]: world.add_user(row["name"], 7_000 + i) for i, row in enumerate(stage["team"])}
    discussion = world.add_group(
        stage["discussion"], list(citizens.values()), "administrator", chat_id=-1001000000001
    )
    channel = world.add_channel(
        stage["channel"], discussion, "administrator", chat_id=-1001000000002, username="kabarpurwatirta"
    )
    triage = world.add_group(stage["triage"], list(team.values()), "administrator", chat_id=-1001000000003)
    town = Town(stage, channel, discussion, triage, {}, citizens, team)
    sandbox.stage = _phones(town)
    return town


def _phones(town: Town) -> Stage:
    team = town.team
    first = [town.citizens[name].id for name in _OPEN if name in town.citizens]
    everybody = tuple(dict.fromkeys([*first, *(user.id for user in town.citizens.values())]))
    officers = (team["sinta"].id, team["bram"].id)
    # Two hold each private phone in turn: what one of them writes, the other one has to approve.
    coordinators = (team["hesti"].id, team["wisnu"].id)
    on_call = (team["bram"].id, team["sinta"].id)
    channel, triage = town.channel, town.triage
    phones = (
        Phone("warga", "Warga", channel.title, View.COMMENTS, everybody, channel.id),
        Phone("triase", "Grup tim", triage.title, View.GROUP, officers, triage.id),
        Phone("koordinator", "Koordinator", team["hesti"].name, View.PRIVATE, coordinators),
        Phone("piket", "Piket", team["bram"].name, View.PRIVATE, on_call),
    )
    return Stage(town.stage["short"], phones, team["bram"].id)


def publish(sandbox: Sandbox, town: Town) -> None:
    """The morning's posts in the channel."""
    for row in town.stage["posts"]:
        town.posts[row["key"]] = sandbox.world.publish(town.channel, row["text"])


def day() -> list[dict[str, Any]]:
    """The comments of the day in order; `at` is seconds after the day's start."""
    lines = (_DEMO / "day.jsonl").read_text("utf-8").splitlines()
    return sorted((json.loads(line) for line in lines if line.strip()), key=lambda row: int(row["at"]))


def settings_of(town: Town, url: str, token: str, folder: Path) -> Settings:
    """Writes the press office's config.yaml and reads it back, as `tanggap run` would. Raises FilesFaulty."""
    config = folder / "config.yaml"
    config.write_text(_config(town, url), encoding="utf-8")
    return load_settings(config, {"TANGGAP_BOT_TOKEN": token})


def _config(town: Town, url: str) -> str:
    stage = town.stage
    people = "\n".join(
        f"  - {{id: {row['id']}, name: {row['name']}, roles: [{', '.join(row['roles'])}]}}"
        for row in stage["team"]
    )
    groups = "\n".join(f"  {name}: [{', '.join(people)}]" for name, people in stage["groups"].items())
    units = "\n".join(
        f"  - {{id: {row['id']}, name: {row['name']}, people: [{row['person']}]}}" for row in stage["units"]
    )
    rota = "\n".join(
        f"  {name}: {{shifts: [{{days: sen-min, from: '00:00', to: '00:00', people: [{person}]}}]}}"
        for name, person in stage["oncall"].items()
    )
    return f"""agency: {{name: {stage["agency"]}, short: {stage["short"]}, zone: {stage["zone"]}}}
telegram:
  token: ${{TANGGAP_BOT_TOKEN}}
  api_base_url: {url}
database: {{url: "sqlite:tanggap.db"}}
chats:
  triage: {town.triage.id}
  public:
    - {{name: {stage["channel"]}, channel: {town.channel.id}, discussion: {town.discussion.id}}}
people:
{people}
groups:
{groups}
units:
{units}
rota:
{rota}
approval: {{expires: 4h}}
board: {{cards: 1000}}
links: {{allow: [go.id]}}
web: {{port: {free_port()}}}
"""


def free_port() -> int:
    """A port that nobody listens on now, for the demo's health page."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_of_day(clock: MovableClock, town: Town, zone_offset_h: int = 7) -> None:
    """Moves the clock to the next morning at which the demo's day begins."""
    hour, minute = (int(part) for part in town.stage["starts"].split(":"))
    now = clock.now()
    into_day = (now.hour + zone_offset_h) % 24 * 3600 + now.minute * 60 + now.second
    clock.advance((hour * 3600 + minute * 60 - into_day) % 86_400)
