"""Imports that give way, a citizen who writes again after the answer, old updates that go."""

from datetime import timedelta

from agency import Agency
from fakes import comment, later

from bot.domain.case import CaseStatus, answered
from bot.domain.comment import Platform
from bot.domain.lane import Lane
from bot.domain.outgoing import CaseCard, Notice

DM = {"platform": Platform.TELEGRAM_DM, "thread": "501"}


async def test_the_card_of_a_comment_of_now_goes_before_those_of_an_import(agency: Agency) -> None:
    for number in range(5):
        old = comment(f"Keluhan lama {number}", platform=Platform.CSV, thread="file", author=f"csv:{number}")
        await agency.intake.receive(old, f"import:{number}", "host")
    await agency.intake.receive(comment("Baru saja, Min"), "update:1")
    heads = await agency.database.read.outbox.heads(agency.clock.now())
    assert [head.lane for head in heads] == [Lane.BOARD, Lane.BACKLOG]


async def test_an_imported_case_that_somebody_takes_is_redrawn_at_once(agency: Agency) -> None:
    old = comment("Keluhan lama", platform=Platform.CSV, thread="file", author="csv:1")
    received = await agency.intake.receive(old, "import:1", "host")
    await agency.triage.take(await agency.on("sari", received.case))
    queued = [row for row in await agency.queued() if isinstance(row.what, CaseCard)]
    assert [row.lane for row in queued] == [Lane.APPROVAL], "before what the bot draws by itself"


async def test_a_citizen_who_writes_after_the_answer_is_said_aloud(agency: Agency) -> None:
    received = await agency.intake.receive(comment("Kapan airnya nyala?", **DM), "update:1")
    async with agency.database.transaction() as tx:
        case = await tx.cases.get(received.case)
        assert case is not None
        await tx.cases.save(answered(case, agency.clock.now()))
    await agency.intake.receive(comment("Masih mati, Min", at=later(3600), **DM), "update:2")
    assert (await agency.case(received.case)).status is CaseStatus.NEW
    said = [row.what for row in await agency.queued() if isinstance(row.what, Notice)]
    assert [notice.what for notice in said] == ["wrote_again"]


async def test_old_updates_go_a_thousand_at_a_time_and_only_handled_ones(agency: Agency) -> None:
    now = agency.clock.now()
    async with agency.database.transaction() as tx:
        for number in range(1003):
            await tx.inbox.keep(number, "{}", now)
        await tx.inbox.done(list(range(1002)))
    month = now + timedelta(days=30)
    async with agency.database.transaction() as tx:
        assert await tx.inbox.forget(now) == 0
        assert [await tx.inbox.forget(month) for _ in range(3)] == [1000, 2, 0]
    assert (await agency.database.read.inbox.health()).pending == 1
