"""How agencies differ: one person alone, templates that may go at once, and templates that may not."""

from pathlib import Path

import pytest
from story_town import Town, labels, units_of

LADDER_ONLY = Path(__file__).parent / "playbooks" / "hoaks-viral.yaml"

QUESTION = "KTP saya hilang di pasar, cara mengurusnya bagaimana ya min?"
SHELF = """\
replies: v1
topic: uji
templates:
  - id: uji/tertutup
    title: Jadwal loket
    labels: [question]
    keywords: [hilang]
    text: |
      Halo Kak {nama}, layanan {layanan} dibuka lagi pada {hari}.
    slots:
      nama: {type: name}
      layanan:
        type: choice
        ask: 'Layanan yang mana?'
        choices: {ktp: perekaman KTP, akta: akta kelahiran}
      hari: {type: date, ask: 'Tanggal berapa?'}
    owner: role:koordinator
    basis: SOP loket
    version: 1
    valid_until: 2027-12-31
    state: proposed
  - id: uji/terbuka
    title: Kabar petugas
    labels: [question]
    keywords: [hilang]
    text: "Halo Kak {nama}, kabar dari petugas: {kabar}."
    slots:
      nama: {type: name}
      kabar: {type: text, ask: 'Apa kabarnya?', max: 80}
    owner: role:koordinator
    basis: SOP loket
    version: 1
    valid_until: 2027-12-31
    state: proposed
  - id: uji/lama
    title: Layanan Lebaran
    labels: [question]
    topics: [ktp-kk]
    keywords: [hilang]
    text: Selama libur Lebaran loket tutup.
    owner: role:koordinator
    basis: SOP loket
    version: 1
    valid_until: 2026-04-30
    state: proposed
"""


async def agency(settle, folder: Path, approval: str, *, shelf: str = SHELF, approve: bool = True) -> Town:
    """A town with templates of its own."""
    (folder / "templat.yaml").write_text(shelf, encoding="utf-8")
    playbooks = f"['{LADDER_ONLY}']"  # the shipped ones name templates of their own
    own = {"templates": "[templat.yaml]", "playbooks": playbooks, "approval": approval}
    town: Town = await settle(settings=own)
    await town.start()
    if approve:
        await town.gather()
    return town


async def test_a_closed_template_may_go_at_once_where_the_config_allows_it(settle, tmp_path: Path) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m, instant_closed: true}")
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.press("laras", card, "Balas")
    assert "Masa berlakunya habis pada 30 April 2026." in card.text
    assert not any("Layanan Lebaran" in label for label in labels(card))
    await town.press("laras", card, "Jadwal loket")
    await town.press("laras", card, "perekaman KTP")
    await town.press("laras", card, "Besok")
    await town.press("laras", card, "Kirim sekarang")
    (reply,) = town.public()
    assert reply.text == "Halo Kak Ratna, layanan perekaman KTP dibuka lagi pada 24 November 2026."
    assert "Dikirim langsung dari templat yang sudah disetujui" in card.text
    assert not town.seen(town.people["sekar"], button="Setujui")


async def test_a_free_gap_or_a_changed_word_needs_a_second_person(settle, tmp_path: Path) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m, instant_closed: true}")
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.press("laras", card, "Balas")
    await town.press("laras", card, "Kabar petugas")
    await town.press("laras", card, "Isi")
    await town.answer("laras", "berkasnya di loket 2")
    assert not any("Kirim sekarang" in label for label in labels(card))
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["sekar"], button="Setujui")
    assert "Isian: berkasnya di loket 2" in draft.text
    await town.press("sekar", draft, "Setujui")
    assert town.public()[0].text == "Halo Kak Ratna, kabar dari petugas: berkasnya di loket 2."

    await town.comment("Bagus", "KTP adik saya hilang, bisa diurus hari ini?")
    second = town.card("KTP adik saya hilang")
    await town.press("laras", second, "Balas")
    await town.press("laras", second, "Jadwal loket")
    await town.press("laras", second, "perekaman KTP")
    await town.press("laras", second, "Besok")
    await town.press("laras", second, "Ubah")
    await town.answer("laras", "Halo Kak Bagus, layanan perekaman KTP dibuka lagi besok pagi.")
    assert not any("Kirim sekarang" in label for label in labels(second))


