"""A made-up press office for the benchmarks: its people, its places in the sandbox, its config.yaml."""

import socket
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import opened_quietly
from bot.clock import SystemClock
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.sandbox import Chat, Message, Sandbox, User
from bot.services.tap import Tap

TEAM = {
    "laras": "admin",
    "tegar": "admin",
    "sekar": "koordinator, pengelola",
    "galih": "koordinator",
    "dimas": "piket",
    "ratih": "piket",
}
OFFICERS, COORDINATORS = ("laras", "tegar"), ("sekar", "galih")

_FIRST_CITIZEN = 10_000_000
"""Above 777000, by which Telegram itself speaks: of a hundred thousand citizens one would be taken for it."""
_POSTS = (
    "Layanan Dukcapil Keliling pekan ini hadir di empat desa. Silakan bertanya di kolom komentar.",
    "Perbaikan Jalan Melati dimulai hari Senin. Sampaikan pertanyaan atau laporan di kolom komentar.",
    "Kantor kelurahan buka Senin sampai Jumat. Ada yang ingin ditanyakan?",
)


@dataclass(slots=True)
class Town:
    """Everybody and every place. `config`: the office's config.yaml; `database`: the bot's file beside it."""

    sandbox: Sandbox
    url: str
    folder: Path
    channel: Chat
    discussion: Chat
    triage: Chat
    team: dict[str, User]
    citizens: list[User]
    posts: list[Message] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def database(self) -> Path:
        return self.folder / "tanggap.db"

    @property
    def environment(self) -> dict[str, str]:
        return {"TANGGAP_BOT_TOKEN": self.sandbox.token}

    def settings(self) -> Settings:
        return load_settings(self.config, self.environment)

    def publish(self) -> None:
        """The posts, and with them the threads that citizens write in."""
        self.posts = [self.sandbox.world.publish(self.channel, text) for text in _POSTS]


def build(sandbox: Sandbox, url: str, folder: Path, citizens: int) -> Town:
    """Fills an empty sandbox that answers at `url`."""
    world = sandbox.world
    public = [world.add_user(f"Warga {i:04}", _FIRST_CITIZEN + i) for i in range(citizens)]
    team = {name: world.add_user(name.title(), 7_000 + i) for i, name in enumerate(TEAM)}
    discussion = world.add_group("Diskusi Kota Contoh", [], "administrator", chat_id=-1001000000001)
    channel = world.add_channel("Info Kota Contoh", discussion, chat_id=-1001000000002)
    triage = world.add_group("Triase Humas", list(team.values()), "administrator", chat_id=-1001000000003)
    town = Town(sandbox, url, folder, channel, discussion, triage, team, public)
    town.config.write_text(_config(town), encoding="utf-8")
    return town


async def staff(town: Town) -> None:
    """Before the first start of the bot: templates approved, and everybody has pressed their invitation."""
    clock = SystemClock()
    settings = town.settings()
    async with opened_quietly(settings, clock) as (services, _):
        coordinator = settings.persons[PersonId(COORDINATORS[0])]
        await services.templates.approve_all(Tap(coordinator, 0, 0, "benchmark", clock.now()))
        for name, user in town.team.items():
            secret = await services.team.invite(PersonId(name), "host")
            town.sandbox.world.start(user, secret)


async def welcomed(town: Town, seconds: float = 30.0) -> None:
    """The bot has answered every invitation. TimeoutError when it does not."""
    world = town.sandbox.world

    def all_greeted() -> bool:
        return all(any(m.sender_id == world.bot.id for m in world.messages(u.id)) for u in town.team.values())

    await world.until(all_greeted, seconds)


def _free_port() -> int:
    """Of the loopback; somebody else may take it before the bot does, which then says so."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _config(town: Town) -> str:
    people = "\n".join(f"  - {{id: {n}, name: {n.title()}, roles: [{role}]}}" for n, role in TEAM.items())
    always = "{shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [%s]}]}"
    return f"""agency: {{name: Pemerintah Kota Contoh, short: Kota Contoh, zone: WIB}}
telegram:
  token: ${{TANGGAP_BOT_TOKEN}}
  api_base_url: {town.url}
database: {{url: "sqlite:tanggap.db"}}
chats:
  triage: {town.triage.id}
  public:
    - {{name: Info Kota Contoh, channel: {town.channel.id}, discussion: {town.discussion.id}}}
people:
{people}
groups: {{kepala-humas: [sekar], pimpinan: [sekar, galih], pendamping: [dimas, sekar]}}
units:
  - {{id: bpbd, name: BPBD, people: [sekar]}}
  - {{id: layanan, name: Bidang layanan, people: [sekar]}}
  - {{id: keamanan, name: Penghubung keamanan, people: [sekar]}}
  - {{id: siber, name: Tim siber, people: [sekar]}}
rota:
  medsos: {always % "dimas"}
  medsos-cadangan: {always % "ratih"}
approval: {{expires: 4h}}
board: {{live: false, cards: 1000, spikes: false}}
intake: {{same: false}}
links: {{allow: [go.id]}}
web: {{port: {_free_port()}}}
"""
