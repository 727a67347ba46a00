"""Who is called although nobody is there: every target of a playbook, over the next fourteen days.

Roles, groups, units and people always have somebody, or the file is refused; a rota may have hours without.
Leave, stand-ins and who has a chat with the bot stand in the database: `doctor` and the bot look there.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from bot.domain.called import called
from bot.domain.rota import Gap, gaps
from bot.domain.target import Target, TargetKind
from bot.files.alone import say_length
from bot.files.fault import Fault, fault_at
from bot.files.rule_places import Sheet
from bot.files.settings import Settings

AHEAD = timedelta(days=14)
_HINTS = {
    "page": "Selama itu tingkat berikutnya langsung dipanggil. Lengkapi gilirannya di rota.",
    "exhausted": "Selama itu tak seorang pun diberi tahu. Lengkapi gilirannya di rota, atau sebut peran.",
    "confirm_by": "Selama itu tak ada yang boleh menutup. Lengkapi gilirannya di rota, atau sebut peran.",
}
_OTHERS = "Selama itu tak ada yang menerimanya. Lengkapi gilirannya di rota, atau sebut juga peran."


def empty_hours(settings: Settings, sheets: Iterable[Sheet], today: date) -> Iterator[Fault]:
    """Targets with nobody for a while, each said once at the first place, however many playbooks call it."""
    start = datetime.combine(today, time(), settings.agency.zone.tz)
    told = set()
    for sheet in sheets:
        for one in called(sheet.playbook):
            hint = _HINTS.get(str(one.where[-1]), _OTHERS)
            if (one.targets, hint) in told:
                continue
            told.add((one.targets, hint))
            length = sum((gap.end - gap.start for gap in _empty(settings, one.targets, start)), timedelta(0))
            if length:
                whom = ", ".join(map(str, one.targets))
                message = f"Dalam 14 hari ini {whom} kosong selama {say_length(length)}."
                yield fault_at(sheet.place(*one.where), message, hint)


def _empty(settings: Settings, targets: Iterable[Target], start: datetime) -> list[Gap]:
    """When nobody at all of them is on."""
    found = [Gap(start, start + AHEAD)]
    for target in targets:
        rotation = settings.rotations.get(target.name) if target.kind is TargetKind.ONCALL else None
        free = () if rotation is None else gaps(rotation, start, start + AHEAD)
        both = [Gap(max(a.start, b.start), min(a.end, b.end)) for a in found for b in free]
        found = [one for one in both if one.start < one.end]
    return found
