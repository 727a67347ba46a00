"""Whether the bot can do its work in every chat of the config: hear, see who leaves, post, open topics."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import TelegramError

from bot.domain.outgoing_steps import OWN_CHANNEL
from bot.domain.steps import Publish
from bot.files.fault import FilesFaulty
from bot.files.load import load_playbooks
from bot.files.settings import Settings
from bot.wire.redact import redact


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. Where it is not fine, `said` tells what to do."""

    fine: bool
    said: str

    def __str__(self) -> str:
        return f"{'✓' if self.fine else '✗'} {self.said}"


async def places_of(bot: Bot, settings: Settings) -> AsyncIterator[Finding]:
    """One finding per chat, and one for what is missing in it. Raises TelegramError."""
    yield await _team_chat(bot, "Grup tim", settings.chats.triage)
    if settings.chats.crisis is not None:
        yield await _team_chat(bot, "Grup krisis", settings.chats.crisis)
    async for finding in _topics(bot, settings):
        yield finding
    sees_all = bool(bot.can_read_all_group_messages)
    for chat in settings.chats.public:
        yield await _discussion(bot, chat.name, chat.discussion, sees_all)
        if settings.moderation.mode != "off":
            async for finding in _order(bot, chat.name, chat.discussion):
                yield finding
    if settings.chats.public and _publishes(settings):
        yield await _channel(bot, settings.chats.public[0].name, settings.chats.public[0].channel)


def _publishes(settings: Settings) -> bool:
    """Whether a playbook posts on the channel by itself. What is wrong with a playbook, `check` says."""
    try:
        playbooks = load_playbooks(settings.playbooks, settings)
    except FilesFaulty:
        return True
    steps = [step.uses for playbook in playbooks for step in playbook.steps]
    return any(isinstance(uses, Publish) and OWN_CHANNEL in uses.to for uses in steps)


async def _topics(bot: Bot, settings: Settings) -> AsyncIterator[Finding]:
    """Of a forum: whether every incident gets a topic of its own."""
    number = settings.chats.crisis or settings.chats.triage
    member = await _myself(bot, number)
    if isinstance(member, str) or not (await bot.get_chat(number)).is_forum:
        return
    if isinstance(member, ChatMemberAdministrator) and member.can_manage_topics:
        yield Finding(True, "Grup krisis memakai topik: tiap insiden mendapat topiknya sendiri.")
    else:
        said = "bot tidak boleh membuat topik. Beri hak Kelola Topik, supaya tiap insiden terpisah."
        yield Finding(False, f"Grup krisis memakai topik, tetapi {said}")


async def _channel(bot: Bot, name: str, chat_id: int) -> Finding:
    member = await _myself(bot, chat_id)
    if isinstance(member, str):
        return Finding(False, f"Kanal {name} ({chat_id}): {member}")
    if not isinstance(member, ChatMemberAdministrator) or not member.can_post_messages:
        said = "bot tidak boleh menayangkan. Jadikan bot admin kanal dengan hak Kirim Pesan,"
        return Finding(False, f"Kanal {name}: {said} supaya klarifikasi yang disetujui bisa tayang.")
    return Finding(True, f"Kanal {name}: bot bisa menayangkan klarifikasi yang disetujui.")


async def _team_chat(bot: Bot, name: str, chat_id: int) -> Finding:
    member = await _myself(bot, chat_id)
    if isinstance(member, str):
        return Finding(False, f"{name} ({chat_id}): {member}")
    if not isinstance(member, ChatMemberAdministrator):
        said = "bot bukan admin, jadi tidak tahu siapa yang keluar. Jadikan bot admin di grup itu."
        return Finding(False, f"{name}: {said}")
    return Finding(True, f"{name}: bot hadir sebagai admin.")


async def _discussion(bot: Bot, name: str, chat_id: int, sees_all: bool) -> Finding:
    member = await _myself(bot, chat_id)
    if isinstance(member, str):
        return Finding(False, f"Diskusi {name} ({chat_id}): {member}")
    if not sees_all and not isinstance(member, ChatMemberAdministrator):
        said = "bot tidak melihat komentar. Jadikan bot admin, atau matikan privacy mode di @BotFather"
        return Finding(False, f"Diskusi {name}: {said} lalu undang lagi.")
    return Finding(True, f"Diskusi {name}: bot melihat komentar.")


_KEEPS_ORDER = {"can_delete_messages": "Hapus Pesan", "can_restrict_members": "Blokir Pengguna"}


async def _order(bot: Bot, name: str, chat_id: int) -> AsyncIterator[Finding]:
    """What moderation needs there, also in the dry weeks: they end by themselves on the day that was set."""
    member = await _myself(bot, chat_id)
    if isinstance(member, str):
        return
    lacking = [said for right, said in _KEEPS_ORDER.items() if not getattr(member, right, False)]
    if lacking:
        said = f"penertiban belum bisa dijalankan. Beri bot hak {' dan '.join(lacking)}."
        yield Finding(False, f"Diskusi {name}: {said}")
    else:
        yield Finding(True, f"Diskusi {name}: penertiban bisa dijalankan setelah diputuskan.")


async def _myself(bot: Bot, chat_id: int) -> ChatMember | str:
    """The bot's own membership, or why there is none."""
    try:
        member = await bot.get_chat_member(chat_id, bot.id)
    except TelegramError as error:
        return f"tidak dapat dibuka ({redact(str(error))}). Periksa ID dan undang bot ke sana."
    if member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return "bot belum menjadi anggota. Undang bot ke sana."
    return member
