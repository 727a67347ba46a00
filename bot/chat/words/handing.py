"""The summary at a change of shifts: what is open, who has what, what falls due next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.words import times
from bot.chat.words.cards import head
from bot.chat.words.commands import waiting
from bot.chat.words.crisis import run_number
from bot.domain.people import Zone

TITLE = "🔄 Serah terima"
NOTHING = "Tidak ada kasus yang terbuka. Terima kasih!"

Params = Mapping[str, object]
Names = Mapping[str, str]


def summary(p: Params, n: Names) -> str:
    """One message; the load is told by name, not by number."""
    zone, now = Zone(str(p.get("zone", Zone.WIB))), datetime.fromisoformat(str(p["now"]))
    lines = [
        f"{TITLE}, {times.clock(now, zone)}.",
        _open(p),
        _incidents(p),
        _urgent(p, n),
        _due(p, now, zone),
    ]
    return "\n".join(line for line in [*lines, _held(p, n)] if line)


def _open(p: Params) -> str:
    states = p.get("states")
    counts = (
        {str(key): int(str(count)) for key, count in states.items()} if isinstance(states, Mapping) else {}
    )
    late = int(str(p.get("late", 0)))
    said = waiting(counts, "") if counts else NOTHING
    return said + (f" {late} lewat target jawaban." if late else "")


def _incidents(p: Params) -> str:
    runs = [run_number(int(str(one))) for one in _list(p, "incidents")]
    return f"🚨 Insiden berjalan: {', '.join(runs)}." if runs else ""


def _urgent(p: Params, n: Names) -> str:
    pairs = [_pair(one) for one in _list(p, "urgent")]
    named = [f"{head(int(case))} ({n.get(who, who) if who else 'belum diambil'})" for case, who in pairs]
    more = int(str(p.get("urgent_in_all", 0))) - len(named)
    return f"🟠 Mendesak: {', '.join(named)}{f', dan {more} lagi' if more > 0 else ''}." if named else ""


def _due(p: Params, now: datetime, zone: Zone) -> str:
    pairs = [_pair(one) for one in _list(p, "due")]
    told = [f"{head(int(case))} {times.moment(datetime.fromisoformat(at), now, zone)}" for case, at in pairs]
    return f"⏳ Tenggat berikutnya: {', '.join(told)}." if told else ""


def _held(p: Params, n: Names) -> str:
    pairs = [_pair(one) for one in _list(p, "held")]
    told = sorted(f"{n.get(who, who)} {count}" for who, count in pairs)
    return f"👤 Yang memegang: {', '.join(told)}." if told else ""


def _list(p: Params, key: str) -> Sequence[object]:
    found = p.get(key)
    return found if isinstance(found, list | tuple) else []


def _pair(one: object) -> tuple[str, str]:
    found = one if isinstance(one, list | tuple) and len(one) == 2 else ("0", "")
    return str(found[0]), str(found[1])
