"""What stands around a comment moves its case up, with the reason in words on the card."""

from datetime import timedelta

import pytest
from agency import Agency
from fakes import comment, verdict

from bot.clock import FakeClock
from bot.domain.case import CaseId
from bot.domain.priority import Urgency
from bot.store.database import Database

PASTED = (
    "Min, kapan jalan Mawar di depan pasar lama diperbaiki, sudah dua bulan berlubang dan banyak yang jatuh?"
)
RUMOUR = "Awas air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"


@pytest.fixture(autouse=True)
def known(agency: Agency) -> None:
    agency.reads.known |= {
        "racun": verdict("question"),
        "promo": verdict("spam"),
        "menyerah": verdict("emergency", topics=("bunuh-diri",)),
    }


async def priority(agency: Agency, case: int) -> tuple[Urgency, tuple[str, ...]]:
    found = (await agency.case(case)).priority
    return found.urgency, found.reasons


async def test_a_claim_that_spreads_raises_what_comes_next(agency: Agency) -> None:
    first = await agency.receive(RUMOUR)
    await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(first), "triage")
    cases = [await agency.receive(RUMOUR) for _ in range(10)]
    assert await priority(agency, cases[0]) == (Urgency.NORMAL, ("label:question",))
    assert await priority(agency, cases[-1]) == (Urgency.HIGH, ("label:question", "grows:11"))


async def test_a_writer_who_waits_elsewhere_is_seen_and_advertisements_and_secrets_are_not_counted(
    agency: Agency,
) -> None:
    def says(text: str, thread: str) -> object:
        return comment(text, author="tg:9", thread=thread)

    first = await agency.receive(says("Kapan jalan diperbaiki?", "a/1"))  # type: ignore[arg-type]  # a comment
    await agency.receive(says("promo murah", "a/2"))  # type: ignore[arg-type]  # a comment
    await agency.receive(says("saya menyerah", "a/3"))  # type: ignore[arg-type]  # a comment
    second = await agency.receive(says("Lampu mati di sini", "a/4"))  # type: ignore[arg-type]  # a comment
    assert await priority(agency, second) == (Urgency.NORMAL, ("label:question",))
    third = await agency.receive(says("Air juga mati", "a/5"))  # type: ignore[arg-type]  # a comment
    assert await priority(agency, third) == (Urgency.HIGH, ("label:question", "open_cases:2"))
    view = await agency.desk.case(CaseId(third))
    assert view is not None
    assert view.writer.waiting == (first, second)
    nobody = await agency.receive(comment("Selokan mampet", author=""))
    assert await priority(agency, nobody) == (Urgency.NORMAL, ("label:question",))


async def test_it_does_not_climb_with_every_further_comment_of_one_case(agency: Agency) -> None:
    for thread in ("a/1", "a/2", "a/3"):
        await agency.receive(comment("Kapan?", author="tg:9", thread=thread))
    case = await agency.receive(comment("promo murah", author="tg:9", thread="a/4"))
    assert await priority(agency, case) == (Urgency.LOW, ("label:spam",))
    question = await agency.receive(comment("Kapan lampu?", author="tg:9", thread="a/5"))
    await agency.receive(comment("Tolong dijawab", author="tg:9", thread="a/5"))
    urgency, reasons = await priority(agency, question)
    assert urgency is Urgency.HIGH
    assert reasons.count("open_cases:3") == 1


async def test_who_pastes_one_text_everywhere_is_not_helped_sooner_by_it(
    database: Database, clock: FakeClock
) -> None:
    town = Agency(database, clock, same_within=timedelta(days=3))
    more = "Tolong dijawab ya, sudah dua bulan kami menunggu kabar soal lubang yang besar itu"
    cases = [
        await town.receive(comment(PASTED, author="tg:9", thread=f"a/{place}", at=clock.now()))
        for place in range(4)
    ]
    assert await town.receive(comment(more, author="tg:9", thread="a/0", at=clock.now())) == cases[0]
    for case in cases:
        assert await priority(town, case) == (Urgency.NORMAL, ("label:question",))
        view = await town.desk.case(CaseId(case))
        assert view is not None
        assert view.writer.waiting == (), "the card names as many as it counts"
