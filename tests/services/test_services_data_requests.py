"""A unit is asked: its contacts hear it, are reminded, answer by name; or the team hears a sentence."""

import pytest
from agency import Agency
from fakes import verdict

from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.data_request import RequestState
from bot.domain.errors import BadInput, CannotJoin, NotAllowed, NotFound, WrongState
from bot.domain.outgoing import Notice, Prompt
from bot.domain.people import PersonId


async def heard(agency: Agency) -> list[tuple[str, str]]:
    """Notices and questions, each with where it went."""
    rows = [row.what for row in await agency.queued()]
    return [(one.what, one.to) for one in rows if isinstance(one, Notice | Prompt) and "data" in one.what]


async def later(agency: Agency, minutes: int) -> None:
    """Time passes and the timers of requests fire."""
    agency.clock.advance(minutes * 60)
    for timer in await agency.database.read.timers.due(agency.clock.now(), 10):
        async with agency.database.transaction() as tx:
            await agency.register.data.fire(timer, tx)
            await tx.timers.done(timer, "fired")


async def asked(agency: Agency, typed: str = "bpbd: berapa rumah terendam?") -> int:
    """Sari asks about a new case."""
    case = await agency.receive()
    await agency.register.data.ask(agency.tap("sari", case), typed)
    found = await agency.database.read.requests.of_case(CaseId(case))
    return found[-1].id


async def test_a_question_reaches_every_contact_and_the_first_answer_is_credited(agency: Agency) -> None:
    case = await agency.receive()
    await agency.register.data.begin(agency.tap("sari", case))
    assert await heard(agency) == [("data_question", "person:sari")]
    await agency.register.data.ask(agency.tap("sari", case), "bpbd (2 jam): berapa rumah terendam?")
    assert (await heard(agency))[1:] == [("data_asked", "person:wawan"), ("data_asked", "person:dewi")]

    await agency.register.data.answer(agency.tap("wawan", 1), "12 rumah di tiga RT")
    assert (await heard(agency))[3:] == [("data_answered", "triage"), ("data_over", "person:dewi")]
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    (done,) = view.requests
    assert (done.answer, done.answered_by, done.state) == (
        "12 rumah di tiga RT", PersonId("wawan"), RequestState.ANSWERED,
    )  # fmt: skip
    assert view.names[f"unit:{done.unit}"] == "BPBD"
    with pytest.raises(WrongState):
        await agency.register.data.answer(agency.tap("dewi", 1), "13 rumah")
    await later(agency, 300)
    assert len(await heard(agency)) == 5, "an answered question is not reminded of"
    assert await agency.actions(f"case:{case}") == ["receive", "data_ask", "data_answer"]


async def test_a_silent_unit_is_reminded_then_the_team_hears_what_may_be_said(agency: Agency) -> None:
    number = await asked(agency)
    before = len(await heard(agency))
    await later(agency, 41)
    assert (await heard(agency))[before:] == [
        ("data_reminder", "person:wawan"), ("data_reminder", "person:dewi"),
    ]  # fmt: skip
    await later(agency, 20)
    assert (await heard(agency))[-1] == ("data_late", "triage")
    await agency.register.data.answer(agency.tap("dewi", number), "12 rumah")
    assert ("data_answered", "triage") in await heard(agency), "late is not over"


async def test_where_nobody_can_be_reached_the_team_hears_it_at_once(agency: Agency) -> None:
    async with agency.database.transaction() as tx:
        await tx.people.set_reachable(PersonId("tuti"), False)
    await asked(agency, "pupr: jalan mana?")
    assert ("data_nobody", "triage") in await heard(agency)
    assert ("data_asked", "person:tuti") not in await heard(agency)


async def test_who_may_ask_and_who_may_answer(agency: Agency) -> None:
    case = await agency.receive()
    agency.duty.off.add("joko")
    for name in ("wawan", "tuti", "eko", "joko"):
        with pytest.raises(NotAllowed):
            await agency.register.data.ask(agency.tap(name, case), "bpbd: berapa?")
    number = await asked(agency)
    for name in ("sari", "eko", "tuti"):
        with pytest.raises(NotAllowed):
            await agency.register.data.answer(agency.tap(name, number), "12")
    await agency.register.data.answer(agency.tap("ratna", number), "12")


async def test_what_cannot_be_asked_changes_nothing(agency: Agency) -> None:
    agency.reads.known["menyerah"] = verdict("emergency", topics=("bunuh-diri",))
    at_risk = await agency.receive("saya menyerah")
    case = await agency.receive()
    data = agency.register.data
    with pytest.raises(CannotJoin):
        await data.ask(agency.tap("sari", at_risk), "bpbd: berapa?")
    with pytest.raises(BadInput):
        await data.ask(agency.tap("sari", case), "bulog: berapa?")
    with pytest.raises(NotFound):
        await data.ask(agency.tap("sari", 77), "bpbd: berapa?")
    with pytest.raises(NotFound):
        await data.answer(agency.tap("wawan", 77), "12")
    assert await heard(agency) == []


async def test_the_same_answer_heard_twice_asks_once(agency: Agency) -> None:
    claim = await agency.register.deeds.report(agency.tap("sari", 0), "Air beracun", None, "triage")
    assert claim is not None
    tap = agency.tap("sari", 0, claim.id)
    await agency.register.data.ask(tap, "bpbd: sudah diuji?")
    await agency.register.data.ask(tap, "bpbd: sudah diuji?")
    assert len(await agency.database.read.requests.of_claim(ClaimId(claim.id))) == 1
    answer = agency.tap("wawan", 1)
    await agency.register.data.answer(answer, "Sudah, baik")
    view = await agency.register.desk.claim(ClaimId(claim.id))
    assert view is not None
    assert [one.answer for one in view.requests] == ["Sudah, baik"]
