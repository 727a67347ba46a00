"""`tanggap doctor` and `tanggap invite`: is everything there that the bot will need tonight?"""

import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientSession, ClientTimeout
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.assembly import directory_of
from bot.chat.handlers.membership import NOBODY, is_inside
from bot.domain.alone import lonely
from bot.domain.called import called, everybody
from bot.domain.people import PersonId
from bot.domain.swap import Plan
from bot.files.alone import idle_levels, lonely_ladders, say_length
from bot.files.fault import FilesFaulty, fault_at
from bot.files.load import load_sheets
from bot.files.national import last_year
from bot.files.rule_places import Sheet
from bot.files.secrets import too_open
from bot.files.settings import Settings
from bot.hearing import heard_from_outside
from bot.judging import fitness
from bot.places import Finding, places_of
from bot.reaching import other_ways
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock, Link
from bot.services.reach_ahead import unreached_ahead
from bot.services.shifts import gaps_of
from bot.store.database import DatabaseUnusable, open_database
from bot.wire.redact import redact
from bot.wire.source import bot_base_url
from bot.wire.transport import make_request, proxy_from_environment

_DECREE_AHEAD = timedelta(days=60)
_ROOM = 1_000_000_000
_CLOCK_MAY_DIFFER_S = 30.0


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Looks at everything and changes nothing but what a first start would create."""
    found = [
        *_disk(settings),
        *_calendar(settings, clock.now()),
        *(Finding(*one) for one in fitness(settings)),
        *(Finding(False, str(one)) for one in too_open(settings)),
    ]
    try:
        database = await open_database(settings.database_file)
    except DatabaseUnusable as error:
        return [*found, Finding(False, str(error))]
    try:
        found += [Finding(True, f"Basis data {settings.database_file} baik.")]
        oncall = OnCall(database, directory_of(settings), settings.rotations, settings.hours)
        found += _rota(settings, await oncall.plan(clock.now()), clock.now())
        sheets, faulty = _sheets(settings)
        playbooks = [sheet.playbook for sheet in sheets]
        found += [*faulty, *_ladders(settings, sheets)]
        outside = await heard_from_outside(settings, playbooks, database.read, clock.now())
        found += [Finding(*one) for one in outside]
        links = await database.read.people.links()
        homes = await database.read.people.aliases()
        found += _people(settings, links)
        if links:  # while nobody is enrolled, the lines about people say it all
            found += [one async for one in _unreached(oncall, settings, sheets, clock.now())]
        found += [Finding(*one) for one in await other_ways(settings, database.read, clock.now())]
    finally:
        await database.close()
    linked = [link for link in links if link.person in settings.persons and not link.suspended]
    triage = homes.get(settings.chats.triage, settings.chats.triage)
    return [*found, *await _clock(settings, clock), *await _telegram(settings, triage, linked)]


async def invitation(settings: Settings, person: str, clock: Clock) -> str:
    """A one-time link for this person, with what to do with it. Raises NotFound for somebody unknown."""
    database = await open_database(settings.database_file)
    try:
        directory = directory_of(settings)
        oncall = OnCall(database, directory, settings.rotations, settings.hours)
        secret = await Team(database, directory, oncall, clock).invite(PersonId(person), "host")
    finally:
        await database.close()
    name = settings.persons[PersonId(person)].name
    try:
        async with _bot(settings) as bot:
            link = f"https://t.me/{bot.username}?start={secret}"
    except TelegramError:
        link = f"/mulai {secret}\nTelegram tidak menjawab, jadi pesan ini dikirim sendiri kepada bot."
    return f"{link}\nKirim ini hanya kepada {name}. Berlaku 15 menit, sekali pakai."


async def _clock(settings: Settings, clock: Clock) -> list[Finding]:
    """Compares with the time that Telegram's server states; without an answer there is nothing to compare."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(10)) as session,
            session.get(settings.telegram.api_base_url) as answer,
        ):
            stated = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ClientError, TimeoutError, ValueError, TypeError):
        return []
    off = abs((clock.now() - stated).total_seconds())
    said = f"Jam mesin ini selisih {off:.0f} detik dari Telegram."
    return [
        Finding(
            off <= _CLOCK_MAY_DIFFER_S, said if off <= 2 else f"{said} Aktifkan sinkronisasi waktu (NTP)."
        )
    ]


def _bot(settings: Settings) -> Bot:
    row = settings.telegram
    request = make_request(row.transport, proxy=proxy_from_environment(row.api_base_url))
    return Bot(row.token.get_secret_value(), base_url=bot_base_url(row.api_base_url), request=request)


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.database_file.parent
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    yield Finding(free >= _ROOM, f"Ruang disk di {folder}: {free // 1_000_000} MB.")


