"""A rumour at night, told afterwards: the report says what the team lived through and hides what it must."""

import io
import re
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader
from story_town import NIGHT, Town

from bot.chat.report.html import to_html
from bot.chat.report.pdf import to_pdf
from bot.chat.report.run_paper import run_paper
from bot.domain.incident import RunId
from bot.sandbox import Break, Fault, Message

RUMOUR = "sebarkan air PDAM mulai malam ini dicampur bahan kimia berbahaya, belasan orang masuk rumah sakit"
WRITERS = ("Ningsih", "Toni", "Ferry", "Ratna", "Bagus")
PHONE = "0812-3456-7890"
CLEAR = "Air PDAM aman. Hasil uji laboratorium hari ini memenuhi baku mutu."


class Page(HTMLParser):
    """What stands on a page: its words by the class of what holds them, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: dict[str, list[str]] = {}
        self.fetched: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in {"meta", "col", "br"}:
            self._open.append(found.get("class") or tag)
        if tag in {"script", "link", "img", "iframe", "object"} or found.get("src"):
            self.fetched.append(tag)
        if found.get("href"):
            self.links.append(str(found["href"]))

    def handle_endtag(self, _tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for holder in set(self._open):
            self.words.setdefault(holder, []).append(data)

    def of(self, holder: str) -> str:
        return " ".join(self.words.get(holder, []))


def incident(town: Town) -> Message:
    return town.seen(town.triage, "Hoaks yang sedang viral · K-1")[0]


@pytest.fixture
async def town(settle: Callable[..., Awaitable[Town]]) -> Town:
    """Monday, 21.30."""
    town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    return town


async def lived_through(town: Town) -> None:
    """Five comments, Dimas takes it after two minutes, Laras answers one, Sekar approves and closes."""
    for name in WRITERS[:4]:
        await town.comment(name, RUMOUR)
        await town.later(seconds=40)
    await town.comment(WRITERS[4], f"{RUMOUR}. Hubungi saya {PHONE} <b>ya</b>")
    await town.later(minutes=2)
    page = town.one(town.people["dimas"], "K-1", button="Saya tangani")
    await town.press("dimas", page, "Saya tangani")
    await town.press("dimas", incident(town), "✓ 2")
    await town.later(minutes=6)
    await town.approved("laras", town.card("Ningsih", button="Balas"), CLEAR)
    await town.comment("Wulan", RUMOUR)
    await town.later(minutes=20)
    await town.press("sekar", incident(town), "Selesai")
    await town.answer("sekar", "Klarifikasi sudah tayang.", town.private("sekar"))


async def page_of(town: Town, run: int = 1) -> tuple[Page, str]:
    reports = town.machine.services.after.reports
    paper = run_paper(await reports.of_run(RunId(run)), reports.letterhead)
    text = to_html(paper)
    pdf = PdfReader(io.BytesIO(to_pdf(paper)))
    return Page(text), " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


async def test_the_report_tells_the_night_as_it_was(town: Town) -> None:
    await lived_through(town)
    page, pdf = await page_of(town)
    text = page.of("main")
    for said in (
        "Pemerintah Kota Contoh",
        "Hoaks yang sedang viral dibuka Senin, 23 November 2026 pukul 21.32 WIB secara otomatis",
        "Dimas menanganinya 2 menit kemudian, dan jawaban yang benar tayang 8 menit setelah dibuka.",
        "Sekar menutupnya Senin, 23 November 2026 pukul 22.00 WIB (tertangani), 28 menit setelah dibuka",
        "Alasan: Klarifikasi sudah tayang.",
        CLEAR,
    ):
        assert said in text
        assert said in pdf
    figures = " ".join(page.of("figures").split())
    assert figures == (
        "Sampai ditangani 2 menit Sampai jawaban benar tayang 8 menit Sampai selesai 28 menit "
        "Komentar terkait 6 5 sebelum, 1 sesudah jawaban"
    )
    assert "Rantai catatan utuh" in text
    assert "periksa dengan bagian hukum" in text.lower()
    assert "Dimas, 23 Nov 21.34 WIB" in page.of("done")


async def test_words_keep_their_proof_and_people_their_privacy(town: Town) -> None:
    await lived_through(town)
    page, pdf = await page_of(town)
    rows = page.of("td") + page.of("code")
    assert PHONE not in page.of("main")
    assert PHONE not in pdf
    assert "Hubungi saya ****-****-****" in page.of("main")
    assert "<b>ya</b>" in page.of("main"), "a citizen's words are words"
    for name in (*WRITERS, "Wulan"):
        assert name not in rows
    assert len(re.findall(r"[0-9a-f]{64} cocok", page.of("code"))) == 6
    words = " ".join(page.of("words").split())
    assert "Ditulis Laras" in words
    assert "Disetujui Sekar, 21.40 WIB" in words


async def test_the_file_needs_nothing_and_nobody_else(town: Town) -> None:
    await lived_through(town)
    page, _ = await page_of(town)
    assert page.fetched == []
    assert all(link.startswith("https://t.me/") for link in page.links)


async def test_a_run_that_goes_on_says_so(town: Town) -> None:
    for name in WRITERS:
        await town.comment(name, RUMOUR)
    page, _ = await page_of(town)
    assert "Belum ada yang menanganinya; belum ada jawaban kepada publik yang tercatat." in page.of("main")
    assert "Insiden ini masih berlangsung; 5 komentar terkait" in page.of("main")
    await town.later(minutes=1)
    reports = town.machine.services.after.reports
    report = await reports.of_run(await reports.last())
    assert report.series.end - report.series.start >= timedelta(minutes=1)


def documents(town: Town, key: str) -> list[tuple[str, bytes]]:
    """Files that stand in somebody's private chat, with their names, oldest first."""
    found = [m.raw["document"] for m in town.world.messages(town.people[key].id) if "document" in m.raw]
    stored = town.sandbox.platform.files.stored
    return [(str(one["file_name"]), stored[str(one["file_id"])].content) for one in found]


