"""Takes the pictures of README and manuals from the running demo: `python docs/screenshots.py`.

Needs Chromium. The demo's day is played fast, then the buttons are pressed as a reader would.
"""

import asyncio
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

IMAGES = Path(__file__).resolve().parent / "img"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
DAY_MS = 180_000
TOAST_MS = 4_500
REPLY = (
    "Halo Kak Robi, terima kasih sudah bertanya. NJOP dihitung dari nilai pasar di lingkungan Kakak. "
    "Keberatan dapat diajukan ke kantor pajak daerah dengan membawa SPPT. Kami bantu jelaskan di sana, ya."
)


async def _demo() -> tuple[asyncio.subprocess.Process, str]:
    """The demo as a process, when its day is over; with its address."""
    command = (sys.executable, "-m", "bot", "demo", "--port", "8766", "--speed", "12")
    demo = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    if demo.stdout is None:
        raise RuntimeError("the demo has no output")
    line = (await demo.stdout.readline()).decode()
    found = re.search(r"http://\S+?(?=[ .]*\s)", line)
    if found is None:
        raise RuntimeError(f"the demo did not start: {line!r}")
    return demo, found.group(0).rstrip(".")


def _message(page: Page, phone: str, *words: str) -> Locator:
    """The last message with buttons on a phone that holds all these words; a quote of it has none."""
    found = page.get_by_test_id(f"messages-{phone}").get_by_test_id("message")
    found = found.filter(has=page.locator(".keyboard"))
    for word in words:
        found = found.filter(has_text=word)
    return found.last


async def _press(message: Locator, button: str) -> None:
    await message.scroll_into_view_if_needed()
    await message.get_by_role("button", name=re.compile(button)).first.click()


async def _picture(message: Locator, name: str) -> None:
    await message.scroll_into_view_if_needed()
    await message.page.wait_for_timeout(TOAST_MS)
    await message.screenshot(path=IMAGES / f"{name}.png")


async def _shoot(page: Page) -> None:
    # The first reply stands, the evening has not come: a quiet moment of the day.
    await page.get_by_test_id("messages-koordinator").get_by_text("Disetujui").first.wait_for(timeout=DAY_MS)
    await page.wait_for_timeout(1_000)
    await page.screenshot(path=IMAGES / "demo.png")
    await page.set_viewport_size({"width": 1600, "height": 1700})  # whole cards
    await _message(page, "triase", "K-2").wait_for(timeout=DAY_MS)
    await page.wait_for_timeout(10_000)
    card = _message(page, "triase", "Bayar PBB")
    await _picture(card, "card")
    await _press(card, "Ambil")
    await card.get_by_text("ditangani Sinta").wait_for()
    await _press(card, "💬 Balas")
    await card.get_by_role("button", name=re.compile("Tulis")).wait_for()
    await _picture(card, "panduan-balas")
    await _press(card, "Tulis")
    await page.get_by_test_id("context-triase").wait_for()
    await page.get_by_test_id("composer-triase").fill(REPLY)
    await page.get_by_test_id("send-triase").click()
    await card.get_by_role("button", name=re.compile("Ajukan")).wait_for()
    await _picture(card, "panduan-draf")
    await _press(card, "Ajukan")
    draft = _message(page, "koordinator", "NJOP", "Balasan")
    await draft.get_by_role("button", name=re.compile("Setujui")).wait_for()
    await _picture(draft, "approval")
    await _picture(_message(page, "piket", "Hoaks"), "page")
    await _picture(_message(page, "triase", "K-2", "Hoaks"), "panduan-insiden")


async def main() -> None:
    if (browser_path := shutil.which("chromium")) is None:
        raise SystemExit("Chromium is not installed.")
    IMAGES.mkdir(exist_ok=True)
    demo, url = await _demo()
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=browser_path, args=ARGS)
            page = await browser.new_page(viewport={"width": 1600, "height": 900}, device_scale_factor=1.5)
            await page.goto(url)
            await _shoot(page)
            await browser.close()
    finally:
        demo.terminate()
        await demo.wait()


if __name__ == "__main__":
    asyncio.run(main())
