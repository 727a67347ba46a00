"""Takes the pictures of README and manuals: `PYTHONPATH=. python docs/screenshots.py [picture …]`.

Needs Chromium and, for a PDF, Ghostscript. The scenes are in docs/scenes*.py; every picture is one message
as it stands on a phone, or the first page of a report.
"""

import asyncio
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from contextlib import AsyncExitStack
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright
from scenes import ACTS, WIDE, Act, Camera, Day
from scenes_hard import HARD
from scenes_many import MANY
from scenes_rare import RARE

from bot.app import opened, run
from bot.clock import MovableClock, SystemClock
from bot.demo.play import ROOMY, morning
from bot.demo.setting import Town, build_town, settings_of, start_of_day
from bot.sandbox import Message, Phone, Sandbox, Stage, View
from bot.sandbox.platform import Files

IMAGES = Path(__file__).resolve().parent / "img"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
PHONE, DESK = {"width": 390, "height": 2400}, {"width": 1600, "height": 900}
LEAF = {"width": 390, "height": 1100}
COLOURS = 255
SETTLED_MS = 700


class Shots(Camera):
    """The page in a browser, small as a phone or wide as a desk."""

    def __init__(
        self, browser: Browser, page: Page, town: Town, files: Files, wanted: Collection[str]
    ) -> None:
        self._browser = browser
        self._page = page
        self._files = files
        self._phones = {town.triage.id: "triase", **{user.id: key for key, user in town.team.items()}}
        self._wanted = wanted

    def wants(self, name: str) -> bool:
        return not self._wanted or name in self._wanted

    async def take(self, name: str, message: Message) -> None:
        if not self.wants(name):
            return
        phone = self._phones[message.chat_id]
        await self._page.get_by_test_id(f"tab-{phone}").click()
        found = self._page.get_by_test_id(f"messages-{phone}")
        found = found.locator(f'[data-message-id="{message.message_id}"]')
        await found.scroll_into_view_if_needed()
        await self._page.wait_for_timeout(SETTLED_MS)
        self._keep(name, await found.screenshot())

    async def paper(self, name: str, message: Message) -> None:
        if not self.wants(name):
            return
        sent = message.raw["document"]
        content = self._files.stored[sent["file_id"]].content
        if sent["file_name"].endswith(".pdf"):
            self._keep(name, _first_page(content))
            return
        leaf = await self._browser.new_page(viewport=LEAF, device_scale_factor=1.5)
        await leaf.set_content(content.decode())
        end = await leaf.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)")
        height = min(int(end), LEAF["height"])
        self._keep(
            name, await leaf.screenshot(clip={"x": 0, "y": 0, "width": LEAF["width"], "height": height})
        )
        await leaf.close()

    async def whole(self, name: str) -> None:
        if self.wants(name):
            await self._page.wait_for_timeout(SETTLED_MS)
            self._keep(name, await self._page.screenshot())

    def _keep(self, name: str, taken: bytes) -> None:
        path = IMAGES / f"{name}.png"
        picture = Image.open(io.BytesIO(taken)).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        sys.stdout.write(f"{path.name} {path.stat().st_size // 1000} kB\n")


def _first_page(pdf: bytes) -> bytes:
    """As a reader draws it. Needs Ghostscript."""
    command = ("gs", "-q", "-sDEVICE=png16m", "-r110", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
    return subprocess.run(  # noqa: S603 - a fixed command on our own file
        (*command, "-dLastPage=1", "-sOutputFile=-", "-"), input=pdf, capture_output=True, check=True
    ).stdout


def _one_phone_each(town: Town) -> Stage:
    """A phone per person, so that each picture shows one chat and no more."""
    holders = tuple(user.id for user in town.team.values())
    own = (Phone(key, user.name, user.name, View.PRIVATE, (user.id,)) for key, user in town.team.items())
    group = Phone("triase", "Grup tim", town.triage.title, View.GROUP, holders, town.triage.id)
    return Stage(town.stage["short"], (group, *own), town.team["bram"].id)


async def _play(act: Act, browser_path: str, wanted: Collection[str]) -> None:
    clock = MovableClock()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tanggap-gambar-")))
        sandbox = Sandbox(clock)
        town = build_town(sandbox)
        if act is not WIDE:
            sandbox.stage = _one_phone_each(town)
        if act.oncall:
            town.stage["oncall"] |= act.oncall
        start_of_day(clock, town)
        url = await stack.enter_async_context(sandbox.serve())
        settings = settings_of(town, url, sandbox.token, folder).model_copy(update=dict(act.settings))
        machine = await stack.enter_async_context(opened(settings, clock, limits=ROOMY))
        bot = asyncio.create_task(run(machine, clock, steady=SystemClock()))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=browser_path, args=ARGS)
        try:
            await morning(sandbox, town, machine, clock)
            page = await browser.new_page(
                viewport=DESK if act is WIDE else PHONE, device_scale_factor=1 if act is WIDE else 1.5
            )
            await page.goto(url)
            await page.wait_for_timeout(SETTLED_MS)
            await act.play(
                Day(sandbox, town, machine, clock), Shots(browser, page, town, sandbox.platform.files, wanted)
            )
        finally:
            await browser.close()
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)


async def main(wanted: Collection[str]) -> None:
    if (browser_path := shutil.which("chromium")) is None:
        raise SystemExit("Chromium is not installed.")
    IMAGES.mkdir(exist_ok=True)
    for act in (*ACTS, *HARD, *RARE, *MANY):
        if not wanted or not wanted.isdisjoint(act.pictures):
            await _play(act, browser_path, wanted)


if __name__ == "__main__":
    asyncio.run(main(frozenset(sys.argv[1:])))
