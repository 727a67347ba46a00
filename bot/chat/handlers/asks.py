"""Commands of the team: one method each, and one door through which all of them come."""

import re
from collections.abc import Awaitable, Callable, Mapping

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.chat import course, drills, found, lists, template_list
from bot.chat.drawn import Drawn
from bot.chat.handlers import claims, oncall
from bot.chat.handlers.doors import Doors, cause_of
from bot.chat.handlers.membership import Membership
from bot.chat.handlers.reports import ReportAsks
from bot.chat.handlers.strangers import Strangers
from bot.chat.handlers.talk import heard_here, refused_to, say, too_often, who_is
from bot.chat.handlers.thumbs import Thumbs
from bot.chat.queue_list import draw_queue, read_filter
from bot.chat.wanted_search import wanted
from bot.chat.words import commands as words
from bot.chat.words import steps as step_words
from bot.domain.errors import NotEnrolled, Refused
from bot.domain.incident import RunId
from bot.domain.people import Action, Person
from bot.services.intake import How, Received
from bot.services.tap import Tap

Ask = Callable[[Tap, Message, str], Awaitable[Drawn | None]]
_APPROVE_ALL = "setujui"
_MOST_SHOWN = 3
_RUN = re.compile(r"(?:K-?)?([0-9]{1,9})", re.IGNORECASE)


