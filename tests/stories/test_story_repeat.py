"""The next who ask the same have the approved answer at once, where the agency and its template say so."""

from pathlib import Path

from story_town import Town
from test_story_agency import SHELF, agency

ASKS = "Min, KTP saya hilang di pasar kemarin sore, bagaimana cara mengurusnya dan loketnya buka jam berapa"
AGAIN = """\
  - id: uji/hilang
    title: KTP hilang
    labels: [question]
    topics: [ktp-kk]
    keywords: [hilang]
    text: "Halo Kak {nama}, bawa surat kehilangan dan KK ke loket, pukul 08.00 sampai 15.00. Terima kasih."
    slots: {nama: {type: name}}
    owner: role:koordinator
    basis: SOP loket
    version: 1
    valid_until: 2027-12-31
    state: proposed
    repeat: true
"""


async def answered(town: Town) -> str:
    """Ratna asks, Laras picks the template, Sekar approves; what she read before."""
    await town.comment("Ratna", ASKS)
    card = town.card("KTP saya hilang")
    await town.press("laras", card, "Balas")
    await town.press("laras", card, "KTP hilang")
    await town.press("laras", card, "Ajukan")
    asked = town.one(town.people["sekar"], button="Setujui")
    read = asked.text
    await town.press("sekar", asked, "Setujui")
    await town.later(seconds=10)
    assert len(town.public()) == 1
    return read


async def test_the_next_who_ask_have_it_at_once_until_a_person_stops_it(settle, tmp_path: Path) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m, repeat: true, pace: 4s}", shelf=SHELF + AGAIN)
    assert "bot sendiri mengirim teks ini kepada yang menulis hal yang sama" in await answered(town)
    for name in ("Bagus", "Wulan"):
        await town.comment(name, f"{ASKS}?? 🙏")
    await town.later(seconds=20)
    assert [said.text.count("surat kehilangan") for said in town.public()] == [1, 1, 1]
    assert all("Ratna" not in said.text for said in town.public()[1:]), "nobody is called by another's name"
    card = town.card("🔁 Bot mengirim jawaban ini kepada 2 penanya berikutnya.")
    await town.stop()
    await town.start()
    await town.press("yoga", card, "Hentikan jawaban otomatis")
    await town.comment("Hasan", f"{ASKS}, makasih")
    await town.later(seconds=20)
    assert len(town.public()) == 3
    assert town.seen(town.triage, "masuk setelah", "dijawab"), "now the team hears of it"


async def test_by_default_they_wait_for_a_person(settle, tmp_path: Path) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m}", shelf=SHELF + AGAIN)
    assert "bot sendiri" not in await answered(town)
    await town.comment("Bagus", f"{ASKS}?? 🙏")
    await town.later(seconds=20)
    assert len(town.public()) == 1
