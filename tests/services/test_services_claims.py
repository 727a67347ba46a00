"""The register: a rumour is noted once, its copies join, a finding is confirmed, the clock stops."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from agency import PLAIN, Agency, approve_templates, short
from fakes import comment, verdict

from bot.domain.case import CaseId, Panel, at_risk
from bot.domain.claim import Claim, ClaimId, ClaimStatus, ClaimType, Finding, How, Stance
from bot.domain.errors import CannotJoin, NotAllowed, NotFound, Outdated, WrongState
from bot.domain.outgoing import Notice, Prompt
from bot.domain.outgoing_claims import ClaimCard
from bot.services.views_claims import LINES, Kind

RUMOUR = "Awas air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"
NEARLY = "Awas!! air kota hari ini dicampur racun oleh orang tak dikenal, sebarkan ke semua warga ya"
ALIKE = "Katanya air ledeng kota diberi racun orang tak dikenal"
DENIAL = "Ini hoaks: " + RUMOUR
SOURCE = "https://pdam.contoh.go.id/uji"


@pytest.fixture(autouse=True)
def rumours(agency: Agency) -> None:
    agency.reads.known |= {"racun": verdict("hoax", topics=("air",))}


async def noted(agency: Agency, words: str = "Air kota dicampur racun") -> Claim:
    case = await agency.receive(RUMOUR)
    claim = await agency.register.deeds.report(agency.tap("sari", 0), words, CaseId(case), "triage")
    assert claim is not None
    return claim


async def claim_of(agency: Agency, number: int = 1) -> Claim:
    found = await agency.database.read.claims.get(ClaimId(number))
    assert found is not None
    return found


async def confirmed(agency: Agency) -> Claim:
    claim = await noted(agency)
    deeds = agency.register.deeds
    await deeds.answer(agency.tap("sari", claim.id, 1), "finding", "false", f"Hasil uji baik {SOURCE}")
    return await deeds.confirm(agency.tap("ratna", claim.id, 2))


async def told(agency: Agency, number: int = 1) -> dict[str, Stance]:
    found = await agency.database.read.claim_links.newest(ClaimId(number), 50)
    return {kept.comment.text: linked.stance for linked, kept in found}


async def test_the_first_comment_brings_the_claim_and_its_copies_join_by_themselves(agency: Agency) -> None:
    claim = await noted(agency)
    assert (claim.status, claim.statement) == (ClaimStatus.REPORTED, "Air kota dicampur racun")
    await agency.receive(RUMOUR)
    await agency.receive(RUMOUR.upper())
    await agency.receive("Kapan jalan diperbaiki?")
    links = await agency.database.read.claim_links.newest(claim.id, 9)
    assert [(linked.how, linked.by) for linked, _ in reversed(links)] == [
        (How.PERSON, "sari"), (How.EXACT, "bot"), (How.EXACT, "bot"),
    ]  # fmt: skip
    assert await agency.actions("claim:1") == ["claim_report", "claim_join", "claim_join", "claim_join"]


async def test_a_near_copy_joins_and_what_is_only_alike_is_for_a_person_to_say(agency: Agency) -> None:
    await noted(agency)
    near = await agency.receive(NEARLY.replace("!!", "").replace(",", ""))
    alike = await agency.receive(ALIKE)
    assert NEARLY.replace("!!", "").replace(",", "") in await told(agency)
    assert ALIKE not in await told(agency)

    view = await agency.desk.case(CaseId(alike))
    assert view is not None
    assert [found.id for found, _ in view.claims.like] == [1]
    assert 0.35 <= view.claims.like[0][1] < 1
    joined = await agency.desk.case(CaseId(near))
    assert joined is not None
    assert joined.claims.claim is not None
    assert joined.claims.like == ()

    await agency.register.links.join(agency.tap("budi", 1), CaseId(alike))
    assert ALIKE in await told(agency)
    # What a person said is learnt: the next ones in these words join by themselves.
    await agency.receive(ALIKE + " begitu kabarnya tadi pagi")
    await agency.receive(ALIKE)
    tally = await agency.database.read.claim_links.tally(ClaimId(1), agency.clock.now())
    assert tally.tells == 5


async def test_fewer_than_eight_words_join_nothing_by_themselves(agency: Agency) -> None:
    case = await agency.receive("air kota beracun semua")
    agency.reads.known["beracun"] = verdict("hoax")
    await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(case), "triage")
    await agency.receive("air kota beracun semua")
    assert len(await told(agency)) == 1


async def test_another_number_or_a_negation_makes_no_copy(agency: Agency) -> None:
    words = "racun: bansos 600 ribu cair besok pagi di semua kantor kelurahan kota ini ya"
    case = await agency.receive(words)
    await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(case), "triage")
    await agency.receive(words.replace("600", "900"))
    await agency.receive(words.replace("cair", "tidak cair"))
    assert len(await told(agency)) == 1


async def test_who_denies_the_rumour_is_counted_apart(agency: Agency) -> None:
    await noted(agency)
    case = await agency.receive(DENIAL)
    assert (await told(agency))[DENIAL] is Stance.DENIES
    tally = await agency.database.read.claim_links.tally(ClaimId(1), agency.clock.now() - timedelta(hours=1))
    assert (tally.tells, tally.denies, tally.fresh) == (1, 1, 1)
    comment_id = (await agency.comments(case))[-1].id
    await agency.register.links.turn(agency.tap("sari", 1), comment_id)
    assert (await told(agency))[DENIAL] is Stance.TELLS


async def test_a_comment_can_be_let_go_and_is_proposed_again(agency: Agency) -> None:
    await noted(agency)
    case = await agency.receive(RUMOUR)
    number = (await agency.comments(case))[-1].id
    await agency.register.links.leave(agency.tap("sari", 1), number)
    assert len(await told(agency)) == 1
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    assert view.claims.like
    with pytest.raises(NotFound):
        await agency.register.links.turn(agency.tap("sari", 1), number)


async def test_a_finding_is_found_by_one_and_confirmed_by_a_coordinator(agency: Agency) -> None:
    claim = await noted(agency)
    deeds = agency.register.deeds
    await deeds.check(agency.tap("sari", claim.id, 1))
    await deeds.ask(agency.tap("sari", claim.id, 2), "finding", Finding.FALSE)
    asked = next(row.what for row in await agency.queued(Prompt))
    assert isinstance(asked, Prompt)
    assert asked.purpose == "claim:1:2:finding:false"
    await deeds.answer(agency.tap("sari", claim.id, 2), "finding", "false", f"Hasil uji baik {SOURCE}")
    for name in ("sari", "joko", "wawan", "tuti"):
        with pytest.raises(NotAllowed):
            await deeds.confirm(agency.tap(name, claim.id, 3))
    with pytest.raises(Outdated):
        await deeds.confirm(agency.tap("ratna", claim.id, 2))
    tap = agency.tap("ratna", claim.id, 3)
    await deeds.confirm(tap)
    assert await deeds.confirm(tap) == await claim_of(agency), "the same press twice acts once"
    found = await claim_of(agency)
    assert (found.status, found.sources, found.confirmed_by) == (ClaimStatus.FOUND, (SOURCE,), "ratna")
    said = [row.what for row in await agency.queued(Notice)]
    assert [one.params["finding"] for one in said if one.what == "claim_found"] == ["false"]


async def test_the_clock_runs_from_the_first_sighting_to_the_first_correct_post(agency: Agency) -> None:
    claim = await confirmed(agency)
    agency.clock.advance(1800)
    late = comment(RUMOUR, author="tg:77")
    await agency.receive(replace(late, written_at=claim.first_seen - timedelta(minutes=10)))
    agency.clock.advance(1)
    await agency.register.deeds.answer(agency.tap("sari", claim.id, 3), "link", "", "https://t.me/kota/4")
    done = await claim_of(agency)
    assert done.status is ClaimStatus.CLARIFIED
    assert done.took == agency.clock.now() - (claim.first_seen - timedelta(minutes=10))


async def test_only_those_who_work_on_cases_work_on_claims(agency: Agency) -> None:
    case = await agency.receive(RUMOUR)
    agency.duty.off.add("joko")
    for name in ("wawan", "tuti", "eko", "joko"):
        with pytest.raises(NotAllowed):
            await agency.register.deeds.report(agency.tap(name, 0), "Air", CaseId(case), "triage")
    agency.duty.off.clear()
    await agency.register.deeds.report(agency.tap("joko", 0), "Air", CaseId(case), "triage")
    await agency.register.deeds.show(agency.tap("tuti", 1), "person:tuti")
    assert len(await agency.queued(ClaimCard)) == 2


async def test_words_of_somebody_at_risk_stand_in_no_register(agency: Agency) -> None:
    agency.reads.known["menyerah"] = verdict("emergency", topics=("bunuh-diri",))
    case = await agency.receive("saya menyerah")
    with pytest.raises(CannotJoin):
        await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(case), "triage")
    await noted(agency)
    with pytest.raises(CannotJoin):
        await agency.register.links.join(agency.tap("sari", 1), CaseId(case))


async def test_personal_data_does_not_get_into_the_statement(agency: Agency) -> None:
    case = await agency.receive("racun! hubungi 0812-3456-7890 sekarang juga")
    claim = await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(case), "triage")
    assert claim is not None
    assert "3456" not in claim.statement


async def test_an_edit_takes_a_copy_out_again_but_not_what_a_person_put_in(agency: Agency) -> None:
    await noted(agency)
    first = comment(RUMOUR, author="tg:9")
    await agency.receive(first)
    links = await agency.database.read.claim_links.newest(ClaimId(1), 9)
    assert len(links) == 2
    await agency.receive(replace(first, text="Maaf, keliru. Airnya baik-baik saja kok."))
    links = await agency.database.read.claim_links.newest(ClaimId(1), 9)
    assert [linked.how for linked, _ in links] == [How.PERSON]


async def test_a_closed_claim_that_comes_back_is_said_once(agency: Agency) -> None:
    claim = await noted(agency)
    await agency.register.deeds.close(agency.tap("sari", claim.id, 1))
    with pytest.raises(WrongState):
        await agency.register.deeds.sort(agency.tap("sari", claim.id, 2), ClaimType.FABRICATED)
    await agency.receive(RUMOUR)
    await agency.receive(RUMOUR)
    back = [row for row in await agency.queued(Notice) if row.what.what == "claim_back"]
    assert len(back) == 1
    await agency.register.deeds.reopen(agency.tap("sari", claim.id, 2))
    assert (await claim_of(agency)).status is ClaimStatus.CHECKING


async def test_the_same_command_heard_twice_notes_one_claim(agency: Agency) -> None:
    tap = agency.tap("sari", 0)
    assert await agency.register.deeds.report(tap, "Bansos palsu", None, "triage") is not None
    assert await agency.register.deeds.report(tap, "Bansos palsu", None, "triage") is None
    claim = await noted(agency)
    again = await agency.register.deeds.report(agency.tap("budi", 0), "Lain", CaseId(1), "triage")
    assert again is not None
    assert again.id == claim.id, "a comment that has a claim brings no second one"


async def test_after_a_restart_the_copies_are_known_again(agency: Agency) -> None:
    await noted(agency)
    await agency.receive(RUMOUR)
    fresh = Agency(agency.database, agency.clock)
    assert fresh.register.links.index.like(RUMOUR) == []
    await fresh.register.links.index.load()
    assert fresh.register.links.index.like(RUMOUR)[0].copy is How.EXACT
    assert [c.id for c in await fresh.register.links.index.search("racun di air")] == [1]


async def test_the_list_counts_and_sorts(agency: Agency) -> None:
    await confirmed(agency)
    await agency.register.deeds.report(agency.tap("sari", 0), "Bansos palsu lewat tautan", None, "triage")
    desk = agency.register.desk
    assert [line.claim.id for line in (await desk.listed(Kind.GOING_ON)).lines] == [2, 1]
    assert [line.claim.id for line in (await desk.listed(Kind.UNVERIFIED)).lines] == [2]
    assert [line.claim.id for line in (await desk.listed(Kind.FALSE)).lines] == [1]
    assert (await desk.listed(Kind.CLOSED)).lines == []
    assert dict(await desk.counts()) == {ClaimStatus.REPORTED: 1, ClaimStatus.FOUND: 1}
    assert await desk.claim(ClaimId(9)) is None


async def test_a_posted_answer_stops_the_clock_and_what_nobody_confirmed_does_not(agency: Agency) -> None:
    await noted(agency)
    await answered(agency, 1)
    assert (await claim_of(agency)).took is None, "nothing was confirmed when it was posted"
    await agency.receive(RUMOUR)
    deeds = agency.register.deeds
    await deeds.answer(agency.tap("sari", 1, 1), "finding", "false", f"Hasil uji baik {SOURCE}")
    await deeds.confirm(agency.tap("ratna", 1, 2))
    await answered(agency, 2)
    done = await claim_of(agency)
    assert done.status is ClaimStatus.CLARIFIED
    assert done.took is not None
    first = done.corrected_at
    await agency.receive(RUMOUR)
    await answered(agency, 3)
    assert (await claim_of(agency)).corrected_at == first


async def test_only_the_chosen_template_sets_a_claim_right(agency: Agency) -> None:
    claim = await confirmed(agency)
    await agency.register.deeds.choose_template(agency.tap("sari", claim.id, 3), short(PLAIN))
    await answered(agency, 1)
    assert (await claim_of(agency)).took is None


async def answered(agency: Agency, case: int) -> None:
    """Somebody's own words with a source of the finding, approved and posted."""
    draft = await agency.replies.write(agency.tap("sari", case), f"Airnya aman, hasil ujinya: {SOURCE}")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.settle()
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()


