"""A coordinator who has blocked the bot: the draft goes to others at once, and never round in circles."""

from agency import ACCOUNTS, Agency, Restarts

from bot.domain.outgoing import DraftCard, Notice
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftState
from bot.services.approvals import EXPIRE
from bot.services.delivery import Impossible


def block(agency: Agency, *names: str) -> None:
    agency.wire.shut |= {ACCOUNTS[PersonId(name)] for name in names}


def asked(agency: Agency, draft: Draft) -> list[str]:
    """Whom the bot tried to ask, by the order of its tries."""
    cards = [one.what for one in agency.wire.tried if isinstance(one.what, DraftCard)]
    return [str(card.person) for card in cards if card.draft == draft.id]


async def reachable(agency: Agency) -> set[str]:
    return {str(k.person) for k in await agency.database.read.people.links() if k.reachable}


async def nobody(agency: Agency) -> int:
    notices = [row.what for row in await agency.queued(Notice)]
    return sum(isinstance(one, Notice) and one.what == "no_approver" for one in notices)


async def next_level(agency: Agency) -> None:
    agency.clock.advance(1800)
    async with agency.database.transaction() as tx:
        for timer in await tx.timers.due(agency.clock.now(), 100):
            assert timer.kind == EXPIRE
            await agency.approvals.expire(timer, tx)
            await tx.timers.done(timer, "fired")
    await agency.settle()


async def test_one_who_blocked_the_bot_is_known_from_then_on_and_the_other_decides(agency: Agency) -> None:
    block(agency, "ratna")
    draft = await agency.waiting("sari")
    assert "ratna" not in await reachable(agency)
    assert await agency.actions(f"draft:{draft.id}") == ["draft", "submit", "unreached"]
    assert (await agency.draft(draft.id)).level == 0
    assert sorted(asked(agency, draft)) == ["dewi", "ratna"]
    assert await nobody(agency) == 0
    await agency.approvals.approve(await agency.at("dewi", draft.id))


async def test_when_all_of_a_level_blocked_it_the_next_are_asked_at_once(agency: Agency) -> None:
    block(agency, "ratna", "dewi")
    draft = await agency.waiting("sari")
    now = await agency.draft(draft.id)
    assert (now.state, now.level) == (DraftState.WAITING, 1)
    assert asked(agency, draft) == ["ratna", "dewi", "tuti"]
    assert await nobody(agency) == 0
    view = await agency.desk.case(draft.case_id)
    assert view is not None
    assert view.waiting_for == ("tuti",)
    await next_level(agency)
    assert (await agency.draft(draft.id)).state is DraftState.EXPIRED


async def test_when_nobody_is_left_the_team_hears_it_once_and_each_was_tried_once(agency: Agency) -> None:
    block(agency, "ratna", "dewi", "tuti")
    draft = await agency.waiting("sari")
    assert asked(agency, draft) == ["ratna", "dewi", "tuti"]
    assert await nobody(agency) == 1
    await agency.settle()
    assert len(asked(agency, draft)) == 3
    assert (await agency.draft(draft.id)).state is DraftState.WAITING


async def test_of_two_drafts_neither_waits_in_silence(agency: Agency) -> None:
    agency.duty.targets["role:koordinator"] = (PersonId("ratna"),)
    block(agency, "ratna")
    first, second = await agency.written("sari"), await agency.written("budi")
    await agency.approvals.submit(await agency.at("sari", first.id))
    await agency.approvals.submit(await agency.at("budi", second.id))
    await agency.settle()
    for draft in (first, second):
        assert asked(agency, draft) == ["ratna", "tuti"]
        assert (await agency.draft(draft.id)).level == 1


async def test_only_who_can_be_reached_gets_a_card_while_somebody_can(agency: Agency) -> None:
    await agency.team.set_reachable(ACCOUNTS[PersonId("ratna")], reachable=False, cause="update:9")
    draft = await agency.waiting("sari")
    assert asked(agency, draft) == ["dewi"]
    for name in ("dewi", "tuti"):
        await agency.team.set_reachable(ACCOUNTS[PersonId(name)], reachable=False, cause="update:9")
    lost = await agency.waiting("sari")
    assert asked(agency, lost) == ["tuti"]
    assert await nobody(agency) == 1


async def test_an_old_card_that_cannot_be_drawn_anew_starts_no_circle(agency: Agency) -> None:
    draft = await agency.waiting("sari")
    block(agency, "ratna", "dewi")
    await next_level(agency)
    tries = len(asked(agency, draft))
    await agency.settle()
    assert len(asked(agency, draft)) == tries
    unreached = [one for one in await agency.actions(f"draft:{draft.id}") if one == "unreached"]
    assert len(unreached) == 2


async def test_a_decided_draft_asks_nobody_again(agency: Agency, restart: Restarts) -> None:
    draft = await agency.waiting("sari")
    block(agency, "ratna")
    await agency.approvals.reject(await agency.at("dewi", draft.id))
    await agency.settle()
    assert "ratna" not in await reachable(agency)
    assert "unreached" not in await agency.actions(f"draft:{draft.id}")
    agency = await restart(agency)
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.REJECTED


async def test_a_refusal_of_another_kind_says_nothing_about_the_person(agency: Agency) -> None:
    agency.wire.answers[DraftCard] = [Impossible("Bad Request: message is too long")]
    draft = await agency.waiting("sari")
    assert {"ratna", "dewi"} <= await reachable(agency)
    assert "unreached" not in await agency.actions(f"draft:{draft.id}")
