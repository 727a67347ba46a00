"""What the page shows: four phones, whose they are, and which chats they hold."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.model import Chat, Message, User
from bot.sandbox.world import World


class View(StrEnum):
    COMMENTS = "comments"  # a channel's post with the comments under it, and the private chat with the bot
    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone. `viewers` are the ids of the people who may hold it (the first one does at the start).

    `subtitle` says in a word or two what its holder does. `chat` is the channel (COMMENTS) or the group; a
    PRIVATE phone shows its viewer's chat with the bot.
    """

    key: str
    title: str
    subtitle: str
    view: View
    viewers: tuple[int, ...]
    chat: int = 0


SAMPLES = (
    "Kapan jalan di depan pasar diperbaiki?",
    "Sudah tiga hari air di rumah kami mati, tolong dicek.",
    "Terima kasih, petugasnya ramah dan cepat.",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """The page's title, its phones, the person whom the panel can make block the bot (0: nobody), and
    sentences that the panel offers to write as a citizen.
    """

    title: str
    phones: tuple[Phone, ...] = ()
    on_call: int = 0
    samples: tuple[str, ...] = SAMPLES


@dataclass(slots=True)
class Scenery:
    """An example stage with its people and places, for tests and for running alone."""

    stage: Stage
    channel: Chat
    discussion: Chat
    triage: Chat
    coordinator: User
    on_call: User
    officer: User
    citizens: list[User]
    posts: list[Message] = field(default_factory=list)


def example(world: World) -> Scenery:
    """A made-up town's channel with a discussion, a triage group, a team of three and four citizens."""
    names = ("Ratna", "Bagus", "Wulan", "Yoga")
    citizens = [
        world.add_user(name, 7101 + i, username=f"{name.lower()}_warga") for i, name in enumerate(names)
    ]
    coordinator = world.add_user("Sekar", 7001, username="sekar_koordinator")
    on_call = world.add_user("Dimas", 7002, username="dimas_piket")
    officer = world.add_user("Laras", 7003, username="laras_admin")
    team = [officer, coordinator, on_call]
    discussion = world.add_group("Diskusi Kota Contoh", citizens, "administrator", chat_id=-1001000000001)
    channel = world.add_channel(
        "Info Kota Contoh", discussion, chat_id=-1001000000002, username="infokotacontoh"
    )
    triage = world.add_group("Triase Humas", team, "administrator", chat_id=-1001000000003)
    post = world.publish(
        channel,
        "Perbaikan Jalan Melati dimulai hari Senin. Sampaikan pertanyaan atau laporan di kolom komentar.",
    )
    phones = (
        Phone("warga", "Warga", "berkomentar", View.COMMENTS, tuple(c.id for c in citizens), channel.id),
        Phone("triase", "Grup tim", "tim humas", View.GROUP, (officer.id, on_call.id), triage.id),
        Phone("koordinator", "Koordinator", "menyetujui", View.PRIVATE, (coordinator.id,)),
        Phone("piket", "Piket", "siaga krisis", View.PRIVATE, (on_call.id,)),
    )
    stage = Stage("Kota Contoh", phones, on_call.id)
    return Scenery(stage, channel, discussion, triage, coordinator, on_call, officer, citizens, [post])
