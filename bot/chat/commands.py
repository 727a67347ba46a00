"""The menus behind the / button. They show, they do not protect: rights are checked in the services."""

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.chat.lists import commands_of
from bot.chat.words.commands import COMMANDS, FOR_CITIZENS, Command
from bot.domain.people import Person


async def set_menus(bot: Bot, triage: int) -> None:
    """Citizens see two commands in their private chat, the team's group sees the team's."""
    await bot.set_my_commands(_menu(FOR_CITIZENS), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_menu(COMMANDS), scope=BotCommandScopeChat(triage))


async def set_menu_of(bot: Bot, person: Person, telegram_id: int) -> None:
    """A member of the team sees, in the own chat with the bot, what the own roles open."""
    await bot.set_my_commands(_menu(commands_of(person)), scope=BotCommandScopeChat(telegram_id))


def _menu(commands: list[Command] | tuple[Command, ...]) -> list[BotCommand]:
    return [BotCommand(one.name, one.does) for one in commands]
