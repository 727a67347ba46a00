"""What `tanggap check` says about calling people where Telegram fails."""

from collections.abc import Iterator

from bot.files.settings import Settings

LIBRARY = "apprise"
NOT_INSTALLED = "Pustaka apprise tidak terpasang; panggilan hanya lewat Telegram. Pasang: pip install apprise"


def say_other_ways(settings: Settings) -> Iterator[str]:
    """Who has a second way."""
    if not settings.gateways:
        yield "Jalan lain bila Telegram gagal: belum ada gerbang (pages.gateways)."
        return
    having = [settings.persons[person].name for person, ways in settings.other_ways.items() if ways]
    yield f"Jalan lain bila Telegram gagal: {len(having)} dari {len(settings.people)} orang punya."