class Asks:
    """Answers in place. A stranger in a private chat is a citizen and is greeted as one."""

    def __init__(self, doors: Doors, membership: Membership, pace: Thumbs, strangers: Strangers) -> None:
        self._doors = doors
        self._strangers = strangers
        self._pace = pace
        self._membership = membership
        reports = ReportAsks(doors)
        self._asks: Mapping[str, Ask] = {
            "bantuan": self._help,
            "antrean": self._queue,
            "cari": self._search,
            "lapor": self._bring,
            "klaim": self._claim,
            "templat": self._templates,
            "piket": self._duty,
            "tukar": self._swap,
            "status": self._status,
            "krisis": self._crisis,
            "siaga": self._mode,
            "latihan": self._drills,
            "laporan": reports.ask,
            "kunci": self._lock,
            "buka": self._unlock,
        }

    @property
    def names(self) -> list[str]:
        return list(self._asks)

    async def on_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None or not message.text or not await heard_here(self._doors, message):
            return
        name, _, rest = message.text.partition(" ")
        name = name.removeprefix("/").partition("@")[0].lower()
        if await too_often(self._doors, self._pace, message, f"/{name}", cause_of(update)):
            return
        person: Person | None = None
        try:
            person = await who_is(self._doors, message)
            drawn = await self._answer(name, person, message, rest.strip(), cause_of(update))
        except NotEnrolled as stranger:
            await self._to_stranger(message, stranger, name, cause_of(update))
            return
        except Refused as refused:
            await refused_to(self._doors, message, person, refused, f"/{name}", cause_of(update))
            return
        if drawn is not None:
            await say(self._doors, message, drawn)

    async def _answer(
        self, name: str, person: Person, message: Message, rest: str, cause: str
    ) -> Drawn | None:
        return await self._asks[name](self._doors.tap(person, 0, 0, cause), message, rest)

    async def _to_stranger(self, message: Message, stranger: NotEnrolled, name: str, cause: str) -> None:
        if message.chat.type != message.chat.PRIVATE:
            await refused_to(self._doors, message, None, stranger, f"/{name}", cause)
        else:
            await self._strangers.greet(message)

    async def _help(self, tap: Tap, _message: Message, _rest: str) -> Drawn:
        return lists.draw_help(tap.person)

    async def _queue(self, tap: Tap, _message: Message, rest: str) -> Drawn:
        view = await self._doors.services.triage.queue(tap, read_filter(rest))
        return draw_queue(view, self._doors.services.team.directory.called(), tap.at)

    async def _search(self, tap: Tap, _message: Message, rest: str) -> Drawn:
        page = await self._doors.services.finding.searching.find(tap, wanted(rest, tap.at, tap.person.zone))
        return found.draw_found(page, self._doors.services.team.directory.called(), tap.at)

    async def _bring(self, tap: Tap, message: Message, _rest: str) -> Drawn:
        """/lapor under a comment; forwarding it to the bot does the same."""
        about = message.reply_to_message
        if about is None:
            return lists.plain(words.LAPOR_HOW)
        if about.from_user is not None and about.from_user.id == message.get_bot().id:
            return lists.plain(words.LAPOR_BOT)
        brought = await self._doors.forwarded.bring(about, tap.person.id, tap.cause, tap.at)
        if not isinstance(brought, Received):
            return lists.plain(words.LAPOR_HOW)
        return lists.plain(words.brought(brought.case, brought.how is How.KNOWN))

    async def _claim(self, tap: Tap, message: Message, rest: str) -> Drawn | None:
        return await claims.ask(self._doors, tap, message, rest)

    async def _templates(self, tap: Tap, message: Message, rest: str) -> Drawn | None:
        """The list; with a word the ones that it names, each with its button; `setujui` approves all."""
        templates = self._doors.services.templates
        if rest.lower() == _APPROVE_ALL:
            await self._must_belong(Action.APPROVE_TEMPLATE, tap, message)
            return lists.plain(words.templates_approved(await templates.approve_all(tap)))
        every = await templates.listed(tap)
        if not rest:
            return template_list.draw_templates(every)
        asked = rest.lower()
        named = [one for one in every if asked in f"{one.template.id} {one.template.title}".lower()]
        for one in named[:_MOST_SHOWN]:
            used = await self._doors.services.template_life.figures(one.template)
            await say(self._doors, message, template_list.draw_template(one, used))
        return None if named else lists.plain(words.TEMPLATE_NONE)

    async def _duty(self, tap: Tap, message: Message, rest: str) -> Drawn | None:
        return await oncall.duty(self._doors, tap, message, rest)

    async def _swap(self, tap: Tap, _message: Message, rest: str) -> Drawn:
        return await oncall.swap(self._doors, tap, rest)

    async def _status(self, tap: Tap, _message: Message, _rest: str) -> Drawn:
        return lists.draw_status(await self._doors.services.board.status(tap), tap.person.zone)

    async def _crisis(self, tap: Tap, _message: Message, rest: str) -> Drawn:
        """Which playbook to open; with a number, what may be changed about a run that goes on."""
        await self._doors.services.team.require(tap.person, Action.OPEN_INCIDENT)
        if number := _RUN.fullmatch(rest):
            view = await self._doors.services.steps.desk.course(RunId(int(number.group(1))))
            return lists.plain(step_words.MENU_NONE) if view is None else course.draw_course(view)
        return lists.draw_playbooks(self._doors.playbooks)

    async def _mode(self, tap: Tap, _message: Message, _rest: str) -> Drawn:
        return lists.draw_mode(await self._doors.services.triage.crisis_mode.look(tap), tap.person.zone)

    async def _drills(self, tap: Tap, _message: Message, _rest: str) -> Drawn:
        listed = await self._doors.services.drills.listed(tap)
        return drills.draw_drills(listed, await self._doors.services.drills.in_earnest(), tap)

    async def _lock(self, tap: Tap, _message: Message, _rest: str) -> Drawn:
        await self._doors.services.team.lock(tap)
        return lists.plain(words.LOCKED)

    async def _unlock(self, tap: Tap, message: Message, _rest: str) -> Drawn:
        if await self._doors.store.read.people.public_lock() is None:
            await self._doors.services.team.require(tap.person, Action.UNLOCK)
            return lists.plain(words.NOT_LOCKED)
        await self._must_belong(Action.UNLOCK, tap, message)
        done = await self._doors.services.team.unlock(tap)
        return lists.plain(words.UNLOCKED if done else words.ONE_MORE)

    async def _must_belong(self, action: Action, tap: Tap, message: Message) -> None:
        if message.from_user is not None:
            account = message.from_user.id
            await self._membership.for_action(message.get_bot(), action, tap.person, account, tap.cause)
