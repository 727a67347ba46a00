"""What is old and done leaves, with every trace in the file; what waits or proves something stays."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from agency import Agency
from fakes import comment, later

from bot.domain.case import CaseId, CloseReason
from bot.domain.comment import Author
from bot.domain.outgoing import CaseCard
from bot.domain.timer import Timer
from bot.services.retention import Forgotten, Keep, Retention
from bot.store.database import Database
from bot.store.retention import _STEPS

DAY = 24 * 3600
WORDS = "Rumah saya di Gang Kenanga nomor tujuh"
NAME = "Sulastri Wibowo"


def retention(agency: Agency) -> Retention:
    keep = Keep(timedelta(days=60), timedelta(days=30), timedelta(days=300))
    return Retention(agency.database, keep, agency.clock)


async def received(agency: Agency) -> int:
    """A citizen with a name."""
    return await agency.receive(replace(comment(WORDS), author=Author("tg:77", NAME)))


async def closed(agency: Agency) -> int:
    """Answered and closed: a case with everything that hangs on one."""
    case = await received(agency)
    draft = await agency.replies.write(agency.tap("sari", case), f"Halo Kak {NAME}, kami cek.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.settle()
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    await agency.triage.close(await agency.on("sari", case), CloseReason.ANSWERED)
    return case


async def proves(agency: Agency, case: int, resolved: bool = True) -> None:
    """An incident holds the case's comment as evidence; straight into the store."""
    (held,) = await agency.comments(case)
    with closing(sqlite3.connect(agency.database.path)) as beside, beside:
        beside.execute("INSERT OR IGNORE INTO playbook_version VALUES ('ab', 'hoaks-viral', 1, '')")
        when = int(agency.clock.now().timestamp())
        phase = "resolved" if resolved else "open"
        beside.execute(
            "INSERT INTO run (playbook, playbook_sha, kind, group_key, phase, paging, epoch, opened_at,"
            " resolved_at, state, version) VALUES ('hoaks-viral', 'ab', 'real', ?, ?, '', 1, ?, ?, '{}', 1)",
            (f"k{case}", phase, when, when if resolved else None),
        )
        run = beside.execute("SELECT max(id) FROM run").fetchone()[0]
        beside.execute("INSERT INTO evidence VALUES (?, ?, 'cd', ?)", (run, held.id, when))
        told = "INSERT INTO timeline (run, at, what, params) VALUES (?, ?, 'opened', '{}')"
        beside.execute(told, (run, when))


def in_the_file(database: Database, *words: str) -> bool:
    """Whether any of it can be read from the bytes on the disk, the log included."""
    files = [database.path, *database.path.parent.glob(f"{database.path.name}-*")]
    content = b"".join(Path(file).read_bytes() for file in files)
    return any(word.encode() in content for word in words)


async def test_a_closed_case_leaves_when_its_time_is_over_and_takes_every_trace_along(agency: Agency) -> None:
    case = await closed(agency)
    agency.clock.advance(59 * DAY)
    await retention(agency).step()
    assert (await agency.case(case)).status == "closed"
    assert in_the_file(agency.database, WORDS)
    agency.clock.advance(2 * DAY)
    assert (await retention(agency).due()).cases == 1
    gone = await retention(agency).all("eko")
    assert (gone.cases, gone.incidents) == (1, 0)
    assert gone.outgoing > 0
    assert await agency.database.read.cases.get(CaseId(case)) is None
    await agency.database.close()
    assert not in_the_file(agency.database, WORDS, NAME, "kami cek")


async def test_a_name_leaves_earlier_than_the_words(agency: Agency) -> None:
    case = await closed(agency)
    agency.clock.advance(31 * DAY)
    assert (await retention(agency).all("eko")).names == 1
    (kept,) = await agency.comments(case)
    assert (kept.comment.author.name, kept.comment.author.key) == ("", "")
    assert kept.comment.text == WORDS
    assert await retention(agency).step() == Forgotten()


