"""🛡 Tertibkan over the sandbox: one proposes, another confirms, Telegram does it or says why not."""

import asyncio
from pathlib import Path

import pytest
from chat_measures import ADVERT, measure_card, restricted
from chat_office import DISCUSSION, TRIAGE_CHAT, Office, house_rules, opened

from bot.chat.moderation_actions import ShowMeasure
from bot.chat.packing import pack
from bot.domain.case import CaseId, CaseStatus
from bot.domain.house_rules import Mode
from bot.domain.measure import MeasureId, State
from bot.domain.moderation import Remedy
from bot.sandbox import Break, Fault, Message
from bot.sandbox.model import Member, Status

CRITICISM = "Jalan Mawar rusak parah, kerja kalian payah"


async def proposed(office: Office, text: str, rule: str, remedy: str, by: str = "ani") -> Message:
    """The citizen's message, once a measure against it waits for a second person."""
    card = await office.comment(text)
    said = office.world.messages(DISCUSSION)[-1]
    await office.press(by, card, "Tertibkan")
    await office.press(by, measure_card(office), rule)
    await office.press(by, measure_card(office), remedy)
    await office.press(by, measure_card(office), "Ajukan")
    return said


def labels(message: Message) -> list[str]:
    return [one["text"] for one in message.buttons]


async def measure(office: Office, number: int = 1):
    found = await office.database.read.measures.get(number)
    assert found is not None
    return found


async def deeds(office: Office, number: int = 1) -> list[str]:
    lines = await office.database.read.journal.about(f"measure:{number}")
    return [str(line["action"]) for line in lines]


async def test_an_advert_is_deleted_once_a_second_person_has_confirmed_it(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    waiting = measure_card(office)
    head, byline, quoted, *_ = waiting.text.splitlines()
    assert head == "🛡 T-1 · menunggu orang kedua · #1"
    assert byline.endswith(", 09.00 WIB · lihat"), "who wrote it, when and where, in one line"
    assert quoted == ADVERT
    assert "Menunggu: Koko, Kori" in waiting.text
    assert "Bukti tersimpan: 1 versi, sha256" in waiting.text
    assert "tidak bisa kembali" in waiting.text
    assert not advert.deleted
    assert "🛡 T-1: hapus komentar, menunggu orang kedua" in office.cards()[0].text

    asked = office.last("kori")
    assert "Mohon keputusan orang kedua" in asked.text
    await office.press("kori", asked, "Pastikan")
    assert advert.deleted
    assert "T-1 · selesai" in measure_card(office).text
    assert "Dipastikan Kori" in measure_card(office).text
    assert labels(measure_card(office)) == [], "a deleted message cannot come back"
    assert labels(office.last("koko")) == []
    assert (await measure(office)).state is State.DONE
    assert await deeds(office) == [
        *("measure_open", "measure_rule", "measure_remedy", "measure_propose", "measure_confirm"),
        "measure_done",
    ]
    case = await office.database.read.cases.get(CaseId(1))
    assert case is not None
    assert case.status is CaseStatus.NEW, "a measure closes no case"


async def test_criticism_is_not_taken_away_for_its_tone(office: Office) -> None:
    card = await office.comment(CRITICISM)
    await office.press("ani", card, "Tertibkan")
    await office.press("ani", measure_card(office), "bahasa yang pantas")
    assert "dilindungi" in measure_card(office).text
    assert [one for one in labels(measure_card(office)) if "Tegur" in one]
    assert not [one for one in labels(measure_card(office)) if "Hapus" in one or "Blokir" in one]
    now = await measure(office)
    for remedy in (Remedy.HIDE, Remedy.DELETE, Remedy.BAN, Remedy.MOVE):
        data = f"mw:{now.id}:{now.version}:{remedy}:0"
        press = await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, data)
        assert press.text.startswith("Tidak bisa: keluhan dan kritik dilindungi.")
    assert await measure(office) == now

    await office.press("ani", measure_card(office), "Tegur")
    await office.press("ani", measure_card(office), "Ajukan")
    await office.press("kori", office.last("kori"), "Pastikan")
    warning = office.seen(DISCUSSION)[-1]
    assert "mohon perhatikan aturan diskusi kami: “Gunakan bahasa yang pantas”" in warning.text
    assert "Keluhan Anda tetap kami proses dengan nomor #1." in warning.text
    assert warning.reply_to == office.world.messages(DISCUSSION)[-2].message_id


