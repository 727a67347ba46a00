"""/cari: what people wrote is found in any spelling, on whichever page; what is hidden stays hidden."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from agency import Agency, Restarts
from fakes import comment, later, verdict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters import searchable, spelling
from bot.domain.case import CaseId, CaseStatus, CloseReason
from bot.domain.claim import Claim, ClaimId, ClaimStatus
from bot.domain.cluster import How, Member
from bot.domain.comment import Author
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.people import PersonId
from bot.domain.search import Search, Term
from bot.services.search_rows import Beside
from bot.services.searching import ON_A_PAGE, Page
from bot.services.word_index import Spelling, WordIndex


def words(*texts: str) -> Search:
    return Search(tuple(Term(text) for text in texts))


async def found(agency: Agency, wanted: Search | str) -> list[int]:
    """The cases of the first page."""
    asked = words(wanted) if isinstance(wanted, str) else wanted
    return [line.case.id for line in (await agency.searching.find(agency.tap("sari", 0), asked)).lines]


def in_index(agency: Agency) -> str:
    """Everything that the index holds, as it holds it."""
    with closing(sqlite3.connect(agency.database.path)) as beside:
        return str(beside.execute("SELECT rowid, words, name FROM comment_words").fetchall())


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("jalan", True),
        ("JALAN", True),
        ("jln", True),
        ("jalan2", True),
        ("jálan", True),
        ("rusak", True),
        ("jalannya", True),
        ("gmn", True),
        ("bagaimana", True),
        ("05", True),
        ("Ratna", True),
        ("jal", False),
        ("'; DROP TABLE case_; --", False),
        ('"jalan" OR "air"', False),
        ("NEAR(jalan air)", False),
        ("words : jalan", False),
    ],
)
async def test_words_are_found_in_any_spelling_and_taken_literally(
    agency: Agency, asked: str, there: bool
) -> None:
    about = replace(comment("Gimana jalan di RW 05 ini, rusaaak banget?"), author=Author("tg:5", "Ratna S."))
    case = await agency.receive(about)
    assert await found(agency, asked) == ([case] if there else [])


@pytest.mark.parametrize(
    "asked", ["%", "_", "\ud83d", "", "   ", "0812-3456-7890", "https://contoh.go.id", "@budi"]
)
async def test_what_is_no_word_cannot_be_looked_for(agency: Agency, asked: str) -> None:
    await agency.receive("Hubungi 0812-3456-7890 atau https://contoh.go.id, kata @budi")
    with pytest.raises(BadInput, match="search_hidden"):
        await found(agency, asked)


async def test_a_number_of_a_citizen_is_not_even_in_the_index(agency: Agency) -> None:
    await agency.receive("NIK saya 3173014506900001, hubungi 0812-3456-7890 atau warga@contoh.id ya")
    assert await found(agency, "hubungi") == [1]
    kept = in_index(agency)
    assert not any(secret in kept for secret in ("3173", "0812", "3456", "contoh"))


async def test_phrases_beginnings_and_what_must_not_be_there(agency: Agency) -> None:
    road = await agency.receive("Air mati sejak pagi di jalan Mawar")
    water = await agency.receive("Jalan Melati banjir, mati lampu, air keruh")
    assert await found(agency, Search((Term("mati"), Term("air")))) == [water, road]
    assert await found(agency, "air mati") == [road]
    assert await found(agency, Search((Term("ban", begins=True),))) == [water]
    assert await found(agency, Search((Term("jalan"),), without=(Term("banjir"),))) == [road]
    with pytest.raises(BadInput, match="search_without"):
        await found(agency, Search(without=(Term("banjir"),)))


async def test_filters_by_author_label_state_and_time(agency: Agency) -> None:
    agency.reads.known["bohong"] = verdict("hoax", "complaint")
    first = await agency.receive(replace(comment("Kapan jalan dibuka?"), author=Author("tg:1", "Sri Rahayu")))
    agency.clock.advance(3 * 3600)
    second = await agency.receive(
        replace(comment("Jalan itu bohong", at=later(3 * 3600)), author=Author("tg:2", "Joko"))
    )
    await agency.triage.close(await agency.on("sari", first), CloseReason.ANSWERED)
    soon = later(3600)
    for asked, cases in (
        (Search(author="sri"), [first]),
        (Search((Term("jalan"),), author="joko"), [second]),
        (Search((Term("joko"),), author="sri"), []),
        (Search((Term("jalan"),), labels=("hoax",)), [second]),
        (Search(labels=("complaint", "hoax")), [second]),
        (Search(labels=("question",)), [first]),
        (Search((Term("jalan"),), statuses=(CaseStatus.CLOSED,)), [first]),
        (Search(statuses=(CaseStatus.CLOSED, CaseStatus.NEW)), [second, first]),
        (Search(since=soon), [second]),
        (Search(until=soon), [first]),
        (Search((Term("jalan"),), since=soon), [second]),
        (Search((Term("jalan"),), until=soon), [first]),
        (Search((Term("jalan"),), since=later(9 * 3600)), []),
        (Search(case=CaseId(first)), [first]),
        (Search(case=CaseId(77)), []),
    ):
        assert await found(agency, asked) == cases, asked


async def every_page(agency: Agency, wanted: Search) -> list[list[int]]:
    """As somebody reads them who turns to the end."""
    page = await agency.searching.find(agency.tap("sari", 0), wanted)
    pages = [page]
    while page.further:
        page = await agency.searching.turn(agency.tap("budi", 0), page.search, page.number + 1)
        pages.append(page)
    return [[line.case.id for line in one.lines] for one in pages]


async def test_who_turns_to_the_end_meets_every_case_once(agency: Agency) -> None:
    """Some write again and again: their case stands where they wrote last."""
    cases = [await agency.receive(f"air mati {n}") for n in range(25)]
    await agency.receive(comment("air masih mati", author="tg:9", message="a"))
    for minute in range(4):
        await agency.receive(comment("air mati lagi", author="tg:9", message=f"b{minute}", at=later(minute)))
    pages = await every_page(agency, words("air"))
    assert [len(page) for page in pages] == [10, 10, 6]
    assert [case for page in pages for case in page] == [26, *reversed(cases)]
    assert await every_page(agency, Search(labels=("question",))) == pages


async def test_exactly_one_page_has_no_other(agency: Agency) -> None:
    for n in range(ON_A_PAGE):
        await agency.receive(f"lampu {n}")
    page = await agency.searching.find(agency.tap("sari", 0), words("lampu"))
    assert (len(page.lines), page.further) == (ON_A_PAGE, False)


async def test_pages_that_nobody_remembers_are_not_turned(agency: Agency) -> None:
    for n in range(12):
        await agency.receive(f"lampu {n}")
    page = await agency.searching.find(agency.tap("sari", 0), words("lampu"))
    with pytest.raises(NotFound):
        await agency.searching.turn(agency.tap("sari", 0), page.search, 5)
    with pytest.raises(NotFound):
        await agency.searching.turn(agency.tap("sari", 0), 99, 1)
    agency.clock.advance(25 * 3600)
    await agency.index.sweep_all()
    await agency.index.tidy()
    with pytest.raises(NotFound):
        await agency.searching.turn(agency.tap("sari", 0), page.search, 1)


async def test_only_the_team_searches(agency: Agency) -> None:
    await agency.receive("lampu mati")
    with pytest.raises(NotAllowed):
        await agency.searching.find(agency.tap("wawan", 0), words("lampu"))


async def test_a_page_that_would_look_too_long_says_so_and_goes_on(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.searching._FIRST_CHUNK", 3)
    monkeypatch.setattr("bot.services.searching._CHUNK", 3)
    monkeypatch.setattr("bot.services.searching._LOOKED_AT", 6)
    agency.reads.known["pertama"] = verdict("praise")
    wanted = Search((Term("air"),), labels=("praise",))
    first = await agency.receive("air mati, yang pertama")
    for n in range(7):
        await agency.receive(f"air mati {n}")
    page = await agency.searching.find(agency.tap("sari", 0), wanted)
    assert (page.lines, page.further, page.cut_short) == ((), True, True)
    page = await agency.searching.turn(agency.tap("sari", 0), page.search, 1)
    assert [line.case.id for line in page.lines] == [first]
    assert not page.further


async def test_of_those_that_say_the_same_as_one_case(agency: Agency) -> None:
    lead, copy, other = [await agency.receive(f"lampu mati di gang {n}") for n in range(3)]
    async with agency.database.transaction() as tx:
        await tx.clusters.put(Member(CaseId(copy), CaseId(lead), How.NEAR, 0.9), agency.clock.now())
    for asked in (lead, copy):
        assert await found(agency, Search(like=CaseId(asked))) == [copy, lead]
        assert await found(agency, Search((Term("lampu"),), like=CaseId(asked))) == [copy, lead]
    assert await found(agency, Search((Term("lampu"),), like=CaseId(other))) == [other]
    assert await found(agency, Search(like=CaseId(lead), statuses=(CaseStatus.CLOSED,))) == []
    assert await found(agency, Search(like=CaseId(lead), labels=("question",))) == [copy, lead]
    number = (await agency.searching.find(agency.tap("sari", 0), Search(like=CaseId(copy)))).search
    kept = await agency.searching.kept(number)
    assert kept.wanted == Search(like=CaseId(copy))


async def test_of_a_time_that_is_over_nothing_older_is_looked_at(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.searching._FIRST_CHUNK", 3)
    monkeypatch.setattr("bot.services.searching._LOOKED_AT", 3)
    for n in range(12):
        await agency.receive(comment(f"air mati {n}", author=f"tg:{n}", at=later(3600 * n)))
        agency.clock.advance(3600)
    for wanted in (Search(since=later(36000)), Search((Term("air"),), since=later(36000))):
        page = await agency.searching.find(agency.tap("sari", 0), wanted)
        assert ([line.case.id for line in page.lines], page.further) == ([12, 11], False)
    for wanted in (Search(until=later(7200)), Search((Term("air"),), until=later(7200))):
        page = await agency.searching.find(agency.tap("sari", 0), wanted)
        assert ([line.case.id for line in page.lines], page.further) == ([2, 1], False)


async def test_templates_with_the_words_stand_beside(agency: Agency) -> None:
    async def beside(wanted: Search) -> object:
        return (await agency.searching.find(agency.tap("sari", 0), wanted)).beside

    assert await beside(words("teruskan")) == (("template", (Beside("Sudah"),)),)
    assert await beside(words("perbaikan jln")) == (("template", (Beside("Jadwal"),)),)
    assert await beside(Search((Term("teruskan"),), labels=("hoax",))) == ()
    assert await beside(words("pelabuhan")) == ()


async def test_claims_with_the_words_stand_beside_also_after_they_were_reworded(agency: Agency) -> None:
    async def beside(*asked: str) -> object:
        return (await agency.searching.find(agency.tap("sari", 0), words(*asked))).beside

    claim = Claim(
        id=ClaimId(0), version=1, status=ClaimStatus.REPORTED,
        statement="Bansos akan dihapus bulan depan", first_seen=later(0), opened_at=later(0),
        updated_at=later(0), opened_by=PersonId("sari"),
    )  # fmt: skip
    async with agency.database.transaction() as tx:
        number = await tx.claims.add(claim)
        await tx.claims.add(replace(claim, statement="Air sumur beracun"))
    assert await beside("bansos", "dihapus") == (("claim", (Beside(claim.statement, number),)),)
    async with agency.database.transaction() as tx:
        await tx.claims.save(replace(claim, id=number, statement="Bantuan pangan ditarik kembali"))
    assert await beside("dihapus") == ()
    assert await beside("pangan") == (("claim", (Beside("Bantuan pangan ditarik kembali", number),)),)


async def test_who_is_at_risk_is_found_by_nobody_before_and_after(agency: Agency) -> None:
    agency.reads.known["pergi selamanya"] = verdict("complaint", topics=["bunuh-diri"])
    quiet = replace(comment("Aku lelah sekali", message="1"), author=Author("tg:66", "Kenanga"))
    case = await agency.receive(quiet)
    assert await found(agency, "lelah") == [case]
    await agency.receive(
        replace(quiet, text="ingin pergi selamanya", origin=replace(quiet.origin, message="2"))
    )
    assert (await agency.case(case)).sensitive
    await agency.index.step()
    for asked in (words("lelah"), words("selamanya"), Search(author="kenanga"), Search(case=CaseId(case))):
        assert await found(agency, asked) == []
    assert await found(agency, Search(statuses=(CaseStatus.NEW,))) == []
    kept = in_index(agency)
    assert not any(word in kept.lower() for word in ("lelah", "selamanya", "kenanga"))


async def test_what_came_before_the_index_is_written_in_bites_and_a_kill_loses_nothing(
    agency: Agency, restart: Restarts
) -> None:
    for n in range(450):
        await agency.receive(f"lampu {n} mati")
    assert await agency.index.step()
    agency = await restart(agency)
    state = await agency.database.read.words.state()
    assert (state.filled, state.newest) == (100, 450)
    assert await agency.index.catch_up() == 0
    assert len(await agency.searching.every(agency.tap("sari", 0).person, words("lampu"), 1000)) == 450
    assert await agency.index.step() is False


async def test_numbers_that_are_given_again_are_entered_again(agency: Agency) -> None:
    """Where the newest comments leave, the next ones get their numbers."""
    for n in range(3):
        await agency.receive(f"lampu {n}")
    assert await found(agency, "lampu") == [3, 2, 1]
    with closing(sqlite3.connect(agency.database.path)) as beside, beside:
        beside.execute("DELETE FROM comment WHERE id > 1")
    fresh = await agency.receive("lampu baru")
    assert await found(agency, "lampu") == [fresh, 1]
    assert await found(agency, "baru") == [fresh]


async def test_far_behind_it_says_how_much_is_missing(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.word_index._BITE", 1)
    monkeypatch.setattr("bot.services.word_index._CATCH_UP", 3)
    for n in range(12):
        await agency.receive(f"lampu {n} mati")
    page = await agency.searching.find(agency.tap("sari", 0), words("lampu"))
    assert page.missing == 75
    assert len(page.lines) == 3


async def test_another_spelling_is_written_anew_and_the_old_serves_meanwhile(agency: Agency) -> None:
    case = await agency.receive("jalan rusak")
    assert await found(agency, "jalan") == [case]
    shouting = Spelling(lambda text: searchable(text).replace("jalan", "lorong"), "2")
    index = WordIndex(agency.database, shouting, agency.clock)
    assert await found(agency, "jalan") == [case]
    await index.step()
    assert "lorong" in in_index(agency)
    assert await index.step() is False
    assert spelling().name == spelling().name != shouting.name


async def test_an_index_in_trouble_goes_on(agency: Agency) -> None:
    """A failing bite is logged, and tried again after a while."""
    naps: list[float] = []

    class Stop(Exception):
        pass

    class Clock:
        now = agency.clock.now
        monotonic = agency.clock.monotonic

        async def sleep(self, seconds: float) -> None:
            naps.append(seconds)
            if len(naps) == 4:
                raise Stop

    await agency.receive("lampu mati")
    broken = [True]

    def plain(text: str) -> str:
        if broken.pop() if broken else False:
            raise RuntimeError("no")
        return text

    index = WordIndex(agency.database, Spelling(plain, "x"), Clock())
    with pytest.raises(Stop):
        await index.run()
    assert naps[0] == 30.0
    assert naps[-1] == 2.0
    assert "lampu mati" in in_index(agency)


LETTERS = st.sampled_from(["air", "mati", "jln", "lampu", "banjir"])
TEXTS = st.lists(st.lists(LETTERS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=14)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, asked=st.lists(LETTERS, min_size=1, max_size=2), not_=st.lists(LETTERS, max_size=1))
async def test_it_finds_what_reading_everything_would_find(
    agency: Agency, texts: list[str], asked: list[str], not_: list[str]
) -> None:
    with closing(sqlite3.connect(agency.database.path, isolation_level=None)) as beside:
        for table in ("outbox", "timer", "comment", "case_", "search"):
            beside.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables' names
    cases = [await agency.receive(text) for text in texts]
    fit = [
        case
        for case, text in zip(cases, texts, strict=True)
        if set(asked) <= set(text.split()) and not set(not_) & set(text.split())
    ]
    wanted = Search(tuple(map(Term, asked)), without=tuple(map(Term, not_)))
    pages = await every_page(agency, wanted)
    assert [case for page in pages for case in page] == fit[::-1]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.booleans())
async def test_no_text_at_all_breaks_it(agency: Agency, text: str, begins: bool) -> None:
    try:
        page = await agency.searching.find(agency.tap("sari", 0), Search((Term(text, begins),), author=text))
    except BadInput:
        return
    assert isinstance(page, Page)
