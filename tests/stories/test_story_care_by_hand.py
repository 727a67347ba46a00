"""A person sees what no reading of the text did: opening the sensitive playbook hides the case."""

from pathlib import Path

import pytest
from story_town import NIGHT, Town, labels
from test_story_care import CARE, original, received, submitted
from test_story_import import imported

from bot.domain.case import CaseId

WORDS = "Aku sudah menulis surat perpisahan untuk ibu. Besok semuanya beres."
MORE = "Obatnya sudah kukumpulkan."


@pytest.fixture
async def night(settle) -> Town:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    return town


async def hidden(town: Town, by: str = "dimas") -> None:
    card = town.card("surat perpisahan")
    await town.press(by, card, "Eskalasi")
    await town.press(by, card, "Keselamatan")
    facts = str(card.quoted()) + str(card.buttons) + str(card.raw)
    for secret in ("Wulan", "surat perpisahan", "t.me/", "media.example"):
        assert secret not in facts
    assert "dua pendamping" in card.text
    case = await town.read.cases.get(CaseId(1))
    assert case is not None
    assert case.sensitive
    assert case.priority.reasons == ("sensitive",)


def only_the_two_read(town: Town, words: str) -> None:
    for key in ("laras", "sekar"):
        assert words in str(original(town, key).quoted())
    for place in (town.triage, *(town.people[key] for key in ("yoga", "tirta", "dimas", "gita", "harun"))):
        for message in town.seen(place):
            assert words not in str(message.quoted()), message.text


async def test_a_private_message(night: Town) -> None:
    wulan = night.citizens["Wulan"]
    await night.dm(wulan, WORDS)
    before = len(received(night, wulan))
    await hidden(night)
    only_the_two_read(night, WORDS)
    await night.dm(wulan, MORE)
    only_the_two_read(night, MORE)
    asked = await submitted(night)
    await night.press("sekar", asked, "Setujui")
    assert received(night, wulan)[before:] == [CARE]
    assert "at_risk" in await night.deeds("case:1")


async def test_a_comment_under_a_post(night: Town) -> None:
    comment = await night.comment("Wulan", WORDS)
    await hidden(night, by="yoga")
    only_the_two_read(night, WORDS)
    asked = await submitted(night)
    await night.press("sekar", asked, "Setujui")
    assert [(reply.text, reply.reply_to) for reply in night.public()] == [(CARE, comment.message_id)]


async def test_a_row_of_a_file(night: Town, tmp_path: Path) -> None:
    file = tmp_path / "komentar.csv"
    row = f'ig-1,Wulan,2026-11-23T08:10:00+07:00,"{WORDS}",https://media.example/p/1,Jadwal layanan'
    file.write_text(f"id,penulis,waktu,teks,tautan,unggahan\n{row}\n", encoding="utf-8")
    await imported(night, file)
    await hidden(night)
    only_the_two_read(night, WORDS)


async def test_an_everyday_draft_is_stopped_and_its_writer_and_reader_are_told_why(night: Town) -> None:
    wulan = night.citizens["Wulan"]
    await night.dm(wulan, WORDS)
    before = len(received(night, wulan))
    card = night.card("surat perpisahan")
    draft = await night.submitted("yoga", card, "Halo Kak, silakan ke kantor kelurahan.")
    case = await night.read.cases.get(CaseId(1))
    assert case is not None
    playbook = next(p for p in night.machine.services.playbooks if "Keselamatan" in p.name)
    await night.forged(night.people["dimas"], card, f"ce:1:{case.version}:{playbook.short}")
    assert labels(draft) == []
    assert "kini ditangani pendamping" in draft.text
    assert night.one(night.people["yoga"], "kini ditangani pendamping; draf Anda tidak dikirim")
    assert not night.seen(night.people["yoga"], "diubah penulisnya")
    assert received(night, wulan)[before:] == []
    only_the_two_read(night, WORDS)
