"""An exercise in the real chat: who is called, what comes when, how it ends; no citizen sees any of it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from story_town import NIGHT, Town, labels

from bot.sandbox import Message
from bot.sandbox.api import Call

SCHOOL = Path(__file__).parent / "latihan"
REAL = (
    "Sebarkan! Air PDAM mulai malam ini dicampur bahan kimia berbahaya, belasan orang masuk rumah sakit",
    "Min bener nggak air PDAM mulai malam ini dicampur bahan kimia berbahaya? Katanya belasan orang dirawat",
    "Dapat dari grup RT: sebarkan, air PDAM mulai malam ini dicampur bahan kimia berbahaya",
    "Beredar kabar air PDAM beracun, belasan warga dirawat di rumah sakit tapi ditutup-tutupi",
    "sebarkan air PDAM malam ini dicampur bahan kimia berbahaya katanya belasan orang masuk rumah sakit",
)


class Outside:
    """A spy in every place that a citizen can read, and on every call that the bot makes there."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.places = {town.channel.id, town.discussion.id, *(user.id for user in town.citizens.values())}
        self.calls = len(town.sandbox.calls)
        self.texts = len(self.said())

    def said(self) -> list[Message]:
        world = self.town.world
        return [m for place in self.places for m in world.messages(place) if m.sender_id == world.bot.id]

    def heard(self) -> list[object]:
        """What the bot has said or done there since; reading who is a member says nothing."""
        since = list(self.town.sandbox.calls)[self.calls :]
        there = [call for call in since if _place(call) in self.places]
        return [*self.said()[self.texts :], *(c for c in there if not c.method.lower().startswith("get"))]


def _place(call: Call) -> int:
    try:
        return int(str(call.args.get("chat_id", 0)))
    except ValueError:
        return 0


@pytest.fixture
async def town(settle) -> Town:
    """Monday, 21.30: Dimas is on call, Gita stands behind him, Sekar and Tirta coordinate."""
    town = await settle(at=NIGHT, settings={"playbooks": f"['{SCHOOL / 'kabar-air.yaml'}']"})
    await town.start()
    await town.gather()
    return town


async def begin(town: Town, key: str = "sekar") -> Message:
    """/latihan and the first button; the incident's card."""
    await town.say(key, "/latihan")
    menu = town.card("Kabar air dicampur bahan kimia", button="🎓")
    press = await town.press(key, menu, "🎓")
    assert press.text == "Latihan dimulai. Yang bertugas sedang dipanggil."
    return card(town)


def card(town: Town, run: str = "K-1") -> Message:
    return town.seen(town.triage, f"Kabar tentang air · {run}")[0]


def page(town: Town, key: str) -> Message:
    return town.one(town.people[key], "Kabar tentang air · K-1", button="Saya tangani")


async def filled(town: Town, key: str) -> None:
    """The question, answered in the own chat."""
    form = town.one(town.people[key], "Periksa kebenarannya", button="Keliru")
    await town.press(key, form, "Keliru")
    await town.press(key, form, "Isi")
    await town.answer(key, "Air sudah diuji pagi ini dan aman", town.private(key))
    await town.press(key, town.one(town.people[key], "Periksa kebenarannya", button="Kirim"), "Kirim")


async def approved(town: Town, key: str) -> None:
    await town.press(key, town.one(town.people[key], "Setujui pesan pertama", button="Setujui"), "Setujui")


async def closed(town: Town, key: str, reason: str = "Latihan cukup") -> None:
    await town.press(key, card(town), "Selesai")
    if "🎓" in card(town).text and card(town).buttons:
        await town.answer(key, reason, town.private(key))


