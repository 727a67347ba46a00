"""/siaga: from now on citizens read nothing of us but what a playbook says, and two people approve it.

Unlike /kunci it lets an incident's own words out, and whatever goes to somebody at risk; what the team wrote
for single citizens waits until it is lifted.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import Outdated
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Action
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.ports_board import InForce
from bot.services.tap import Tap

_STILL_MEANT_S = 600
"""A button that asks for it is a decision of these minutes, not of another day."""


@dataclass(frozen=True, slots=True)
class ModeView:
    """`by`: the name of whoever set it; "" while it is not in force."""

    by: str
    since: datetime | None
    now: datetime


class CrisisMode:
    """Set by whoever may open an incident, lifted by a coordinator. Both stand in the journal."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def look(self, tap: Tap) -> ModeView:
        await self._team.require(tap.person, Action.SEE)
        found = await self._store.read.board.crisis_mode()
        name = self._team.names.get(found.person, found.person) if found is not None else ""
        return ModeView(name, found.since if found is not None else None, tap.at)

    async def set(self, tap: Tap) -> bool:
        """`tap.target`: when the button was drawn, in seconds. False: it was in force. Raises Outdated."""
        await self._team.require(tap.person, Action.OPEN_INCIDENT)
        if tap.at.timestamp() - tap.target > _STILL_MEANT_S:
            raise Outdated("")
        async with self._store.transaction() as tx:
            if await tx.board.crisis_mode() is not None:
                return await tx.journal.has(tap.cause, "crisis_mode")
            await tx.board.set_crisis_mode(tap.person.id, tap.at)
            await self._tell(tx, tap, "crisis_mode")
        return True

    async def lift(self, tap: Tap) -> bool:
        """`tap.target`: since when, in seconds: an old button lifts no later one. Raises Outdated."""
        await self._team.require(tap.person, Action.RELEASE_FREEZE)
        async with self._store.transaction() as tx:
            found = await tx.board.crisis_mode()
            if found is None:
                return await tx.journal.has(tap.cause, "crisis_mode_over")
            if _second(found) != tap.target:
                raise Outdated("")
            await tx.board.lift_crisis_mode()
            await self._tell(tx, tap, "crisis_mode_over")
        return True

    async def _tell(self, tx: Parts, tap: Tap, what: str) -> None:
        await tx.journal.write(Entry(tap.at, tap.person.id, what, "public", tap.cause))
        await tx.outbox.put(f"{tap.cause}:{what}", Notice(TRIAGE, what, {"person": tap.person.id}), tap.at)


def _second(found: InForce) -> int:
    return int(found.since.timestamp())
