"""Notes on a case: whom they call, who reads them, and that no citizen ever does."""

import pytest
from agency import Agency
from fakes import verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import CaseId
from bot.domain.errors import BadInput, NotAllowed, Outdated, WrongState
from bot.domain.note import LONGEST, called
from bot.domain.outgoing import Notice, PublicReply
from bot.domain.people import PersonId
from bot.store.retention import _STEPS

NAMES = {PersonId(key): name for key, name in {
    "made": "Made", "harun": "Pak Harun", "sari": "Sari", "sari-2": "Sari Dewi", "b1": "Budi", "b2": "Budi",
}.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@made tolong cek", ["made"]),
        ("tolong cek, @MADE.", ["made"]),
        ("@Pak Harun mohon arahan", ["harun"]),
        ("@harun dan @made, @made lagi", ["harun", "made"]),
        ("@Sari Dewi yang pegang", ["sari-2"]),
        ("@sari yang pegang", ["sari"]),
        ("@Budi", []),
        ("warga @made_in_jogja", ["made"]),
        ("@madein", []),
        ("surel made@kota.example", []),
        ("@ made", []),
        ("@", []),
    ],
)
def test_an_at_means_a_member_of_the_team_or_nobody(text: str, meant: list[str]) -> None:
    assert called(text, NAMES) == tuple(meant)


@given(st.text(max_size=120))
def test_whatever_is_typed_calls_nobody_twice_and_nobody_unknown(text: str) -> None:
    found = called(text, NAMES)
    assert len(set(found)) == len(found)
    assert set(found) <= set(NAMES)
    assert not found or "@" in text


async def texts(agency: Agency, case: int) -> list[str]:
    return [note.text for note in await agency.database.read.notes.last(CaseId(case), 10)]


async def told(agency: Agency, what: str) -> list[Notice]:
    rows = [row.what for row in await agency.queued(Notice)]
    return [one for one in rows if isinstance(one, Notice) and one.what == what]


async def test_a_note_stays_with_the_case_and_calls_whom_it_names(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.noting.ask(await agency.on("sari", case))
    tap = agency.tap("sari", case, 0, "update:500")
    await agency.triage.noting.write(tap, " @budi lokasinya di RT 3, @sari ingat ")
    await agency.triage.noting.write(tap, " @budi lokasinya di RT 3, @sari ingat ")
    assert await texts(agency, case) == ["@budi lokasinya di RT 3, @sari ingat"]
    (one,) = await told(agency, "mentioned")
    assert (one.to, one.params["by"], one.params["note"]) == (
        "person:budi", "sari", "@budi lokasinya di RT 3, @sari ingat",
    )  # fmt: skip
    (line,) = [e for e in await agency.database.read.journal.about(f"case:{case}") if e["action"] == "note"]
    assert "RT 3" not in str(line["canonical"])
    assert '"to":["budi"]' in str(line["canonical"])


async def test_the_card_shows_the_last_three_and_how_many_came_before(agency: Agency) -> None:
    case = await agency.receive()
    for number in range(5):
        await agency.triage.noting.write(agency.tap("budi", case), f"catatan {number}")
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    assert [note.text for note in view.notes.last] == ["catatan 2", "catatan 3", "catatan 4"]
    assert view.notes.in_all == 5


async def test_who_cannot_be_reached_is_named_in_the_group(agency: Agency) -> None:
    async with agency.database.transaction() as tx:
        await tx.people.set_reachable(PersonId("budi"), reachable=False)
    case = await agency.receive()
    await agency.triage.noting.write(agency.tap("sari", case), "@budi @ratna tolong")
    assert [one.to for one in await told(agency, "mentioned")] == ["person:ratna"]
    (missed,) = await told(agency, "mention_unheard")
    assert missed.params["people"] == ["budi"]


async def test_the_words_of_a_note_are_in_no_reply(agency: Agency) -> None:
    draft = await agency.waiting("sari")
    await agency.triage.noting.write(agency.tap("sari", draft.case_id), "RAHASIA tim")
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    (reply,) = await agency.queued(PublicReply)
    assert isinstance(reply.what, PublicReply)
    assert "RAHASIA" not in (await agency.draft(reply.what.draft)).text
    assert (await agency.draft(draft.id)).state == "posted"


async def test_what_is_no_note_is_refused(agency: Agency) -> None:
    case = await agency.receive()
    for typed in ("", "  \n", "x" * (LONGEST + 1)):
        with pytest.raises(BadInput):
            await agency.triage.noting.write(agency.tap("sari", case), typed)
    for name in ("wawan", "tuti", "eko"):
        with pytest.raises(NotAllowed):
            await agency.triage.noting.write(agency.tap(name, case), "halo")
    with pytest.raises(Outdated):
        await agency.triage.noting.ask(agency.tap("sari", case, 9))
    agency.reads.known["pamit"] = verdict("emergency", topics=("bunuh-diri",))
    life = await agency.receive("pamit")
    with pytest.raises(WrongState):
        await agency.triage.noting.write(agency.tap("ratna", life), "halo")
    assert await texts(agency, case) == []


async def test_notes_leave_with_their_case(agency: Agency) -> None:
    case, other = await agency.receive(), await agency.receive()
    for one in (case, other):
        await agency.triage.noting.write(agency.tap("sari", one), f"tentang {one}")
    assert "drop_case_notes" in _STEPS["cases"]
    async with agency.database.transaction() as tx:
        await tx.retention.take("cases", [case])
    assert await texts(agency, case) == []
    assert await texts(agency, other) == [f"tentang {other}"]
