"""Data from a unit outside of a playbook: asked of its contacts, reminded of, credited to who answers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import data_request as rules
from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.data_request import DataRequest, RequestId, RequestState, read_asked
from bot.domain.errors import BadInput, NotFound, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Notice, Prompt, to_person
from bot.domain.people import Action, PersonId
from bot.domain.timer import Timer
from bot.services.claims import must_be_sharable, redraw
from bot.services.people import Directory, Team
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

SUBJECT = "data"
_SOON, _LATE = "data_soon", "data_late"


@dataclass(frozen=True, slots=True)
class Units:
    """Whom to ask. `within`: the usual time."""

    directory: Directory
    within: timedelta

    @property
    def listed(self) -> str:
        """bpbd (BPBD), pupr (Dinas PU)."""
        return ", ".join(f"{unit} ({self.name(unit)})" for unit in self.directory.units)

    def name(self, unit: str) -> str:
        return self.directory.unit_names.get(unit, unit)

    def contacts(self, unit: str) -> tuple[PersonId, ...]:
        """Raises BadInput for a unit that the config does not name."""
        if unit not in self.directory.units:
            raise BadInput("data_unit")
        return self.directory.units[unit]


class DataRequests:
    """`tap.target` is the case and `tap.seen` the claim that the question is about; 0 for none."""

    def __init__(self, store: Store, team: Team, units: Units, clock: Clock) -> None:
        self._store = store
        self._team = team
        self.units = units
        self._clock = clock

    async def begin(self, tap: Tap) -> None:
        """📮 Asks the presser, in their own chat, whom to ask what."""
        await self._team.require(tap.person, Action.ASK_DATA)
        if not self.units.directory.units:
            raise BadInput("data_no_units")
        async with self._store.transaction() as tx:
            await _about(tx, tap)
            params: dict[str, object] = {"case": tap.target, "claim": tap.seen, "units": self.units.listed}
            purpose = f"ask_data:{tap.target}:{tap.seen}"
            asked = Prompt(to_person(tap.person.id), "data_question", tap.person.id, purpose, params)
            await tx.outbox.put(f"{tap.cause}:prompt", asked, tap.at)

    async def ask(self, tap: Tap, typed: str) -> None:
        """What the presser answered goes to everybody of the unit; who answers first is credited."""
        await self._team.require(tap.person, Action.ASK_DATA)
        said = read_asked(typed)
        people = self.units.contacts(said.unit)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "data_ask"):
                return
            case, claim = await _about(tx, tap)
            due = tap.at + (said.within or self.units.within)
            request = DataRequest(
                RequestId(0), said.unit, said.question, tap.person.id, tap.at, due, claim=claim, case=case
            )
            request = replace(request, id=await tx.requests.add(request))
            detail: dict[str, object] = {"unit": said.unit, "request": request.id, "due": due.isoformat()}
            subject = f"claim:{claim}" if claim is not None else f"case:{case}"
            await tx.journal.write(Entry(tap.at, tap.person.id, "data_ask", subject, tap.cause, detail))
            for kind, at in ((_SOON, request.remind_at), (_LATE, request.due_at)):
                await tx.timers.set(Timer(f"{SUBJECT}:{request.id}", kind, at))
            await self._send(tx, request, people, "data_asked", tap.cause, tap.at)
            await self._redraw(tx, request, tap.cause, tap.at)

    async def is_late(self, tap: Tap) -> str:
        """The unit that the case `tap.target` still waits for, past its time. Raises WrongState."""
        await self._team.require(tap.person, Action.DRAFT)
        asked = await self._store.read.requests.of_case(CaseId(tap.target))
        late = [one.unit for one in asked if one.state is RequestState.LATE]
        if not late:
            raise WrongState("data_answered")
        return self.units.name(late[-1])

    async def answer(self, tap: Tap, text: str) -> None:
        """A contact of the unit, or a coordinator, has answered. `tap.target` is the request."""
        async with self._store.transaction() as tx:
            request = await tx.requests.get(RequestId(tap.target))
            if request is None:
                raise NotFound("data_request", str(tap.target))
            own = tap.person.id in self.units.directory.units.get(request.unit, ())
            if not own:
                await self._team.require(tap.person, Action.ANSWER_REQUEST)
            if await tx.journal.has(tap.cause, "data_answer"):
                return
            done = rules.answered(request, text, tap.person.id, tap.at)
            await tx.requests.save(done)
            await tx.timers.cancel_all(f"{SUBJECT}:{done.id}")
            detail: dict[str, object] = {"unit": done.unit, "request": done.id}
            await tx.journal.write(
                Entry(tap.at, tap.person.id, "data_answer", _subject(done), tap.cause, detail)
            )
            told = Notice(TRIAGE, "data_answered", {**self._params(done), "note": done.answer})
            await tx.outbox.put(f"{tap.cause}:answered", told, tap.at)
            for person in self.units.directory.units.get(done.unit, ()):
                if person != tap.person.id:
                    over = Notice(to_person(person), "data_over", self._params(done))
                    await tx.outbox.put(f"{tap.cause}:over:{person}", over, tap.at)
            await self._redraw(tx, done, tap.cause, tap.at)

    async def plan(self) -> None:
        """Each request brought its own timers."""

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """A reminder to those who were asked; at the end the team hears what may be said meanwhile."""
        request = await tx.requests.get(RequestId(int(timer.subject.partition(":")[2])))
        if request is None or request.state is not RequestState.WAITING:
            return
        now, cause = self._clock.now(), f"timer:{timer.id}"
        people = self.units.directory.units.get(request.unit, ())
        if timer.kind == _SOON:
            await self._send(tx, request, people, "data_reminder", cause, now)
            return
        await tx.requests.save(rules.late(request))
        await tx.journal.write(Entry(now, "bot", "data_late", _subject(request), cause))
        await tx.outbox.put(f"{cause}:late", Notice(TRIAGE, "data_late", self._params(request)), now)
        await self._redraw(tx, request, cause, now)

    async def _send(
        self,
        tx: Parts,
        request: DataRequest,
        people: tuple[PersonId, ...],
        what: str,
        cause: str,
        now: datetime,
    ) -> None:
        """To each in their own chat. Nobody there: the team hears at once that it has to telephone."""
        reached = {link.person for link in await tx.people.links() if link.reachable and not link.suspended}
        params = {**self._params(request), "question": request.question}
        for person in people:
            if person in reached:
                asked = Prompt(to_person(person), what, person, f"data:{request.id}:0", params)
                await tx.outbox.put(f"{cause}:data:{person}", asked, now)
        if not reached.intersection(people):
            await tx.outbox.put(f"{cause}:nobody", Notice(TRIAGE, "data_nobody", params), now)

    def _params(self, request: DataRequest) -> dict[str, object]:
        return {
            "request": request.id,
            "case": request.case or 0,
            "claim": request.claim or 0,
            "unit": self.units.name(request.unit),
            "left": int((request.due_at - self._clock.now()).total_seconds()),
            "person": request.answered_by or request.asked_by,
        }

    async def _redraw(self, tx: Parts, request: DataRequest, cause: str, now: datetime) -> None:
        if request.claim is not None:
            await redraw(tx, request.claim, cause, now)
        if request.case is not None:
            await tx.outbox.put(f"{cause}:card:{request.case}", CaseCard(request.case), now)


def _subject(request: DataRequest) -> str:
    return f"claim:{request.claim}" if request.claim is not None else f"case:{request.case}"


async def _about(tx: Parts, tap: Tap) -> tuple[CaseId | None, ClaimId | None]:
    """What the question is about. Raises NotFound, CannotJoin."""
    case = await tx.cases.get(CaseId(tap.target)) if tap.target else None
    claim = await tx.claims.get(ClaimId(tap.seen)) if tap.seen else None
    if case is None and claim is None:
        raise NotFound("claim" if tap.seen else "case", str(tap.seen or tap.target))
    if case is not None:
        must_be_sharable(case)
    return (case.id if case is not None else None, claim.id if claim is not None else None)
