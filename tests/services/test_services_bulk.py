"""One act on many cases: seen before, undone within fifteen seconds, done in bites, each in the journal."""

from dataclasses import replace

import pytest
from agency import Agency, Restarts
from fakes import comment, later, verdict

from bot.chat.bulk_card import draw_bulk
from bot.domain.bulk import BulkKind, BulkState
from bot.domain.case import CaseId, CaseStatus, CloseReason, Panel
from bot.domain.cluster import How, Member
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.outgoing import CaseCard, Prompt
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.people import PersonId, Zone
from bot.domain.search import Search, Term
from bot.services.bulk import KIND, view_of
from classifiers.labels import Label

SPAM = str(CloseReason.SPAM)


async def raid(agency: Agency, count: int = 4) -> list[int]:
    return [await agency.receive(f"klik hadiah {n}") for n in range(count)]


async def proposed(
    agency: Agency, kind: BulkKind = BulkKind.CLOSE, argument: str = SPAM, who: str = "sari"
) -> int:
    """The number of the preview of all that a search finds."""
    page = await agency.searching.find(agency.tap(who, 0), Search((Term("hadiah"),)))
    await agency.finding.acts.propose(agency.tap(who, 0), page.search, kind, argument, "triage")
    return (await agency.queued(BulkCard))[-1].what.bulk  # type: ignore[union-attr]  # this kind was asked for


async def tick(agency: Agency) -> int:
    """What the clockwork does with the timers of acts."""
    fired = 0
    while True:
        async with agency.database.transaction() as tx:
            due = [t for t in await tx.timers.due(agency.clock.now(), 100) if t.kind == KIND]
            for timer in due:
                await agency.finding.acts.fire(timer, tx)
                await tx.timers.done(timer, "fired")
        if not due:
            return fired
        fired += len(due)


async def states(agency: Agency, cases: list[int]) -> set[str]:
    return {str((await agency.case(case)).status) for case in cases}


async def bulk_of(agency: Agency, number: int) -> tuple[str, int, int]:
    bulk = await agency.database.read.bulks.get(number)
    assert bulk is not None
    return str(bulk.state), bulk.done, bulk.skipped


async def test_nothing_happens_before_the_fifteen_seconds_are_over(agency: Agency) -> None:
    cases = await raid(agency)
    number = await proposed(agency)
    assert await states(agency, cases) == {"new"}
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(14)
    assert await tick(agency) == 0
    assert await states(agency, cases) == {"new"}
    agency.clock.advance(2)
    assert await tick(agency) == 1
    assert await states(agency, cases) == {"closed"}
    assert await bulk_of(agency, number) == ("done", 4, 0)
    for case in cases:
        (line,) = [
            one
            for one in await agency.database.read.journal.about(f"case:{case}")
            if one["action"] == "close"
        ]
        assert (line["actor"], f'"bulk":{number}' in str(line["canonical"])) == ("sari", True)
        assert (await agency.case(case)).close_reason is CloseReason.SPAM


async def test_undone_in_time_nothing_ever_happens(agency: Agency) -> None:
    cases = await raid(agency)
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(10)
    await agency.finding.acts.undo(agency.tap("sari", number))
    agency.clock.advance(100)
    assert await tick(agency) == 0
    assert await states(agency, cases) == {"new"}
    assert await agency.actions(f"bulk:{number}") == ["bulk_waiting", "bulk_undone"]
    for act in (agency.finding.acts.undo, agency.finding.acts.confirm):
        with pytest.raises(BadInput, match="bulk_over"):
            await act(agency.tap("sari", number))


async def test_what_is_done_is_not_undone(agency: Agency) -> None:
    await raid(agency)
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    await tick(agency)
    with pytest.raises(BadInput, match="bulk_over"):
        await agency.finding.acts.undo(agency.tap("sari", number))


