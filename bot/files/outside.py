"""What `tanggap check` says about systems outside that playbooks listen to."""

from collections.abc import Iterable, Iterator

from bot.domain.outside import others
from bot.files.fault import Fault, Place, did_you_mean, fault_at
from bot.files.rule_places import Sheet
from bot.files.settings import Settings


def say_outside(settings: Settings) -> Iterator[str]:
    """Who may send events."""
    if known := settings.events.secrets:
        yield f"Kabar dari luar diterima dari: {', '.join(known)}."


def unheard(settings: Settings, sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Playbooks that wait for a system outside which may not send. No fault: a playbook that is shipped names
    the usual sources, and an agency without them opens it by the other ways.
    """
    known = settings.events.secrets
    for sheet in sheets:
        for name in sorted(others(sheet.playbook.triggers) - known.keys()):
            near = did_you_mean(name, known) if known else ""
            how = "Tambahkan di sana, atau biarkan: playbook ini tetap terbuka lewat jalan lain."
            message = f"Sumber {name} belum ada di events.sources."
            yield fault_at(_source(sheet, name), message, near if near.startswith("Maksud") else how)


def _source(sheet: Sheet, name: str) -> Place:
    """The first line that names this source."""
    named = [event.source for event in sheet.playbook.triggers.event]
    if name in named:
        return sheet.place("on", "event", named.index(name), "source")
    return sheet.place("on", "heartbeat", "connector")
