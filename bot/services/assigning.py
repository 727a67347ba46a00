"""Giving a case to a person or a unit: they hear it privately, and silence brings it back to everybody."""

from collections.abc import Sequence

from bot.domain import assignment
from bot.domain.case import Case, Panel
from bot.domain.errors import BadInput, NotFound
from bot.domain.outgoing import TRIAGE, Notice, Prompt, to_person
from bot.domain.people import Action, PersonId, Role
from bot.services import case_deeds
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.promises import Promises
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.services.views import Assignable

UNIT = "unit:"
EVERYBODY = ""
_BUTTONS = 12
"""More would push the card off a phone; who is not among them is named in words."""


class Assigning:
    """Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team, promises: Promises) -> None:
        self._store = store
        self._team = team
        self._promises = promises

    async def choices(self, case: Case) -> tuple[Assignable, ...]:
        """Who may have it now: those whom the table lets work on cases at this hour, and the units."""
        people = [one for one in await self._people() if one != case.assignee]
        units = [f"{UNIT}{unit}" for unit in self._team.directory.units if unit != case.unit or case.assignee]
        return tuple(Assignable(short_name(who), who) for who in (*people, *units))[:_BUTTONS]

    async def offered(self, case: Case) -> tuple[Assignable, ...]:
        """The same, while somebody chooses."""
        return await self.choices(case) if case.panel is Panel.ASSIGN and not case.sensitive else ()

    async def give(self, tap: Tap, short: str) -> Case:
        """📌 The button of a person or a unit. Raises NotFound for one whom the config dropped."""
        every = (*self._team.directory.people, *(f"{UNIT}{unit}" for unit in self._team.directory.units))
        who = next((one for one in every if short_name(one) == short), None)
        if who is None:
            raise NotFound("person", short)
        return await self._give(tap, who)

    async def give_by_name(self, tap: Tap, typed: str) -> Case:
        """The answer to "who else?": a name, a short name, a unit. Raises BadInput."""
        asked = typed.strip().lstrip("@").casefold()
        names = self._team.directory.called()
        exact = [
            who
            for who, name in names.items()
            if asked in {name.casefold(), who.removeprefix(UNIT).casefold()}
        ]
        found = exact or [who for who, name in names.items() if asked and name.casefold().startswith(asked)]
        if len(found) != 1:
            raise BadInput("assignee")
        return await self._give(tap, found[0])

    async def ask_name(self, tap: Tap) -> None:
        """✏️ Nama lain: the next reply to the bot's question is the name."""
        await self._team.require(tap.person, Action.TAKE)
        async with self._store.transaction() as tx:
            case = await case_deeds.found(tx, tap)
            assignment.may_be_given(case, tap.person.id, tap.seen, chief=_is_chief(tap))
            card = await tx.outbox.card(f"case:{case.id}")
            asked = Prompt(
                TRIAGE,
                "assignee",
                tap.person.id,
                f"assign:{case.id}:{case.version}",
                {"case": case.id},
                card.message_id if card is not None else 0,
            )
            await tx.outbox.put(f"{tap.cause}:prompt", asked, tap.at)

    async def take_back(self, tap: Tap) -> Case:
        """Kembalikan ke antrean: it is nobody's, and everybody's."""
        return await self._give(tap, EVERYBODY)

    async def _give(self, tap: Tap, who: str) -> Case:
        await self._team.require(tap.person, Action.TAKE)
        if who and not who.startswith(UNIT) and not await self._team.allows(PersonId(who), Action.TAKE):
            raise BadInput(self._why_not(who))
        async with self._store.transaction() as tx:
            case = await case_deeds.found(tx, tap)
            if await tx.journal.has(tap.cause, "assign"):
                return case
            assignment.may_be_given(case, tap.person.id, tap.seen, chief=_is_chief(tap))
            given = self._given(case, who, tap)
            if case.panel in {Panel.REPLY, Panel.WRITING} or case.assignee != given.assignee:
                await case_deeds.withdraw(tx, given, tap)
            detail: dict[str, object] = {
                "to": who,
                "from": case.assignee or (UNIT + case.unit if case.unit else ""),
            }
            await case_deeds.save(tx, given, tap, "assign", detail)
            await self._tell(tx, given, who, tap)
        return given

    def _given(self, case: Case, who: str, tap: Tap) -> Case:
        if who.startswith(UNIT):
            return assignment.to_unit(case, who.removeprefix(UNIT), tap.at)
        if who == EVERYBODY:
            return assignment.to_unit(case, "", tap.at)
        person = PersonId(who)
        stays = person in self._team.directory.units.get(case.unit, ())
        return assignment.to_person(case, person, case.unit if stays else "", tap.at)

    async def _tell(self, tx: Parts, case: Case, who: str, tap: Tap) -> None:
        """In their own chat; where nobody is reached there, the group hears that somebody must telephone."""
        told = [one for one in self._meant(who) if one != tap.person.id]
        if not told:
            return
        reached = {link.person for link in await tx.people.links() if link.reachable and not link.suspended}
        card = await tx.outbox.card(f"case:{case.id}")
        params: dict[str, object] = {
            "case": case.id,
            "version": case.version,
            "by": tap.person.id,
            "unit": case.unit if who.startswith(UNIT) else "",
            "labels": list(case.verdict.labels),
            "due": case.due_at.isoformat() if case.due_at is not None else "",
            "now": tap.at.isoformat(),
            "card": [card.chat_id, card.message_id] if card is not None else [],
        }
        for person in told:
            if person in reached:
                may = await self._team.allows(person, Action.TAKE)
                mine = {**params, "may": may, "zone": str(self._team.directory.people[person].zone)}
                await tx.outbox.put(
                    f"{tap.cause}:assigned:{person}", Notice(to_person(person), "assigned", mine), tap.at
                )
        if not reached.intersection(told):
            missed = Notice(TRIAGE, "assigned_unheard", {"case": case.id, "who": who})
            await tx.outbox.put(f"{tap.cause}:unheard", missed, tap.at)
        await self._promises.watch_given(tx, case, tap.at)

    def _meant(self, who: str) -> tuple[PersonId, ...]:
        if who.startswith(UNIT):
            return self._team.directory.units.get(who.removeprefix(UNIT), ())
        return (PersonId(who),) if who else ()

    async def _people(self) -> Sequence[PersonId]:
        every = self._team.directory.people
        return [person for person in every if await self._team.allows(person, Action.TAKE)]

    def _why_not(self, who: str) -> str:
        person = self._team.directory.people.get(PersonId(who))
        if person is None:
            return "assignee"
        return f"{'assignee_off' if Role.PIKET in person.roles else 'assignee_no'}:{person.name}"


def _is_chief(tap: Tap) -> bool:
    """Whoever answers for the queue may take a case out of another's hands."""
    return Role.KOORDINATOR in tap.person.roles