async def test_a_restart_within_the_fifteen_seconds_ends_it_properly(
    agency: Agency, restart: Restarts
) -> None:
    cases = await raid(agency)
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency = await restart(agency)
    agency.clock.advance(3600)
    await tick(agency)
    assert await states(agency, cases) == {"closed"}
    assert await bulk_of(agency, number) == ("done", 4, 0)


async def test_many_are_done_in_bites_and_a_restart_goes_on(agency: Agency, restart: Restarts) -> None:
    cases = await raid(agency, 60)
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    async with agency.database.transaction() as tx:
        (timer,) = [t for t in await tx.timers.due(agency.clock.now(), 100) if t.kind == KIND]
        await agency.finding.acts.fire(timer, tx)
        await tx.timers.done(timer, "fired")
    assert await bulk_of(agency, number) == ("waiting", 25, 0)
    with pytest.raises(BadInput, match="bulk_over"):
        await agency.finding.acts.undo(agency.tap("sari", number))
    agency = await restart(agency)
    agency.clock.advance(1)
    assert await tick(agency) == 2
    assert await bulk_of(agency, number) == ("done", 60, 0)
    assert await states(agency, cases) == {"closed"}


async def test_what_is_for_one_alone_is_left_out_and_counted(agency: Agency) -> None:
    agency.reads.known["tolong"] = verdict("emergency")
    plain, taken, own, urgent, over, drafted = [
        await agency.receive(f"{word} hadiah") for word in ("satu", "dua", "tiga", "tolong", "lima", "enam")
    ]
    await agency.triage.take(await agency.on("budi", taken))
    await agency.triage.take(await agency.on("sari", own))
    await agency.triage.close(await agency.on("sari", over), CloseReason.DUPLICATE)
    draft = await agency.replies.write(agency.tap("sari", drafted), "Sebentar, kami cek.")
    await agency.approvals.submit(await agency.at("sari", draft.id))
    number = await proposed(agency)
    bulk = await agency.database.read.bulks.get(number)
    assert bulk is not None
    assert bulk.cases == 2
    assert dict(bulk.left_out) == {"taken": 1, "emergency": 1, "over": 1, "drafted": 1}
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    await tick(agency)
    closed = {n for n in (plain, taken, own, urgent, drafted) if (await agency.case(n)).status == "closed"}
    assert closed == {plain, own}


async def test_what_changed_after_the_preview_is_skipped_and_counted(agency: Agency) -> None:
    cases = await raid(agency)
    number = await proposed(agency)
    await agency.triage.take(await agency.on("budi", cases[0]))
    await agency.finding.acts.confirm(agency.tap("sari", number))
    await agency.triage.open_panel(await agency.on("budi", cases[1]), Panel.LABEL)
    agency.clock.advance(16)
    await tick(agency)
    assert await bulk_of(agency, number) == ("done", 2, 2)
    assert (await agency.case(cases[0])).status is CaseStatus.ASSIGNED


async def test_somebody_at_risk_is_in_no_act(agency: Agency) -> None:
    """Not even where the case turned out to be one between the preview and its end."""
    agency.reads.known["pergi"] = verdict("complaint", topics=["bunuh-diri"])
    about = comment("capek, mana hadiah", message="1", author="tg:66")
    case = await agency.receive(about)
    await agency.receive("hadiah lagi")
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    await agency.receive(
        replace(about, text="aku mau pergi", origin=replace(about.origin, message="2"), written_at=later(3))
    )
    agency.clock.advance(16)
    await tick(agency)
    assert (await agency.case(case)).status is CaseStatus.NEW
    assert (await bulk_of(agency, number))[1:] == (1, 1)
    tap = agency.tap("sari", 0)
    with pytest.raises(BadInput, match="bulk_none"):
        await agency.finding.acts.propose_for(tap, [CaseId(case)], BulkKind.CLOSE, SPAM, "triage")