async def test_it_is_played_from_the_list_to_the_look_back_and_nobody_outside_hears_of_it(town: Town) -> None:
    outside = Outside(town)
    incident = await begin(town)
    assert "🎓 LATIHAN" in incident.text
    opened = town.card("Latihan “Kabar air dicampur bahan kimia” dimulai oleh Sekar.")
    assert opened.text.startswith("🎓 LATIHAN · K-1\n")
    assert "tidak ada yang sampai ke publik" in opened.text

    # Dimas does not answer; the ladder climbs, and Gita takes it.
    await town.later(minutes=1, seconds=1)
    first = town.card("Laras (warga rekaan) menulis:")
    assert first.text.startswith("🎓 LATIHAN · K-1")
    assert "/\u2060kunci" in first.text, "nothing in it can be tapped"
    await town.later(minutes=1)
    assert "Untuk penanggung jawab, dari pemandu latihan:" in town.card("Wartawan menelepon").text
    await town.later(minutes=4)
    assert "🎓 LATIHAN" in page(town, "dimas").text
    await town.press("gita", page(town, "gita"), "Saya tangani")

    await filled(town, "gita")
    await approved(town, "sekar")
    assert not town.seen(town.triage, "Contoh tayangan"), "one of two"
    await approved(town, "tirta")
    assert town.card("Contoh tayangan").text.startswith("🎓 LATIHAN")
    await town.later(minutes=20)
    for key in ("sekar", "tirta"):
        assert "🎓 LATIHAN · K-1 · dari pemandu" in town.one(town.people[key], "Radio minta keterangan").text
    assert not town.seen(town.people["dimas"], "Radio minta")

    await closed(town, "sekar")
    await town.later(seconds=2)
    told = town.card("Latihan “Kabar air dicampur bahan kimia” selesai.")
    assert "• Panggilan dijawab setelah 6 menit, sasarannya 5 menit." in told.text
    assert "• “Tayangkan pesan pertama” selesai setelah 6 menit, sasarannya 30 menit." in told.text
    assert "• Insiden ditutup setelah" in told.text
    assert "Balas komentar" not in told.text, "nobody can answer citizens who are made up"
    assert not any(name in told.text for name in ("Dimas", "Tirta", "Sekar"))

    before = len(town.seen(town.triage))
    await town.later(hours=5)
    assert not town.seen(town.triage, "terima kasih sudah jelas")
    assert len(town.seen(town.triage, "LATIHAN", "selesai. Terima kasih")) == 1
    assert len(town.seen(town.triage)) == before
    assert outside.heard() == []
    assert await town.read.cases.counts() == {}
    every = [m for one in (town.triage, *town.people.values()) for m in town.seen(one, "K-1")]
    every += [m for key in ("gita", "sekar", "tirta") for m in town.seen(town.people[key], "Balas pesan ini")]
    unmarked = [m.text for m in every if "LATIHAN" not in m.text]
    assert unmarked == []


async def test_nothing_leaves_while_the_public_is_locked_and_a_real_one_of_the_same_kind_runs(
    town: Town,
) -> None:
    await begin(town)
    for name, text in zip(("Ningsih", "Toni", "Ferry", "Ratna", "Bagus"), REAL, strict=True):
        await town.comment(name, text)
    real = card(town, "K-2")
    assert "LATIHAN" not in real.text
    outside = Outside(town)
    await town.press("dimas", page(town, "dimas"), "Saya tangani")
    await filled(town, "dimas")
    await approved(town, "sekar")
    await approved(town, "tirta")
    assert town.card("Contoh tayangan")
    assert outside.heard() == []
    await town.say("laras", "/kunci")
    await town.later(minutes=50)
    await town.say("laras", "/latihan")
    await closed(town, "sekar")
    await town.later(minutes=5)
    assert outside.heard() == []
    assert "LATIHAN" not in real.text
    assert real.buttons, "the real one goes on"
    evidence = await town.read.runs.evidence(2)  # type: ignore[arg-type]  # a plain number does here
    assert len(evidence) == 5
    assert await town.read.runs.evidence(1) == []  # type: ignore[arg-type]  # as above


async def test_a_bot_that_dies_says_each_scene_once_and_the_end_as_well(town: Town) -> None:
    await begin(town)
    await town.later(minutes=1, seconds=5)
    await town.stop()
    town.advance(4 * 60)
    await town.start()
    assert len(town.seen(town.triage, "Laras (warga rekaan)")) == 1
    assert len(town.seen(town.triage, "Joko (warga rekaan)")) == 1
    await town.stop()
    await town.start()
    assert len(town.seen(town.triage, "Joko (warga rekaan)")) == 1
    await town.later(hours=3)
    told = town.seen(town.triage, "Latihan “Kabar air dicampur bahan kimia” selesai.")
    assert len(told) == 1
    assert "• Panggilan belum dijawab, sasarannya 5 menit." in told[0].text
    assert "Tutup insidennya dengan 🏁 Selesai" in told[0].text


async def test_it_is_called_off_by_the_usual_button_and_nobody_is_measured(town: Town) -> None:
    await begin(town)
    await town.press("sekar", card(town), "Alarm palsu")
    assert town.one(town.people["sekar"], "mengapa K-1 alarm palsu").text.startswith("🎓 LATIHAN · ")
    await town.answer("sekar", "Ada kejadian nyata.", town.private("sekar"))
    await town.later(seconds=2)
    told = town.card("Latihan “Kabar air dicampur bahan kimia” dihentikan.")
    assert "•" not in told.text
    await town.later(hours=3)
    assert not town.seen(town.triage, "Laras (warga rekaan)")
    await town.say("sekar", "/latihan")
    assert "belum pernah dilatih" in town.card("Kabar air dicampur", button="🎓").text


