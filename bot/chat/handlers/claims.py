"""/klaim, the buttons of a claim's card, and the replies to what they ask."""

from collections.abc import Sequence

from telegram import CallbackQuery, Message

from bot.chat import claim_actions as do
from bot.chat import claim_cards as draw
from bot.chat.drawn import Drawn
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show, show_card
from bot.chat.lists import plain
from bot.chat.words import claims as say
from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.errors import BadInput, NotFound
from bot.domain.outgoing import CRISIS, TRIAGE, CaseCard, to_person
from bot.domain.people import Action
from bot.services.intake import Received
from bot.services.tap import Tap
from bot.services.views_claims import Kind

CLAIM, ASK_DATA, DATA = "claim", "ask_data", "data"
PURPOSES = frozenset({CLAIM, ASK_DATA, DATA})
_NEW = "baru"


async def ask(doors: Doors, tap: Tap, message: Message, rest: str) -> Drawn | None:
    """The list, one claim, or a new one from what the command answers."""
    number = say.read_number(rest)
    word, _, more = rest.partition(" ")
    if number is not None:
        await doors.services.register.deeds.show(_on(doors, tap, number), await _here(doors, tap, message))
        return None
    if message.reply_to_message is not None:
        return await _from_comment(doors, tap, message, rest)
    if word.lower() == _NEW:
        await doors.services.register.deeds.report(tap, more, None, await _here(doors, tap, message))
        return None
    return await _listed(doors, tap, rest)


async def _listed(doors: Doors, tap: Tap, rest: str) -> Drawn:
    await doors.services.team.require(tap.person, Action.SEE)
    desk = doors.services.register.desk
    if (kind := rest.lower()) in set(Kind):
        return draw.draw_page(await desk.listed(Kind(kind)), await desk.counts())
    return draw.draw_found(await desk.lines(await doors.services.register.links.index.search(rest)))


async def _from_comment(doors: Doors, tap: Tap, message: Message, rest: str) -> Drawn | None:
    """The case of the card that is answered, or of a citizen's message, which is brought in first."""
    about = message.reply_to_message
    if about is None:
        raise BadInput("claim_how")
    case: CaseId | None = None
    row = await doors.store.read.outbox.at(message.chat.id, about.message_id)
    if row is not None and isinstance(row.what, CaseCard):
        case = row.what.case
    elif about.from_user is None or about.from_user.id != message.get_bot().id:
        await doors.services.team.require(tap.person, Action.EDIT_CLAIM)
        brought = await doors.forwarded.bring(about, tap.person.id, f"{tap.cause}:bring", tap.at)
        case = brought.case if isinstance(brought, Received) else None
    if case is None:
        return plain(say.NEW_HOW)
    await doors.services.register.deeds.report(tap, rest, case, await _here(doors, tap, message))
    return None


async def press(doors: Doors, action: do.ClaimAction, tap: Tap, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case do.TurnClaim() | do.TurnClaims():
            await _turn(doors, action, tap, query)
            return ""
        case do.AskFinding() | do.AskCorrection() | do.RewordClaim():
            return await _ask(doors, action, tap)
        case do.LeaveClaim() | do.TurnStance() | do.JoinClaim():
            return await _move(doors, action, tap)
        case do.AskData(claim, _, case):
            await doors.services.register.data.begin(doors.tap(tap.person, case, claim, tap.cause))
            return say.TOAST_ASKED
        case do.ConfirmFinding():
            await doors.services.register.deeds.confirm(tap)
            return say.TOAST_CONFIRMED
        case _:
            return await _change(doors, action, tap)


async def _turn(doors: Doors, action: do.TurnClaim | do.TurnClaims, tap: Tap, query: CallbackQuery) -> None:
    """Other buttons, or another page of the list, in the place of the pressed one; nothing is kept of it."""
    await doors.services.team.require(tap.person, Action.SEE)
    desk = doors.services.register.desk
    if isinstance(action, do.TurnClaims):
        page = await desk.listed(action.kind, action.page)
        await show(doors, query, draw.draw_page(page, await desk.counts()))
        return

    async def as_it_is() -> Drawn:
        view = await desk.claim(ClaimId(tap.target))
        if view is None:
            raise NotFound("claim", str(tap.target))
        return draw.draw_claim(view, doors.zone, action.panel)

    await as_it_is()  # one that is not there is said to whoever pressed
    await show_card(doors, query, as_it_is)


async def _ask(doors: Doors, action: do.AskFinding | do.AskCorrection | do.RewordClaim, tap: Tap) -> str:
    claims = doors.services.register.deeds
    match action:
        case do.AskFinding(finding=finding):
            await claims.ask(tap, "finding", finding)
        case do.AskCorrection():
            await claims.ask(tap, "link")
        case do.RewordClaim():
            await claims.ask(tap, "words")
    return say.TOAST_ASKED


async def _move(doors: Doors, action: do.LeaveClaim | do.TurnStance | do.JoinClaim, tap: Tap) -> str:
    links = doors.services.register.links
    match action:
        case do.LeaveClaim(comment=comment):
            await links.leave(tap, comment)
            return say.TOAST_LEFT
        case do.TurnStance(comment=comment):
            await links.turn(tap, comment)
            return say.TOAST_SAVED
        case do.JoinClaim(case=case):
            await links.join(tap, CaseId(case))
            return say.TOAST_JOINED


async def _change(
    doors: Doors,
    action: do.CheckClaim | do.SortClaim | do.ClarifyWith | do.CloseClaim | do.ReopenClaim,
    tap: Tap,
) -> str:
    claims = doors.services.register.deeds
    match action:
        case do.CheckClaim():
            await claims.check(tap)
        case do.SortClaim(type=kind):
            await claims.sort(tap, kind)
        case do.ClarifyWith(template=short):
            await claims.choose_template(tap, short)
        case do.CloseClaim():
            await claims.close(tap)
        case do.ReopenClaim():
            await claims.reopen(tap)
    return say.TOAST_SAVED


async def answered(doors: Doors, kind: str, words: Sequence[str], tap: Tap, text: str) -> None:
    """A reply to one of the questions; `words` is the rest of its purpose, written by the service."""
    if kind == ASK_DATA:
        await doors.services.register.data.ask(tap, text)
        return
    if kind == DATA:
        await doors.services.register.data.answer(tap, text)
        return
    _, _, what, more = words
    await doors.services.register.deeds.answer(tap, what, more, text)


def _on(doors: Doors, tap: Tap, claim: int) -> Tap:
    return doors.tap(tap.person, claim, 0, tap.cause)


async def _here(doors: Doors, tap: Tap, message: Message) -> str:
    """Where the card is wanted: one's own chat, or the team's group that the command stands in."""
    if message.chat.type == message.chat.PRIVATE:
        return to_person(tap.person.id)
    aliases = await doors.store.read.people.aliases()
    crisis = doors.crisis
    in_crisis = crisis is not None and message.chat.id in {crisis, aliases.get(crisis)}
    return CRISIS if in_crisis and crisis != doors.triage else TRIAGE
