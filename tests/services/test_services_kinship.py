"""The same matter in other words: proposed on the card, joined or refused by a person, never by itself."""

from datetime import timedelta

import pytest
from agency import Agency, Restarts, enrol_all
from fakes import later, verdict

from bot.clock import FakeClock
from bot.copies import Matters
from bot.domain.case import CaseId, CloseReason
from bot.domain.cluster import SAID_FROM, Apart, Near
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.store.database import Database

RUMOUR = (
    "Info dari grup sebelah bendungan Jatigede sudah retak dan akan jebol malam ini, "
    "semua warga hilir segera mengungsi ke balai desa"
)
IN_OTHER_WORDS = "Katanya tanggul bendungan Jatigede retak, apa warga hilir memang harus mengungsi malam ini?"
SOMETHING_ELSE = (
    "Mohon info syarat mengurus akta kelahiran anak kedua di kantor kecamatan, terima kasih banyak"
)


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    agency = Agency(database, clock, same_within=timedelta(days=3))
    await enrol_all(database, clock)
    return agency


async def offers(town: Agency, case: int) -> list[tuple[int, Apart]]:
    view = await town.desk.case(CaseId(case))
    assert view is not None
    return [(near.lead, near.why) for near in view.cluster.offers]


async def spread(town: Agency, times: int = 3) -> int:
    first = await town.receive(RUMOUR, at=later(0))
    for number in range(1, times):
        await town.receive(f"Fwd: {RUMOUR}" + " 🙏" * number, at=later(30 * number))
    return first


async def test_other_words_for_what_many_say_are_proposed_and_never_joined(town: Agency) -> None:
    lead = await spread(town)
    asked = await town.receive(IN_OTHER_WORDS)
    other = await town.receive(SOMETHING_ELSE)
    assert await offers(town, asked) == [(lead, Apart.SAID)]
    assert await offers(town, other) == []
    assert "cluster_join" not in await town.actions(f"case:{asked}")


async def test_what_two_people_say_is_no_matter_of_many_yet(town: Agency) -> None:
    lead = await spread(town, times=2)
    asked = await town.receive(IN_OTHER_WORDS)
    assert await offers(town, asked) == []
    await town.receive(f"{RUMOUR} benarkah", at=later(120))
    assert await offers(town, asked) == [(lead, Apart.SAID)], "drawn once more, the card knows"


async def test_a_person_joins_what_was_proposed(town: Agency) -> None:
    lead = await spread(town)
    asked = await town.receive(IN_OTHER_WORDS)
    await town.clusters.join(await town.on("sari", asked), CaseId(lead))
    assert await offers(town, asked) == []
    assert (await town.database.read.clusters.of(CaseId(asked))) is not None


async def test_what_a_person_refused_is_not_proposed_again_whichever_way_it_was_found(town: Agency) -> None:
    lead = await spread(town)
    asked = await town.receive(IN_OTHER_WORDS)
    elsewhere = await town.receive(RUMOUR.replace("Jatigede", "Kedungombo"))
    for case, why in ((asked, Apart.SAID), (elsewhere, Apart.WORD)):
        assert await offers(town, case) == [(lead, why)]
        tap = await town.on("sari", case)
        await town.clusters.kinship.refuse(tap, CaseId(lead))
        await town.clusters.kinship.refuse(tap, CaseId(lead))  # delivered twice
        assert await offers(town, case) == []
        assert (await town.actions(f"case:{case}")).count("cluster_refuse") == 1


async def test_a_card_of_before_and_a_case_that_is_none_are_refused(town: Agency) -> None:
    lead = await spread(town)
    asked = await town.receive(IN_OTHER_WORDS)
    old = await town.on("sari", asked)
    await town.triage.take(await town.on("sari", asked))
    with pytest.raises(Outdated):
        await town.clusters.kinship.refuse(old, CaseId(lead))
    for wrong in (9999, asked):
        with pytest.raises(NotFound):
            await town.clusters.kinship.refuse(await town.on("sari", asked), CaseId(wrong))
    with pytest.raises(NotAllowed):
        await town.clusters.kinship.refuse(await town.on("tuti", asked), CaseId(lead))


async def test_nothing_is_proposed_of_a_closed_matter_nor_to_somebody_at_risk(town: Agency) -> None:
    lead = await spread(town)
    asked = await town.receive(IN_OTHER_WORDS)
    town.reads.known["tolong"] = verdict("emergency", topics=("bunuh-diri",))
    at_risk = await town.receive(f"{IN_OTHER_WORDS} tolong")
    assert await offers(town, at_risk) == []
    await town.triage.close(await town.on("sari", lead), CloseReason.ANSWERED)
    assert await offers(town, asked) == []


async def test_a_restart_knows_what_many_said(town: Agency, restart: Restarts) -> None:
    lead = await spread(town)
    again = await restart(town)
    await again.clusters.load()
    asked = await again.receive(IN_OTHER_WORDS, author="tg:99", at=later(600))
    assert await offers(again, asked) == [(lead, Apart.SAID)]


def test_of_many_matters_the_oldest_give_way_and_the_newest_are_found() -> None:
    """Five hundred at most; a score among many means what it means among one."""
    many = Matters()
    for number in range(1, 1300):
        for _ in range(3):
            many.told(
                CaseId(number), f"Jembatan nomor {number * 7919} di kampung ke-{number} putus diterjang arus"
            )
    for _ in range(3):
        many.told(CaseId(5000), RUMOUR)
    found = many.like(IN_OTHER_WORDS)
    alone = Matters()
    for _ in range(3):
        alone.told(CaseId(5000), RUMOUR)
    assert [one.lead for one in found] == [one.lead for one in alone.like(IN_OTHER_WORDS)] == [5000]
    assert all(isinstance(one, Near) and one.share >= SAID_FROM for one in found)
    assert all(
        one.lead > 500 for one in many.like("Jembatan nomor 7919 di kampung ke-1 putus diterjang arus")
    )
