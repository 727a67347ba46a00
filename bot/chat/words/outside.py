"""What is said of signed events, schedules and connectors that fall silent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.chat.words import times
from bot.chat.words.names import listed
from bot.domain.outside import IMPORT, TELEGRAM
from bot.domain.people import Zone
from bot.domain.run_types import What
from bot.domain.trigger import ScheduleTrigger, Triggers
from bot.services.ports_outside import UnderWay

Params = Mapping[str, object]
_OURS: Mapping[str, str] = {TELEGRAM: "Telegram", IMPORT: "impor berkas"}


class Teller(Protocol):
    """What a sentence needs to name a moment."""

    def moment(self, iso: object) -> str: ...


def connector(name: object) -> str:
    """Ours by their names; of others the id that the configuration gives them."""
    return _OURS.get(str(name), str(name))


def importing(file: str, one: UnderWay, now: datetime) -> str:
    """A file that is coming in, or that was cut off and how to go on with it."""
    rows = f"{one.far} dari {one.comments} komentar"
    if not one.stands(now):
        return f"📥 Berkas “{file}” sedang dimasukkan: sedikitnya {rows}."
    since = times.span(now - one.moved_at)
    return (
        f"📥 Berkas “{file}” belum masuk semua: sedikitnya {rows}, lalu berhenti {since} lalu. "
        "Pengelola mengulang tanggap import dengan berkas itu; sisanya dilanjutkan, tidak ada yang dobel."
    )


def because(words: Params) -> str:
    """Why it opened, from the trigger's short form; "" where it was something else."""
    if "event" in words:
        return f"kabar dari {connector(words.get('source', ''))}: {_kind(words)}"
    if "heartbeat" in words:
        return f"tidak ada kabar lagi dari {connector(words.get('connector', ''))}"
    if "schedule" in words:
        late = ", terlambat karena bot sempat mati" if words.get("late") else ""
        return f"sudah waktunya menurut jadwal{late}"
    return ""


def opened_by(triggers: Triggers) -> list[str]:
    """What opens a playbook besides comments and people, for whoever reads it."""
    events = [
        f"kabar dari {connector(one.source)}{f' ({one.kind})' if one.kind else ''}" for one in triggers.event
    ]
    rounds = [f"jadwal {_days(one)} pukul {one.at:%H.%M}" for one in triggers.schedule]
    silent = triggers.heartbeat
    if silent is None:
        return [*events, *rounds]
    return [
        *events,
        f"tidak ada kabar dari {connector(silent.connector)} selama {times.span(silent.silent_for)}",
        *rounds,
    ]


def _days(schedule: ScheduleTrigger) -> str:
    if schedule.day_of_month is not None:
        return f"setiap tanggal {schedule.day_of_month}"
    return (
        "setiap hari"
        if not schedule.days
        else "tiap " + listed([times.day_name(day) for day in sorted(schedule.days)])
    )


def _kind(p: Params) -> str:
    return str(p.get("kind", "")).replace("-", " ")


def _event(p: Params, _t: Teller) -> str:
    """The lines as the source wrote them: nobody here has said that they are so."""
    given = p.get("fields")
    rows = [f"\n• {_name(row[0])}: {row[1]}" for row in given] if isinstance(given, list) else []
    return f"Kabar dari {connector(p.get('source', ''))}: {_kind(p)}.{''.join(rows)}"


def _name(field: object) -> str:
    text = str(field).replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]


def _back(p: Params, t: Teller) -> str:
    name, since = connector(p.get("connector", "")), t.moment(p.get("since"))
    return f"{name[:1].upper()}{name[1:]} terdengar lagi; terakhir sebelumnya {since}."


STORIES: Mapping[str, Callable[[Params, Teller], str]] = {What.EVENT_CAME: _event, What.HEARD_AGAIN: _back}


def schedule_missed(p: Params, _names: Mapping[str, str]) -> str:
    """A round that was not opened, since its hour is long past."""
    due = datetime.fromisoformat(str(p.get("due_at")))
    when = times.moment(due, due, Zone(str(p.get("zone"))))
    return (
        f"🗓 {p.get('playbook', '')} terjadwal pukul {when}, tetapi saat itu bot mati dan kini sudah terlalu "
        "lama lewat. Bila masih perlu, buka dengan /krisis."
    )
