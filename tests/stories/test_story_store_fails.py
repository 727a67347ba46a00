"""The store fails under a press: whoever pressed hears so at once, and the press counts once, by itself."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from story_town import Town

from bot.chat.words.notices import notice
from bot.sandbox import Message

QUESTION = "Kapan jalan depan pasar diperbaiki?"
AGAIN = "Maaf, ada gangguan sebentar. Sedang dicoba lagi; lihat hasilnya di kartu, ya."


@contextmanager
def refusing(town: Town, when: str) -> Iterator[Callable[[], None]]:
    """The database itself refuses this; what is given mends it."""
    with closing(sqlite3.connect(town.config.parent / "tanggap.db", isolation_level=None)) as beside:
        beside.execute(f"CREATE TRIGGER broken {when} BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")

        def mend() -> None:
            beside.execute("DROP TRIGGER broken")

        yield mend


async def told_and_mended(town: Town, when: str, who: str, card: Message, button: str) -> None:
    """Somebody presses while the store fails; it works again as soon as that person has been told."""
    with refusing(town, when) as mend:
        press = town.world.press(town.people[who], card, button)
        await town.world.until(lambda: press.answer is not None, 30)
        assert (press.text, press.alert) == (AGAIN, False)
        mend()
    async with asyncio.timeout(30):
        while (await town.read.inbox.health()).pending:
            town.advance(1)  # a failed attempt waits for a moment
            await asyncio.sleep(0.005)
    await town.settled()
    said = [call for call in town.sandbox.calls if call.args.get("callback_query_id") == press.id]
    assert len(said) == 1, "the attempt that worked says no second word"


async def test_a_press_that_the_store_did_not_take_is_answered_and_done_once(town: Town) -> None:
    await town.comment("Hasan", QUESTION)
    await told_and_mended(town, "BEFORE UPDATE ON case_", "laras", town.card(QUESTION), "Ambil")
    assert "ditangani Laras" in town.card(QUESTION).text
    assert (await town.deeds("case:1")).count("take") == 1
    assert not town.seen(town.triage, "tidak dapat dibaca"), "nothing was put aside"


async def test_an_approval_that_met_a_failing_store_stands_once_in_public(town: Town) -> None:
    """Sekar approves; neither the outbox nor the draft took it, and by itself both do a moment later."""
    await town.comment("Hasan", QUESTION)
    draft = await town.submitted("laras", town.card(QUESTION), "Perbaikan dimulai Senin, Kak.")
    await told_and_mended(town, "BEFORE INSERT ON outbox", "sekar", draft, "Setujui")
    assert [one.text for one in town.public()] == ["Perbaikan dimulai Senin, Kak."]
    assert town.card(QUESTION).text.startswith("✅")


async def test_whatever_is_held_up_by_a_fault_has_a_name(settle) -> None:
    town: Town = await settle()
    await town.start()
    timers = town.machine.services.timers.subjects
    named = {kind: notice("timers_free", {"subjects": [f"{kind}:1"]}, {}) for kind in timers}
    assert len(set(named.values())) == len(timers) > 15
    assert not [kind for kind, said in named.items() if "pengingat lain" in said]
