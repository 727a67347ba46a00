"""What a card tells of whoever wrote: their other cases, nothing secret, nothing about what they think."""

from datetime import timedelta

import pytest
from agency import Agency
from fakes import comment, verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import draw_case
from bot.domain.case import OPEN, CaseId, CaseStatus, CloseReason
from bot.domain.comment import Comment
from bot.domain.people import Zone
from bot.domain.priority import Urgency
from bot.domain.writer import MOST_READ, NEW_HERE, Matter, Writer, writer_of

DAY = 86_400
MATTERS = st.lists(
    st.builds(
        Matter,
        st.integers(1, 99).map(CaseId),
        st.sampled_from(CaseStatus),
        st.sampled_from(Urgency),
        st.datetimes(timezones=st.just(Zone.WIB.tz)),
        st.none() | st.datetimes(timezones=st.just(Zone.WIB.tz)),
    ),
    unique_by=lambda one: one.case,
)


@pytest.fixture(autouse=True)
def words(agency: Agency) -> None:
    agency.reads.known |= {"menyerah": verdict(topics=("bunuh-diri",)), "promo": verdict("spam")}


def says(agency: Agency, text: str, thread: str, author: str = "tg:9") -> Comment:
    return comment(text, author=author, thread=thread, at=agency.clock.now())


async def answer(agency: Agency, case: int) -> None:
    draft = await agency.replies.write(agency.tap("sari", case), "Sudah dijadwalkan, Kak.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()


async def writer(agency: Agency, case: int) -> Writer:
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    return view.writer


async def card(agency: Agency, case: int) -> list[str]:
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    return draw_case(view, Zone.WIB).text.split("\n")


@given(MATTERS)
def test_what_waits_is_named_and_what_is_settled_is_counted(matters: list[Matter]) -> None:
    found = writer_of(matters)
    assert set(found.waiting) <= {one.case for one in matters if one.status in OPEN}
    assert len(found.waiting) <= 5
    assert (found.history is None) is all(one.status in OPEN for one in matters)
    if found.history is not None:
        assert found.history.times == len(matters)
        assert all(found.history.since <= one.since for one in matters)
        answered = {one.case for one in matters if one.answered_at is not None}
        assert (found.history.answered in answered) is bool(answered)


async def test_who_writes_for_the_first_time_has_no_history(agency: Agency) -> None:
    case = await agency.receive(says(agency, "Kapan jalan diperbaiki?", "-100200/1"))
    await agency.receive(says(agency, "Kapan jalan diperbaiki?", "-100200/1", "tg:8"))
    assert await writer(agency, case) == NEW_HERE
    nobody = await agency.receive(says(agency, "Selokan mampet", "-100200/2", author=""))
    assert await writer(agency, nobody) == NEW_HERE


async def test_who_was_answered_before_is_told_in_one_line(agency: Agency) -> None:
    """From Monday, 23 November 2026, on."""
    first = await agency.receive(says(agency, "Kapan jalan diperbaiki?", "-100200/1"))
    await answer(agency, first)
    agency.clock.advance(10 * DAY)
    second = await agency.receive(says(agency, "Lampu mati di sini", "-100200/2"))
    told = await card(agency, second)
    assert "Pernah menulis 1 kali sejak November; terakhir dijawab 23 Nov, #1." in "\n".join(told)
    assert "label" not in "".join(told).lower()
    await agency.triage.close(await agency.on("sari", second), CloseReason.NO_REPLY_NEEDED)
    assert "Pernah menulis" not in "\n".join(await card(agency, second)), "nobody answers it any more"
    agency.clock.advance(40 * DAY)
    third = await agency.receive(says(agency, "Air mati", "-100200/3"))
    assert "Pernah menulis 2 kali sejak November 2026; terakhir dijawab 23 Nov 2026, #1." in "\n".join(
        await card(agency, third)
    )


async def test_what_only_waits_is_named_once_and_no_history(agency: Agency) -> None:
    first = await agency.receive(says(agency, "Kapan jalan diperbaiki?", "-100200/1"))
    second = await agency.receive(says(agency, "Lampu mati di sini", "-100200/2"))
    told = "\n".join(await card(agency, second))
    assert f"Warga ini juga menunggu jawaban di #{first}." in told
    assert "Pernah menulis" not in told


async def test_of_somebody_at_risk_nothing_is_told_anywhere(agency: Agency) -> None:
    first = await agency.receive(says(agency, "Kapan jalan diperbaiki?", "-100200/1"))
    await answer(agency, first)
    at_risk = await agency.receive(says(agency, "saya menyerah", "-100200/2"))
    assert await writer(agency, at_risk) == NEW_HERE
    later = await agency.receive(says(agency, "Lampu mati di sini", "-100200/3"))
    history = (await writer(agency, later)).history
    assert history is not None
    assert history.times == 1, "the secret one is not even counted"


async def test_the_newest_of_somebody_who_wrote_hundreds_of_times_are_read(agency: Agency) -> None:
    for number in range(MOST_READ + 20):
        await agency.receive(says(agency, f"promo nomor {number} di kota kami", "-100200/1"))
        agency.clock.advance(timedelta(minutes=1).total_seconds())
    last = await agency.receive(says(agency, "Lampu mati di sini", "-100200/1"))
    async with agency.database.transaction() as tx:
        found = await tx.cases.of_author("tg:9", CaseId(last))
    assert len(found) <= MOST_READ
    assert max(one.case for one in found) == last - 1