async def test_who_waits_behind_a_card_is_closed_with_it(agency: Agency) -> None:
    lead, behind, last = (
        await agency.receive("klik hadiah"),
        await agency.receive("lain"),
        (await raid(agency, 1))[0],
    )
    async with agency.database.transaction() as tx:
        await tx.clusters.put(Member(CaseId(behind), CaseId(lead), How.NEAR, 0.9), agency.clock.now())
    number = await proposed(agency)
    view = await view_of(agency.database.read, number, agency.team.names)
    assert view is not None
    assert "2 kasus dan 1 serupa di belakangnya akan ditutup" in draw_bulk(view, Zone.WIB).text
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    await tick(agency)
    assert await states(agency, [lead, behind, last]) == {"closed"}
    assert await bulk_of(agency, number) == ("done", 2, 0)
    over = await view_of(agency.database.read, number, agency.team.names)
    assert over is not None
    assert "2 kasus dan 1 serupa di belakangnya ditutup" in draw_bulk(over, Zone.WIB).text
    assert await agency.actions(f"bulk:{number}") == ["bulk_waiting", "bulk_done"]
    told = (await agency.database.read.journal.about(f"bulk:{number}"))[-1]
    assert '"behind":1' in told["canonical"]
    assert '"done":2' in told["canonical"]


async def test_whose_right_ends_in_the_middle_stops_and_the_journal_and_the_card_say_where(
    agency: Agency,
) -> None:
    cases = await raid(agency, 30)
    number = await proposed(agency, who="joko")
    await agency.finding.acts.confirm(agency.tap("joko", number))
    agency.clock.advance(16)
    async with agency.database.transaction() as tx:
        (timer,) = [t for t in await tx.timers.due(agency.clock.now(), 100) if t.kind == KIND]
        await agency.finding.acts.fire(timer, tx)
        await tx.timers.done(timer, "fired")
    agency.duty.off.add(PersonId("joko"))
    await tick(agency)
    assert await bulk_of(agency, number) == ("undone", 25, 0)
    assert await states(agency, cases) == {"closed", "new"}
    (told,) = [
        one
        for one in await agency.database.read.journal.about(f"bulk:{number}")
        if one["action"] == "bulk_stopped"
    ]
    assert told["actor"] == "bot"
    assert all(part in told["canonical"] for part in ('"done":25', '"left":5', '"skipped":0'))
    view = await view_of(agency.database.read, number, agency.team.names)
    assert view is not None
    assert "Berhenti setelah 25 kasus: hak Joko berakhir." in draw_bulk(view, Zone.WIB).text


async def test_a_label_for_many_is_a_correction_of_each(agency: Agency) -> None:
    agency.reads.known["palsu"] = verdict("hoax")
    cases = await raid(agency, 2)
    labelled = await agency.receive("hadiah palsu")
    number = await proposed(agency, BulkKind.LABEL, Label.HOAX.value)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    await tick(agency)
    for case in cases:
        now = await agency.case(case)
        assert now.verdict.labels == ("question", "hoax")
        assert now.panel is Panel.MAIN
    assert len(await agency.database.read.learning.corrections()) == 2
    assert (await agency.case(labelled)).version == 1
    assert await bulk_of(agency, number) == ("done", 2, 0)


async def test_one_reply_for_all_waits_for_a_yes_to_its_words_and_its_list(agency: Agency) -> None:
    cases = await raid(agency, 18)
    number = await proposed(agency, BulkKind.REPLY, "")
    await agency.finding.acts.confirm(agency.tap("sari", number))
    (prompt,) = await agency.queued(Prompt)
    assert (prompt.what.what, prompt.what.purpose) == ("bulk_reply", f"bulk:{number}:0")  # type: ignore[union-attr]  # asked for
    assert prompt.what.params == {"cases": 15}  # type: ignore[union-attr]  # the same
    await agency.triage.take(await agency.on("budi", cases[-1]))
    still = await agency.finding.acts.still(agency.tap("sari", number))
    assert still == [CaseId(case) for case in reversed(cases[3:-1])]
    assert await states(agency, cases[:-1]) == {"new"}
    with pytest.raises(BadInput, match="bulk_over"):
        await agency.finding.acts.still(agency.tap("budi", number))


