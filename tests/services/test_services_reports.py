"""What a report reads: public words with those who let them out, figures, hashes; and what it never shows."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from agency import Agency
from report_world import DEWI, PLAYBOOK, RATNA, REPLY, SARI, TRUTH, ReportWorld

from bot.chat.report.html import to_html
from bot.chat.report.paper import Chart, FactList, Figures, Paper, Para, Story, TickList, Words
from bot.chat.report.period_paper import period_paper
from bot.chat.report.record_paper import record_paper
from bot.chat.report.run_paper import run_paper, summary
from bot.chat.report.short import in_short
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.incident import Phase, RunId
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook, Review
from bot.domain.run_types import What
from bot.domain.step_run import StepRun
from bot.services.views_report import RunReport


@pytest.fixture
def world(agency: Agency) -> ReportWorld:
    return ReportWorld(agency)


async def paper_of(world: ReportWorld, run: RunId) -> Paper:
    reports = world.after.reports
    return run_paper(await reports.of_run(run), reports.letterhead)


async def report_of(world: ReportWorld, run: RunId) -> RunReport:
    return await world.after.reports.of_run(run)


async def test_public_words_stand_with_their_writers_approvers_and_places(world: ReportWorld) -> None:
    report = await report_of(world, await world.lived())
    channel, instagram, replies = report.said
    assert [one.text for one in report.said] == [TRUTH, TRUTH, REPLY]
    assert channel.source == "bencana/sikap-awal v2"
    assert channel.authors == (SARI, PersonId("budi"))
    assert channel.approvers == (RATNA, DEWI), "whoever returned it once and approved it later counts once"
    assert channel.approved_at == world.minute(18)
    assert (channel.channel, channel.link, channel.at) == (
        "telegram-channel", "https://t.me/kota/7", world.minute(20),
    )  # fmt: skip
    assert (instagram.channel, instagram.at) == ("instagram", world.minute(26))
    assert (replies.answered, replies.approvers) == (3, (RATNA, DEWI))


async def test_what_was_not_posted_was_not_said(world: ReportWorld) -> None:
    run = await world.run(steps=tuple(one for one in world.steps() if one.step not in {"tayang", "balas"}))
    assert (await report_of(world, run)).said == ()
    texts = [block.text for block in (await paper_of(world, run)).blocks if isinstance(block, Para)]
    assert "Belum ada yang disampaikan kepada publik lewat insiden ini." in texts


async def test_the_figures_are_those_of_the_story(world: ReportWorld) -> None:
    run = await world.lived()
    await world.evidence(run, *(f"tsunami? {number}" for number in range(25)))
    report = await report_of(world, run)
    found = report.measures
    assert [found.to_ack, found.to_post, found.to_close] == [timedelta(minutes=m) for m in (3, 20, 90)]
    assert (found.before_post, found.after_post) == (20, 5)
    assert sum(report.series.counts) == 25
    paper = run_paper(report, world.after.reports.letterhead)
    chart = next(block for block in paper.blocks if isinstance(block, Chart))
    assert [mark.label.split(" 0")[0] for mark in chart.marks] == [
        "dibuka", "ditangani", "jawaban benar tayang", "ditutup 10.30 WIB",
    ]  # fmt: skip
    assert chart.turn == world.minute(20)
    assert summary(report, world.after.reports.letterhead)[1] == (
        "Budi menanganinya 3 menit kemudian, dan jawaban yang benar tayang 20 menit setelah dibuka."
    )


async def test_a_holding_statement_has_its_own_mark_and_moves_no_figure(world: ReportWorld) -> None:
    run = await world.lived()
    await world.evidence(run, "tsunami?", "benarkah?")
    await world.told(run, 8, What.HOLDING_POSTED, step="tayang", channel="telegram-channel")
    report = await report_of(world, run)
    assert report.measures.to_post == timedelta(minutes=20)
    paper = run_paper(report, world.after.reports.letterhead)
    (chart,) = [block for block in paper.blocks if isinstance(block, Chart)]
    assert [mark.label.rsplit(" ", 2)[0] for mark in chart.marks] == [
        "dibuka", "ditangani", "pernyataan awal", "jawaban benar tayang", "ditutup",
    ]  # fmt: skip
    assert chart.turn == world.minute(20)
    told = [line for block in paper.blocks if isinstance(block, Story) for line in block.lines]
    assert any(line.text.startswith("Pernyataan awal: Tayang di") and line.key for line in told)


async def test_answers_data_and_ticks_are_told_with_who_gave_them(world: ReportWorld) -> None:
    blocks = (await paper_of(world, await world.lived())).blocks
    facts = [row for block in blocks if isinstance(block, FactList) for row in block.rows]
    assert ("Pilihan", "Salah") in facts
    assert ("Faktanya", "Pusat gempa di darat. Telepon ************") in facts
    assert ("Titik pengungsian", "Balai desa") in facts
    assert Para("Minta data ke BPBD (Wawan)") in blocks
    ticks = next(block for block in blocks if isinstance(block, TickList))
    assert [(row.done, row.note) for row in ticks.rows] == [
        (True, "Budi, 23 Nov 09.40 WIB"), (False, "belum dicentang"),
    ]  # fmt: skip


async def test_laws_and_their_clocks_are_told_and_handed_to_the_lawyers(world: ReportWorld) -> None:
    blocks = (await paper_of(world, await world.lived())).blocks
    facts = dict(row for block in blocks if isinstance(block, FactList) for row in block.rows)
    assert facts["PP 21/2008 Ps 19"] == "Cek ke sumber resmi"
    assert facts["UU 14/2008 Ps 10"] == ""
    assert facts["Informasi serta-merta"].endswith("terpenuhi Senin, 23 November 2026 pukul 09.28 WIB")
    assert facts["Laporan ke BSSN"].endswith("belum tercatat terpenuhi")
    world.agency.clock.advance(2 * 86_400)
    blocks = (await paper_of(world, RunId(1))).blocks
    facts = dict(row for block in blocks if isinstance(block, FactList) for row in block.rows)
    assert facts["Laporan ke BSSN"].endswith("belum tercatat terpenuhi (lewat batas)")
    assert any(isinstance(b, Para) and "Periksa dengan bagian hukum" in b.text for b in blocks)


async def test_what_people_typed_is_masked_too_but_not_what_the_agency_publishes(world: ReportWorld) -> None:
    run = await world.lived()
    await world.told(
        run, 60, What.STEP_SKIPPED, step="tugas", person=SARI, reason="Hubungi 112233445566 saja"
    )
    said = to_html(await paper_of(world, run))
    assert "081234567890" not in said
    assert "Alasan: Tenang. Hubungi ************." in said
    assert "112233445566" in said


async def test_a_hidden_case_inside_an_open_run_stays_hidden(world: ReportWorld) -> None:
    run = await world.run()
    _, hidden = await world.evidence(run, "tsunami datang?", "aku tidak kuat lagi")
    await world.hide(hidden)
    report = await report_of(world, run)
    first, second = report.evidence.shown
    assert (first.text, first.hidden) == ("tsunami datang?", False)
    assert (second.text, second.link, second.hidden) == ("", "", True)
    assert second.holds
    assert "tidak kuat" not in to_html(run_paper(report, world.after.reports.letterhead))
    listed = [one async for one in world.after.reports.evidence(run)]
    assert listed == list(report.evidence.shown)


async def test_where_a_life_was_at_risk_no_typed_word_is_left(agency: Agency) -> None:
    world = ReportWorld(agency, replace(PLAYBOOK, sensitive=True, name="Keselamatan jiwa"))
    run = await world.lived()
    await world.evidence(run, "aku Wulan, tolong")
    said = to_html(await paper_of(world, run))
    for word in ("Wulan", "Pusat gempa", "Balai desa", "Tenang.", TRUTH, REPLY, "t.me/kota"):
        assert word not in said
    assert "Ditulis untuk satu orang dan hanya dibaca pendamping." in said
    assert "Salah" in said, "which of the playbook's own choices was made is nobody's typed word"


async def test_one_person_is_one_number_and_an_unknown_one_never_two(world: ReportWorld) -> None:
    run = await world.run()
    await world.evidence(run, "a", "b", "c", author="tg:9")
    await world.evidence(run, "d", "e", author="")
    numbers = [one.writer for one in (await report_of(world, run)).evidence.shown]
    assert sorted(numbers) == [1, 1, 1, 2, 3]


async def test_a_changed_row_is_seen_and_the_sum_tells_lists_apart(world: ReportWorld) -> None:
    run = await world.run()
    await world.evidence(run, "satu", "dua")
    before = (await report_of(world, run)).evidence
    assert (before.changed, before.total) == (0, 2)
    with closing(sqlite3.connect(world.agency.database.path)) as beside, beside:
        beside.execute("UPDATE comment SET text = 'lain' WHERE text = 'dua'")
    after = (await report_of(world, run)).evidence
    assert after.changed == 1
    assert after.sha256 == before.sha256, "the sum is over what was kept then"
    await world.evidence(run, "tiga")
    assert (await report_of(world, run)).evidence.sha256 != before.sha256
    said = to_html(await paper_of(world, run))
    assert "1 komentar tidak lagi sama dengan sidik" in said
    assert "BERUBAH" in said


async def test_a_broken_journal_is_said_loudly(world: ReportWorld) -> None:
    run = await world.run()
    await world.evidence(run, "satu")
    assert (await report_of(world, run)).chain.broken is None
    with closing(sqlite3.connect(world.agency.database.path)) as beside, beside:
        beside.execute("DROP TRIGGER journal_keeps_updates")
        beside.execute("UPDATE journal SET actor = 'x' WHERE seq = 2")
    chain = (await report_of(world, run)).chain
    assert chain.broken == 2
    loud = [b.text for b in (await paper_of(world, run)).blocks if isinstance(b, Para) and b.loud]
    assert any("RANTAI CATATAN TIDAK UTUH mulai baris 2" in text for text in loud)


async def test_an_exercise_is_marked_and_counted_apart(world: ReportWorld) -> None:
    run = await world.lived(drill=True)
    paper = await paper_of(world, run)
    assert (paper.kind, paper.mark, paper.file) == ("Laporan latihan", "LATIHAN", "laporan-K-1-latihan")
    await world.run(number=2)
    period = await world.after.reports.of_period(world.start, world.minute(1))
    assert [line.state.incident.id for line in period.real] == [2]
    assert [line.state.incident.id for line in period.drills] == [1]
    lines = list(in_short(period_paper(period, world.after.reports.letterhead)))
    assert "Insiden (1)" in lines
    assert "Latihan (1)" in lines


async def test_a_run_that_is_open_measures_no_end(world: ReportWorld) -> None:
    run = await world.run(phase=Phase.MONITORING)
    world.agency.clock.advance(600)
    report = await report_of(world, run)
    assert report.measures.to_close is None
    figures = next(b for b in (await paper_of(world, run)).blocks if isinstance(b, Figures))
    assert [row.value for row in figures.rows] == ["belum", "belum", "belum", "0"]
    assert summary(report, world.after.reports.letterhead)[2] == (
        "Insiden ini sedang dipantau; tidak ada komentar terkait sampai laporan ini dibuat."
    )


async def figures_of(agency: Agency, *metrics: str) -> list[str]:
    review = Review(timedelta(days=1), PLAYBOOK.owner, metrics=metrics)
    world = ReportWorld(agency, replace(PLAYBOOK, review=review, sha256=f"{len(metrics):064x}"))
    paper = await paper_of(world, await world.lived())
    return [one.label for block in paper.blocks if isinstance(block, Figures) for one in block.rows]


async def test_a_playbook_says_which_figures_its_report_shows(agency: Agency) -> None:
    every = ["Sampai ditangani", "Sampai jawaban benar tayang", "Sampai selesai", "Komentar terkait"]
    assert await figures_of(agency) == every
    assert await figures_of(agency, "time_to_resolve", "time_to_ack") == [every[0], every[2]]
    assert await figures_of(agency, "comments_after_post") == [every[3]]
    known = "time_to_ack time_to_first_correct_post time_to_resolve comments_before_post comments_after_post"
    assert [await figures_of(agency, name) for name in known.split()] == [
        [every[0]], [every[1]], [every[2]], [every[3]], [every[3]],
    ]  # fmt: skip


async def test_whoever_was_called_or_did_something_took_part(world: ReportWorld) -> None:
    run = await world.lived()
    state = await world.state(run)
    reports = world.after.reports
    assert await reports.took_part(SARI, state), "opened it"
    assert await reports.took_part(PersonId("budi"), state), "owns it"
    assert not await reports.took_part(PersonId("joko"), state)
    tap = world.agency.tap("joko", run)
    with pytest.raises(NotAllowed):
        await reports.read_run(tap, run)
    with pytest.raises(NotFound):
        await reports.last_readable(tap)
    assert await reports.last_readable(world.agency.tap("tuti", 0)) == run


async def test_only_those_with_a_right_read_a_period(world: ReportWorld) -> None:
    await world.lived()
    reports, until = world.after.reports, world.minute(1)
    with pytest.raises(NotAllowed):
        await reports.read_period(world.agency.tap("wawan", 0), world.start, until)
    assert not (await reports.read_period(world.agency.tap("joko", 0), world.start, until)).real
    mine = await reports.read_period(world.agency.tap("sari", 0), world.start, until)
    assert (len(mine.real), mine.own) == (1, True)
    every = await reports.read_period(world.agency.tap("eko", 0), world.start, until)
    assert (len(every.real), every.own) == (1, False)


async def test_the_same_request_twice_is_one_line_of_the_journal(world: ReportWorld) -> None:
    run = await world.lived()
    tap = world.agency.tap("ratna", run, cause="u:1")
    await world.after.reports.read_run(tap, run)
    await world.after.reports.read_run(tap, run)
    assert await world.agency.actions(f"report:run:{run}") == ["read_report"]


RECORDS = {
    "sari": "K-1 Hoaks saat bencana (23 November 2026): membuka insiden dan "
    "menayangkan teks yang disetujui di 1 kanal.",
    "budi": "K-1 Hoaks saat bencana (23 November 2026): menjawab panggilan dan menangani insiden "
    "dan menjawab 1 pertanyaan.",
    "wawan": "K-1 Hoaks saat bencana (23 November 2026): memberi data untuk 1 permintaan.",
    "dewi": "K-1 Hoaks saat bencana (23 November 2026): memeriksa dan menyetujui teks untuk publik.",
    "ratna": "K-1 Hoaks saat bencana (23 November 2026): menutup insiden.",
}


@pytest.mark.parametrize("name", RECORDS)
async def test_everybodys_part_is_told_in_a_sentence_of_their_own(world: ReportWorld, name: str) -> None:
    await world.lived()
    tap = world.agency.tap(name, 0)
    record = await world.after.contributions.read(tap, tap.person.id, world.start, world.minute(91))
    paper = record_paper(record, world.after.reports.letterhead)
    texts = [block.text for block in paper.blocks if isinstance(block, Para)]
    assert RECORDS[name] in texts
    others = {person.title() for person in RECORDS} - {name.title()}
    assert not any(other in text for other in others for text in texts)


async def test_exercises_stand_apart_and_other_days_do_not_count(world: ReportWorld) -> None:
    await world.lived(drill=True)
    contributions = world.after.contributions
    record = await contributions.of(SARI, world.start, world.minute(91))
    assert [part.drill for part in record.parts] == [True]
    assert "Pada latihan" in list(in_short(record_paper(record, world.after.reports.letterhead)))
    earlier = await contributions.of(SARI, world.start - timedelta(days=9), world.start - timedelta(days=1))
    assert (earlier.parts, dict(earlier.daily)) == ((), {})


async def test_daily_work_is_counted_once_per_thing(world: ReportWorld) -> None:
    draft = await world.agency.approved()
    contributions, until = world.after.contributions, world.minute(60)
    mine = await contributions.of(SARI, world.start, until)
    assert mine.daily["submit"] == 1
    hers = await contributions.of(RATNA, world.start, until)
    assert hers.daily["approve"] == 1
    assert draft.decided_by == RATNA


async def test_records_of_others_are_for_coordinators_and_reading_is_written_down(world: ReportWorld) -> None:
    contributions, until = world.after.contributions, world.minute(1)
    for name in ("sari", "tuti", "eko", "wawan"):
        with pytest.raises(NotAllowed):
            await contributions.read(world.agency.tap(name, 0), PersonId("budi"), world.start, until)
    await contributions.read(world.agency.tap("ratna", 0), PersonId("budi"), world.start, until)
    assert await world.agency.actions("record:budi") == ["read_record"]
    with pytest.raises(NotFound):
        await contributions.of(PersonId("siapa"), world.start, until)


async def test_every_words_block_has_its_proof(world: ReportWorld) -> None:
    blocks = [b for b in (await paper_of(world, await world.lived())).blocks if isinstance(b, Words)]
    assert len(blocks) == 3
    for block in blocks:
        names = [name for name, _ in block.facts]
        assert names == ["Tayang", "Ditulis", "Disetujui", "Templat", "Sidik teks (SHA-256)"]
    assert dict(blocks[0].facts)["Disetujui"] == "Ratna dan Dewi, 09.18 WIB"
    assert dict(blocks[2].facts)["Tayang"].endswith("membalas 3 komentar")


async def test_a_playbook_with_nothing_to_say_says_so(agency: Agency) -> None:
    bare: Playbook = replace(PLAYBOOK, steps=(), basis={}, clocks=())
    world = ReportWorld(agency, bare)
    texts = [b.text for b in (await paper_of(world, await world.run())).blocks if isinstance(b, Para)]
    for sentence in (
        "Playbook ini tidak memakai daftar periksa.",
        "Playbook ini tidak menyebut dasar hukum.",
        "Evaluasi belum diisi.",
        "Tidak ada komentar yang menjadi bukti insiden ini.",
    ):
        assert sentence in texts


async def test_words_that_stood_there_stay_when_their_step_begins_anew(
    world: ReportWorld,
) -> None:
    run = await world.lived()
    state = await world.state(run)
    again = tuple(
        replace(one, attempt=2, letter=None, posts=()) if one.step == "tayang" else one for one in state.steps
    )
    async with world.agency.database.transaction() as tx:
        await tx.runs.save(replace(state, steps=again))
    assert [one.text for one in (await report_of(world, run)).said] == [TRUTH, TRUTH, REPLY]


async def test_an_approval_of_other_words_is_no_approval_of_these(world: ReportWorld) -> None:
    early, late = world.steps()[3].votes[1:]
    old = replace(early, versions="naskah:1,balas:1")
    steps = [replace(one, votes=(old, late)) if one.step == "setujui" else one for one in world.steps()]
    ordered = {one.step: one for one in steps}
    run = await world.run(steps=tuple(ordered.get(s.id, StepRun(s.id)) for s in world.playbook.steps))
    await world.told(run, 20, What.PUBLISHED, step="tayang", channel="telegram-channel")
    assert (await report_of(world, run)).said[0].approvers == (DEWI,)
