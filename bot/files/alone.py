"""Where one person carries everything: rotas of one, ladders that call the same people by other names."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.alone import Repeats, lonely, repeats
from bot.domain.people import PersonId, Role
from bot.domain.target import Target, TargetKind
from bot.files.fault import Fault, fault_at
from bot.files.rule_places import Office, Sheet
from bot.files.sections_rota import say_minute
from bot.files.settings import Settings

_GAPS_SHOWN = 3


def say_rotas(settings: Settings) -> Iterator[str]:
    """Hours of the week with nobody, rota by rota."""
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


def lonely_rotas(office: Office) -> Iterator[Fault]:
    """Rotas that have one person only."""
    for name, person in lonely(office.settings.rotations).items():
        message = f"Rota {name} hanya berisi {office.settings.persons[person].name}."
        hint = "Tidak ada cadangan bila ia tidak menjawab; tambahkan orang kedua."
        yield fault_at(office.place("rota", name, key=True), message, hint)


def lonely_ladders(settings: Settings, sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Ladders behind all of whose levels stands one person."""
    for sheet in sheets:
        only = _repeats(settings, sheet).only
        if only is not None:
            message = f"Semua tingkat memanggil {settings.persons[only].name}; tidak ada cadangan."
            hint = "Beri rota, kelompok, atau peran yang dipanggil orang kedua."
            yield fault_at(sheet.place("escalate", "levels"), message, hint)


def idle_levels(settings: Settings, sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Levels that call nobody but people who were called before."""
    for sheet in sheets:
        found = _repeats(settings, sheet)
        for number, people in found.levels.items() if found.only is None else ():
            names = ", ".join(sorted(settings.persons[person].name for person in people))
            message = f"Tingkat {number} tidak menambah orang baru ({names})."
            hint = "Panggil orang lain di tingkat ini, atau hapus tingkatnya."
            yield fault_at(sheet.place("escalate", "levels", number - 1, "page"), message, hint)


def _repeats(settings: Settings, sheet: Sheet) -> Repeats:
    ladder = sheet.playbook.ladder
    return repeats([behind(settings, one.page) for one in ladder.levels], behind(settings, ladder.exhausted))


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