async def test_an_emergency_never_goes_at_once(settle, tmp_path: Path) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m, instant_closed: true}")
    await town.comment(
        "Hasan", "TOLONG air sudah masuk rumah, ada nenek stroke di dalam, kami nggak bisa keluar!"
    )
    card = town.card("TOLONG air sudah masuk")
    assert card.text.startswith("🔴")
    assert not card.silent
    await town.write("laras", card, "Petugas sedang menuju lokasi, Kak. Hubungi 112 bila keadaan berubah.")
    assert not any("Kirim sekarang" in label for label in labels(card))
    await town.press("laras", card, "Ajukan")
    assert town.seen(town.people["sekar"], "Hubungi 112", button="Setujui")


async def test_one_person_alone_reads_again_and_confirms_and_it_is_written_down(
    settle, tmp_path: Path
) -> None:
    only = "\n  - {id: laras, name: Laras, roles: [admin, koordinator, pengelola]}"
    town: Town = await settle(
        settings={
            "people": only,
            "groups": "{kepala-humas: [laras], pimpinan: [laras], pendamping: [laras]}",
            "units": units_of("laras"),
            "rota": _rota("laras"),
            "approval": "{alone: true, alone_pause: 60s, expires: 30m}",
        }
    )
    await town.start()
    await town.gather(*(key for key in town.people if key != "laras"), by="laras")
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.write("laras", card, "Silakan ke kantor Dukcapil membawa surat kehilangan, Kak.")
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["laras"], "Baca sekali lagi", button="Sudah saya baca ulang")
    early = await town.press("laras", draft, "Sudah saya baca ulang")
    assert "Baca sekali lagi dulu" in early.text
    assert early.alert
    assert not town.public()
    await town.later(seconds=61)
    await town.press("laras", draft, "Sudah saya baca ulang")
    assert len(town.public()) == 1
    assert "Dipastikan sendiri setelah dibaca ulang" in card.text
    approved = next(line for line in await town.journal("draft:1") if line["action"] == "approve")
    assert '"as":"alone"' in approved["canonical"]


def _rota(person: str) -> str:
    shift = f"{{shifts: [{{days: sen-min, from: '00:00', to: '00:00', people: [{person}]}}]}}"
    return f"{{medsos: {shift}, medsos-cadangan: {shift}}}"


async def test_a_coordinator_approves_templates_one_by_one_or_all_and_nobody_else_does(
    settle, tmp_path: Path
) -> None:
    town = await agency(settle, tmp_path, "{expires: 30m}", approve=False)
    await town.gather(by="")
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.press("laras", card, "Balas")
    assert "belum disetujui koordinator" in card.text
    assert not any("Jadwal loket" in label for label in labels(card))

    await town.dm(town.people["laras"], "/templat setujui")
    assert not any("templat disetujui" in m.text for m in town.seen(town.people["laras"]))
    await town.dm(town.people["sekar"], "/templat jadwal")
    shown = town.one(town.people["sekar"], "Jadwal loket", button="Setujui templat")
    assert "dibuka lagi pada" in shown.text
    yes = shown.button("Setujui templat")["callback_data"]
    refused = await town.forged(town.people["laras"], town.card(QUESTION), yes)
    assert refused.alert
    await town.press("sekar", shown, "Setujui templat")
    await town.press("laras", card, "Kembali")
    await town.press("laras", card, "Balas")
    assert any("Jadwal loket" in label for label in labels(card))
    assert not any("Kabar petugas" in label for label in labels(card))

    await town.stop()
    changed = SHELF.replace("dibuka lagi pada", "tersedia kembali mulai").replace(
        "version: 1", "version: 2", 1
    )
    (tmp_path / "templat.yaml").write_text(changed, encoding="utf-8")
    await town.start()
    await town.press("laras", card, "Kembali")
    await town.press("laras", card, "Balas")
    assert not any("Jadwal loket" in label for label in labels(card))
    await town.dm(town.people["tirta"], "/templat setujui")
    assert town.one(town.people["tirta"], "2 templat disetujui.")


@pytest.mark.parametrize(("last_day", "still"), [("2026-11-24", False), ("2026-11-25", True)])
async def test_a_template_may_run_out_between_the_draft_and_the_approval(
    settle, tmp_path: Path, last_day: str, still: bool
) -> None:
    town = await agency(settle, tmp_path, "{expires: 90h}", shelf=SHELF.replace("2027-12-31", last_day))
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.press("laras", card, "Balas")
    await town.press("laras", card, "Jadwal loket")
    await town.press("laras", card, "perekaman KTP")
    await town.press("laras", card, "Lusa")
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["sekar"], button="Setujui")
    await town.later(hours=48)
    press = await town.press("sekar", draft, "Setujui")
    assert ("Masa berlakunya habis" in press.text) is not still
    assert bool(town.public()) is still
