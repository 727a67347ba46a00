"""Moderation of one agency: its rules, its places, its manner of speaking to citizens."""

from bot.chat.words.moderation import for_citizens
from bot.domain.moderation import Remedy, Rule
from bot.files.settings import Settings
from bot.services.house import House, Offices, house_of
from bot.services.ports import Clock, Store


def house_of_agency(settings: Settings, store: Store, offices: Offices, clock: Clock) -> House:
    """From the settings."""

    def words(remedy: Remedy, rule: Rule, case: int, protected: bool) -> str:
        return for_citizens(remedy, rule, case, settings.agency.greeting, protected=protected)

    rules = settings.moderation.made(settings.chats, settings.guard.allow, settings.agency.zone)
    return house_of(store, offices, rules, words, clock)
