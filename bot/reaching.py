"""Whether people can be called where Telegram fails: looked at by doctor, tried by `tanggap page-test`."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.chat.words.names import listed, way
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.files.other_ways import NOT_INSTALLED
from bot.files.settings import Settings
from bot.gateways.apprise_ways import can_read, library_is_there
from bot.services.ports import Parts

_FRESH = timedelta(days=35)
_SAMPLE: Mapping[Via, str] = {
    Via.SMS: "+6281200000000",
    Via.VOICE: "+6281200000000",
    Via.EMAIL: "uji@kota.example",
}
Found = tuple[bool, str]


async def other_ways(settings: Settings, read: Parts, now: datetime) -> list[Found]:
    """Each gateway, and each person's ways: whether a test has gone through them lately."""
    if not settings.gateways:
        return [(True, "Jalan lain belum disiapkan: bila Telegram mati, tidak ada panggilan yang keluar.")]
    if not library_is_there():
        return [(False, NOT_INSTALLED)]
    found = await asyncio.to_thread(lambda: [_gateway(via, url) for via, url in settings.gateways.items()])
    without = [settings.persons[person].name for person, ways in settings.other_ways.items() if not ways]
    if without:
        found.append((False, f"Tanpa jalan lain: {listed(without)}. Isi contacts di config.yaml."))
    for person, ways in settings.other_ways.items():
        tests = _tests(await read.journal.about(f"person:{person}"))
        found += _person(settings.persons[person].name, person, ways, tests, now)
    return found


def _gateway(via: Via, url: str) -> Found:
    if can_read(url, _SAMPLE.get(via, "uji")):
        return True, f"Gerbang {way(via)} terbaca."
    return False, f"Alamat gerbang {way(via)} tidak terbaca. Contohnya ada di docs/operations.md."


def _person(
    name: str,
    person: PersonId,
    ways: Mapping[Via, str],
    tests: Mapping[str, tuple[datetime, str]],
    now: datetime,
) -> Iterator[Found]:
    for via in ways:
        at, error = tests.get(via, (None, ""))
        if at is None or now - at > _FRESH:
            yield False, f"{name} lewat {way(via)}: belum diuji sebulan ini. Uji: tanggap page-test {person}"
        elif error:
            yield False, f"{name} lewat {way(via)}: gagal pada uji terakhir ({error})."
        else:
            yield True, f"{name} lewat {way(via)}: teruji."


def _tests(lines: list[dict[str, object]]) -> dict[str, tuple[datetime, str]]:
    """The latest test of every way, and why it failed."""
    found = {}
    for line in lines:
        if line["action"] == "page_test":
            at, *_, detail = json.loads(str(line["canonical"]))
            found[str(detail["via"])] = datetime.fromtimestamp(at, UTC), str(detail.get("error", ""))
    return found
