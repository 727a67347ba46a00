"""Who somebody is: enrolled once by a secret, out when gone, and two to lift the lock."""

import asyncio
from datetime import timedelta

import pytest
from agency import ACCOUNTS, Agency, Restarts

from bot.domain.errors import BadInput, NotAllowed, NotEnrolled, NotFound
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Action, PersonId
from bot.services.people import INVITATION_LASTS

SARI = PersonId("sari")


async def told(agency: Agency) -> list[str]:
    return [row.what.what for row in await agency.queued(Notice) if isinstance(row.what, Notice)]


async def test_an_invitation_binds_an_account_to_a_person(agency: Agency) -> None:
    secret = await agency.team.invite(SARI, "eko")
    assert (await agency.team.enrol(secret, 9001, "update:1")).id == "sari"
    assert (await agency.team.person_of(9001)).id == "sari"
    with pytest.raises(NotEnrolled):
        await agency.team.person_of(ACCOUNTS["sari"])
    assert await agency.actions("person:sari") == ["invite", "enrol"]


async def test_it_works_once_also_for_many_at_the_same_time(agency: Agency) -> None:
    secret = await agency.team.invite(SARI, "eko")
    ended = await asyncio.gather(
        *(agency.team.enrol(secret, 9000 + n, f"update:{n}") for n in range(10)), return_exceptions=True
    )
    assert sum(isinstance(e, BadInput) for e in ended) == 9
    assert [link.person for link in await agency.database.read.people.links()].count(SARI) == 1


async def test_it_works_for_fifteen_minutes_and_over_a_restart(agency: Agency, restart: Restarts) -> None:
    early, late = await agency.team.invite(SARI, "eko"), await agency.team.invite(SARI, "eko")
    agency = await restart(agency)
    agency.clock.advance(INVITATION_LASTS.total_seconds() - 1)
    assert (await agency.team.enrol(early, 9001, "update:1")).id == "sari"
    agency.clock.advance(1)
    with pytest.raises(BadInput, match="invitation"):
        await agency.team.enrol(late, 9002, "update:2")
    assert timedelta(minutes=15) == INVITATION_LASTS


@pytest.mark.parametrize("secret", ["", "x", "0" * 24, "' OR 1=1 --"])
async def test_a_guessed_secret_binds_nobody(agency: Agency, secret: str) -> None:
    await agency.team.invite(SARI, "eko")
    before = await agency.database.read.people.links()
    with pytest.raises(BadInput, match="invitation"):
        await agency.team.enrol(secret, 9001, "update:1")
    assert await agency.database.read.people.links() == before


async def test_only_the_hash_of_a_secret_is_kept(agency: Agency) -> None:
    secret = await agency.team.invite(SARI, "eko")
    await agency.database.backup(agency.database.path.with_name("copy.db"))
    assert secret.encode() not in agency.database.path.with_name("copy.db").read_bytes()
    assert len(secret) >= 24


async def test_nobody_outside_the_config_is_invited_or_enrolled(agency: Agency) -> None:
    with pytest.raises(NotFound):
        await agency.team.invite(PersonId("asing"), "eko")
    with pytest.raises(NotEnrolled):
        await agency.team.person_of(424242)


async def test_an_account_belongs_to_one_person(agency: Agency) -> None:
    secret = await agency.team.invite(PersonId("budi"), "eko")
    await agency.team.enrol(secret, ACCOUNTS["sari"], "update:1")
    assert (await agency.team.person_of(ACCOUNTS["sari"])).id == "budi"
    assert "sari" not in {link.person for link in await agency.database.read.people.links()}


async def test_whoever_takes_another_persons_place_is_told_of_and_journalled(agency: Agency) -> None:
    """With an invitation for Ratna, Sari could approve her own words: the team and the journal see it."""
    secret = await agency.team.invite(PersonId("ratna"), "eko")
    await agency.team.enrol(secret, ACCOUNTS["sari"], "update:1")
    (row,) = await agency.queued(Notice)
    assert row.what == Notice(TRIAGE, "account_changed", {"person": "ratna", "left": "sari"})
    line = str((await agency.database.read.journal.about("person:ratna"))[-1]["canonical"])
    for account in (ACCOUNTS["ratna"], ACCOUNTS["sari"]):
        assert await agency.database.read.journal.pseudonym(f"tg:{account}") in line
        assert f":{account}" not in line
    assert '"leaves":"sari"' in line
    assert '"replaces":"stranger:' in line


async def test_the_first_account_and_the_same_one_again_are_no_news(agency: Agency) -> None:
    for cause in ("update:1", "update:2"):
        secret = await agency.team.invite(SARI, "eko")
        await agency.team.enrol(secret, ACCOUNTS["sari"], cause)
    assert await told(agency) == []
    line = str((await agency.database.read.journal.about("person:sari"))[-1]["canonical"])
    assert '"account":"stranger:' in line
    assert "replaces" not in line


