"""The parts of the store behind one connection, by the nouns of the trade."""

from typing import Any

from bot.store.answers import Answers
from bot.store.board import Board, Digest
from bot.store.bulk import Bulks
from bot.store.cases import Cases
from bot.store.claims import ClaimLinks, Claims
from bot.store.clusters import Alike, Clusters
from bot.store.comments import Comments
from bot.store.drafts import Drafts
from bot.store.exports import Exports
from bot.store.forms import Forms
from bot.store.imports import Imports
from bot.store.inbox import InboxRows
from bot.store.journal import Journal
from bot.store.learning import Learning
from bot.store.line import Line
from bot.store.moderation import Measures
from bot.store.notes import Notes
from bot.store.outbox import OutboxRows
from bot.store.outside import OutsideRows
from bot.store.own_templates import OwnTemplates
from bot.store.people import People
from bot.store.reaching import Reaching
from bot.store.repeated import Repeated
from bot.store.reports import Reports
from bot.store.requests import Requests
from bot.store.retention import Retention
from bot.store.runs import Runs
from bot.store.search import SearchRows, WordRows
from bot.store.shifts import Reached, Shifts
from bot.store.steps import Steps
from bot.store.tally import Tally
from bot.store.timers import Timers


class Parts:
    """What a unit of work, or a reader, has in hand."""

    def __init__(self, queries: Any, conn: Line) -> None:
        self.comments = Comments(queries, conn)
        self.cases = Cases(queries, conn)
        self.drafts = Drafts(queries, conn)
        self.outbox = OutboxRows(queries, conn)
        self.journal = Journal(queries, conn)
        self.people = People(queries, conn)
        self.timers = Timers(queries, conn)
        self.runs = Runs(queries, conn)
        self.forms = Forms(queries, conn)
        self.inbox = InboxRows(queries, conn)
        self.learning = Learning(queries, conn)
        self.reports = Reports(queries, conn)
        self.steps = Steps(queries, conn)
        self.shifts = Shifts(queries, conn)
        self.reached = Reached(queries, conn)
        self.claims = Claims(queries, conn)
        self.requests = Requests(queries, conn)
        self.claim_links = ClaimLinks(queries, conn)
        self.board = Board(queries, conn)
        self.digest = Digest(queries, conn)
        self.tally = Tally(queries, conn)
        self.clusters = Clusters(queries, conn)
        self.alike = Alike(queries, conn)
        self.answers = Answers(queries, conn)
        self.repeated = Repeated(queries, conn)
        self.reach = Reaching(queries, conn)
        self.measures = Measures(queries, conn)
        self.retention = Retention(queries, conn)
        self.search = SearchRows(queries, conn)
        self.words = WordRows(queries, conn)
        self.bulks = Bulks(queries, conn)
        self.outside = OutsideRows(queries, conn)
        self.imports = Imports(queries, conn)
        self.exports = Exports(queries, conn)
        self.notes = Notes(queries, conn)
        self.own_templates = OwnTemplates(queries, conn)
