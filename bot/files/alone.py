"""What `check` and `doctor` say of the rota: hours with nobody, and where one person carries everything."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.alone import lonely, repeats
from bot.domain.people import PersonId, Role
from bot.domain.playbook import Playbook
from bot.domain.target import Target, TargetKind
from bot.files.sections_rota import say_minute
from bot.files.settings import Settings

_GAPS_SHOWN = 3
ATTENTION = "Perhatian:"
"""How a line begins that somebody should do something about."""


def say_rotas(settings: Settings) -> Iterator[str]:
    """Hours of the week with nobody, rota by rota; and those that have one person only."""
    alone = lonely(settings.rotations)
    for name, row in settings.rota.items():
        spans = row.empty_spans()
        since = f" sejak {row.begins:%d-%m-%Y %H.%M}" if row.begins is not None else ""
        if not spans:
            yield f"Rota {name}: terisi sepanjang minggu{since}."
        else:
            named = [f"{say_minute(start)} sampai {say_minute(end)}" for start, end in spans[:_GAPS_SHOWN]]
            more = f", dan {len(spans) - _GAPS_SHOWN} lagi" if len(spans) > _GAPS_SHOWN else ""
            hours = say_length(timedelta(minutes=sum(end - start for start, end in spans)))
            yield f"Rota {name}: kosong {hours} per minggu ({'; '.join(named)}{more})."
        if name in alone:
            who = settings.persons[alone[name]].name
            yield f"{ATTENTION} rota {name} hanya berisi {who}; tidak ada cadangan bila ia tidak menjawab."


def say_ladders(settings: Settings, playbooks: Iterable[Playbook]) -> Iterator[str]:
    """Ladders that call the same people again under another name."""
    for playbook in playbooks:
        levels = [behind(settings, level.page) for level in playbook.ladder.levels]
        found = repeats(levels, behind(settings, playbook.ladder.exhausted))
        if found.only is not None:
            who = settings.persons[found.only].name
            yield f"{ATTENTION} playbook {playbook.id} memanggil {who} di semua tingkat; tidak ada cadangan."
            continue
        for number, people in found.levels.items():
            names = ", ".join(sorted(settings.persons[person].name for person in people))
            yield f"Playbook {playbook.id}: tingkat {number} tidak menambah orang baru ({names})."


def behind(settings: Settings, targets: Iterable[Target]) -> frozenset[PersonId]:
    """Everybody whom these targets can ever mean."""
    return frozenset(person for target in targets for person in _people(settings, target))


def _people(settings: Settings, target: Target) -> Iterable[PersonId]:
    match target.kind:
        case TargetKind.ROLE:
            return (p.id for p in settings.persons.values() if Role(target.name) in p.roles)
        case TargetKind.GROUP:
            return settings.members.get(target.name, ())
        case TargetKind.UNIT:
            return settings.liaisons.get(target.name, ())
        case TargetKind.ONCALL:
            rotation = settings.rotations.get(target.name)
            return rotation.people if rotation is not None else ()
        case TargetKind.PERSON:
            return (PersonId(target.name),) if target.name in settings.persons else ()
        case TargetKind.ACKER:
            return ()


def say_length(length: timedelta) -> str:
    """A length of time as people say it: 1 jam 30 menit."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "hari"), (hours, "jam"), (minutes, "menit"), (seconds, "detik"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 detik"
