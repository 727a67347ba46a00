"""What a snapshot keeps: what the playbook names, of the comments it names, with what it names covered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from agency import Agency, enrol_all
from crisis_agency import DISASTER, HOAX, CrisisAgency
from fakes import comment
from report_world import PLAYBOOK, ReportWorld

from bot.domain.comment import Author
from bot.domain.incident import RunId
from bot.domain.playbook import Playbook, Step
from bot.domain.reply import text_sha
from bot.domain.run_types import What
from bot.domain.steps import Matter, Snapshot
from bot.services.step_rows import Kept
from bot.services.triggers import Fired

SAID = "Saya Wati, rumah di Jl. Melati No 5, telepon 081234567890 atau wati@contoh.id"
LINK = "https://t.me/kota/7"


def asking(playbook: Playbook, asked: Snapshot) -> Playbook:
    return replace(playbook, steps=(Step("bukti", "Bukti", asked),))


async def opened(agency: Agency, asked: Snapshot) -> CrisisAgency:
    """A run of two cases in the evidence; the snapshot asks for this."""
    playbook = asking(HOAX, asked)
    crisis = CrisisAgency(agency.database, agency.clock, agency.policy, (playbook, DISASTER))
    await enrol_all(agency.database, agency.clock)
    for number in (1, 2):
        said = replace(comment(SAID, author=f"tg:{number}"), link=LINK)
        await crisis.receive(replace(said, author=Author(said.author.key, "Wati")))
    comments = await crisis.database.read.comments.since(crisis.clock.now() - timedelta(days=1), 50)
    async with crisis.database.transaction() as tx:
        fired = Fired("hoaks/gempa", "manual case=-", True, tuple(sorted(comments, key=lambda one: one.id)))
        await crisis.book.open(tx, playbook, fired, None, crisis.cause(), drill=False)
    return crisis


async def kept(crisis: CrisisAgency) -> list[Kept]:
    return await crisis.database.read.steps.snapshot(RunId(1))


async def told(crisis: CrisisAgency) -> str:
    lines = await crisis.database.read.runs.timeline(RunId(1), 50)
    [line] = [dict(one.params) for one in lines if one.what == What.SNAPSHOT_KEPT]
    return str(line["count"])


async def test_unless_it_says_otherwise_all_is_kept_and_numbers_and_homes_are_covered(agency: Agency) -> None:
    crisis = await opened(agency, Snapshot())
    first, second = await kept(crisis)
    assert first.sha256 == second.sha256 == text_sha(SAID)
    assert first.link == LINK
    for private in ("Melati", "081234567890", "wati@contoh.id"):
        assert private not in first.text
    assert first.text.startswith("Saya Wati, rumah")
    assert await told(crisis) == "2"


async def test_of_case_keeps_the_opening_case_and_says_how_many(agency: Agency) -> None:
    crisis = await opened(agency, Snapshot(of=Matter.CASE))
    [only] = await kept(crisis)
    assert (await crisis.database.read.runs.evidence(RunId(1)))[0] == only.comment
    assert await told(crisis) == "1"


@pytest.mark.parametrize("part", ["text", "link", "sha256"])
async def test_only_what_is_to_be_kept_is_kept(agency: Agency, part: str) -> None:
    crisis = await opened(agency, Snapshot(keep=(part,)))
    for one in await kept(crisis):
        assert [name for name in ("text", "link", "sha256") if getattr(one, name)] == [part]
    told = await crisis.database.read.journal.about("run:1")
    [line] = [one for one in told if one["action"] == "snapshot"]
    assert '"count":2' in str(line["canonical"]), "the journal has the sum over all hashes whatever is kept"


async def test_only_what_is_to_be_covered_is_covered(agency: Agency) -> None:
    [first, _] = await kept(await opened(agency, Snapshot(mask=("address", "name"))))
    assert "081234567890" in first.text
    assert "Melati" not in first.text
    assert first.text.startswith("Saya ****, rumah")


# --- the same in the report ---


async def shown(agency: Agency, asked: Snapshot) -> tuple[str, str]:
    world = ReportWorld(agency, asking(PLAYBOOK, asked))
    run = await world.run()
    await world.evidence(run, "Warga di RT 03 RW 05 bilang, telepon 081234567890")
    [one] = (await world.after.reports.of_run(run)).evidence.shown
    listed = [found async for found in world.after.reports.evidence(run)]
    assert listed == [one], "the file of --evidence shows the same"
    assert one.holds
    return one.text, one.sha256


async def test_the_report_always_covers_numbers_and_homes_where_the_playbook_asks(agency: Agency) -> None:
    text, _ = await shown(agency, Snapshot(mask=("address",)))
    assert text == "Warga di ** ** ** ** bilang, telepon ************"


async def test_the_report_covers_the_writers_name_where_the_playbook_asks(agency: Agency) -> None:
    text, _ = await shown(agency, Snapshot(mask=("name",)))
    assert text == "***** di RT 03 RW 05 bilang, telepon ************"


async def test_the_report_leaves_out_the_words_that_were_not_to_be_kept(agency: Agency) -> None:
    text, sha = await shown(agency, Snapshot(keep=("sha256",)))
    assert text == ""
    assert len(sha) == 64
