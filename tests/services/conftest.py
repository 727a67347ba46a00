"""Agencies to tell stories of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from agency import Agency, Restarts, approve_templates, enrol_all

from bot.clock import FakeClock
from bot.domain.reply import ApprovalPolicy
from bot.services.replies import ReplyPolicy
from bot.store.database import Database


@pytest.fixture
async def agency(database: Database, clock: FakeClock) -> Agency:
    policy = ReplyPolicy(
        ApprovalPolicy(levels=("role:koordinator", "role:pimpinan"), instant_closed=True),
        guard_allow=frozenset({"1500999"}),
        links=("example.go.id",),
    )
    made = Agency(database, clock, policy)
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


@pytest.fixture
async def alone(database: Database, clock: FakeClock) -> Agency:
    """The agency with one person."""
    made = Agency(database, clock, ReplyPolicy(ApprovalPolicy(alone=True)))
    await enrol_all(database, clock)
    return made


@pytest.fixture
async def restart(database_path: Path, clock: FakeClock) -> AsyncIterator[Restarts]:
    restarts = Restarts(database_path, clock, [])
    yield restarts
    for database in restarts.opened:
        await database.close()
