"""A list of checked facts that is brought in again beside the running bot: what reads otherwise is learnt."""

import asyncio
from datetime import timedelta

import pytest
from agency import PEOPLE, Agency
from fakes import TRIAGE_CHAT, verdict

from bot.chat.words.notices import notice
from bot.domain.case import CaseId
from bot.domain.claim import Claim, ClaimId, ClaimStatus, Finding
from bot.domain.claim_list import Row
from bot.domain.outgoing import Notice
from bot.domain.outgoing_claims import RedrawClaim
from bot.domain.people import PersonId
from bot.domain.search import Search, Term
from bot.services.claim_import import Brought
from bot.services.ports import ShownCard

AIR = "Air kota beracun sejak pagi dan semua warga wajib mengungsi malam ini juga ke balai desa"
DAM = "Bendungan retak parah lalu pemerintah menutupi kabar itu dari semua warga di sepanjang hilir sungai"
SOURCE = "https://cekfakta.contoh.go.id/1"


def row(statement: str, finding: Finding = Finding.FALSE, reference: str = "1") -> Row:
    return Row(reference, statement, finding, None, "Uji laboratorium", (SOURCE,), None)


async def nothing() -> None:
    """Between two parts of a list."""


async def bring(agency: Agency, *rows: Row) -> Brought:
    """`tanggap claims import`: another process over the same file."""
    beside = Agency(agency.database, agency.clock)
    ratna = PEOPLE[PersonId("ratna")]
    return await beside.register.lists.bring(rows, ratna, agency.clock.now(), lambda: None, nothing)


async def claim_of(agency: Agency, number: int = 1) -> Claim:
    found = await agency.database.read.claims.get(ClaimId(number))
    assert found is not None
    return found


async def told(agency: Agency) -> list[str]:
    rows = [one.what for one in await agency.queued(Notice)]
    return [
        notice(what.what, what.params, agency.team.names)
        for what in rows
        if isinstance(what, Notice) and what.what == "claims_turned"
    ]


@pytest.fixture(autouse=True)
async def running(agency: Agency) -> None:
    agency.reads.known |= {"kota": verdict("hoax"), "retak": verdict("hoax")}
    await agency.register.links.index.load()


async def test_a_statement_that_reads_otherwise_is_learnt_by_the_running_bot(agency: Agency) -> None:
    index = agency.register.links.index
    await bring(agency, row(AIR))
    await index.catch_up()
    assert [one.claim for one in index.like(AIR)] == [1]
    await bring(agency, row(DAM))
    await index.catch_up()
    assert index.like(DAM)[0].copy is not None
    assert not any(one.copy for one in index.like(AIR)), "nobody says that any more"
    case = await agency.receive(DAM)
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    assert view.claims.claim == await claim_of(agency)
    other = await agency.desk.case(CaseId(await agency.receive(AIR)))
    assert other is not None
    assert other.claims.claim is None


async def test_a_list_that_took_longer_than_the_look_is_learnt_all_the_same(agency: Agency) -> None:
    """Its clock was read before the bot looked, its rows were kept after."""
    index, began = agency.register.links.index, agency.clock.now()
    await bring(agency, row(AIR))
    await index.catch_up()
    agency.clock.advance(300)
    await index.catch_up()
    beside = Agency(agency.database, agency.clock)
    await beside.register.lists.bring([row(DAM)], PEOPLE[PersonId("ratna")], began, lambda: None, nothing)
    await index.catch_up()
    assert index.like(DAM)[0].claim == 1


async def test_what_comes_in_while_all_claims_are_read_at_the_start_is_not_lost(agency: Agency) -> None:
    await bring(agency, row(AIR))
    index = Agency(agency.database, agency.clock).register.links.index
    loading = asyncio.create_task(index.load())
    await bring(agency, row(DAM))
    await loading
    await index.catch_up()
    assert index.like(DAM)[0].claim == 1
    assert not any(one.copy for one in index.like(AIR))


async def test_nothing_is_caught_up_with_before_the_register_was_read(agency: Agency) -> None:
    await bring(agency, row(AIR))
    await bring(agency, row(DAM))
    fresh = Agency(agency.database, agency.clock).register.links.index
    await fresh.catch_up()
    assert fresh.like(DAM) == []


async def test_cari_finds_the_words_of_the_list_as_it_reads_now(agency: Agency) -> None:
    await bring(agency, row(AIR))
    await agency.index.catch_up()
    await bring(agency, row(DAM))
    await agency.index.catch_up()

    async def hits(word: str) -> list[int]:
        wanted = Search((Term(agency.index.plain(word)),))
        return [one.number for one in await agency.database.read.search.claims(wanted, 5)]

    assert await hits("bendungan") == [1]
    assert await hits("mengungsi") == []


async def test_a_finding_that_turned_is_told_once_and_its_cards_are_drawn_anew(agency: Agency) -> None:
    await bring(agency, row(AIR), row(DAM, reference="2"), row("Sekolah libur sepekan", reference="3"))
    async with agency.database.transaction() as tx:
        await tx.outbox.put_card("claim:1:triage", ShownCard(TRIAGE_CHAT, 5, ""))
    agency.clock.advance(timedelta(days=2).total_seconds())
    again = (row(AIR, Finding.TRUE), row(DAM, Finding.PARTLY, "2"), row("Sekolah libur", reference="3"))
    assert await bring(agency, *again) == Brought(changed=3)
    assert await told(agency) == [
        (
            "⚖️ Daftar cek fakta dari Ratna mengubah temuan KL-1 (salah → benar) dan KL-2 (salah → sebagian "
            "benar). Periksa lagi jawaban dan templat yang memakai temuan lamanya."
        )
    ]
    redrawn = [one.what for one in await agency.queued(RedrawClaim)]
    assert redrawn == [RedrawClaim(1, "triage")]
    (entry,) = [
        one for one in await agency.database.read.journal.about("claim:1") if one["action"] == "claim_anew"
    ]
    assert entry["actor"] == "ratna"
    assert await bring(agency, *again) == Brought(known=3)
    assert len(await told(agency)) == 1


async def test_many_turned_findings_are_named_up_to_ten(agency: Agency) -> None:
    many = [row(f"Kabar nomor {one} beredar luas", reference=str(one)) for one in range(13)]
    await bring(agency, *many)
    await bring(agency, *(row(one.statement, Finding.TRUE, one.reference) for one in many))
    (said,) = await told(agency)
    assert "KL-10 (salah → benar), dan 3 klaim lain. " in said
    assert "KL-11" not in said


async def test_what_was_set_right_in_public_stays_so_when_only_its_words_change(agency: Agency) -> None:
    await bring(agency, row(AIR))
    claim = await claim_of(agency)
    await agency.register.deeds.answer(agency.tap("sari", 1, claim.version), "link", "", "-")
    assert (await claim_of(agency)).status is ClaimStatus.CLARIFIED
    await bring(agency, row(DAM))
    assert (await claim_of(agency)).status is ClaimStatus.CLARIFIED
    assert (await claim_of(agency)).corrected_at is not None


@pytest.mark.parametrize("params", [{}, {"claims": None}, {"claims": [{}], "more": 2, "person": 7}])
def test_the_words_never_fail_on_what_an_older_version_stored(params: dict[str, object]) -> None:
    assert notice("claims_turned", params, {})[0] == "⚖"
