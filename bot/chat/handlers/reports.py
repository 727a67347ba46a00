"""/laporan: the file goes to whoever asked, in their own chat with the bot."""

import asyncio
from functools import partial

from telegram import InputFile, Message

from bot.chat.drawn import Drawn
from bot.chat.handlers.doors import Doors
from bot.chat.lists import plain
from bot.chat.report import pdf_kit
from bot.chat.report.html import to_html
from bot.chat.report.paper import Paper
from bot.chat.report.pdf import to_pdf
from bot.chat.report.period_paper import period_paper
from bot.chat.report.record_paper import record_paper
from bot.chat.report.run_paper import run_paper
from bot.chat.report.wanted import WantsPeriod, WantsRecord, WantsRun, wanted
from bot.chat.words import asked as words
from bot.domain.errors import BadInput
from bot.services.tap import Tap


class ReportAsks:
    """Reads with the rights of the asker, draws in a thread, sends a document."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    async def ask(self, tap: Tap, message: Message, rest: str) -> Drawn | None:
        """Answers in place where the file went; in a private chat the file is the answer."""
        names = self._doors.services.team.names
        zone = self._doors.services.after.reports.letterhead.zone
        asked = wanted(rest, tap.person.id, names, tap.at, zone)
        if asked.kind == "pdf" and not pdf_kit.available():
            raise BadInput("no_pdf")
        if not await give(self._doors, tap, message, asked.what, asked.kind):
            return plain(words.NOT_SENT)
        return None if message.chat.type == message.chat.PRIVATE else plain(words.SENT)


async def give(
    doors: Doors, tap: Tap, message: Message, what: WantsRun | WantsPeriod | WantsRecord, kind: str = ""
) -> bool:
    """The file into the asker's own chat; whether it went. Raises NotAllowed, NotFound."""
    kind = kind or ("pdf" if pdf_kit.available() else "html")
    paper, sensitive = await _paper(doors, what, tap)
    body = await asyncio.to_thread(to_pdf if kind == "pdf" else _html_bytes, paper)
    return await _send(doors, message, InputFile(body, f"{paper.file}.{kind}"), protect=sensitive)


async def _paper(doors: Doors, what: WantsRun | WantsPeriod | WantsRecord, tap: Tap) -> tuple[Paper, bool]:
    """The paper, and whether a life was at risk."""
    services = doors.services
    head = services.after.reports.letterhead
    match what:
        case WantsRun(run):
            report = await services.after.reports.read_run(
                tap, run or await services.after.reports.last_readable(tap)
            )
            return run_paper(report, head), report.hidden
        case WantsPeriod(since, until):
            return period_paper(await services.after.reports.read_period(tap, since, until), head), False
        case WantsRecord(person, since, until):
            record = await services.after.contributions.read(tap, person, since, until)
            return record_paper(record, head), False


def _html_bytes(paper: Paper) -> bytes:
    return to_html(paper).encode()


async def _send(doors: Doors, message: Message, file: InputFile, *, protect: bool) -> bool:
    """Into the asker's own chat: what it says is not for every eye in a group."""
    if message.from_user is None:
        return False
    asker, give = message.from_user.id, message.get_bot().send_document
    answer = partial(give, asker, document=file, caption=words.CAPTION, protect_content=protect)
    return await doors.voice.say(asker, answer)
