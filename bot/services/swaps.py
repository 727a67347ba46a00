"""/tukar: one asks, the other says yes or no, and with the second yes the rota is another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import swap as rules
from bot.domain.errors import CannotSwap, NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import Notice, to_person
from bot.domain.people import Action, Person, PersonId, Role
from bot.domain.rota import turns
from bot.domain.swap import Duty, Plan, Swap, SwapId, SwapState
from bot.domain.timer import Timer
from bot.services.handover import HandOver
from bot.services.oncall import OnCall
from bot.services.people import Directory, Team
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

AHEAD = timedelta(days=14)
_MOST = 12
"""Choices under one message: more is not read on a phone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who could take the duty; `back`: a duty of theirs for it, or nothing."""

    person: PersonId
    back: Duty | None


class Swaps:
    """What is asked stands in the store; a restart forgets no question and asks none twice."""

    def __init__(
        self,
        store: Store,
        team: Team,
        directory: Directory,
        oncall: OnCall,
        handover: HandOver,
        clock: Clock,
    ) -> None:
        self._store = store
        self._team = team
        self._directory = directory
        self._oncall = oncall
        self._handover = handover
        self._clock = clock

    async def duties(self, tap: Tap, person: PersonId) -> list[Duty]:
        """What this person has in the next fourteen days, the running one first. Raises NotAllowed."""
        await self._may(tap, person)
        plan = await self._oncall.plan(tap.at)
        return sorted(_duties(plan, person, tap.at), key=lambda duty: duty.start)[:_MOST]

    async def offers(self, tap: Tap, duty: Duty, giver: PersonId) -> list[Offer]:
        """Who could take it over: for one of their own duties in the same rota, or for nothing."""
        await self._may(tap, giver)
        plan = await self._oncall.plan(tap.at)
        rotation = plan.rotations.get(duty.rota)
        others = [p for p in (rotation.people if rotation is not None else ()) if p != giver]
        others += [p for p in self._who_stands_in() if p not in others and p != giver]
        found = [offer for person in others for offer in _offers_of(plan, person, duty.rota, tap.at)]
        return [offer for offer in found if _fits(duty, giver, offer, tap, plan)][:_MOST]

    async def ask(self, tap: Tap, duty: Duty, giver: PersonId, offer: Offer) -> Swap:
        """Puts the question to whoever has to say yes. Raises CannotSwap, NotAllowed."""
        await self._may(tap, giver)
        swap = rules.ask(duty, giver, offer.person, offer.back, tap.person.id, tap.at)
        async with self._store.transaction() as tx:
            before = await self._asked_already(tx, swap, tap)
            if before is not None:
                return before
            rules.must_fit(swap, await self._oncall.plan(tap.at, tx))
            swap = replace(swap, id=await tx.shifts.add_swap(swap))
            await tx.timers.set(Timer(f"swap:{swap.id}", "expire", swap.expires_at))
            detail: dict[str, object] = {"giver": giver, "taker": offer.person}
            await _note(tx, tap, "swap_asked", swap, detail)
            for person in swap.awaits:
                await self._say(tx, f"{tap.cause}:{person}", "swap_asked", swap, person)
        return swap

    async def agree(self, tap: Tap) -> Swap:
        """One party's yes; with the last one the rota changes. Raises CannotSwap, WrongState, NotAllowed."""
        async with self._store.transaction() as tx:
            swap = await self._get(tx, tap)
            if await tx.journal.has(tap.cause, "swap_agreed"):
                return swap
            swap = rules.agree(swap, tap.person.id, tap.at)
            rules.must_fit(swap, await self._oncall.plan(min(tap.at, swap.give.start), tx))
            await tx.shifts.save_swap(swap)
            await _note(tx, tap, "swap_agreed", swap)
            if swap.state is SwapState.AGREED:
                for override in rules.overrides_of(swap):
                    await tx.shifts.put_in(override, tap.person.id, tap.at, swap.id)
                await tx.timers.cancel_all(f"swap:{swap.id}")
                await self._handover.replan(tx)
                await self._tell_all(tx, tap, "swap_done", swap)
        return swap

    async def decline(self, tap: Tap) -> Swap:
        """One party's no, or the asker's withdrawal. Raises WrongState, NotAllowed."""
        async with self._store.transaction() as tx:
            swap = await self._get(tx, tap)
            if await tx.journal.has(tap.cause, "swap_declined"):
                return swap
            swap = rules.decline(swap, tap.person.id, tap.at)
            await tx.shifts.save_swap(swap)
            await tx.timers.cancel_all(f"swap:{swap.id}")
            await _note(tx, tap, "swap_declined", swap)
            await self._tell_all(tx, tap, f"swap_{swap.state}", swap)
        return swap

    async def plan(self) -> None:
        """Nothing stands by itself: every question has set its own timer."""

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """Nobody has answered in time: nothing changes, and those who waited are told."""
        swap = await tx.shifts.swap(SwapId(int(timer.subject.removeprefix("swap:"))))
        if swap is None or swap.state is not SwapState.ASKED:
            return
        swap, now, cause = rules.expire(swap), self._clock.now(), f"timer:{timer.id}"
        await tx.shifts.save_swap(swap)
        await tx.journal.write(Entry(now, "bot", "swap_expired", f"swap:{swap.id}", cause))
        for person in dict.fromkeys((*swap.parties, swap.asked_by)):
            await self._say(tx, f"{cause}:{person}", "swap_expired", swap, person)

    def person(self, name: str) -> Person:
        """Somebody of the team by id or name, however it is written. Raises NotFound."""
        wanted = name.strip().casefold()
        found = [p for p in self._directory.people.values() if wanted in {p.id.casefold(), p.name.casefold()}]
        if len(found) != 1:
            raise NotFound("person", name)
        return found[0]

    async def _may(self, tap: Tap, giver: PersonId) -> None:
        await self._team.require(tap.person, Action.SWAP_OWN, own=giver == tap.person.id)

    def _who_stands_in(self) -> Iterable[PersonId]:
        """Whoever is on any rota, and whoever has the part and is on none."""
        on_rota = (p for one in self._oncall.rotations.values() for p in one.people)
        return dict.fromkeys((*on_rota, *self._directory.with_role(Role.PIKET)))

    async def _get(self, tx: Parts, tap: Tap) -> Swap:
        swap = await tx.shifts.swap(SwapId(tap.target))
        if swap is None:
            raise NotFound("swap", str(tap.target))
        return swap

    async def _asked_already(self, tx: Parts, swap: Swap, tap: Tap) -> Swap | None:
        """The same question pressed twice is one question."""
        for one in await tx.shifts.asked(tap.at):
            if (one.give, one.giver, one.taker, one.back) == (swap.give, swap.giver, swap.taker, swap.back):
                return one
        return None

    async def _tell_all(self, tx: Parts, tap: Tap, what: str, swap: Swap) -> None:
        """Everybody whom it concerns but the one who has just pressed."""
        for person in dict.fromkeys((*swap.parties, swap.asked_by)):
            if person != tap.person.id:
                await self._say(tx, f"{tap.cause}:{person}", what, swap, person)

    async def _say(self, tx: Parts, key: str, what: str, swap: Swap, person: PersonId) -> None:
        zone = self._directory.people[person].zone if person in self._directory.people else None
        said: dict[str, object] = {
            "swap": swap.id,
            "giver": swap.giver,
            "taker": swap.taker,
            "by": swap.asked_by,
            "give": _packed(swap.give),
            "back": _packed(swap.back) if swap.back is not None else None,
            "until": swap.expires_at.isoformat(),
            "reader": person,
            "zone": str(zone or ""),
        }
        await tx.outbox.put(key, Notice(to_person(person), what, said), self._clock.now())


