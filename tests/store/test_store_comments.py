"""A message that does not tell its thread is found by its number, however many threads the group has."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from fakes import DISCUSSION, MORNING, comment, verdict

from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.comment import Origin, Platform
from bot.domain.priority import assess
from bot.store.database import Database

THREADLESS = Origin(Platform.TELEGRAM_DISCUSSION, f"{DISCUSSION}/0", "77")


async def said(database: Database, *places: tuple[str, str]) -> None:
    """A case with a comment in each of these (thread, message)."""
    found = verdict("question")
    async with database.transaction() as tx:
        case = await tx.cases.add(
            Case(
                id=CaseId(0), version=1, status=CaseStatus.NEW, verdict=found,
                priority=assess(found, sensitive=False), opened_at=MORNING, updated_at=MORNING,
            )
        )  # fmt: skip
        for thread, message in places:
            await tx.comments.add(comment(thread=thread, message=message), case, found)


async def test_it_is_found_in_its_own_group_and_in_no_other(database: Database) -> None:
    await said(database, (f"{DISCUSSION}5/1", "77"), (f"{DISCUSSION}/3", "78"))
    assert await database.read.comments.latest(THREADLESS) is None
    await said(database, (f"{DISCUSSION}/4", "77"))
    found = await database.read.comments.latest(THREADLESS)
    assert found is not None
    assert found.comment.origin.thread == f"{DISCUSSION}/4"


async def test_looking_for_one_costs_the_same_beside_two_thousand_threads(
    database: Database, database_path: Path
) -> None:
    """Counted in steps of the database's machine, which no busy computer changes."""
    sql = database.read.comments._sql.latest_in_chat.sql
    given = {
        "platform": "telegram_discussion",
        "from_": f"{DISCUSSION}/",
        "to_": f"{DISCUSSION}0",
        "message": "77",
    }
    await said(database, (f"{DISCUSSION}/1", "1"))
    few = steps(database_path, sql, given)
    await said(database, *((f"{DISCUSSION}/{n}", f"{n}") for n in range(1000, 3000)))
    assert steps(database_path, sql, given) <= few + 20


async def test_the_burst_counts_the_text_that_stands_and_only_sure_labels(database: Database) -> None:
    """An edit takes a comment out of what is counted, or brings it in; a label in doubt does not count."""
    await said(database, (f"{DISCUSSION}/1", "1"), (f"{DISCUSSION}/1", "2"), (f"{DISCUSSION}/1", "3"))
    edited = (("1", verdict("hoax")), ("2", verdict("question")), ("3", verdict(unsure=("hoax",))))
    async with database.transaction() as tx:
        for message, judged in edited:
            newer = replace(comment(thread=f"{DISCUSSION}/1", message=message), revision=1)
            await tx.comments.add(newer, CaseId(1), judged)
    comments = database.read.comments
    rumours = await comments.of_label("hoax", MORNING, 10)
    assert [(one.comment.origin.message, one.comment.revision) for one in rumours] == [("1", 1)]
    asked = await comments.of_label("question", MORNING, 10)
    assert [(one.comment.origin.message, one.comment.revision) for one in asked] == [("2", 1)]
    assert await comments.of_label("hoax", MORNING + timedelta(seconds=1), 10) == []


def steps(path: Path, sql: str, given: dict[str, str]) -> int:
    """How many instructions the query takes."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    with closing(sqlite3.connect(path)) as conn:
        conn.set_progress_handler(step, 1)
        conn.execute(sql, given).fetchall()
    return taken
