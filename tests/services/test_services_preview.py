"""A draft as the citizen will see it, before anybody is asked."""

from dataclasses import replace

import pytest
from agency import Agency
from fakes import comment

from bot.domain.comment import Platform
from bot.domain.errors import BadInput, NotAllowed, NotFound, Outdated, WrongState
from bot.domain.public_text import LIMIT
from bot.services.preview import Previews


async def test_the_exact_text_its_length_its_links_and_its_place(agency: Agency) -> None:
    previews = Previews(agency.database, agency.team)
    words = "Halo Kak, lihat https://www.lapor.go.id/a.\n\nTerima kasih 👁"
    draft = await agency.written("sari", words)
    shown = await previews.of(await agency.at("sari", draft.id))
    assert shown.messages == (words,)
    assert (shown.units, shown.hosts) == (len(words) + 1, ("www.lapor.go.id",))
    assert (shown.place, shown.others, shown.case) == (Platform.TELEGRAM_DISCUSSION, 0, draft.case_id)
    assert await agency.actions(f"draft:{draft.id}") == ["draft"], "looking leaves no trace"


async def test_where_it_will_stand_is_said_of_other_places_too(agency: Agency) -> None:
    case = await agency.receive(comment("Kapan?", platform=Platform.TELEGRAM_DM))
    draft = await agency.replies.write(agency.tap("sari", case), "Halo Kak, sedang kami cek.")
    shown = await Previews(agency.database, agency.team).of(await agency.at("sari", draft.id))
    assert shown.place is Platform.TELEGRAM_DM


async def test_only_whoever_may_write_and_only_the_present_words(agency: Agency) -> None:
    previews = Previews(agency.database, agency.team)
    draft = await agency.written()
    with pytest.raises(NotAllowed):
        await previews.of(await agency.at("tuti", draft.id))
    with pytest.raises(Outdated):
        await previews.of(agency.tap("sari", draft.id, 99))
    with pytest.raises(NotFound):
        await previews.of(agency.tap("sari", 99))
    await agency.approvals.submit(await agency.at("sari", draft.id))
    waiting = await previews.of(await agency.at("sari", draft.id))
    assert waiting.messages == (draft.text,)
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    with pytest.raises(WrongState):
        await previews.of(await agency.at("sari", draft.id))


async def test_what_one_message_cannot_hold_is_shown_in_parts_and_not_submitted(agency: Agency) -> None:
    draft = await agency.written()
    async with agency.database.transaction() as tx:
        await tx.drafts.save(replace(draft, text="Halo Kak. " * 500))
    shown = await Previews(agency.database, agency.team).of(await agency.at("sari", draft.id))
    assert len(shown.messages) == 2
    assert "".join(shown.messages) == "Halo Kak. " * 500
    with pytest.raises(BadInput, match=f"too_long:{LIMIT}"):
        await agency.approvals.submit(await agency.at("sari", draft.id))
