"""What `tanggap check` says about calling people where Telegram fails."""

from collections.abc import Iterator
from importlib.util import find_spec

from bot.domain.playbook import Via
from bot.files.settings import Settings

LIBRARY = "apprise"
NOT_INSTALLED = "Pustaka apprise tidak terpasang; panggilan hanya lewat Telegram. Pasang: pip install apprise"


def say_other_ways(settings: Settings) -> Iterator[str]:
    """Who has a second way, and which contacts lead nowhere."""
    if not settings.gateways:
        yield "Jalan lain bila Telegram gagal: belum ada gerbang (pages.gateways)."
        return
    having = [settings.persons[person].name for person, ways in settings.other_ways.items() if ways]
    yield f"Jalan lain bila Telegram gagal: {len(having)} dari {len(settings.people)} orang punya."
    kinds = {Via(contact.kind) for person in settings.persons.values() for contact in person.contacts}
    if idle := sorted(kinds - settings.gateways.keys()):
        yield f"Perhatian: kontak {', '.join(idle)} belum terpakai; gerbangnya belum ada di pages.gateways."
    if find_spec(LIBRARY) is None:
        yield NOT_INSTALLED
