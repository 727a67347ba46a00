"""The report as a reader's browser shows it: on a page, on a phone, on paper; and nothing is fetched."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from agency import Agency
from playwright.async_api import Browser, async_playwright
from report_world import ReportWorld

from bot.chat.report.html import to_html
from bot.chat.report.period_paper import period_paper
from bot.chat.report.run_paper import run_paper

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LONG = "https://contoh.example/" + "alamat-yang-sangat-panjang-" * 12 + " " + "a" * 300
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: the report is not looked at"),
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture
async def files(agency: Agency, tmp_path: Path) -> dict[str, str]:
    """A run with words that fit nowhere, and a period; their addresses."""
    world = ReportWorld(agency)
    run = await world.lived(drill=True)
    await world.evidence(run, LONG, "<img src=http://127.0.0.1:9/x onerror=alert(1)>", "😱" * 80)
    reports = world.after.reports
    papers = {
        "run": run_paper(await reports.of_run(run), reports.letterhead),
        "period": period_paper(await reports.of_period(world.start, world.minute(9)), reports.letterhead),
    }
    for name, paper in papers.items():
        (tmp_path / f"{name}.html").write_text(to_html(paper), "utf-8")
    return {name: (tmp_path / f"{name}.html").as_uri() for name in papers}


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("name", ["run", "period"])
async def test_it_fits_the_screen_and_asks_nobody_for_anything(
    browser: Browser, files: dict[str, str], name: str, width: int
) -> None:
    page = await browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    await page.goto(files[name])
    assert asked == [files[name]]
    assert said == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    outside = await page.evaluate(
        """width => [...document.querySelectorAll('main *')].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.right > width + 1 || box.left < -1);
        }).map(one => one.outerHTML.slice(0, 80))""",
        width,
    )
    assert outside == []


async def test_phone_and_page_each_see_a_plot_of_their_own(browser: Browser, files: dict[str, str]) -> None:
    for width, shown, hidden in ((390, "narrow", "wide"), (1200, "wide", "narrow")):
        page = await browser.new_page(viewport={"width": width, "height": 900})
        await page.goto(files["run"])
        assert await page.locator(f"svg.{shown}").is_visible()
        assert not await page.locator(f"svg.{hidden}").is_visible()
        size = await page.evaluate(
            f"""parseFloat(getComputedStyle(document.querySelector('svg.{shown} text')).fontSize)
            * document.querySelector('svg.{shown}').getBoundingClientRect().width
            / document.querySelector('svg.{shown}').viewBox.baseVal.width"""
        )
        assert size >= 10, "what stands at the bars can be read"


async def test_on_paper_an_exercise_is_marked_across(browser: Browser, files: dict[str, str]) -> None:
    page = await browser.new_page()
    await page.goto(files["run"])
    await page.emulate_media(media="print")
    mark = await page.evaluate("getComputedStyle(document.body, '::before').content")
    assert mark == '"LATIHAN"'
    assert (await page.pdf(format="A4")).startswith(b"%PDF")
