"""Two must agree, and one of them is gone since; a press that comes late, or twice, is no second voice."""

import pytest
from agency import ACCOUNTS, PEOPLE, Agency
from fakes import person

from bot.domain.calendar import WorkingHours
from bot.domain.errors import Outdated
from bot.domain.outgoing import Notice
from bot.domain.people import PersonId, Role, Zone
from bot.domain.reply import Draft, DraftState
from bot.domain.target import parse_target
from bot.services.oncall import OnCall

RATNA, TUTI = PersonId("ratna"), PersonId("tuti")


async def locked(agency: Agency) -> bool:
    return await agency.database.read.people.public_lock() is not None


async def test_the_yes_of_somebody_who_left_since_is_none(agency: Agency) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    await agency.team.unlock(agency.tap("ratna", 0))
    await agency.team.left(ACCOUNTS["ratna"], "u:left")
    assert await agency.team.unlock(agency.tap("dewi", 0)) is False, "she is the first now"
    assert await locked(agency)
    assert await agency.team.unlock(agency.tap("eko", 0)) is True


async def test_the_yes_of_somebody_whose_right_was_taken_away_is_none(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    await agency.team.unlock(agency.tap("ratna", 0))
    monkeypatch.setitem(PEOPLE, RATNA, person("ratna", Role.ADMIN))
    assert await agency.team.unlock(agency.tap("dewi", 0)) is False


async def test_a_button_below_an_old_request_gives_no_voice_in_a_later_lock(agency: Agency) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    await agency.team.unlock(agency.tap("ratna", 0))
    asked = next(row.what for row in reversed(await agency.queued(Notice)) if "since" in row.what.params)
    old = asked.params["since"]
    await agency.team.unlock(agency.tap("dewi", 0), old)
    agency.clock.advance(3600)
    await agency.team.lock(agency.tap("joko", 0))
    await agency.team.unlock(agency.tap("ratna", 0))
    for name in ("dewi", "eko"):
        with pytest.raises(Outdated):
            await agency.team.unlock(agency.tap(name, 0), old)
    assert await locked(agency)


@pytest.mark.parametrize("first", ["ratna", "eko"])
async def test_a_request_that_comes_again_after_a_crash_lifts_no_later_lock(
    agency: Agency, first: str
) -> None:
    """Eko asked or lifted; his press was committed and is delivered once more."""
    await agency.team.lock(agency.tap("joko", 0))
    press = agency.tap("eko", 0)
    if first == "ratna":
        await agency.team.unlock(agency.tap("ratna", 0))
        assert await agency.team.unlock(press) is True
        await agency.team.lock(agency.tap("joko", 0))
        await agency.team.unlock(agency.tap("ratna", 0))
        assert await agency.team.unlock(press) is True, "it did its deed then"
    else:
        assert await agency.team.unlock(press) is False
        await agency.team.lock(agency.tap("joko", 0))
        await agency.team.unlock(agency.tap("ratna", 0))
        assert await agency.team.unlock(press) is False
    assert await locked(agency)


async def agreed(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """In crisis mode, with a third coordinator, Ratna was the first of two to agree."""
    monkeypatch.setitem(PEOPLE, TUTI, person("tuti", Role.KOORDINATOR))
    async with agency.database.transaction() as tx:
        await tx.board.set_crisis_mode(PersonId("eko"), agency.clock.now())
    draft = await agency.waiting()
    draft = await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert draft.agreed_by == "ratna"
    return draft


async def test_under_siaga_two_who_are_still_here_agree(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = await agreed(agency, monkeypatch)
    await agency.team.left(ACCOUNTS["ratna"], "u:left")
    draft = await agency.approvals.approve(await agency.at("dewi", draft.id))
    assert (draft.state, draft.agreed_by) == (DraftState.WAITING, "dewi"), "one of the two is out already"
    draft = await agency.approvals.approve(await agency.at("tuti", draft.id))
    assert (draft.state, draft.decided_by) == (DraftState.APPROVED, "tuti")


async def test_a_phone_that_is_off_takes_no_yes_back(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = await agreed(agency, monkeypatch)
    await agency.team.set_reachable(ACCOUNTS["ratna"], reachable=False, cause="u:blocked")
    draft = await agency.approvals.approve(await agency.at("dewi", draft.id))
    assert draft.state is DraftState.APPROVED


async def test_an_incident_knows_who_was_put_out(agency: Agency) -> None:
    """By it the approvals of an incident's words are counted: tests/domain/test_run_words.py."""
    rota = OnCall(agency.database, agency.directory, {}, WorkingHours(Zone.WIB, {}))
    await agency.team.set_reachable(ACCOUNTS["dewi"], reachable=False, cause="u:blocked")
    await agency.team.left(ACCOUNTS["ratna"], "u:left")
    roster = await rota.roster([parse_target("role:koordinator")], agency.clock.now())
    assert roster.put_out == {RATNA}