@pytest.mark.parametrize("name", ["wawan", "tuti", "eko"])
async def test_who_may_not_work_on_cases_starts_nothing(agency: Agency, name: str) -> None:
    await raid(agency)
    page = await agency.searching.find(agency.tap("sari", 0), Search((Term("hadiah"),)))
    with pytest.raises(NotAllowed):
        await agency.finding.acts.propose(agency.tap(name, 0), page.search, BulkKind.CLOSE, SPAM, "triage")
    assert await agency.queued(BulkCard) == []


async def test_only_whoever_saw_the_preview_says_yes_while_it_is_fresh(agency: Agency) -> None:
    await raid(agency)
    number = await proposed(agency)
    for act in (agency.finding.acts.confirm, agency.finding.acts.undo):
        with pytest.raises(BadInput, match="bulk_not_yours"):
            await act(agency.tap("budi", number))
        with pytest.raises(NotFound):
            await act(agency.tap("sari", 99))
    agency.clock.advance(11 * 60)
    with pytest.raises(BadInput, match="bulk_old"):
        await agency.finding.acts.confirm(agency.tap("sari", number))


async def test_who_is_not_on_duty_any_more_when_it_begins_does_nothing(agency: Agency) -> None:
    cases = await raid(agency)
    number = await proposed(agency, who="joko")
    await agency.finding.acts.confirm(agency.tap("joko", number))
    agency.duty.off.add(PersonId("joko"))
    agency.clock.advance(16)
    await tick(agency)
    assert await states(agency, cases) == {"new"}
    assert (await bulk_of(agency, number))[0] == BulkState.UNDONE
    assert await agency.actions(f"bulk:{number}") == ["bulk_waiting", "bulk_stopped"]


async def test_the_same_press_delivered_twice_acts_once(agency: Agency) -> None:
    await raid(agency)
    page = await agency.searching.find(agency.tap("sari", 0), Search((Term("hadiah"),)))
    for _ in range(2):
        tap = agency.tap("sari", 0, cause="update:900")
        await agency.finding.acts.propose(tap, page.search, BulkKind.CLOSE, SPAM, "triage")
    (card,) = await agency.queued(BulkCard)
    number = card.what.bulk  # type: ignore[union-attr]  # this kind was asked for
    for _ in range(2):
        await agency.finding.acts.confirm(agency.tap("sari", number, cause="update:901"))
    assert await agency.actions(f"bulk:{number}") == ["bulk_waiting"]


async def test_cards_that_stand_are_drawn_anew_behind_everything_and_others_are_not_made(
    agency: Agency,
) -> None:
    cases = await raid(agency, 2)
    await agency.settle()
    third = await agency.receive("hadiah ketiga")
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(16)
    await tick(agency)
    drawn = [row.what for row in await agency.queued(CaseCard) if row.what.backlog]  # type: ignore[union-attr]  # asked for
    assert {one.case for one in drawn} == set(cases)  # type: ignore[union-attr]  # the same
    assert (await agency.case(third)).status is CaseStatus.CLOSED


async def test_it_is_forgotten_after_a_day_but_not_while_it_waits(agency: Agency) -> None:
    await raid(agency)
    old = await proposed(agency)
    agency.clock.advance(25 * 3600)
    await agency.index.tidy()
    assert await agency.database.read.bulks.get(old) is None
    number = await proposed(agency)
    await agency.finding.acts.confirm(agency.tap("sari", number))
    agency.clock.advance(25 * 3600)
    await agency.index.tidy()
    assert await tick(agency) == 1
    assert (await bulk_of(agency, number))[0] == "done"