async def test_what_still_waits_for_somebody_stays_however_old(agency: Agency) -> None:
    case = await received(agency)
    agency.clock.advance(2000 * DAY)
    await retention(agency).all("eko")
    (kept,) = await agency.comments(case)
    assert (kept.comment.text, kept.comment.author.name) == (WORDS, NAME)


async def test_evidence_stays_whole_as_long_as_its_incident(agency: Agency) -> None:
    case = await closed(agency)
    await proves(agency, case)
    agency.clock.advance(299 * DAY)
    await retention(agency).all("eko")
    (kept,) = await agency.comments(case)
    assert (kept.comment.text, kept.comment.author.name) == (WORDS, NAME)
    agency.clock.advance(2 * DAY)
    gone = await retention(agency).all("eko")
    assert (gone.incidents, gone.cases) == (1, 1)
    await agency.database.close()
    assert not in_the_file(agency.database, WORDS, NAME)


async def test_an_incident_that_goes_on_keeps_everything(agency: Agency) -> None:
    case = await closed(agency)
    await proves(agency, case, resolved=False)
    agency.clock.advance(3000 * DAY)
    assert (await retention(agency).all("eko")).incidents == 0
    assert await agency.comments(case)


async def test_one_that_shares_its_words_with_a_case_that_waits_is_kept_with_it(agency: Agency) -> None:
    draft = await agency.written()
    other = await agency.receive("Kapan jembatannya?")
    draft = await agency.widening.widen(agency.tap("sari", draft.id), str(other))
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    await agency.triage.close(await agency.on("sari", draft.case_id), CloseReason.ANSWERED)
    await agency.triage.reopen(await agency.on("sari", other))
    agency.clock.advance(100 * DAY)
    await retention(agency).all("eko")
    assert (await agency.case(draft.case_id)).status == "closed"
    await agency.triage.close(await agency.on("sari", other), CloseReason.ANSWERED)
    agency.clock.advance(100 * DAY)
    assert (await retention(agency).all("eko")).cases == 2


async def test_the_journal_keeps_that_it_happened_and_its_chain_holds(agency: Agency) -> None:
    case = await closed(agency)
    agency.clock.advance(100 * DAY)
    await retention(agency).all("eko")
    (line,) = await agency.database.read.journal.about("retention")
    assert (line["actor"], line["action"]) == ("eko", "purge")
    assert f'"cases":[{case}]' in str(line["canonical"])
    read, broken = await agency.database.read.journal.verify()
    assert broken is None
    assert read > 5


async def test_timers_that_are_over_leave_with_their_run_or_after_its_time(agency: Agency) -> None:
    await proves(agency, await closed(agency))
    due = agency.clock.now()
    names = ["page:1", "drill:1", "run:1", "handover:medsos", "gaps:daily", "page:0", "schedule:patroli"]
    stays = [Timer(name, "later", due + timedelta(days=900)) for name in names[3:]]
    async with agency.database.transaction() as tx:
        for name in names:
            await tx.timers.set(Timer(name, "old", due))
        await tx.timers.fired([one for name in names for one in await tx.timers.open(name)])
        for one in stays:
            await tx.timers.set(one)
    agency.clock.advance(299 * DAY)
    await retention(agency).all("bot")
    assert subjects(agency) == sorted([*names, *names[3:]])
    agency.clock.advance(2 * DAY)
    await retention(agency).all("bot")
    assert subjects(agency) == sorted(names[3:]), "what is still to come stays"


def subjects(agency: Agency) -> list[str]:
    """The timers of the store, but those of cases and drafts."""
    with closing(sqlite3.connect(agency.database.path)) as beside:
        rows = beside.execute("SELECT subject FROM timer ORDER BY subject").fetchall()
    return [row[0] for row in rows if row[0].partition(":")[0] not in {"case", "draft"}]


async def test_many_leave_in_bites_so_that_nobody_waits(agency: Agency) -> None:
    async with agency.database.transaction() as tx:
        for number in range(450):
            await tx.outbox.put(f"old:{number}", CaseCard(CaseId(1)), later(0))
            row = await tx.outbox.get(number + 1)
            if row is not None and row.state == "queued":
                await tx.outbox.settle(row, "sent", later(0))  # type: ignore[arg-type]  # the word itself
    agency.clock.advance(100 * DAY)
    bites = [await retention(agency).step() for _ in range(4)]
    assert [bite.outgoing for bite in bites] == [200, 200, 50, 0]


