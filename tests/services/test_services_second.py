"""A page's other ways: in order, as often as agreed, for whom they are meant, and in nobody's way."""

import json
import random
from datetime import time
from itertools import pairwise

import pytest
from second_office import PEOPLE, Office, playbook

from bot.clock import FakeClock
from bot.domain.calendar import Weekday
from bot.domain.incident import Paging
from bot.domain.outgoing import Notice, PageCard
from bot.domain.people import PersonId
from bot.domain.playbook import DaytimePaging, Via
from bot.domain.run_types import What
from bot.services.delivery import NotSent
from bot.store.database import Database

SMS, EMAIL = Via.SMS, Via.EMAIL
ANA = [("+621", SMS), ("ana@kota.example", EMAIL)]


@pytest.fixture
async def office(database: Database, clock: FakeClock) -> Office:
    made = Office(database, clock)
    await made.enrol()
    return made


async def other(database: Database, clock: FakeClock, **book: object) -> Office:
    via = book.pop("via", ())
    made = Office(database, clock, playbook(via, **book))  # type: ignore[arg-type]  # a tuple of ways
    await made.enrol()
    return made


def deaf(office: Office, times: int = 200) -> None:
    """Telegram takes no page."""
    office.wire.answers[PageCard] = [NotSent("NetworkError")] * times


async def test_where_telegram_works_nothing_else_is_used(office: Office) -> None:
    await office.open()
    await office.later(minutes=4)
    assert office.gateways.tried == []
    assert (await office.state()).level == 0


async def test_what_the_playbook_wants_first_goes_beside_telegram(
    database: Database, clock: FakeClock
) -> None:
    office = await other(database, clock, via=(EMAIL, Via.TELEGRAM, SMS))
    await office.open()
    assert office.gateways.tried == [ANA[1]]
    assert len(office.wire.of(PageCard)) == 1
    assert What.SECOND_SENT in await office.told()


async def test_a_playbook_that_wants_telegram_alone_gets_it(database: Database, clock: FakeClock) -> None:
    office = await other(database, clock, via=(Via.TELEGRAM,))
    office.shut("ana")
    await office.open()
    assert office.gateways.tried == []
    assert (await office.state()).level == 1, "nobody waits for who cannot be reached"


async def test_the_order_of_the_level_is_kept(database: Database, clock: FakeClock) -> None:
    office = await other(database, clock, via=(Via.TELEGRAM, EMAIL, SMS))
    office.shut("ana")
    office.gateways.down = {EMAIL}
    await office.open()
    assert office.gateways.tried == [ANA[1], ANA[0]]


async def test_an_unknown_end_is_followed_by_the_next_way_and_called_unknown(office: Office) -> None:
    office.shut("ana")
    office.gateways.mute = {SMS}
    await office.open()
    details = [json.loads(line["canonical"])[-1] for line in await office.lines("second_page")]
    assert [(d["via"], d["outcome"]) for d in details] == [("sms", "unknown"), ("email", "sent")]
    assert "+62" not in str(details)


async def test_who_has_no_other_way_is_passed_over_as_ever(office: Office) -> None:
    office.shut("ana", "budi")
    office.gateways.down = {SMS, EMAIL}
    await office.open()
    await office.later(minutes=2)
    assert (await office.state()).level == 1
    await office.later(minutes=2)
    state = await office.state()
    assert state.paging is Paging.UNANSWERED
    assert set(state.unreached) == {"ana", "budi"}
    assert state.calling == ("dewi",)


async def test_a_silent_page_rings_nowhere_else(database: Database, clock: FakeClock) -> None:
    office = await other(database, clock, working_hours=DaytimePaging.LIGHTER)
    office.hours = {Weekday.MONDAY: (time(7), time(17))}
    office.start()
    deaf(office)
    await office.open()
    await office.later(minutes=2)
    assert office.gateways.tried == []


