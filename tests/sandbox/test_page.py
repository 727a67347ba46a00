"""The page in a headless Chromium with a tiny bot behind it: what a person at the demo would do and see."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.sandbox import Sandbox, Scenery

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: the browser stories are skipped"
    ),
]
Context = ContextTypes.DEFAULT_TYPE
Call = Callable[..., Awaitable[dict[str, Any]]]


class TinyBot:
    """Shows each comment as a card; "Jawab" answers the citizen under the comment."""

    def __init__(self, scene: Scenery) -> None:
        self.scene = scene

    async def on_message(self, update: Update, context: Context) -> None:
        message = update.effective_message
        assert message is not None
        if message.chat_id == self.scene.coordinator.id and message.reply_to_message:
            await message.reply_text(f"Dicatat: {message.text}")
        elif message.chat_id == self.scene.coordinator.id:
            await message.reply_text("Apa catatannya?", reply_markup=ForceReply())
        elif message.chat_id == self.scene.discussion.id and not message.is_automatic_forward:
            button = InlineKeyboardButton(
                "💬 Jawab", callback_data=f"j:{message.message_id}", style="success"
            )
            card = f"Komentar: {message.text}"
            await context.bot.send_message(
                self.scene.triage.id, card, reply_markup=InlineKeyboardMarkup([[button]])
            )

    async def on_press(self, update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        await query.answer("Sudah dijawab")
        await query.edit_message_text("Selesai")
        target = ReplyParameters(int(query.data.removeprefix("j:")))
        text = "<b>Terima kasih</b>, kami cek."
        await context.bot.send_message(self.scene.discussion.id, text, "HTML", reply_parameters=target)


@pytest.fixture
async def tiny_bot(sandbox: Sandbox, scene: Scenery, url: str) -> AsyncIterator[None]:
    app = Application.builder().token(sandbox.token).base_url(f"{url}/bot").build()
    tiny = TinyBot(scene)
    app.add_handler(CallbackQueryHandler(tiny.on_press))
    app.add_handler(MessageHandler(filters.ALL, tiny.on_message))
    async with app:
        assert app.updater is not None
        await app.updater.start_polling(poll_interval=0)
        await app.start()
        yield
        await app.updater.stop()
        await app.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, **context: Any) -> AsyncIterator[Page]:
    """A page on the sandbox; fails at the end when a script on it failed."""
    faults: list[str] = []
    place = await browser.new_context(**context)
    page = await place.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    await page.goto(url)
    await expect(page.get_by_test_id("live")).to_have_text("tersambung")
    yield page
    assert faults == []
    await place.close()


def phone(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"phone-{key}")


def bubbles(page: Page, key: str) -> Locator:
    return phone(page, key).get_by_test_id("message")


async def test_a_comment_is_answered_in_four_phones(
    browser: Browser, url: str, tiny_bot: None, sandbox: Sandbox
) -> None:
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        await page.get_by_test_id("write-as").select_option(label="Bagus")
        await page.get_by_test_id("write-text").fill("Air mati di gang kami")
        await page.get_by_test_id("write-send").click()
        await expect(bubbles(page, "triase").last).to_contain_text("Komentar: Air mati di gang kami")
        await expect(page.get_by_test_id("unread-triase")).to_have_text("1")
        await phone(page, "triase").get_by_role("button", name="💬 Jawab").click()
        await expect(phone(page, "triase").get_by_test_id("toast")).to_have_text("Sudah dijawab")
        await expect(bubbles(page, "triase").last).to_contain_text("diubah")
        answer = bubbles(page, "warga").last
        await expect(answer).to_contain_text("Terima kasih, kami cek.")
        await expect(answer.locator("strong")).to_have_text("Terima kasih")
        await expect(answer.locator(".quote")).to_contain_text("Air mati di gang kami")


async def test_a_citizen_edits_and_a_forced_reply_is_offered(
    browser: Browser, url: str, tiny_bot: None, sandbox: Sandbox, scene: Scenery
) -> None:
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        await page.get_by_test_id("viewer-warga").select_option(label="Wulan")
        await page.get_by_test_id("composer-warga").fill("Kapan slesai?")
        await page.get_by_test_id("composer-warga").press("Enter")
        mine = bubbles(page, "warga").last
        await expect(mine).to_contain_text("Kapan slesai?")
        await mine.hover()
        await mine.get_by_role("button", name="Ubah").click()
        await page.get_by_test_id("composer-warga").fill("Kapan selesai?")
        await page.get_by_test_id("send-warga").click()
        await expect(mine).to_contain_text("Kapan selesai?")
        await expect(mine).to_contain_text("diubah")
        await page.get_by_test_id("composer-koordinator").fill("halo")
        await page.get_by_test_id("send-koordinator").click()
        await expect(page.get_by_test_id("context-koordinator")).to_contain_text("membalas Tanggap …")
        await page.get_by_test_id("composer-koordinator").fill("kirim besok")
        await page.get_by_test_id("send-koordinator").click()
        await expect(bubbles(page, "koordinator").last).to_contain_text("Dicatat: kirim besok")
        await expect(page.get_by_test_id("context-koordinator")).to_be_hidden()


async def test_what_people_write_stays_text(
    browser: Browser, url: str, bot: Any, sandbox: Sandbox, scene: Scenery
) -> None:
    nasty = '<img src=x onerror="document.title=1"> & <script>document.title=2</script> \u202ekanan'
    sandbox.world.comment(scene.posts[0], scene.citizens[0], nasty)
    html = '<a href="tg://user?id=1">dia</a> <a href="https://bmkg.go.id">BMKG</a> <tg-spoiler>x</tg-spoiler>'
    await bot.send_message(scene.triage.id, html, "HTML")
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        await expect(bubbles(page, "warga").last).to_contain_text(nasty)
        assert await page.title() == "Tanggap · panggung uji"
        assert await page.locator(".messages img, .messages script").count() == 0
        links = bubbles(page, "triase").last.locator("a")
        assert [await link.get_attribute("href") for link in await links.all()] == ["https://bmkg.go.id"]


async def test_the_panel_moves_the_clock_breaks_and_blocks(
    browser: Browser, url: str, call: Call, sandbox: Sandbox, scene: Scenery
) -> None:
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        await expect(page.get_by_test_id("clock")).to_have_text("09.00")
        await page.get_by_test_id("advance-3600").click()
        await expect(page.get_by_test_id("clock")).to_have_text("10.00")
        await page.get_by_label("Server Telegram gagal").check(force=True)
        await sandbox.world.until(lambda: [f.kind for f in sandbox.faults.active] == ["error_500"])
        await page.get_by_label("Server Telegram gagal").uncheck(force=True)
        await sandbox.world.until(lambda: not sandbox.faults.active)
        await page.get_by_label("Grup tim ditahan").check(force=True)
        await sandbox.world.until(lambda: bool(sandbox.faults.active))
        assert (await call("sendMessage", chat_id=scene.triage.id, text="x"))["error_code"] == 429
        await expect(page.get_by_label("Grup tim ditahan")).not_to_be_checked()
        await page.get_by_test_id("block-on-call").check(force=True)
        await expect(page.get_by_test_id("start-piket")).to_have_text("Buka blokir")
        assert scene.on_call.blocked
        await page.get_by_test_id("start-piket").click()
        await expect(page.get_by_test_id("start-piket")).to_be_hidden()
        await expect(page.get_by_test_id("block-on-call")).not_to_be_checked()


async def test_one_phone_at_a_time_on_a_small_screen(
    browser: Browser, url: str, bot: Any, sandbox: Sandbox, scene: Scenery
) -> None:
    async with opened(browser, url, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        await expect(phone(page, "warga")).to_be_visible()
        await expect(phone(page, "piket")).to_be_hidden()
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(overflow) == 0
        await bot.send_message(scene.on_call.id, "🚨 Krisis")
        await expect(page.get_by_test_id("tab-unread-piket")).to_have_text("1")
        await page.get_by_test_id("tab-piket").click()
        await expect(bubbles(page, "piket").last).to_contain_text("🚨 Krisis")
        await expect(page.get_by_test_id("tab-unread-piket")).to_be_hidden()
        await page.get_by_test_id("tab-panel").click()
        await expect(page.get_by_test_id("write-send")).to_be_visible()
        await expect(phone(page, "piket")).to_be_hidden()


async def test_a_long_quotation_shows_three_lines_until_it_is_tapped(
    browser: Browser, url: str, bot: Any, sandbox: Sandbox, scene: Scenery
) -> None:
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        rows = "\n".join(f"{number}. satu butir" for number in range(1, 9))
        text = f"<blockquote expandable>{rows}</blockquote>Di bawahnya"
        await bot.send_message(scene.triage.id, text, "HTML")
        folded = bubbles(page, "triase").last.locator("blockquote")
        await expect(folded).to_contain_text("8. satu butir")
        before = await folded.evaluate("quote => quote.clientHeight")
        await folded.click()
        assert await folded.evaluate("quote => quote.clientHeight") > 2 * before


async def test_a_flood_of_comments_and_a_second_post(
    browser: Browser, url: str, sandbox: Sandbox, scene: Scenery
) -> None:
    async with opened(browser, url, viewport={"width": 1600, "height": 900}) as page:
        sandbox.world.flood(scene.posts[0], scene.citizens, ["satu", "dua"], 500)
        await expect(bubbles(page, "warga")).to_have_count(200)
        newcomer = sandbox.world.publish(scene.channel, "Unggahan kedua")
        sandbox.world.comment(newcomer, scene.citizens[1], "komentar pertama")
        await expect(bubbles(page, "warga").last).to_contain_text("komentar pertama")
        await expect(bubbles(page, "warga").last.locator(".quote")).to_contain_text("Unggahan kedua")
        await page.get_by_test_id("post-switch").select_option(label="Unggahan kedua")
        await expect(bubbles(page, "warga")).to_have_count(2)
        await page.get_by_test_id("composer-warga").fill("menyusul")
        await page.get_by_test_id("composer-warga").press("Enter")
        await expect(bubbles(page, "warga")).to_have_count(3)
        said = sandbox.world.messages(scene.discussion.id)[-1]
        assert said.thread_id == sandbox.world.thread_of(newcomer).message_id
