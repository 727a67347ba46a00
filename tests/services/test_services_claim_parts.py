"""A long list comes in by parts: the running bot has its turn between them, and a list cut off goes on."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

import pytest
from agency import PEOPLE, Agency
from test_services_claim_lists import bring, claim_of, nothing, row, told

from bot.domain.claim import Finding
from bot.domain.claim_list import Row
from bot.domain.people import PersonId
from bot.services.claim_import import Brought

LONG = tuple(row(f"Kabar nomor {one} beredar luas di kota", reference=str(one)) for one in range(450))


async def imported(
    agency: Agency, rows: tuple[Row, ...], pause: Callable[[], Awaitable[None]] = nothing
) -> tuple[Brought, int]:
    """What came of it, and how many rows were reported as done."""
    done: list[None] = []
    lists, ratna = agency.register.lists, PEOPLE[PersonId("ratna")]
    brought = await lists.bring(rows, ratna, agency.clock.now(), lambda: done.append(None), pause)
    return brought, len(done)


async def lines(agency: Agency) -> list[dict[str, int]]:
    """What the journal has of the lists."""
    found = await agency.database.read.journal.about("claims")
    return [json.loads(str(line["canonical"]))[5] for line in found if line["action"] == "claim_import"]


async def test_between_the_parts_whoever_waits_may_write(agency: Agency) -> None:
    turns = []

    async def pause() -> None:
        with closing(sqlite3.connect(agency.database.path, timeout=0)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            turns.append(beside.execute("SELECT count(*) FROM claim").fetchone()[0])
            beside.rollback()

    assert await imported(agency, LONG, pause) == (Brought(new=450), 450)
    assert turns == [200, 400]
    assert [line["new"] for line in await lines(agency)] == [200, 200, 50]
    assert await imported(agency, LONG) == (Brought(known=450), 450)
    assert (await lines(agency))[3:] == [{"new": 0, "changed": 0, "known": 450}], "one line for nothing new"


async def test_a_list_that_was_cut_off_goes_on_where_it_was(agency: Agency) -> None:
    async def gone() -> None:
        raise OSError("the machine is gone")

    with pytest.raises(OSError, match="gone"):
        await imported(agency, LONG, gone)
    assert [line["new"] for line in await lines(agency)] == [200], "what is there stands in the journal"
    assert await imported(agency, LONG) == (Brought(new=250, known=200), 450)
    assert sum(line["new"] for line in await lines(agency)) == 450


async def test_findings_that_turned_are_told_in_one_message_wherever_they_stand(agency: Agency) -> None:
    await bring(agency, *LONG)
    turned = {3, 210, 449}
    again = [
        row(one.statement, Finding.TRUE, one.reference) if n in turned else one for n, one in enumerate(LONG)
    ]
    assert await bring(agency, *again) == Brought(changed=3, known=447)
    (said,) = await told(agency)
    assert all(f"KL-{number + 1} (salah → benar)" in said for number in turned)


@pytest.mark.parametrize("last", [Finding.TRUE, Finding.FALSE])
async def test_of_two_rows_with_one_number_the_last_holds_as_before(agency: Agency, last: Finding) -> None:
    await bring(agency, *LONG[:3])
    other = Finding.TRUE if last is Finding.FALSE else Finding.PARTLY
    twice = (LONG[0], row(LONG[1].statement, other, "1"), LONG[2], row(LONG[1].statement, last, "1"))
    await bring(agency, *twice)
    assert (await claim_of(agency, 2)).finding is last