async def test_the_list_says_when_it_was_last_done_and_when_it_is_time_again(town: Town) -> None:
    await begin(town)
    await closed(town, "sekar")
    await town.later(seconds=2)
    await town.say("tirta", "/latihan")
    menu = town.card("Yang bertugas sungguh dipanggil", button="🎓")
    assert "terakhir 23 November 2026 · setiap 90 hari" in menu.text
    assert "sudah waktunya" not in menu.text
    town.advance(timedelta(days=91).total_seconds())
    await town.settled()
    await town.say("tirta", "/latihan")
    assert "sudah waktunya latihan" in town.card("Yang bertugas sungguh dipanggil", button="🎓").text


async def test_every_scenario_that_fits_is_offered_with_its_own_day_and_what_was_never_held_grows_late(
    settle, tmp_path: Path
) -> None:
    school = tmp_path / "sekolah"
    shutil.copytree(SCHOOL, school)
    first = (school / "drills" / "air-keruh.yaml").read_text(encoding="utf-8")
    other = first.replace("id: air-keruh", "id: air-asin").replace(
        "Kabar air dicampur bahan kimia", "Air asin"
    )
    (school / "drills" / "air-asin.yaml").write_text(other, encoding="utf-8")
    (school / "air-tawar.yaml").write_text(other.replace("air-asin", "air-tawar"), encoding="utf-8")
    town = await settle(at=NIGHT, settings={"playbooks": f"['{school}']"})
    await town.start()
    await town.gather()
    await town.say("tirta", "/latihan")
    menu = town.card("Yang bertugas sungguh dipanggil", button="🎓")
    assert menu.text.count("belum pernah dilatih · setiap 90 hari") == 3
    assert [label for label in labels(menu) if "🎓" in label] == ["🎓 Mulai 1", "🎓 Mulai 2", "🎓 Mulai 3"]
    await town.stop()
    await town.start()
    town.advance(timedelta(days=91).total_seconds())
    await town.settled()
    await town.later(hours=13)  # the office opens on Tuesday
    told = town.card("🎓 Sudah waktunya latihan:")
    assert "• Kabar tentang air, belum pernah dilatih" in told.text
    await begin(town)
    await closed(town, "sekar")
    await town.later(seconds=2)
    await town.say("tirta", "/latihan")
    text = town.card("Yang bertugas sungguh dipanggil", button="🎓").text
    assert (text.count("terakhir 23 Februari 2027"), text.count("belum pernah dilatih")) == (1, 2)
    assert "sudah waktunya" not in text, "its playbook has been practised"


async def test_two_thumbs_begin_one_and_only_those_who_may_begin_any(town: Town) -> None:
    await town.say("dimas", "/latihan")
    assert town.card("Latihan dimulai oleh koordinator atau pengelola.")
    assert not town.seen(town.triage, "Kabar air dicampur", button="🎓")
    await begin(town)
    menu = town.card("Kabar air dicampur bahan kimia", button="🎓")
    await town.press("tirta", menu, "🎓")
    assert len(await town.machine.services.incidents.going_on()) == 1
    refused = await town.press("dimas", menu, "🎓")
    assert refused.text == "Latihan dimulai oleh koordinator atau pengelola."
    gone = await town.forged(town.people["sekar"], menu, "rl:00000000")
    assert "Latihan itu tidak ditemukan" in gone.text
    assert labels(menu) == ["🎓 Mulai 1"]


async def test_a_scenario_that_was_changed_meanwhile_is_not_gone_on_with(settle, tmp_path: Path) -> None:
    school = tmp_path / "latihan"
    (school / "drills").mkdir(parents=True)
    for name in ("kabar-air.yaml", "drills/air-keruh.yaml"):
        (school / name).write_text((SCHOOL / name).read_text("utf-8"), encoding="utf-8")
    town = await settle(at=NIGHT, settings={"playbooks": f"['{school / 'kabar-air.yaml'}']"})
    await town.start()
    await town.gather()
    await begin(town)
    await town.later(minutes=1, seconds=5)
    await town.stop()
    scenario = school / "drills/air-keruh.yaml"
    scenario.write_text(scenario.read_text("utf-8").replace("belasan", "puluhan"), encoding="utf-8")
    await town.start()
    await town.later(hours=3)
    assert len(town.seen(town.triage, "Berkas skenarionya diubah")) == 1
    assert not town.seen(town.triage, "Joko (warga rekaan)")


async def test_while_a_real_incident_runs_the_list_advises_to_wait(town: Town) -> None:
    await town.comment("Hasan", "Kok banyak yang tanya soal air PDAM ya malam ini?")
    await town.press("laras", town.card("soal air PDAM"), "Eskalasi")
    await town.press("laras", town.card("soal air PDAM"), "Kabar tentang air")
    await town.say("sekar", "/latihan")
    menu = town.card("Yang bertugas sungguh dipanggil", button="🎓")
    assert "K-1 sedang berjalan sungguhan. Sebaiknya latihan ditunda." in menu.text