async def test_the_words_that_were_chosen_for_the_claim_come_first(agency: Agency) -> None:
    await approve_templates(agency)
    claim = await confirmed(agency)
    await agency.register.deeds.choose_template(agency.tap("sari", claim.id, 3), short(PLAIN))
    case = await agency.receive(RUMOUR)
    await agency.triage.take(await agency.on("sari", case))
    await agency.triage.open_panel(await agency.on("sari", case), Panel.REPLY)
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    assert view.templates[0].short == short(PLAIN)
    assert view.templates[0].suggestion.reason == "Dipilih untuk klaim ini."
    assert len({one.short for one in view.templates}) == len(view.templates)


async def test_what_a_command_brought_in_beside_the_running_bot_is_learnt(agency: Agency) -> None:
    running = asyncio.create_task(agency.register.links.index.run(agency.clock))
    await rests(running)
    beside = Agency(agency.database, agency.clock)
    await beside.register.deeds.report(beside.tap("sari", 0), RUMOUR, None, "triage")
    assert agency.register.links.index.like(RUMOUR) == []
    agency.clock.advance(61)
    await rests(running)
    assert agency.register.links.index.like(RUMOUR)[0].copy is How.EXACT
    running.cancel()


async def rests(running: asyncio.Task[None]) -> None:
    """Until it sleeps: a thread weighs the claims, so some real time passes."""
    for _ in range(50):
        await asyncio.sleep(0.01)
    assert not running.done()


