"""No author approves, but where the agency has one person and says so; the table refuses what code forgot."""

import sqlite3
from dataclasses import replace

import pytest
from agency import Agency

from bot.domain.errors import (
    NeedsPause,
    NotAllowed,
    OwnWords,
)
from bot.domain.reply import ApprovedAs, DraftState, text_sha


async def test_no_author_approves_returns_or_is_fooled_by_another_submitter(agency: Agency) -> None:
    draft = await agency.waiting("ratna")
    with pytest.raises(OwnWords):
        await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert (await agency.draft(draft.id)).state is DraftState.WAITING
    mixed = await agency.written("ratna")
    await agency.approvals.submit(await agency.at("sari", mixed.id))
    with pytest.raises(OwnWords):
        await agency.approvals.approve(await agency.at("ratna", mixed.id))


async def test_alone_the_writer_confirms_after_a_pause_and_it_is_recorded_so(alone: Agency) -> None:
    draft = await alone.written("ratna")
    draft = await alone.approvals.submit(await alone.at("ratna", draft.id))
    with pytest.raises(NeedsPause) as early:
        await alone.approvals.approve(await alone.at("ratna", draft.id))
    assert (early.value.until - alone.clock.now()).total_seconds() == 60
    alone.clock.advance(60)
    approved = await alone.approvals.approve(await alone.at("ratna", draft.id))
    assert approved.approved_as is ApprovedAs.ALONE
    await alone.settle()
    assert (await alone.draft(draft.id)).state is DraftState.POSTED


async def test_alone_does_not_let_a_colleague_without_the_right_approve(alone: Agency) -> None:
    draft = await alone.written("sari")
    draft = await alone.approvals.submit(await alone.at("sari", draft.id))
    alone.clock.advance(60)
    with pytest.raises(NotAllowed):
        await alone.approvals.approve(await alone.at("budi", draft.id))
    approved = await alone.approvals.approve(await alone.at("ratna", draft.id))
    assert approved.approved_as is ApprovedAs.TEXT


SHA = text_sha("Perbaikan dimulai Senin, ya.")


@pytest.mark.parametrize(
    "forged",
    [
        {"decided_by": "sari", "approved_as": ApprovedAs.TEXT, "approved_sha": SHA},
        {"decided_by": "sari", "approved_as": None, "approved_sha": SHA},
        {"decided_by": None, "approved_as": ApprovedAs.TEXT, "approved_sha": SHA},
        {"decided_by": "ratna", "approved_as": None, "approved_sha": SHA},
        {"decided_by": "ratna", "approved_as": ApprovedAs.TEXT, "approved_sha": ""},
        {"decided_by": "sari", "approved_as": ApprovedAs.CLOSED_TEMPLATE, "approved_sha": SHA},
    ],
)
@pytest.mark.parametrize("state", [DraftState.APPROVED, DraftState.POSTED])
async def test_the_table_itself_refuses_a_forged_approval(
    agency: Agency, forged: dict[str, object], state: DraftState
) -> None:
    draft = await agency.waiting("sari")

    async def save() -> None:
        async with agency.database.transaction() as tx:
            await tx.drafts.save(replace(draft, state=state, **forged))

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        await save()
    assert await agency.draft(draft.id) == draft


async def test_the_table_itself_refuses_a_second_living_draft(agency: Agency) -> None:
    draft = await agency.waiting("sari")

    async def add() -> None:
        async with agency.database.transaction() as tx:
            await tx.drafts.add(replace(draft, state=DraftState.WRITING))

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        await add()
