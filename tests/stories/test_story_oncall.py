"""A week of on-call, through the wire: an exchange, a leave, a night's page, a restart in between."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from story_town import Town

Settle = Callable[..., Awaitable[Town]]
HOAX_ROTA = """
  medsos: {shifts: [{rotate: 1d, since: '2026-11-23 07:00', people: [dimas, gita]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [sekar]}]}"""
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""09.00 in Jakarta: Dimas has the day, Gita the next."""


async def test_who_took_the_shift_over_is_called_in_the_night(settle: Settle) -> None:
    town = await settle(at=MONDAY, settings={"rota": HOAX_ROTA})
    await town.start()
    await town.gather()
    dimas, gita = town.private("dimas"), town.private("gita")
    await town.dm(town.people["dimas"], "/tukar")
    await town.press("dimas", town.one(dimas, "Giliran Dimas yang mana?"), "Sen 23 Nov")
    await town.press("dimas", town.one(dimas, "Tukar dengan siapa?"), "Gita, tanpa giliran balasan")
    await town.stop()
    await town.start()
    asked = town.one(gita, "Dimas minta tukar giliran")
    assert (await town.press("gita", asked, "Setuju tukar")).text == "Disetujui. Jadwalnya sudah berubah."
    assert town.one(dimas, "Tukar giliran berlaku")
    await town.later(hours=13)  # 22.00
    await town.say("laras", "/krisis")
    pages = len(town.seen(dimas, "K-1"))
    await town.press("laras", town.card("Insiden apa yang dibuka?"), "Hoaks")
    assert town.one(gita, "K-1", button="Saya tangani")
    assert len(town.seen(dimas, "K-1")) == pages
    await town.press("gita", town.one(gita, "K-1", button="Saya tangani"), "Saya tangani")
    await town.leap(hours=10)  # 08.00: Gita's own day goes on, nobody takes over from her
    assert not town.seen(dimas, "Giliran Anda di medsos dimulai")
    await town.leap(hours=24)
    handed = town.one(dimas, "Giliran Anda di medsos dimulai")
    assert "Sebelumnya: Gita." in handed.text
    assert "Insiden berjalan: K-1" in handed.text
    assert await town.deeds("swap:1") == ["swap_asked", "swap_agreed"]


async def test_the_calendar_file_arrives_as_a_file(settle: Settle) -> None:
    town = await settle(at=MONDAY, settings={"rota": HOAX_ROTA})
    await town.start()
    await town.gather()
    await town.dm(town.people["dimas"], "/piket unduh")
    files = [m for m in town.world.messages(town.private("dimas").id) if "document" in m.raw]
    assert [m.raw["document"]["file_name"] for m in files] == ["piket-dimas.ics"]


async def test_quiet_hours_hush_a_page_and_a_shift_of_ones_own_does_not(settle: Settle) -> None:
    people = """
  - {id: laras, name: Laras, roles: [admin]}
  - {id: yoga, name: Yoga, roles: [admin]}
  - {id: sekar, name: Sekar, roles: [koordinator], quiet_hours: '22:00-05:00'}
  - {id: tirta, name: Tirta, roles: [koordinator, pengelola]}
  - {id: dimas, name: Dimas, roles: [piket], quiet_hours: '22:00-05:00'}
  - {id: gita, name: Gita, roles: [piket]}
  - {id: harun, name: Pak Harun, roles: [pimpinan]}"""
    rota = """
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [dimas]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [gita]}]}"""
    town = await settle(at=MONDAY, settings={"people": people, "rota": rota})
    await town.start()
    await town.gather()
    await town.later(hours=14)  # 23.00
    await town.say("laras", "/krisis")
    await town.press("laras", town.card("Insiden apa yang dibuka?"), "Hoaks yang sedang viral")
    assert not town.one(town.private("dimas"), "K-1", button="Saya tangani").silent
    await town.later(minutes=40)  # nobody answers: the coordinators are called too
    called = town.one(town.private("sekar"), "K-1", button="Saya tangani")
    assert called.silent
    assert not town.one(town.private("tirta"), "K-1", button="Saya tangani").silent