async def test_who_left_is_out_until_invited_again(agency: Agency) -> None:
    await agency.team.left(ACCOUNTS["sari"], "update:1")
    with pytest.raises(NotEnrolled):
        await agency.team.person_of(ACCOUNTS["sari"])
    assert "suspended" in await told(agency)
    await agency.team.left(ACCOUNTS["sari"], "update:2")
    await agency.team.left(424242, "update:3")
    assert (await told(agency)).count("suspended") == 1
    secret = await agency.team.invite(SARI, "eko")
    await agency.team.enrol(secret, ACCOUNTS["sari"], "update:4")
    assert (await agency.team.person_of(ACCOUNTS["sari"])).id == "sari"


async def test_who_blocked_the_bot_is_known_to_be_out_of_reach(agency: Agency) -> None:
    await agency.team.set_reachable(ACCOUNTS["ratna"], False, "update:1")
    out = [link.person for link in await agency.database.read.people.links() if not link.reachable]
    assert out == ["ratna"]
    await agency.team.set_reachable(ACCOUNTS["ratna"], True, "update:2")
    assert all(link.reachable for link in await agency.database.read.people.links())
    await agency.team.set_reachable(ACCOUNTS["ratna"], True, "update:3")
    assert await agency.actions("person:ratna") == ["unreachable", "reachable"]


async def test_a_refused_attempt_is_in_the_journal(agency: Agency) -> None:
    await agency.team.denied("tg:424242", NotAllowed(Action.TAKE), "case:1", "update:1")
    line = (await agency.database.read.journal.about("case:1"))[0]
    assert (str(line["actor"])[:9], line["action"]) == ("stranger:", "denied")
    assert "424242" not in str(line["canonical"]), "the journal keeps every line, so it keeps no account"
    assert "NotAllowed" in str(line["canonical"])


async def test_a_stranger_has_one_name_here_and_another_elsewhere(agency: Agency) -> None:
    journal = agency.database.read.journal
    assert await journal.pseudonym("tg:1") == await journal.pseudonym("tg:1")
    assert await journal.pseudonym("tg:1") != await journal.pseudonym("tg:2")


async def locked(agency: Agency) -> bool:
    return await agency.database.read.people.public_lock() is not None


@pytest.mark.parametrize("name", ["sari", "ratna", "joko", "tuti", "eko"])
async def test_anybody_of_the_team_locks_at_once(agency: Agency, name: str) -> None:
    agency.duty.off.add("joko")
    await agency.team.lock(agency.tap(name, 0))
    assert await locked(agency)
    assert (await agency.queued(Notice))[-1].recipient == TRIAGE


async def test_two_persons_unlock(agency: Agency) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    assert await agency.team.unlock(agency.tap("ratna", 0)) is False
    assert await agency.team.unlock(agency.tap("ratna", 0)) is False
    assert await locked(agency)
    assert await agency.team.unlock(agency.tap("eko", 0)) is True
    assert not await locked(agency)
    assert (await told(agency))[-1] == "unlocked"
    assert await agency.team.unlock(agency.tap("eko", 0)) is True


async def test_locking_again_takes_the_first_yes_back(agency: Agency) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    await agency.team.unlock(agency.tap("ratna", 0))
    await agency.team.lock(agency.tap("sari", 0))
    assert await agency.team.unlock(agency.tap("dewi", 0)) is False
    assert await locked(agency)


async def test_the_named_person_unlocks_alone_and_two_others_still_may(agency: Agency) -> None:
    other = Agency(agency.database, agency.clock, agency.policy, unlock_by=PersonId("eko"))
    await other.team.lock(other.tap("joko", 0))
    assert await other.team.unlock(other.tap("eko", 0)) is True
    await other.team.lock(other.tap("joko", 0, cause="update:x"))
    assert await other.team.unlock(other.tap("ratna", 0)) is False
    assert await other.team.unlock(other.tap("dewi", 0)) is True


@pytest.mark.parametrize("name", ["sari", "joko", "tuti", "wawan"])
async def test_others_do_not_unlock(agency: Agency, name: str) -> None:
    await agency.team.lock(agency.tap("ratna", 0))
    with pytest.raises(NotAllowed):
        await agency.team.unlock(agency.tap(name, 0))
    assert await locked(agency)


async def test_the_lock_outlives_a_restart(agency: Agency, restart: Restarts) -> None:
    await agency.team.lock(agency.tap("ratna", 0))
    assert await locked(await restart(agency))