async def test_whatever_points_to_a_case_or_an_incident_leaves_with_it(agency: Agency) -> None:
    """A new table that does so would stop the purge: it has to be named in bot/store/retention.py."""
    of = {"run": "runs", **dict.fromkeys(("case_", "draft", "comment"), "cases")}
    gone = {
        "evidence": "drop_run_evidence", "timeline": "drop_run_timeline", "form": "drop_run_forms",
        "topic": "drop_run_topics",
        "review_answer": "drop_run_reviews", "hold": "drop_run_holds", "snapshot": "drop_run_snapshots",
        "said": "drop_run_said",
        "correction": "drop_case_corrections", "companion": "drop_case_companions", "case_": "drop_cases",
        "draft": "drop_case_drafts", "draft_place": "drop_case_places", "comment": "drop_case_comments",
        "claim_comment": "drop_case_claims", "data_request": "drop_case_requests",
        "cluster_member": "drop_case_clusters", "cluster_offer": "drop_case_offers",
        "amended": "drop_case_amended",
        "note": "drop_case_notes",
        "template_use": "drop_case_template_uses",
        "measure": "drop_case_measures", "measure_evidence": "drop_case_evidence",
    }  # fmt: skip
    proof = {("evidence", "comment"), ("snapshot", "comment")}  # they keep their comment, on purpose
    with closing(sqlite3.connect(agency.database.path)) as beside:
        tables = [row[0] for row in beside.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        points = {
            (table, row[2])
            for table in tables
            for row in beside.execute(f"PRAGMA foreign_key_list({table})")
            if row[2] in of and row[6] != "CASCADE"
        }
    for table, to in points - proof:
        assert gone[table] in _STEPS[of[to]], f"{table} points to {to}"


@pytest.mark.parametrize("empty", [Forgotten(), Forgotten() + Forgotten()])
def test_nothing_is_nothing(empty: Forgotten) -> None:
    assert not empty
    assert Forgotten(names=1)


SECRET = "Xylofonberbisik"
"""A word that no other begins like: the index keeps it in one piece."""


async def test_the_words_leave_the_index_too_and_nothing_in_the_file_tells_them(agency: Agency) -> None:
    for number in range(300):
        await agency.receive(f"lampu jalan mati {number}, kata warga {number}")
        if number % 50 == 0:
            await agency.index.step()
    hidden = replace(comment(f"{SECRET} {WORDS}", message="x"), author=Author("tg:77", "Zainudinqori"))
    case = await agency.receive(hidden)
    await agency.index.catch_up()
    await agency.triage.close(await agency.on("sari", case), CloseReason.ANSWERED)
    files = agency.database.path.parent.glob("tanggap.db*")
    assert any(SECRET.lower().encode() in file.read_bytes() for file in files)
    agency.clock.advance(31 * DAY)
    await retention(agency).all("eko")
    await agency.index.sweep_all()
    assert (await agency.database.read.words.state()).dirty is False
    agency.clock.advance(31 * DAY)
    await retention(agency).all("eko")
    assert (await agency.database.read.words.state()).dirty
    assert await agency.index.sweep(), "a day later it begins by itself"
    while await agency.index.sweep():
        pass
    assert (await agency.database.read.words.state()).dirty is False
    await agency.database.close()
    assert not in_the_file(agency.database, SECRET, SECRET.lower(), "kenanga", "Zainudinqori", "zainudinqori")


async def test_an_index_is_written_anew_at_most_once_a_day(agency: Agency) -> None:
    for _ in range(2):
        await closed(agency)
        await agency.index.catch_up()
        agency.clock.advance(61 * DAY)
        await retention(agency).all("eko")
        bites = 0
        while await agency.index.sweep():
            bites += 1
        assert bites > 0
    await closed(agency)
    await retention(agency).all("eko")
    assert not await agency.index.sweep()
