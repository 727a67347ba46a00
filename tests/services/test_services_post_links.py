"""Where a post made by hand stands: what is typed is kept with the run, and the journal has its sum."""

import pytest
from agency import Agency, approve_templates
from crisis_agency import CrisisAgency

from bot.domain.errors import PersonalData
from bot.domain.form import FieldFault
from bot.domain.reply import text_sha
from bot.domain.step_run import PostState


@pytest.fixture
async def crisis(agency: Agency) -> CrisisAgency:
    made = CrisisAgency(agency.database, agency.clock, agency.policy)
    await approve_templates(made)
    return made


async def test_the_link_of_a_post_made_by_hand_is_an_address_and_the_journal_keeps_its_sum(
    crisis: CrisisAgency,
) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    await crisis.settle()
    for typed, error in (
        ("sudah ya, dibalas ke Bu Rini", FieldFault),
        ("https://www.facebook.com/3201134507890123/posts/1", PersonalData),
    ):
        with pytest.raises(error):
            await crisis.deeds.settle(
                crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, typed
            )
    post = "https://www.instagram.com/p/DKx1/"
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, post)
    said = str(await crisis.database.read.journal.about(f"run:{run}"))
    assert post not in said
    assert "Bu Rini" not in said
    assert text_sha(post) in said
    (kept,) = [one for one in (await crisis.step("tayang", run)).posts if one.channel == "instagram"]
    assert (kept.state, kept.link) == (PostState.SENT, post)