def _duties(plan: Plan, person: PersonId, now: datetime) -> Iterable[Duty]:
    for name, rotation in plan.rotations.items():
        for one in turns(rotation, now, now + AHEAD, plan.overrides, plan.leaves):
            if person in one.people:
                yield Duty(name, one.start.replace(second=0, microsecond=0), one.end)


def _offers_of(plan: Plan, person: PersonId, rota: str, now: datetime) -> Iterable[Offer]:
    mine = [duty for duty in _duties(plan, person, now) if duty.rota == rota and duty.start > now]
    yield from (Offer(person, duty) for duty in mine[:2])
    yield Offer(person, None)


def _fits(duty: Duty, giver: PersonId, offer: Offer, tap: Tap, plan: Plan) -> bool:
    try:
        rules.must_fit(rules.ask(duty, giver, offer.person, offer.back, tap.person.id, tap.at), plan)
    except CannotSwap:
        return False
    return True


def _packed(duty: Duty) -> dict[str, str]:
    return {"rota": duty.rota, "start": duty.start.isoformat(), "end": duty.end.isoformat()}


async def _note(tx: Parts, tap: Tap, what: str, swap: Swap, detail: dict[str, object] | None = None) -> None:
    await tx.journal.write(Entry(tap.at, tap.person.id, what, f"swap:{swap.id}", tap.cause, detail or {}))