async def test_what_turns_out_to_be_about_a_life_is_shown_on_no_card_of_a_claim(agency: Agency) -> None:
    await noted(agency)
    case = await agency.receive(RUMOUR)
    assert len(await agency.database.read.claim_links.newest(ClaimId(1), 9)) == 2
    async with agency.database.transaction() as tx:
        found = await tx.cases.get(CaseId(case))
        assert found is not None
        await tx.cases.save(at_risk(found, agency.clock.now()))
    assert len(await agency.database.read.claim_links.newest(ClaimId(1), 9)) == 1
    assert len(await agency.database.read.claim_links.texts(ClaimId(1), 9)) == 1


async def test_personal_data_gets_into_no_finding_and_no_better_words(agency: Agency) -> None:
    await noted(agency)
    deeds = agency.register.deeds
    await deeds.answer(agency.tap("sari", 1, 1), "finding", "false", f"Kata 0812-3456-7890 baik {SOURCE}")
    await deeds.answer(agency.tap("sari", 1, 2), "words", "", "Air beracun, lapor 0812-3456-7890")
    found = await claim_of(agency)
    assert "3456" not in found.basis
    assert "3456" not in found.statement


@pytest.mark.parametrize(("claims", "pages"), [(1, 1), (LINES, 1), (LINES + 1, 2), (2 * LINES + 1, 3)])
async def test_every_claim_stands_on_one_page_of_the_list(agency: Agency, claims: int, pages: int) -> None:
    for number in range(claims):
        await agency.register.deeds.report(agency.tap("sari", 0), f"Kabar nomor {number}", None, "triage")
    found = [await agency.register.desk.listed(Kind.EVERY, page) for page in range(pages)]
    assert [line.claim.id for page in found for line in page.lines] == list(range(claims, 0, -1))
    assert [page.further for page in found] == [True] * (pages - 1) + [False]
    beyond = await agency.register.desk.listed(Kind.EVERY, pages)
    assert (beyond.number, beyond.lines) == (0, found[0].lines)
