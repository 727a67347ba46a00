"""A webhook that was taken away, and one that Telegram cannot reach: from inside both are a quiet day."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from telegram import Bot
from wire_inbox import SqliteInbox
from wire_loopback import TOKEN, Api, reset, status

from bot.adapters import HealthReport
from bot.clock import FakeClock
from bot.store.database import Database
from bot.web.health import HealthLimits, problems
from bot.wire.hooked import HookWatch
from bot.wire.transport import make_request
from bot.wire.trouble import PollState
from bot.wire.webhook import WebhookReceiver

URL, SECRET = "https://bot.example/telegram", "rahasia_yang-panjang-0123456789"
FAILED = "Wrong response from the webhook: 502 Bad Gateway"


@dataclass
class Hooked:
    """The watch beside a Bot API that says of the webhook what a test wants."""

    watch: HookWatch
    api: Api
    receiver: WebhookReceiver
    rung: list[PollState] = field(default_factory=list)

    def known(self, url: str = URL, pending: int = 0, error: str = "", at: int = 0) -> None:
        """What getWebhookInfo answers from now on; setWebhook too, which only needs to be no error."""
        self.api.result = {
            "url": url, "has_custom_certificate": False, "pending_update_count": pending,
            **({"last_error_date": at, "last_error_message": error} if at else {}),
        }  # fmt: skip

    def calls(self, method: str) -> int:
        return sum(1 for called, _ in self.api.calls if called.lower() == method.lower())


@pytest.fixture
async def hooked(api: Api, inbox: SqliteInbox, clock: FakeClock) -> AsyncIterator[Hooked]:
    rung: list[PollState] = []

    async def ring(state: PollState, _detail: str) -> None:
        rung.append(state)

    async with make_request() as request:
        bot = Bot(TOKEN, base_url=f"{api.url}/bot", request=request)
        receiver = WebhookReceiver(inbox, SECRET, clock)
        made = Hooked(HookWatch(bot, URL, SECRET, receiver, clock, ring), api, receiver, rung)
        made.known()
        yield made


async def test_what_somebody_removed_is_set_again_at_once_and_told_once(
    hooked: Hooked, clock: FakeClock
) -> None:
    for url in ("", "https://elsewhere.example/x", ""):
        hooked.known(url=url)
        await hooked.watch.look()
        clock.advance(60)
    assert hooked.calls("setWebhook") == 3
    assert hooked.api.calls[-1][1]["url"] == URL
    assert hooked.rung == [PollState.WEBHOOK_MOVED]
    assert hooked.watch.health.last_error == ""
    clock.advance(3600)
    await hooked.watch.look()
    assert hooked.rung == [PollState.WEBHOOK_MOVED] * 2, "an hour later they still fight over it"


async def test_one_that_cannot_be_reached_is_told_and_shown_until_it_can(
    hooked: Hooked, database: Database, clock: FakeClock
) -> None:
    reports = HealthReport(database, clock)
    reports.intake, reports.expects_polls = (lambda: hooked.watch.health), False
    hooked.known(pending=3, error=f"{FAILED} for bot{TOKEN}", at=1_790_000_000)
    await hooked.watch.look()
    assert hooked.rung == [], "it may just be repeating"
    await hooked.watch.look()
    await hooked.watch.look()
    assert hooked.rung == [PollState.WEBHOOK_FAILING]
    wrong = problems(await reports.health(), HealthLimits())
    assert any(FAILED in one for one in wrong)
    assert "tidak bisa mengirim pesan ke alamat webhook" in reports.trouble()
    assert TOKEN not in str(wrong) + reports.trouble()
    hooked.known(pending=0, error=FAILED, at=1_790_000_000)
    await hooked.watch.look()
    assert hooked.rung == [PollState.WEBHOOK_FAILING, PollState.LISTENING]
    assert reports.trouble() == ""
    assert problems(await reports.health(), HealthLimits()) == []


async def test_an_old_error_is_no_trouble_while_new_messages_are_under_way(hooked: Hooked) -> None:
    hooked.known(pending=0, error=FAILED, at=1_790_000_000)
    await hooked.watch.look()
    hooked.known(pending=5, error=FAILED, at=1_790_000_000)
    for _ in range(3):
        await hooked.watch.look()
    assert hooked.rung == []
    hooked.known(pending=5, error=FAILED, at=1_790_000_100)
    for _ in range(3):
        await hooked.watch.look()
    assert hooked.rung == [PollState.WEBHOOK_FAILING]


@pytest.mark.parametrize(
    "trouble", [reset, status(500, "oops"), status(502, "bad gateway")], ids=["reset", "500", "502"]
)
async def test_a_telegram_that_does_not_answer_is_told_too(hooked: Hooked, trouble: object) -> None:
    hooked.api.answers = [trouble, trouble, trouble]  # type: ignore[list-item]  # an answer each
    for _ in range(3):
        await hooked.watch.look()
    assert hooked.rung == [PollState.UNREACHABLE]
    await hooked.watch.look()
    assert hooked.rung[-1] is PollState.LISTENING


async def test_it_is_registered_as_soon_as_telegram_takes_it_and_looked_at_every_minute_of_silence(
    hooked: Hooked, clock: FakeClock
) -> None:
    hooked.api.answers = [status(500, "oops")]
    running = asyncio.create_task(hooked.watch.run())
    await until(lambda: hooked.calls("setWebhook") == 1)
    assert hooked.watch.health.state is PollState.UNREACHABLE
    await waiting(clock)
    clock.advance(5)
    await until(lambda: hooked.calls("setWebhook") == 2)
    for minute in range(1, 4):
        await waiting(clock)
        clock.advance(60)
        await until(lambda seen=minute: hooked.calls("getWebhookInfo") == seen)
    assert hooked.watch.health.last_error == ""
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until(done) -> None:
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110 - a socket rings no bell
            await asyncio.sleep(0.002)


async def waiting(clock: FakeClock) -> None:
    """Until the watch sleeps."""
    await until(lambda: clock._sleepers)