async def test_the_last_resort_and_its_hourly_call_leave_by_other_ways_too(office: Office) -> None:
    await office.open()
    await office.later(minutes=9)
    deaf(office, 2000)
    await office.later(minutes=2)
    assert (await office.state()).paging is Paging.UNANSWERED
    assert office.gateways.taken == [("dewi@kota.example", EMAIL)]
    await office.later(minutes=62)
    assert office.gateways.taken.count(("dewi@kota.example", EMAIL)) == 2
    assert office.gateways.taken.count(ANA[0]) == 1, "the first level is called again with the last"


async def test_somebody_asked_whether_they_still_have_it_is_not_rung_elsewhere(office: Office) -> None:
    await office.open()
    await office.incidents.acknowledge(office.tap("ana", seen=(await office.state()).epoch))
    await office.settle()
    deaf(office, 2000)
    await office.later(minutes=34)
    assert office.gateways.tried == []
    await office.later(minutes=3)
    assert office.gateways.taken == [ANA[0]], "what rings is the call that follows"


async def test_telegram_is_back_once_also_when_it_was_away_twice(office: Office) -> None:
    async def backs() -> int:
        found = [await office.database.read.outbox.get(n) for n in range(1, 300)]
        return sum(
            row is not None and isinstance(row.what, Notice) and row.what.what == "telegram_back"
            for row in found
        )

    deaf(office, 12)
    await office.open()
    await office.later(minutes=1)
    assert await backs() == 0
    office.wire.answers.clear()
    await office.later(minutes=2)
    assert await backs() == 1
    deaf(office, 2000)
    await office.later(minutes=5)
    office.wire.answers.clear()
    await office.later(minutes=3)
    assert await backs() == 2


async def test_a_test_tries_every_way_and_wakes_no_run(office: Office) -> None:
    office.gateways.down = {EMAIL}
    done = await office.second.test(PersonId("ana"))
    assert [(one.via, one.error) for one in done] == [(SMS, ""), (EMAIL, "HTTP 503")]
    about = await office.database.read.journal.about("person:ana")
    assert [line["action"] for line in about] == ["page_test", "page_test"]
    assert await office.second.test(PersonId("citra")) == []


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_fails_nobody_is_lost_and_the_ladder_keeps_its_time(
    database: Database, clock: FakeClock, seed: int
) -> None:
    """Chance blocks people, breaks gateways, silences Telegram and restarts the bot for twelve minutes."""
    dice = random.Random(seed)
    office = Office(database, clock)
    await office.enrol(*dice.sample(sorted(PEOPLE), 3))
    await office.open()
    for _ in range(24):
        match dice.randrange(5):
            case 0:
                office.shut(dice.choice(sorted(PEOPLE)))
            case 1:
                office.gateways.down = set(dice.sample([SMS, EMAIL], dice.randrange(3)))
            case 2:
                deaf(office, dice.randrange(20))
            case 3:
                office.wire.answers.clear()
            case _:
                office.start()
                await office.outbox.recover()
        await office.later(seconds=30)
    office.wire.answers.clear()
    await office.later(minutes=2)
    await _reckon(office)


async def _reckon(office: Office) -> None:
    attempts: dict[str, list[dict[str, object]]] = {}
    for line in await office.lines("second_page"):
        chain, _, number = str(line["cause"]).rpartition(":")
        attempts.setdefault(chain, []).append(json.loads(line["canonical"])[-1])
        assert int(number) == len(attempts[chain]) - 1, "no attempt is left out or made twice"
    for chain, made in attempts.items():
        assert len(made) <= 6
        assert all(one["outcome"] != "sent" for one in made[:-1]), f"{chain} went on after it had arrived"
    assert len(office.gateways.taken) == sum(m[-1]["outcome"] == "sent" for m in attempts.values())
    at = await office.escalated_at()
    assert at == sorted(at)
    assert all(later - earlier <= 5.2 for earlier, later in pairwise(at)), "nothing held it up"
    assert await office.database.read.journal.verify() == (len(await _all(office)), None)


async def _all(office: Office) -> list[int]:
    read, _ = await office.database.read.journal.verify()
    return list(range(read))
