"""`python -m bot demo` as a newcomer meets it: the page in a headless Chromium, the day played to its end."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from machine import free_port
from playwright.async_api import Locator, Page, async_playwright, expect

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # in containers there is little of it
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: the browser stories are skipped"
    ),
]
LINK = "https://dukcapil.purwatirta.go.id/jadwal"
_PATIENCE_MS = 60_000
SMALL = 760  # below it the page shows one phone at a time


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """The demo in a process of its own, its day over; the address of its page."""
    port = free_port()
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--speed", "500"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        assert process.stdout is not None
        watchdog = threading.Timer(90.0, process.kill)
        watchdog.start()
        try:
            for line in process.stdout:
                if "Hari demo selesai" in line:
                    break
            else:
                pytest.fail(f"the demo ended with {process.wait()}")
            yield f"http://127.0.0.1:{port}"
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            watchdog.cancel()
            process.kill()  # nothing, where it has ended; else leaving here would wait for it


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """A busy machine is no fault of the page's."""
    expect.set_options(timeout=_PATIENCE_MS)
    yield
    expect.set_options()


@asynccontextmanager
async def page_of(demo: str, width: int, height: int) -> AsyncIterator[Page]:
    """The page in a window of this size; fails at the end when a script on it failed."""
    faults: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        place = await chromium.new_context(
            viewport={"width": width, "height": height}, has_touch=width < SMALL
        )
        place.set_default_timeout(_PATIENCE_MS)
        page = await place.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        await page.goto(demo)
        await expect(page.get_by_test_id("live")).to_have_text("tersambung")
        yield page
        assert faults == []
        await chromium.close()


class Phones:
    """The phones of the page; on a small window one at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def show(self, key: str) -> None:
        window = self.page.viewport_size
        if window is None or window["width"] >= SMALL:
            return
        tab = self.page.get_by_test_id(f"tab-{key}")
        await tab.click()  # waits until it is drawn: the page may only just have come
        await expect(tab).to_have_attribute("aria-current", "true")

    async def message(self, key: str, words: str) -> Locator:
        """The newest message with these words on one phone, by its number: others will quote it."""
        phone = self.page.get_by_test_id(f"phone-{key}")
        newest = phone.get_by_test_id("message").filter(has_text=words).last
        number = await newest.get_attribute("data-message-id")
        return phone.locator(f'[data-testid="message"][data-message-id="{number}"]')

    async def write_as_citizen(self, name: str, text: str) -> None:
        await self.show("panel")
        await self.page.get_by_test_id("write-as").select_option(label=name)
        await self.page.get_by_test_id("write-text").fill(text)
        await self.page.get_by_test_id("write-send").click()


def keyboard(message: Locator) -> Locator:
    """The bot's buttons below a message, not the page's own."""
    return message.locator(".keyboard")


async def press(message: Locator, button: str) -> None:
    await keyboard(message).get_by_role("button", name=button).click()


@pytest.mark.parametrize(
    ("width", "height", "name", "question"),
    [
        (1600, 900, "Bagus", "KTP saya hilang kemarin sore, ngurusnya ke mana ya min?"),
        (390, 844, "Wulan", "KTP ibu saya hilang di terminal, syarat ganti baru apa saja?"),
    ],
    ids=["desk", "phone"],
)
async def test_a_comment_is_claimed_answered_from_a_template_approved_and_posted(
    demo: str, width: int, height: int, name: str, question: str
) -> None:
    async with page_of(demo, width, height) as page:
        phones = Phones(page)
        await phones.write_as_citizen(name, question)
        await phones.show("triase")
        card = await phones.message("triase", question)
        await expect(card).to_contain_text("Pertanyaan")
        await press(card, "Ambil")
        await expect(card).to_contain_text("ditangani Sinta")
        await press(card, "Balas")
        await press(card, "KTP hilang atau rusak")
        await press(card, "Isi")
        await expect(page.get_by_test_id("context-triase")).to_be_visible()
        await page.get_by_test_id("composer-triase").fill(LINK)
        await page.get_by_test_id("send-triase").click()
        await expect(card).to_contain_text(LINK)
        await press(card, "Ajukan")
        await expect(card).to_contain_text("menunggu persetujuan")

        await phones.show("koordinator")
        draft = await phones.message("koordinator", question)
        await expect(draft).to_contain_text(f"Halo Kak {name}")
        await press(draft, "Setujui")
        await expect(keyboard(draft)).to_have_count(0)

        await phones.show("warga")
        reply = await phones.message("warga", f"Halo Kak {name}")
        await expect(reply).to_contain_text(LINK)
        await expect(reply.locator(".quote")).to_contain_text(question[:30])
        await phones.show("triase")
        await expect(card).to_contain_text("Disetujui Hesti")
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(overflow) == 0


async def test_two_companions_answer_somebody_at_risk_from_two_phones_of_the_page(demo: str) -> None:
    async with page_of(demo, 1600, 900) as page:
        phones = Phones(page)
        await page.get_by_test_id("write-where").select_option(label="(pesan pribadi ke bot)")
        await phones.write_as_citizen("Hasan", "Aku capek banget min. Rasanya pengen mengakhiri hidup saja")
        # The demo's own day has a cry for help as well.
        original = await phones.message("koordinator", "pengen mengakhiri hidup")
        await expect(original).to_contain_text("hanya untuk pendamping")
        await press(original, "Balas")
        draft = await phones.message("koordinator", "Draf balasan untuk warga")
        await press(draft, "Tulis")
        await expect(page.get_by_test_id("context-koordinator")).to_be_visible()
        await page.get_by_test_id("composer-koordinator").fill("Halo Hasan, terima kasih sudah bercerita.")
        await page.get_by_test_id("send-koordinator").click()
        await expect(draft).to_contain_text("terima kasih sudah bercerita")
        await press(draft, "Ajukan")
        await expect(draft).to_contain_text("Menunggu Sinta")

        # Bram holds the other phone: the page says that somebody else was written to, and hands it over.
        await expect(page.get_by_test_id("missed-piket")).to_be_visible()
        holder = page.get_by_test_id("viewer-piket")
        waiting = await holder.locator("option", has_text="Sinta").get_attribute("value")
        await holder.select_option(value=waiting)
        await expect(page.get_by_test_id("missed-piket")).to_have_count(0)
        asked = await phones.message("piket", "Mohon dibaca sebelum terkirim")
        await press(asked, "Setujui")
        await expect(draft).to_contain_text("Terkirim")
        await page.get_by_test_id("viewer-warga").select_option(label="Hasan")
        await page.get_by_test_id("place-private").click()
        await expect(page.get_by_test_id("phone-warga")).to_contain_text("terima kasih sudah bercerita")
