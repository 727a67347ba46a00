"""A token and a telephone number are followed through a day of good and bad luck: who gets to see them?"""

import logging
from collections.abc import Iterator

import aiohttp
import pytest
from story_town import Town

from bot.cli.running import set_up_logging
from bot.sandbox import Break, Fault, Identity, Sandbox

TOKEN = "7000000000:KenariYangTidakBolehBernyanyi_0123456789"
PHONE = "0812-9988-7766"
WORDS = f"Kapan jalan depan pasar diperbaiki? Hubungi saya di {PHONE}"
ANSWER = "Perbaikan jalan dimulai Senin depan, Kak."


@pytest.fixture
def as_in_service() -> Iterator[None]:
    """The logging of `tanggap run`, for the length of a story."""
    factory = logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram", "aiosqlite")}
    filters = {handler: list(handler.filters) for handler in logging.getLogger().handlers}
    set_up_logging([TOKEN])
    yield
    logging.setLogRecordFactory(factory)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    for handler, before in filters.items():
        handler.filters = before


@pytest.mark.parametrize("transport", ["aiohttp", "httpx"])
async def test_neither_a_token_nor_a_number_is_written_into_a_log(
    settle, as_in_service: None, caplog: pytest.LogCaptureFixture, transport: str
) -> None:
    caplog.set_level(logging.DEBUG)
    town: Town = await settle(
        sandbox=lambda clock: Sandbox(clock, identity=Identity(token=TOKEN)),
        telegram={"transport": transport},
    )
    await town.start()
    await town.gather()
    await _a_day_with_bad_luck(town)
    await town.stop()

    written = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in caplog.records)
    assert "was put aside" in written
    assert "was refused" in written
    assert TOKEN.partition(":")[2] not in written
    assert PHONE not in written
    assert not any(TOKEN in str(record.__dict__) for record in caplog.records)


async def _a_day_with_bad_luck(town: Town) -> None:
    """Every kind of failure once, around a comment that holds a number."""
    faults, updates = town.sandbox.faults, town.world.updates
    comment = await town.comment("Ratna", WORDS)
    card = town.card("jalan depan pasar")
    faults.add(Fault(Break.ERROR_500, "editMessageText", times=1))
    await town.press("laras", card, "Balas")
    await town.later(seconds=5)
    await town.press("laras", card, "Tulis")
    await town.answer("laras", f"Baik, kami hubungi di {PHONE}.")
    assert "nomor telepon" in card.text.lower()
    await town.press("laras", card, "Ubah")
    await town.answer("laras", ANSWER)
    await town.press("laras", card, "Ajukan")
    for kind in (Break.RESET_AFTER, Break.BAD_GATEWAY):
        faults.add(Fault(kind, "sendMessage", chat_id=town.discussion.id, times=1))
    faults.add(Fault(Break.RESET_BEFORE, "getUpdates", times=1))
    faults.add(Fault(Break.UNAUTHORIZED, "sendMessage", chat_id=town.people["tirta"].id, times=1))
    await town.press("sekar", town.one(town.people["sekar"], button="Setujui"), "Setujui")
    await town.press("laras", town.card("Belum pasti terkirim"), "Sudah terkirim")
    updates.put_raw({"message": {"text": PHONE, "chat": "nobody", "date": PHONE}})
    updates.put_raw({"callback_query": {"id": "1", "from": {"id": PHONE}, "data": PHONE}})
    await town.dm(town.citizens["Wulan"], f"Nomor saya {PHONE}")
    town.citizens["Wulan"].blocked = True
    await town.approved("laras", town.card("Nomor saya"), "Terima kasih, Kak.")
    town.world.edit(comment, f"{WORDS}!")
    await town.later(minutes=5)


async def test_a_citizens_number_is_covered_also_before_those_who_approve_the_answer(town: Town) -> None:
    await town.comment("Ratna", WORDS)
    card = town.card("jalan depan pasar")
    await town.approved("laras", card, ANSWER)
    await town.say("yoga", "/krisis")
    await town.press("yoga", town.card(button="Hoaks yang sedang viral"), "Hoaks yang sedang viral")
    await town.later(minutes=30)
    asked = [call for call in town.sandbox.calls if call.args.get("chat_id") == town.people["sekar"].id]
    assert any("jalan depan pasar" in str(call.args) for call in asked)  # the rest of the words they do read
    assert not [call for call in town.sandbox.calls if PHONE in str(call.args)]
    assert not any(PHONE in (press.text or "") for press in town.world.presses.values())
    for page in ("healthz", "metrics"):
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{town.settings.web.port}/{page}") as answer,
        ):
            assert answer.status in {200, 503}
            told = await answer.text()
            assert PHONE not in told
            assert "Ratna" not in told
