"""A thumb that does not let go: the others are not kept waiting, and a crisis is never asked to wait."""

from dataclasses import replace

from chat_office import TRIAGE_CHAT, Office
from chat_scenes import new, paged
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import actions as do
from bot.chat.handlers import handlers
from bot.chat.handlers.thumbs import PressRate, Thumbs
from bot.chat.packing import pack
from bot.domain.case import CaseId

SLOW = "Pelan-pelan, ya. Tunggu beberapa detik, lalu tekan lagi."


def at_the_usual_rate(office: Office) -> None:
    """The office of the other tests presses as fast as a machine; here the product's own rate holds."""
    office.application.handlers[0][:] = handlers(replace(office.doors, press_rate=PressRate()))


async def test_twenty_presses_then_a_friendly_word_and_after_ten_seconds_all_is_well(office: Office) -> None:
    await new(office)
    at_the_usual_rate(office)
    card, ani = office.cards()[-1], office.users["ani"]
    for _ in range(20):
        press = await office.press_raw(ani, TRIAGE_CHAT, card.message_id, "zz")
        assert press.text != SLOW
    before = office.state()
    for _ in range(5):
        press = await office.press("ani", card, "Ambil")
        assert (press.text, press.alert) == (SLOW, False)
    assert office.state() == before
    assert (await office.press("kori", card, "Label")).text == "", "somebody else's thumb is not held"
    office.clock.advance(10)
    await office.press("ani", card, "Selesai")
    await office.press("ani", card, "Ambil")
    case = await office.database.read.cases.get(CaseId(1))
    assert case.assignee == "ani"


async def test_a_flood_is_one_line_in_the_journal(office: Office) -> None:
    await new(office)
    at_the_usual_rate(office)
    card = office.cards()[-1]
    for _ in range(60):
        await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, "zz")
    lines = [str(line["canonical"]) for line in await office.database.read.journal.about("button")]
    assert sum("TooFast" in line for line in lines) == 1


async def test_a_stranger_who_tries_invitations_and_commands_leaves_a_few_lines_for_good(
    office: Office,
) -> None:
    at_the_usual_rate(office)
    stranger = office.world.add_user("Orang Lain", 990_001)
    before = (await office.database.read.journal.verify())[0]
    for number in range(40):
        office.world.dm(stranger, "/antrean")
        office.world.dm(stranger, f"/start tebakan{number}")
        await office.pump()
    assert (await office.database.read.journal.verify())[0] - before <= 8
    said = [m.text for m in office.seen(stranger.id)]
    assert said.count("Pelan-pelan, ya. Tunggu beberapa menit, lalu coba lagi.") == 2
    assert len(said) <= 22
    office.clock.advance(3600)
    office.world.dm(stranger, "/start tebakan")
    await office.pump()
    assert office.seen(stranger.id)[-1].text != said[-1], "after an hour an invitation may be tried again"


async def test_who_answers_a_page_is_never_asked_to_wait(office: Office) -> None:
    await paged(office)
    at_the_usual_rate(office)
    page = office.last("pita")
    for _ in range(40):
        await office.press_raw(office.users["pita"], office.users["pita"].id, page.message_id, "zz")
    assert (await office.press("pita", page, "Saya tangani")).text == "Terima kasih. Anda yang menangani."


async def test_the_buttons_of_a_page_are_no_way_round_for_a_stranger(office: Office) -> None:
    """Nobody's data is read and nothing is written for presses that anybody's program can make."""
    await paged(office)
    at_the_usual_rate(office)
    office.world.join(office.triage, office.stranger)
    await office.pump()
    card = office.cards()[-1]
    before = (await office.database.read.journal.verify())[0]
    said = [
        (
            await office.press_raw(office.stranger, TRIAGE_CHAT, card.message_id, pack(do.Acknowledge(1, 1)))
        ).text
        for _ in range(60)
    ]
    assert said.count(SLOW) == 40
    assert (await office.database.read.journal.verify())[0] - before <= 21, "each of the first, and the flood"


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 3)), max_size=80))
def test_in_any_ten_seconds_nobody_presses_more_than_twice_the_rate(steps: list[tuple[float, int]]) -> None:
    thumbs, now = Thumbs(PressRate(20, 10.0)), 0.0
    allowed: dict[int, list[float]] = {}
    for wait, account in steps:
        now += wait / 10
        for _ in range(5):
            if thumbs.allow(account, now):
                allowed.setdefault(account, []).append(now)
    for times in allowed.values():
        assert all(sum(t <= u < t + 10 for u in times) <= 40 for t in times)


@given(st.integers(0, 50), st.floats(0, 1000))
def test_whoever_waits_long_enough_has_all_presses_again(pressed: int, since: float) -> None:
    thumbs = Thumbs(PressRate(20, 10.0))
    for _ in range(pressed):
        thumbs.allow(1, since)
    assert all(thumbs.allow(1, since + 10.1) for _ in range(20))


def test_what_is_remembered_of_strangers_stays_small() -> None:
    thumbs = Thumbs(PressRate(1, 1000.0))
    assert [thumbs.allow(0, 0.0) for _ in range(2)] == [True, False]
    for account in range(1, 1001):
        assert thumbs.allow(account, 0.0)
    assert thumbs.allow(0, 0.0), "the longest silent one was forgotten"