def _rota(settings: Settings, plan: Plan, now: datetime) -> Iterator[Finding]:
    """The next fourteen days as the rota, what was agreed on and leave make them."""
    found = gaps_of(plan, now)
    for name, rotation in plan.rotations.items():
        empty = found.get(name, ())
        if not empty:
            yield Finding(True, f"Rota {name}: terisi penuh 14 hari ke depan.")
            continue
        zone = rotation.zone
        first = empty[0].start.astimezone(zone.tz)
        when = f"{first:%d-%m-%Y %H.%M} {zone}"
        said = f"{len(empty)} celah tanpa petugas, mulai {when}. Isi dengan /piket ganti atau di config.yaml."
        yield Finding(False, f"Rota {name}: {said}")
    for name, person in lonely(plan.rotations).items():
        who = settings.persons[person].name
        yield Finding(False, f"Rota {name} hanya berisi {who}: tidak ada cadangan bila ia tidak menjawab.")
    if not plan.rotations:
        yield Finding(False, "Belum ada rota piket; tidak ada yang dibangunkan di luar jam kerja.")


def _sheets(settings: Settings) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """The playbooks of the configuration; what is wrong with them in full, `check` says."""
    try:
        return load_sheets(settings.playbooks, settings), []
    except FilesFaulty as faulty:
        return (), [Finding(False, str(faulty))]


def _ladders(settings: Settings, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Ladders that call one person by several names."""
    yield from (Finding(False, str(one)) for one in lonely_ladders(settings, sheets))
    yield from (Finding(True, str(one)) for one in idle_levels(settings, sheets))


async def _unreached(
    oncall: OnCall, settings: Settings, sheets: Sequence[Sheet], now: datetime
) -> AsyncIterator[Finding]:
    """Calls of playbooks that reach nobody some time in the next fourteen days, each at its first place."""
    calls = everybody(sheet.playbook for sheet in sheets)
    for one in await unreached_ahead(oncall, calls, now):
        sheet = next(sheet for sheet in sheets if one.called in called(sheet.playbook))
        whom = ", ".join(map(str, one.called.targets))
        who = ", ".join(settings.persons[person].name for person in one.people)
        since = f"{one.start.astimezone(settings.agency.zone.tz):%d-%m-%Y %H.%M} {settings.agency.zone}"
        message = f"Dalam 14 hari ini {whom} tidak bisa dihubungi selama {say_length(one.length)}."
        hint = f"Mulai {since}: {who} cuti, belum terhubung, atau memblokir bot."
        yield Finding(False, str(fault_at(sheet.place(*one.called.where), message, hint)))


def _calendar(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The decree of a year comes in the autumn before: two months ahead it should be known."""
    if not settings.national_holidays:
        return
    known, needed = last_year(), (now + _DECREE_AHEAD).year
    if known < needed:
        said = (
            f"Kalender bawaan hanya sampai {known}. Perbarui Tanggap, atau tulis libur {needed} di holidays."
        )
        yield Finding(False, said)


def _people(settings: Settings, known: Sequence[Link]) -> list[Finding]:
    links = {link.person: link for link in known}
    found = []
    for person in settings.persons.values():
        link = links.get(person.id)
        if link is None:
            said = f"{person.name} belum terhubung. Buat tautan: tanggap invite {person.id}"
        elif link.suspended:
            said = f"{person.name} dinonaktifkan. Undang lagi: tanggap invite {person.id}"
        elif not link.reachable:
            said = f"{person.name} memblokir bot. Minta ia membuka blokir lalu menekan /mulai."
        else:
            said = ""
        found.append(Finding(not said, said or f"{person.name} dapat dihubungi."))
    return found


async def _telegram(settings: Settings, triage: int, linked: Sequence[Link]) -> list[Finding]:
    try:
        # Entering asks who the bot is; where the token is wrong the error names it in full.
        async with _bot(settings) as bot:
            outside = [one for link in linked async for one in _outside(bot, settings, triage, link)]
            return [*await _seen_by(bot, settings), *outside]
    except TelegramError as error:
        said = f"Telegram menolak atau tidak menjawab ({redact(str(error))}). Periksa token dan jaringan."
        return [Finding(False, said)]


async def _seen_by(bot: Bot, settings: Settings) -> list[Finding]:
    found = [Finding(True, f"Token benar: @{bot.username}.")]
    found.append(await _webhook(bot, settings))
    return [*found, *[one async for one in places_of(bot, settings)]]


async def _outside(bot: Bot, settings: Settings, triage: int, link: Link) -> AsyncIterator[Finding]:
    """Who is not in the team's group: from outside nobody lets anything out to the public."""
    try:
        member = await bot.get_chat_member(triage, link.telegram_id)
        outside = not is_inside(member)
    except BadRequest as error:
        outside = any(said in str(error).lower() for said in NOBODY)
    if outside:
        name = settings.persons[link.person].name
        yield Finding(
            False,
            f"{name} tidak ada di grup tim. Undang ke grup: dari luar grup ia tidak bisa menyetujui "
            "atau mengirim.",
        )


async def _webhook(bot: Bot, settings: Settings) -> Finding:
    url = (await bot.get_webhook_info()).url
    if settings.telegram.mode == "polling" and url:
        return Finding(False, "Telegram masih diatur memakai webhook; bot akan mencabutnya saat mulai.")
    return Finding(True, f"Cara menerima pesan: {settings.telegram.mode}.")
