"""What the handlers have in hand: the services, and who may knock where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from telegram import Message, Update

from bot.chat.handlers.thumbs import PressRate
from bot.chat.voice import Voice
from bot.domain.people import Person, PersonId, Zone
from bot.services.afterwards import Afterwards
from bot.services.answering import Answering
from bot.services.approvals import Approvals
from bot.services.board import Board
from bot.services.clusters import Clusters
from bot.services.drills import Drills
from bot.services.duties import Duties
from bot.services.finding import Finding
from bot.services.house import House
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.posting import Posting
from bot.services.register import Register
from bot.services.replies import Replies
from bot.services.steps import Steps
from bot.services.tap import Tap
from bot.services.template_life import TemplateLife
from bot.services.templates import Templates
from bot.services.triage import Triage
from bot.services.views import PlaybookChoice
from bot.services.widening import Widening


class Services(Protocol):
    """One of each, as the composition root built them."""

    @property
    def team(self) -> Team: ...
    @property
    def triage(self) -> Triage: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def template_life(self) -> TemplateLife: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def widening(self) -> Widening: ...
    @property
    def answering(self) -> Answering: ...
    @property
    def clusters(self) -> Clusters: ...
    @property
    def approvals(self) -> Approvals: ...
    @property
    def posting(self) -> Posting: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def steps(self) -> Steps: ...
    @property
    def board(self) -> Board: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def drills(self) -> Drills: ...
    @property
    def register(self) -> Register: ...
    @property
    def after(self) -> Afterwards: ...
    @property
    def finding(self) -> Finding: ...
    @property
    def house(self) -> House: ...


class Brings(Protocol):
    async def bring(self, message: Message, by: PersonId, cause: str, now: datetime, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """`triage` and `crisis` are the team's, `discussions` the public's; `playbooks` those of /krisis."""

    services: Services
    store: Store
    forwarded: Brings
    triage: int
    clock: Clock
    voice: Voice
    crisis: int | None = None
    playbooks: Sequence[PlaybookChoice] = ()
    discussions: Collection[int] = ()
    zone: Zone = Zone.WIB
    greeting: str = "Halo Kak"
    """How the agency addresses citizens."""
    press_rate: PressRate = field(default_factory=PressRate)

    def tap(self, person: Person, target: int, seen: int, cause: str) -> Tap:
        return Tap(person, target, seen, cause, self.clock.now())

    async def is_team_chat(self, chat_id: int) -> bool:
        """Whether this is one of the team's groups, also under the number that it had before it grew."""
        homes = {self.triage, self.crisis} - {None}
        if chat_id in homes:
            return True
        aliases = await self.store.read.people.aliases()
        return any(aliases.get(home) == chat_id for home in homes if home is not None)


def cause_of(update: Update) -> str:
    """The name of the command that an update is: delivered twice, it acts once."""
    return f"u:{update.update_id}"
