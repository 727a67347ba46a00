"""What /siaga holds of moderation: the outbox and the card say the same of every ground and every rung."""

from dataclasses import replace

import pytest
from agency import Agency

from bot.domain.case import CaseId
from bot.domain.measure import Hand, Measure, MeasureId, State, begin, waits_in_crisis
from bot.domain.moderation import Bearing, Ground, Remedy, Rule
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.people import PersonId

SARI, RATNA = PersonId("sari"), PersonId("ratna")


async def confirmed(agency: Agency, ground: Ground, remedy: Remedy) -> Measure:
    """Decided by two, as the store keeps it."""
    case = await agency.receive()
    (kept,) = await agency.comments(case)
    fresh = begin(CaseId(case), kept.id, Bearing(), Hand(SARI, 1, agency.clock.now()))
    async with agency.database.transaction() as tx:
        made = replace(fresh, id=MeasureId(await tx.measures.add(fresh)))
        made = replace(
            made, state=State.CONFIRMED, rule=Rule("r", "Aturan", ground), remedy=remedy, decided_by=RATNA
        )
        await tx.measures.save(made)
    return made


async def left(agency: Agency, key: str, what: CarryOut | PublicWarning) -> bool:
    """Whether it may leave now."""
    async with agency.database.transaction() as tx:
        await tx.outbox.put(key, what, agency.clock.now())
    row = (await agency.queued(type(what)))[-1]
    async with agency.database.transaction() as tx:
        return await tx.outbox.take(row.id, agency.clock.now()) is not None


@pytest.mark.parametrize("remedy", [one for one in Remedy if one is not Remedy.HIDE])
@pytest.mark.parametrize("ground", list(Ground))
async def test_what_the_card_calls_held_is_held(agency: Agency, ground: Ground, remedy: Remedy) -> None:
    measure = await confirmed(agency, ground, remedy)
    await agency.triage.crisis_mode.set(agency.tap("sari", int(agency.clock.now().timestamp())))
    free = not waits_in_crisis(measure)
    assert free is (ground is Ground.PERSONAL_DATA and remedy in {Remedy.MOVE, Remedy.DELETE})
    assert await left(agency, "warn", PublicWarning(measure.id, measure.comment)) is free
    assert await left(agency, "do", CarryOut(measure.id, measure.comment)) is free
    assert await left(agency, "undo", CarryOut(measure.id, measure.comment, undo=True))
    assert not await left(agency, "nobody", CarryOut(measure.id + 77, measure.comment))
    assert not waits_in_crisis(replace(measure, state=State.DONE))
