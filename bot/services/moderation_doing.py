"""The last look before a measure leaves, and what follows once its fate is known."""

from datetime import datetime, timedelta

from bot.domain import measure as rules
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.journal import Entry
from bot.domain.measure import Measure, MeasureId, State
from bot.domain.moderation import Remedy
from bot.domain.outgoing import TRIAGE, Notice, Queued
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.services.delivery import Impossible, NothingToSay, Outcome, Sent, Unsure
from bot.services.measures import bearing_of, comment_of, save, told
from bot.services.ports import Clock, Parts

GONE = "gone"
"""The message stands there no more, whoever took it away."""
_SHORTEST = timedelta(minutes=1)
"""Telegram takes an end that is nearer than half a minute for "for ever"."""


class Doing:
    """Follows a warning and a deed."""

    def __init__(self, house: HouseRules, clock: Clock) -> None:
        self._house = house
        self._clock = clock

    async def before(self, tx: Parts, queued: Queued) -> bool:
        """What was confirmed is what happens: the same words, by the rules as they are now."""
        measure = await _of(tx, queued)
        if measure is None:
            return False
        if isinstance(queued.what, CarryOut) and queued.what.undo:
            return measure.state is State.UNDOING
        if measure.state is not State.CONFIRMED:
            return False
        now = self._clock.now()
        hurdle = await self._hurdle(tx, measure, now)
        if hurdle:
            await self._failed(tx, measure, hurdle, f"out:{queued.id}:{queued.tries}", now)
        return not hurdle

    async def _hurdle(self, tx: Parts, measure: Measure, now: datetime) -> str:
        case, _, newest = await comment_of(tx, measure)
        bearing = await bearing_of(tx, case, newest, self._house)
        if self._house.mode_at(now) is not Mode.ON:
            return "off"
        if measure.until is not None and measure.until - now < _SHORTEST:
            return "too_late"
        return rules.obstacle(measure, bearing, newest.id)

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        measure = await _of(tx, queued)
        if measure is None:
            return
        now, cause = self._clock.now(), f"out:{queued.id}:{queued.tries}"
        if isinstance(queued.what, PublicWarning):
            await self._spoke(tx, measure, queued, outcome, now)
        elif isinstance(queued.what, CarryOut) and queued.what.undo:
            await self._took_back(tx, measure, outcome, cause, now)
        else:
            await self._did(tx, measure, outcome, cause, now)

    async def _spoke(
        self, tx: Parts, measure: Measure, queued: Queued, outcome: Outcome, now: datetime
    ) -> None:
        """A warning ends here. Behind an invitation comes the deletion, whatever became of it: what protects
        a citizen does not wait for politeness.
        """
        cause = f"out:{queued.id}:{queued.tries}"
        if measure.state is not State.CONFIRMED:
            return
        number = outcome.message_id if isinstance(outcome, Sent) else 0
        if measure.remedy is Remedy.MOVE:
            measure = rules.spoken(measure, number, now)
            verb = "measure_invited" if number else "measure_not_invited"
            await save(tx, measure, _by_bot(measure, verb, cause, now))
            deed = CarryOut(measure.id, measure.comment)
            await tx.outbox.put(f"measure:{measure.id}:delete", deed, now)
        elif number:
            measure = rules.done(measure, now, number)
            await save(tx, measure, _by_bot(measure, "measure_done", cause, now))
        elif isinstance(outcome, Unsure):
            measure = rules.unsure(measure, int(queued.id), now)
            await save(tx, measure, _by_bot(measure, "measure_unsure", cause, now))
            await self._tell(tx, measure, "measure_unsure", cause, now)
        else:
            await self._failed(tx, measure, _why(outcome), cause, now)

    async def _did(self, tx: Parts, measure: Measure, outcome: Outcome, cause: str, now: datetime) -> None:
        if measure.state is not State.CONFIRMED:
            return
        if isinstance(outcome, Sent | NothingToSay):
            lost = measure.remedy is Remedy.MOVE and not measure.message
            beside = "not_invited" if lost else _why(outcome)
            measure = rules.done(measure, now, error=beside)
            await save(tx, measure, _by_bot(measure, "measure_done", cause, now, beside=beside))
        else:
            await self._failed(tx, measure, _why(outcome), cause, now)

    async def _took_back(
        self, tx: Parts, measure: Measure, outcome: Outcome, cause: str, now: datetime
    ) -> None:
        if measure.state is not State.UNDOING:
            return
        if isinstance(outcome, Sent | NothingToSay):
            measure = rules.undone(measure, now)
            await save(tx, measure, _by_bot(measure, "measure_undone", cause, now))
            return
        measure = rules.not_undone(measure, _why(outcome), now)
        await save(tx, measure, _by_bot(measure, "measure_not_undone", cause, now, why=measure.error))
        await self._tell(tx, measure, "measure_not_undone", cause, now)

    async def _failed(self, tx: Parts, measure: Measure, why: str, cause: str, now: datetime) -> None:
        """Nothing is silent: the team hears what the platform, or the last look, said."""
        measure = rules.failed(measure, why, now)
        await save(tx, measure, _by_bot(measure, "measure_failed", cause, now, why=why))
        await self._tell(tx, measure, "measure_failed", cause, now)

    async def _tell(self, tx: Parts, measure: Measure, what: str, cause: str, now: datetime) -> None:
        card = await tx.outbox.card(f"measure:{measure.id}")
        params: dict[str, object] = {"measure": measure.id, "case": measure.case, "why": measure.error}
        said = Notice(TRIAGE, what, params, card.message_id if card is not None else 0)
        await tx.outbox.put(f"{cause}:{what}", said, now)


async def _of(tx: Parts, queued: Queued) -> Measure | None:
    what = queued.what
    if not isinstance(what, PublicWarning | CarryOut):
        return None
    return await tx.measures.get(MeasureId(what.measure))


def _why(outcome: Outcome) -> str:
    match outcome:
        case NothingToSay(why):
            return why
        case Impossible(error) | Unsure(error):
            return error
        case _:
            return ""


def _by_bot(measure: Measure, verb: str, cause: str, now: datetime, **detail: object) -> Entry:
    return Entry(now, "bot", verb, f"measure:{measure.id}", cause, told(measure, **detail))
