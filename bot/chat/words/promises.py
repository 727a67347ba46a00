"""The first answer that was promised to a citizen: reminders to the team, of one case or of many."""

from collections.abc import Mapping

from bot.chat.words import times
from bot.chat.words.cards import head
from bot.chat.words.names import listed
from bot.chat.words.sharing import untouched

Params = Mapping[str, object]
Names = Mapping[str, str]
_STAGE = {
    "drafted": "Balasannya menunggu persetujuan.",
    "approved": "Balasannya disetujui tetapi belum tayang; lihat kartunya.",
}


def answer_soon(p: Params, n: Names) -> str:
    """The time is nearly over."""
    count, first, cases = _cases(p)
    if count > 1:
        said = f"⏳ {count} kasus mendekati target jawaban: {cases}. Lihat /antrean."
        return said + (f" {_coordinators(p, n)}, ada yang menunggu persetujuan." if _asked(p) else "")
    left = f"target jawabannya tinggal {times.minutes(_number(p, 'left'))} lagi"
    if p.get("status") == "drafted":
        return f"⏳ {first} menunggu persetujuan, {left}. {_coordinators(p, n)}, mohon dilihat."
    if p.get("status") == "approved":
        return f"⏳ {first}: balasannya disetujui tetapi belum tayang, {left}. Lihat kartunya."
    who = str(p.get("person", ""))
    return f"⏳ {first}: {n.get(who, who)}, {left}." if who else f"⏳ {first} belum diambil, {left}."


def answer_late(p: Params, n: Names) -> str:
    """It is over, and the citizen still waits."""
    count, first, cases = _cases(p)
    if count > 1:
        return f"⌛ {count} kasus lewat target jawaban: {cases}. {_coordinators(p, n)}, mohon dibantu."
    who = str(p.get("person", ""))
    where = _STAGE.get(str(p.get("status", "")), "")
    if not where:
        where = f"Ditangani {n.get(who, who)}." if who else "Belum diambil siapa pun."
    return f"⌛ {first} lewat target jawaban. {where} {_coordinators(p, n)}, mohon dibantu."


def left_alone(p: Params, n: Names) -> str:
    """Whoever had it did nothing about it: it is everybody's again."""
    if not p.get("late", True):
        return untouched(p, n, _coordinators(p, n))
    who = str(p.get("person", ""))
    return (
        f"↩️ {head(_number(p, 'case'))} kembali ke antrean: {n.get(who, who)} belum sempat menanganinya sejak "
        f"target lewat. {_coordinators(p, n)}, mohon dibantu."
    )


def _cases(p: Params) -> tuple[int, str, str]:
    """How many, the first, and those that are named."""
    found = p.get("cases")
    numbers = [int(str(one)) for one in found] if isinstance(found, list | tuple) else []
    count = max(_number(p, "of"), len(numbers))
    heads = [head(number) for number in numbers] or ["Sebuah kasus"]
    more = count - len(heads)
    return count, heads[0], ", ".join(heads) + (f", dan {more} lagi" if more > 0 else "")


def _asked(p: Params) -> list[str]:
    found = p.get("coordinators")
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


def _coordinators(p: Params, n: Names) -> str:
    return listed([n.get(one, one) for one in _asked(p)]) or "Koordinator"


def _number(p: Params, key: str) -> int:
    value = p.get(key)
    return value if isinstance(value, int) else 0