async def test_the_file_comes_to_whoever_asks_and_may(town: Town) -> None:
    await lived_through(town)
    await town.say("sekar", "/laporan")
    assert town.card("sudah saya kirim ke obrolan pribadi Anda")
    name, body = documents(town, "sekar")[-1]
    assert name == "laporan-K-1.pdf"
    assert "Hoaks yang sedang viral" in PdfReader(io.BytesIO(body)).pages[0].extract_text()
    await town.dm(town.people["dimas"], "/laporan k-1 html")
    name, body = documents(town, "dimas")[-1]
    assert name == "laporan-K-1.html"
    assert "Dimas menanganinya" in Page(body.decode()).of("main")
    assert documents(town, "harun") == []
    read = [line["actor"] for line in await town.journal("report:run:1")]
    assert read == ["sekar", "dimas"]


async def test_a_run_that_somebody_had_no_hand_in_is_not_theirs_to_read(town: Town) -> None:
    await lived_through(town)
    await town.dm(town.people["yoga"], "/laporan K-1")
    assert "Laporan lengkap hanya untuk" in town.one(town.people["yoga"]).text
    await town.dm(town.people["yoga"], "/laporan")
    assert town.one(town.people["yoga"]).text == "Insiden itu tidak ditemukan."
    await town.dm(town.people["yoga"], "/laporan 7 hari html")
    page = Page(documents(town, "yoga")[-1][1].decode())
    assert "Hanya insiden yang Anda ikut tangani." in page.of("main")
    assert "K-1" not in page.of("main")
    await town.dm(town.people["harun"], "/laporan 7 hari html")
    assert "K-1" in Page(documents(town, "harun")[-1][1].decode()).of("main")


async def test_everybody_may_have_their_own_record_and_only_a_coordinator_anothers(town: Town) -> None:
    await lived_through(town)
    await town.dm(town.people["laras"], "/laporan saya html")
    name, body = documents(town, "laras")[-1]
    page = Page(body.decode())
    assert name == "bukti-kinerja-laras.html"
    assert "Menulis dan mengajukan 1 balasan." in page.of("main")
    assert not any(other in page.of("main") for other in ("Dimas", "Sekar", "Yoga"))
    await town.dm(town.people["laras"], "/laporan dimas")
    assert len(documents(town, "laras")) == 1
    await town.dm(town.people["sekar"], "/laporan Dimas html")
    page = Page(documents(town, "sekar")[-1][1].decode())
    assert (
        "K-1 Hoaks yang sedang viral (23 November 2026): menjawab panggilan dan menangani insiden "
        "dan mengerjakan 1 butir daftar periksa." in page.of("main")
    )
    await town.dm(town.people["tirta"], "/laporan saya html")
    assert "Tidak ada catatan dalam waktu ini." in Page(documents(town, "tirta")[-1][1].decode()).of("main")


async def test_what_cannot_be_read_is_answered_with_what_can(town: Town) -> None:
    await town.dm(town.people["sekar"], "/laporan yang bagus")
    assert "/laporan K-3: satu insiden" in town.one(town.people["sekar"]).text
    await town.dm(town.people["sekar"], "/laporan K-99")
    assert town.one(town.people["sekar"]).text == "Insiden itu tidak ditemukan."
    assert documents(town, "sekar") == []


async def test_where_a_life_is_at_risk_nothing_that_was_typed_is_told(town: Town) -> None:
    secret = "aku sudah lelah, rasanya ingin mati saja malam ini, maaf ya semuanya"
    await town.comment("Wulan", secret)
    await town.press("sekar", town.one(town.people["sekar"], "K-1", button="Saya tangani"), "Saya tangani")
    card = town.seen(town.triage, "K-1", button="Selesai")[0]
    await town.press("sekar", card, "Selesai")
    await town.answer("sekar", "Sudah bicara dengan Wulan lewat telepon.", town.private("sekar"))
    page, pdf = await page_of(town)
    for text in (page.of("main"), pdf):
        assert "lelah" not in text
        assert "Wulan" not in text
        assert "Ditutup Sekar. Alasan: (tidak ditampilkan)." in text
    assert not page.links
    assert "Menyangkut keselamatan seseorang." in page.of("loud")
    assert re.search(r"[0-9a-f]{64} cocok", page.of("code"))
    await town.dm(town.people["sekar"], "/laporan")
    sent = town.world.messages(town.people["sekar"].id)[-1]
    assert sent.raw["has_protected_content"]


async def test_an_office_without_the_pdf_library_gets_the_page_instead(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "reportlab", None)
    await lived_through(town)
    await town.dm(town.people["sekar"], "/laporan")
    assert documents(town, "sekar")[-1][0] == "laporan-K-1.html"
    await town.dm(town.people["sekar"], "/laporan K-1 pdf")
    assert "Tulis html di belakangnya" in town.one(town.people["sekar"]).text


async def test_a_report_that_cannot_reach_its_reader_is_said_where_it_was_asked_for(town: Town) -> None:
    await lived_through(town)
    town.sandbox.faults.add(Fault(Break.RESET_BEFORE, "sendDocument", times=1))
    await town.say("sekar", "/laporan K-1")
    assert town.card("Laporan belum terkirim.")
    assert documents(town, "sekar") == []
    await town.say("sekar", "/laporan K-1")
    assert len(documents(town, "sekar")) == 1
