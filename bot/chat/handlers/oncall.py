"""/piket, /tukar and their buttons; the test of the month."""

from datetime import UTC, datetime, timedelta
from functools import partial

from telegram import CallbackQuery, InputFile, Message

from bot.chat import duty as draw
from bot.chat.actions import Short
from bot.chat.drawn import Drawn
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show
from bot.chat.lists import plain
from bot.chat.shift_actions import (
    AgreeSwap,
    ConfirmReach,
    DeclineSwap,
    GiveDuty,
    OfferDuty,
    ShiftAction,
)
from bot.chat.words import handing, toasts
from bot.chat.words import oncall as say
from bot.chat.words.spans import Asked, read_cancel, read_leave, read_put_in
from bot.domain.errors import BadInput, NotFound
from bot.domain.ics import calendar_file
from bot.domain.leave import Leave
from bot.domain.people import Person
from bot.domain.rota import Override
from bot.domain.swap import Duty, SwapState
from bot.services.swaps import Offer
from bot.services.tap import Tap
from bot.services.templates import short_name

_AHEAD = timedelta(days=60)
HANDOVER = "handover:"
"""How the purpose of the question to whoever goes begins; the rota and the minute of the change follow."""


async def duty(doors: Doors, tap: Tap, message: Message, rest: str) -> Drawn | None:
    """/piket, and with a word behind it what a coordinator changes."""
    word, _, text = rest.partition(" ")
    match word.lower():
        case "":
            return draw.draw_duty(await doors.services.duties.shifts.view(tap), tap.person.zone)
        case "ganti":
            return await _put_in(doors, tap, read_put_in(text, tap.at, tap.person.zone))
        case "cuti":
            return await _leave(doors, tap, read_leave(text, tap.at, tap.person.zone))
        case "batal":
            await doors.services.duties.shifts.cancel(tap, *read_cancel(text))
            return plain(say.CANCELLED)
        case "serah":
            said = await doors.services.duties.summary.look(tap)
            return plain(handing.summary(said, doors.services.team.directory.called()))
        case "unduh":
            return await _download(doors, tap, message)
        case _:
            raise BadInput("piket_how")


async def swap(doors: Doors, tap: Tap, rest: str) -> Drawn:
    """/tukar: one's own shifts to choose from, or those of the person who is named."""
    swaps = doors.services.duties.swaps
    giver = swaps.person(rest) if rest else tap.person
    duties = await swaps.duties(tap, giver.id)
    return draw.draw_own(giver.name, giver.id, duties, tap.person.zone)


async def press(doors: Doors, action: ShiftAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    duties = doors.services.duties
    match action:
        case GiveDuty(giver, rota, start):
            tap = doors.tap(person, 0, 0, cause)
            who, given = await _given(doors, tap, giver, rota, start)
            offers = await duties.swaps.offers(tap, given, who.id)
            names = doors.services.team.names
            await show(doors, query, draw.draw_offers(given, who.id, offers, names, person.zone))
            return ""
        case OfferDuty():
            return await _offered(doors, action, doors.tap(person, 0, 0, cause), query)
        case AgreeSwap(number):
            agreed = await duties.swaps.agree(doors.tap(person, number, 0, cause))
            return toasts.SWAP_AGREED if agreed.state is SwapState.AGREED else toasts.SWAP_HALF
        case DeclineSwap(number):
            await duties.swaps.decline(doors.tap(person, number, 0, cause))
            return toasts.SWAP_DECLINED
        case ConfirmReach(round_):
            await duties.reachability.answer(doors.tap(person, round_, 0, cause))
            return toasts.REACHED


async def note(doors: Doors, purpose: str, tap: Tap, text: str) -> None:
    """What the next shift should know."""
    await doors.services.duties.handover.write(tap, purpose.removeprefix(HANDOVER), text)


async def _offered(doors: Doors, action: OfferDuty, tap: Tap, query: CallbackQuery) -> str:
    swaps = doors.services.duties.swaps
    who, given = await _given(doors, tap, action.giver, action.rota, action.start)
    found = await swaps.offers(tap, given, who.id)
    chosen = next((one for one in found if _is_chosen(one, action)), None)
    if chosen is None:
        raise NotFound("duty", "")
    asked = await swaps.ask(tap, given, who.id, chosen)
    await show(doors, query, draw.draw_asked(given, asked.awaits, doors.services.team.names, tap.person.zone))
    return toasts.SWAP_ASKED


def _is_chosen(offer: Offer, action: OfferDuty) -> bool:
    back = draw.minutes(offer.back.start) if offer.back is not None else 0
    return short_name(offer.person) == action.taker and back == action.back


async def _given(doors: Doors, tap: Tap, giver: Short, rota: Short, start: int) -> tuple[Person, Duty]:
    """The shift that a button names, as it stands now. One that has begun since is what is left of it."""
    swaps = doors.services.duties.swaps
    who = next((swaps.person(p) for p in doors.services.team.names if short_name(p) == giver), None)
    if who is None:
        raise NotFound("duty", "")
    begin = max(datetime.fromtimestamp(start * 60, UTC), tap.at.replace(second=0, microsecond=0))
    for one in await swaps.duties(tap, who.id):
        if short_name(one.rota) == rota and one.start == begin:
            return who, one
    raise NotFound("duty", "")


async def _put_in(doors: Doors, tap: Tap, asked: Asked) -> Drawn:
    swaps, shifts = doors.services.duties.swaps, doors.services.duties.shifts
    person = swaps.person(asked.who)
    instead = swaps.person(asked.other).id if asked.other else None
    rota = asked.rota or shifts.only_rota(instead)
    number = await shifts.put_in(tap, Override(rota, asked.start, asked.end, person.id, instead))
    when = say.stretch(asked.start, asked.end, tap.person.zone)
    return plain(say.saved_put_in(number, person.name, when) if number else say.SAVED_ALREADY)


async def _leave(doors: Doors, tap: Tap, asked: Asked) -> Drawn:
    swaps = doors.services.duties.swaps
    person = swaps.person(asked.who)
    stand_in = swaps.person(asked.other).id if asked.other else None
    leave = Leave(person.id, asked.start, asked.end, stand_in)
    number, empty = await doors.services.duties.shifts.send_on_leave(tap, leave)
    when = say.stretch(asked.start, asked.end, tap.person.zone)
    return plain(say.saved_leave(number, person.name, when, len(empty)) if number else say.SAVED_ALREADY)


async def _download(doors: Doors, tap: Tap, message: Message) -> Drawn | None:
    """One's own shifts as a file for the phone's calendar."""
    events = await doors.services.duties.shifts.events(tap.person.id, tap.at, tap.at + _AHEAD)
    if not events:
        return plain(say.NO_DUTY)
    text = calendar_file(say.event_title(tap.person.name), events, tap.at)
    file = InputFile(text.encode(), filename=say.file_name(tap.person.id))
    give = message.get_bot().send_document
    answer = partial(give, message.chat.id, file, caption=say.FILE_CAPTION, disable_notification=True)
    await doors.voice.say(message.chat.id, answer)
    return None
