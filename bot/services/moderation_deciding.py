"""The second person: confirms or refuses a measure, takes it back, says what became of a warning in doubt."""

from collections.abc import Callable

from bot.domain import measure as rules
from bot.domain.errors import CannotModerate, WrongState
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.journal import Entry
from bot.domain.measure import Hand, Measure, MeasureId, State
from bot.domain.moderation import Remedy
from bot.domain.outgoing import OutgoingId, SendState
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.people import Action
from bot.domain.timer import Timer
from bot.services.measures import as_read, bearing_of, found, hand, noted, save, told
from bot.services.moderation import EXPIRE
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

_SPEAKS = frozenset({Remedy.WARN, Remedy.MOVE})


class Decisions:
    """One method per button of a coordinator. Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team, house: HouseRules, clock: Clock) -> None:
        self._store = store
        self._team = team
        self._house = house
        self._clock = clock

    async def confirm(self, tap: Tap) -> Measure:
        """✅ One winner among many taps; the deed leaves through the outbox, but not in the dry weeks."""
        await self._team.require(tap.person, Action.CONFIRM_REMOVAL)
        mode = self._house.mode_at(tap.at)
        if mode is Mode.OFF:
            raise CannotModerate("off")
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, "measure_confirm"):
                return measure
            case, kept = await as_read(tx, measure)
            bearing = await bearing_of(tx, case, kept, self._house)
            measure = rules.confirm(measure, bearing, hand(tap), dry=mode is Mode.DRY)
            await tx.timers.cancel(f"measure:{measure.id}", EXPIRE)
            await save(tx, measure, noted(measure, tap, "measure_confirm", dry=measure.dry))
            if measure.state is State.CONFIRMED:
                await self._let_go(tx, measure, tap)
        return measure

    async def _let_go(self, tx: Parts, measure: Measure, tap: Tap) -> None:
        """Named after the measure, not the press: whatever is pressed how often, it leaves once."""
        key = f"measure:{measure.id}:do"
        what = (
            PublicWarning(measure.id, measure.comment)
            if measure.remedy in _SPEAKS
            else CarryOut(measure.id, measure.comment)
        )
        await tx.outbox.put(key, what, tap.at)

    async def refuse(self, tap: Tap) -> Measure:
        """⛔ Tolak."""
        return await self._decide(tap, "measure_refuse", rules.refuse)

    async def undo(self, tap: Tap) -> Measure:
        """↩️ Urungkan: gives back what can be given back."""
        await self._team.require(tap.person, Action.CONFIRM_REMOVAL)
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, "measure_undo"):
                return measure
            measure = rules.undo(measure, hand(tap))
            await save(tx, measure, noted(measure, tap, "measure_undo"))
            if measure.state is State.UNDOING:
                back = CarryOut(measure.id, measure.comment, undo=True)
                await tx.outbox.put(f"measure:{measure.id}:{measure.version}:undo", back, tap.at)
        return measure

    async def send_again(self, tap: Tap) -> Measure:
        """🔁 A person has looked and the warning is not there."""
        return await self._looked(tap, "measure_again", rules.again)

    async def stands(self, tap: Tap) -> Measure:
        """☑️ A person has looked and the warning is there."""
        return await self._looked(tap, "measure_stands", rules.stands)

    async def _looked(self, tap: Tap, verb: str, change: Callable[[Measure, Hand], Measure]) -> Measure:
        """What a person saw ends the doubt: the row of the warning leaves once more, or counts as sent."""
        await self._team.require(tap.person, Action.CONFIRM_REMOVAL)
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, verb):
                return measure
            measure = change(measure, hand(tap))
            warning = OutgoingId(measure.outgoing)
            if measure.state is State.CONFIRMED:
                await tx.outbox.requeue(warning, tap.at, "")
            elif (row := await tx.outbox.get(warning)) is not None:
                await tx.outbox.settle(row, SendState.SENT, tap.at)
            await save(tx, measure, noted(measure, tap, verb))
        return measure

    async def _decide(self, tap: Tap, verb: str, change: Callable[[Measure, Hand], Measure]) -> Measure:
        await self._team.require(tap.person, Action.CONFIRM_REMOVAL)
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, verb):
                return measure
            measure = change(measure, hand(tap))
            await tx.timers.cancel(f"measure:{measure.id}", EXPIRE)
            await save(tx, measure, noted(measure, tap, verb))
        return measure

    async def expire(self, timer: Timer, tx: Parts) -> None:
        """Nobody decided in time."""
        measure = await tx.measures.get(MeasureId(int(timer.subject.removeprefix("measure:"))))
        if measure is None or measure.version != timer.epoch:
            return
        now = self._clock.now()
        try:
            measure = rules.expire(measure, now)
        except WrongState:
            return  # it was decided in the same moment
        entry = Entry(
            now, "bot", "measure_expire", f"measure:{measure.id}", f"timer:{timer.id}", told(measure)
        )
        await save(tx, measure, entry)