async def test_nobody_confirms_the_own_proposal_and_a_refusal_ends_it(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    now = await measure(office)
    for who in ("ani", "pita", "pima", "pena"):
        press = await office.press_raw(
            office.users[who], TRIAGE_CHAT, measure_card(office).message_id, f"my:1:{now.version}"
        )
        assert press.text == "Penghapusan dipastikan oleh koordinator sebagai orang kedua."
    await office.press("koko", office.last("koko"), "Tolak")
    assert "T-1 · ditolak" in measure_card(office).text
    assert "Ditolak Koko" in measure_card(office).text
    late = await office.press_raw(
        office.users["kori"], office.users["kori"].id, office.last("kori").message_id, f"my:1:{now.version}"
    )
    assert "usulan ini sudah ditolak" in late.text
    assert not advert.deleted


async def test_without_the_right_nothing_is_asked_and_what_telegram_refuses_later_is_told(
    office: Office,
) -> None:
    bot = office.discussion.member(office.world.bot.id)
    rights = bot.rights
    office.world.promote(office.discussion, office.world.bot, rights - {"can_delete_messages"})
    card = await office.comment(ADVERT)
    await office.press("ani", card, "Tertibkan")
    await office.press("ani", measure_card(office), "beriklan")
    await office.press("ani", measure_card(office), "Hapus komentar")
    press = await office.press("ani", measure_card(office), "Ajukan")
    assert press.text == "Beri bot hak Hapus Pesan di grup diskusi dulu, lalu ajukan lagi."

    office.world.promote(office.discussion, office.world.bot, rights)
    await office.press("ani", measure_card(office), "Ajukan")
    office.world.promote(office.discussion, office.world.bot, rights - {"can_delete_messages"})
    await office.press("kori", office.last("kori"), "Pastikan")
    assert "T-1 · gagal" in measure_card(office).text
    told = office.seen(TRIAGE_CHAT)[-1]
    assert told.text == "🛡 T-1 untuk #1 gagal: bot belum punya hak Hapus Pesan di grup diskusi."
    assert (await deeds(office))[-1] == "measure_failed"


async def test_somebody_is_restricted_and_let_speak_again(office: Office) -> None:
    await proposed(office, ADVERT, "beriklan", "Batasi 7 hari")
    await office.press("kori", office.last("kori"), "Pastikan")
    member = office.discussion.member(office.citizen.id)
    assert member.status is Status.RESTRICTED
    assert member.until == int(office.clock.now().timestamp()) + 7 * 86400
    assert "Berlaku sampai" in measure_card(office).text
    refused = await office.press("ani", measure_card(office), "Urungkan")
    assert "koordinator" in refused.text
    await office.press("koko", measure_card(office), "Urungkan")
    assert office.discussion.member(office.citizen.id).status is Status.MEMBER
    assert "Diurungkan Koko" in measure_card(office).text
    assert (await deeds(office))[-2:] == ["measure_undo", "measure_undone"]


async def test_a_ban_is_lifted_and_a_warning_taken_back(office: Office) -> None:
    await proposed(office, ADVERT, "beriklan", "Blokir")
    await office.press("kori", office.last("kori"), "Pastikan")
    assert office.discussion.member(office.citizen.id).status is Status.KICKED
    await office.press("kori", measure_card(office), "Urungkan")
    assert office.discussion.member(office.citizen.id).status is Status.LEFT
    office.world.join(office.discussion, office.citizen)
    await office.pump()

    office.clock.advance(60)
    await proposed(office, ADVERT + " lagi", "beriklan", "Tegur")
    await office.press("kori", office.last("kori"), "Pastikan")
    warning = office.seen(DISCUSSION)[-1]
    await office.press("kori", measure_card(office), "Urungkan")
    assert warning.deleted


async def test_an_administrator_and_a_colleague_are_never_touched(office: Office) -> None:
    card = await office.comment(ADVERT)
    office.world.promote(office.discussion, office.citizen)
    await office.pump()
    await office.press("ani", card, "Tertibkan")
    await office.press("ani", measure_card(office), "beriklan")
    await office.press("ani", measure_card(office), "Hapus komentar")
    press = await office.press("ani", measure_card(office), "Ajukan")
    assert press.text == "Tidak bisa: penulisnya admin grup diskusi."

    office.world.set_member(office.discussion, office.citizen, Member(Status.MEMBER))
    async with office.database.transaction() as tx:
        await tx.people.link("nara", office.citizen.id, office.clock.now())
    office.clock.advance(60)
    other = await office.press("ani", measure_card(office), "Ajukan")
    assert other.text == "Tidak bisa: penulisnya anggota tim."
    assert (await measure(office)).state is State.CHOOSING


async def test_an_edit_between_proposal_and_decision_ends_the_proposal(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    office.world.edit(advert, "Maaf, salah kirim. Jalan Mawar rusak.")
    await office.pump()
    press = await office.press("kori", office.last("kori"), "Pastikan")
    assert "komentarnya diubah penulisnya" in press.text
    assert not advert.deleted
    await office.press("ani", measure_card(office), "Batalkan usulan")
    assert "T-1 · dibatalkan" in measure_card(office).text


async def test_personal_data_is_covered_and_moved_to_a_private_chat(office: Office) -> None:
    text = "Jalan Mawar rusak, hubungi saya 0812 3456 7890"
    card = await office.comment(text)
    said = office.world.messages(DISCUSSION)[-1]
    assert "3456" not in card.text
    assert "Ada nomor telepon di komentar publik ini" in card.text
    await office.press("ani", card, "Pindahkan ke pribadi")
    assert "3456" not in measure_card(office).text
    assert "Demi keamanan, komentarnya kami hapus." in measure_card(office).text
    await office.press("ani", measure_card(office), "Ajukan")
    await office.press("kori", office.last("kori"), "Pastikan")
    assert said.deleted
    invitation = office.seen(DISCUSSION)[-1]
    assert invitation.reply_to == said.message_id
    assert "lewat pesan pribadi ke akun ini dan sebutkan nomor #1" in invitation.text
    (exhibit,) = await office.database.read.measures.evidence(1)
    assert "3456" not in exhibit.text
    kept = await office.database.read.comments.of_case(CaseId(1))
    assert kept[-1].comment.text == text, "the copy stays with the case, which stays open"
    case = await office.database.read.cases.get(CaseId(1))
    assert case is not None
    assert case.status is CaseStatus.NEW


@pytest.mark.parametrize("lost", [True, False])
async def test_nobody_is_told_that_a_comment_goes_where_the_bot_may_not_take_it_away(
    office: Office, lost: bool
) -> None:
    """Between the decision and the deed the bot loses the right, or the writer is made an administrator."""
    card = await office.comment("Jalan Mawar rusak, hubungi saya 0812 3456 7890")
    said = office.world.messages(DISCUSSION)[-1]
    await office.press("ani", card, "Pindahkan ke pribadi")
    await office.press("ani", measure_card(office), "Ajukan")
    bot = office.discussion.member(office.world.bot.id)
    if lost:
        office.world.promote(office.discussion, office.world.bot, bot.rights - {"can_delete_messages"})
    else:
        office.world.promote(office.discussion, office.citizen)
    await office.press("kori", office.last("kori"), "Pastikan")
    assert office.seen(DISCUSSION) == [], "no invitation"
    assert not said.deleted
    assert "T-1 · gagal" in measure_card(office).text
    why = "bot belum punya hak Hapus Pesan" if lost else "penulisnya admin grup diskusi"
    assert why in office.seen(TRIAGE_CHAT)[-1].text
    assert (await deeds(office))[-2:] == ["measure_not_invited", "measure_failed"]


async def test_hiding_covers_the_words_on_the_teams_cards_alone(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Tutupi di kartu tim")
    assert "publik tetap membacanya" in measure_card(office).text
    await office.press("kori", office.last("kori"), "Pastikan")
    assert not advert.deleted
    assert "slot gacor" not in office.cards()[0].text
    await office.press("koko", measure_card(office), "Urungkan")
    assert "slot gacor" in office.cards()[0].text


async def test_a_warning_in_doubt_is_a_persons_to_settle(office: Office) -> None:
    await proposed(office, ADVERT, "beriklan", "Tegur")
    office.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=DISCUSSION, times=1))
    await office.press("kori", office.last("kori"), "Pastikan")
    assert "T-1 · belum pasti terkirim" in measure_card(office).text
    assert len(office.seen(DISCUSSION)) == 1, "it is not sent again by itself"
    await office.press("koko", measure_card(office), "Sudah terkirim")
    assert "T-1 · selesai" in measure_card(office).text
    assert len(office.seen(DISCUSSION)) == 1


async def test_a_deed_in_doubt_is_simply_done_again(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    office.faults.add(Fault(Break.RESET_AFTER, "deleteMessage", times=1))
    await office.press("kori", office.last("kori"), "Pastikan")
    assert advert.deleted
    assert "dipastikan, sedang dijalankan" in measure_card(office).text
    await office.later(minutes=1)
    assert "T-1 · selesai" in measure_card(office).text
    assert "sudah tidak ada di grup" in measure_card(office).text


async def test_under_the_lock_nothing_is_done_to_citizens(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    await office.writes("ani", TRIAGE_CHAT, "/kunci")
    await office.press("kori", office.last("kori"), "Pastikan")
    assert not advert.deleted
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    await office.writes("koko", TRIAGE_CHAT, "/buka")
    assert advert.deleted


async def test_what_becomes_criticism_before_it_leaves_is_not_deleted(office: Office) -> None:
    rude = "Ini slot gacor buat kalian, dasar payah"
    said = await proposed(office, rude, "bahasa yang pantas", "Hapus komentar")
    await office.writes("ani", TRIAGE_CHAT, "/kunci")
    await office.press("kori", office.last("kori"), "Pastikan")
    card = office.cards()[0]
    await office.press("pita", card, "Label")
    await office.press("pita", office.cards()[0], "Keluhan")
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    await office.writes("koko", TRIAGE_CHAT, "/buka")
    assert not said.deleted
    assert "T-1 · gagal" in measure_card(office).text
    assert "kini dilindungi sebagai keluhan" in measure_card(office).text


async def test_a_proposal_that_nobody_decides_on_lapses(office: Office) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    await office.later(minutes=24 * 60 + 1)
    assert "T-1 · gugur" in measure_card(office).text
    assert labels(measure_card(office)) == []
    assert not advert.deleted


@pytest.fixture
async def dry_office(tmp_path: Path):
    async with opened(tmp_path, house=house_rules(Mode.DRY)) as office:
        yield office


async def test_in_the_dry_weeks_everything_is_shown_and_nothing_reaches_telegram(dry_office: Office) -> None:
    office = dry_office
    advert = await proposed(office, ADVERT, "beriklan", "Blokir")
    assert "Masa uji: dicatat saja" in office.last("kori").text
    before = [call.method for call in office.calls]
    await office.press("kori", office.last("kori"), "Pastikan")
    assert "T-1 · dipastikan (masa uji)" in measure_card(office).text
    assert "tidak ada yang dikirim ke Telegram" in measure_card(office).text
    assert not advert.deleted
    assert office.discussion.member(office.citizen.id).present
    after = [call.method for call in office.calls][len(before) :]
    assert not {"banChatMember", "deleteMessage", "restrictChatMember"} & set(after)
    assert await deeds(office) == [
        "measure_open", "measure_rule", "measure_remedy", "measure_propose", "measure_confirm",
    ]  # fmt: skip
    assert labels(measure_card(office)) == []


async def test_switched_off_there_is_no_button_and_no_way(tmp_path: Path) -> None:
    async with opened(tmp_path, house=house_rules(Mode.OFF)) as office:
        card = await office.comment(ADVERT)
        assert not [one for one in labels(card) if "Tertibkan" in one]
        press = await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, "mo:1:1")
        assert press.text == "Tidak bisa: penertiban dimatikan di pengaturan."
        assert await office.database.read.measures.last(CaseId(1)) is None


@pytest.mark.parametrize(
    ("faults", "read"),
    [
        ([], True),
        ([Break.ERROR_500], False),
        ([Break.FLOOD], True),
        ([Break.FLOOD, Break.ERROR_500], False),
    ],
    ids=["it stands there", "refused", "it comes late", "late and refused"],
)
async def test_evidence_counts_as_read_once_it_stands_before_the_reader(
    office: Office, faults: list[Break], *, read: bool
) -> None:
    await restricted(office)
    reader, card = office.users["pita"], measure_card(office)
    for fault in faults:
        office.faults.add(Fault(fault, "sendMessage", reader.id, times=1, retry_after=30))
    before = asyncio.all_tasks()
    await office.press_raw(reader, TRIAGE_CHAT, card.message_id, pack(ShowMeasure(MeasureId(1))))
    late = Break.FLOOD in faults
    assert ("measure_read" in await deeds(office)) is (read and not late)
    if late:
        (turn,) = asyncio.all_tasks() - before
        office.clock.advance(31)
        await asyncio.wait_for(turn, 3)
    assert (await deeds(office)).count("measure_read") == int(read)
