"""Who comes, who goes, and the commands that anybody of the team may ask."""

import pytest
from chat_office import CRISIS_CHAT, DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import new, sensitive, waiting
from chat_town import TEAM
from telegram import ChatPermissions, Update

from bot.domain.people import PersonId


async def test_an_invitation_binds_the_account_once(office: Office) -> None:
    async with office.database.transaction() as tx:
        await tx.people.suspend(PersonId("pena"), "left", office.clock.now())
    secret = await office.services.team.invite(PersonId("pena"), "host")
    office.world.start(office.users["pena"], secret)
    await office.pump()
    assert office.last("pena").text == (
        "Selamat datang, Pena. Akun ini terhubung: panggilan dan permintaan persetujuan datang ke sini."
    )
    menus = [call.args for call in office.calls if call.method == "setMyCommands"]
    assert str(office.users["pena"].id) in str(menus[-1]["scope"])
    assert '"buka"' in str(menus[-1]["commands"])
    assert '"lapor"' in str(menus[-1]["commands"])
    assert '"krisis"' not in str(menus[-1]["commands"])
    office.world.start(office.stranger, secret)
    await office.pump()
    assert office.seen(office.stranger.id)[-1].text.startswith("Tautan undangan ini sudah dipakai")
    assert office.refusals() == []


async def test_an_invitation_is_not_opened_in_a_group(office: Office) -> None:
    secret = await office.services.team.invite(PersonId("pena"), "host")
    said = await office.writes("pena", TRIAGE_CHAT, f"/start {secret}")
    assert said.text == "Buka tautan undangan itu di obrolan pribadi dengan bot, ya."


async def test_a_citizen_is_greeted_and_heard(office: Office) -> None:
    office.world.start(office.stranger)
    await office.pump()
    assert office.seen(office.stranger.id)[-1].text.startswith("Halo Kak! Tulis pertanyaan")
    office.world.dm(office.stranger, "Min, lampu jalan mati")
    await office.pump()
    assert office.seen(office.stranger.id)[-1].text == (
        "Halo Kak, terima kasih. Pesan Anda sudah kami terima dengan nomor #1. "
        "Petugas kami akan membacanya. Bila ada tambahan, tulis saja di sini."
    )
    heard = len(office.seen(office.stranger.id))
    for command in ("/antrean", "/start", "/antrean", "/start"):
        office.world.dm(office.stranger, command)
        await office.pump()
    assert len(office.seen(office.stranger.id)) == heard + 2, "three times an hour, by any command"
    office.clock.advance(3600)
    office.world.dm(office.stranger, "/antrean")
    await office.pump()
    assert office.seen(office.stranger.id)[-1].text.startswith("Halo Kak! Tulis pertanyaan")


async def test_no_receipt_for_a_life_at_stake(office: Office) -> None:
    office.world.dm(office.stranger, "aku mau pergi selamanya")
    await office.pump()
    assert office.seen(office.stranger.id) == []


async def test_who_leaves_the_group_is_out_at_once(office: Office) -> None:
    await new(office)
    office.world.leave(office.triage, office.users["ani"])
    await office.pump()
    assert office.seen(TRIAGE_CHAT)[-1].text == (
        "Ani keluar dari grup, jadi aksesnya dihentikan. Undang lagi bila kembali."
    )
    card = office.cards()[-1]
    press = await office.press("ani", card, "Ambil")
    assert press.text.startswith("Akun ini belum terdaftar di tim.")
    assert "belum diambil" in card.text


@pytest.mark.parametrize("inside", [True, False])
async def test_who_is_restricted_is_out_only_if_they_are_not_in_the_group(
    office: Office, inside: bool
) -> None:
    """Silenced by an administrator, somebody then leaves: Telegram says "restricted"."""
    ani = office.users["ani"].to_json()
    rights = dict.fromkeys(ChatPermissions.no_permissions().to_dict(), False)
    restricted = {"status": "restricted", "user": ani, "is_member": inside, "until_date": 0, **rights}
    moved = {
        "chat": office.triage.to_json(),
        "from": ani,
        "date": int(office.clock.now().timestamp()),
        "old_chat_member": restricted | {"is_member": True},
        "new_chat_member": restricted,
    }
    update = Update.de_json({"update_id": 77_000, "chat_member": moved}, office.bot)
    await office.application.process_update(update)
    out = {link.person for link in await office.database.read.people.links() if link.suspended}
    assert out == (set() if inside else {"ani"})


async def test_a_bot_that_lost_its_place_tells_those_who_can_mend_it(office: Office) -> None:
    office.world.kick_bot(office.triage, office.users["pena"])
    await office.pump()
    assert "Bot dikeluarkan dari" in office.last("pena").text
    assert "Bot dikeluarkan dari" in office.last("koko").text


async def test_an_anonymous_admin_is_asked_to_show_the_face(office: Office) -> None:
    office.world.promote(office.triage, office.users["kori"], anonymous=True)
    said = await office.writes("kori", TRIAGE_CHAT, "/kunci")
    assert said.text == "Anda tampil sebagai admin anonim. Matikan mode anonim dulu, lalu ulangi."
    assert await office.database.read.people.public_lock() is None


async def test_lock_and_unlock_by_two(office: Office) -> None:
    await waiting(office)
    await office.writes("ani", TRIAGE_CHAT, "/kunci")
    await office.press("kori", office.last("kori"), "Setujui")
    assert office.seen(DISCUSSION) == []
    assert "🔒 Balasan ditahan karena /kunci sedang berlaku." in next(
        m.text for m in office.seen(TRIAGE_CHAT) if m.text.startswith("🔵 #1")
    )
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    asked = next(m for m in office.cards() if "meminta kunci dibuka" in m.text)
    press = await office.press("kori", asked, "Buka kembali")
    assert press.text.startswith("Tercatat. Satu koordinator atau pengelola lagi")
    await office.press("pena", asked, "Buka kembali")
    assert len(office.seen(DISCUSSION)) == 1
    assert (await office.writes("kori", TRIAGE_CHAT, "/buka")).text == "Tidak sedang terkunci."


async def test_the_queue_the_search_and_the_state(office: Office) -> None:
    nothing = await office.writes("ani", TRIAGE_CHAT, "/antrean")
    assert nothing.text == "Menunggu\nTidak ada yang menunggu. Terima kasih!"
    await new(office)
    await office.comment("banjir di Kampung Melati, tolong", office.stranger)
    said = await office.writes("ani", TRIAGE_CHAT, "/antrean")
    assert said.text.splitlines()[0] == "Menunggu (2)"
    assert said.text.splitlines()[2].startswith("🔴 #2 banjir di Kampung Melati, tolong · belum diambil")
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari melati")).text.startswith("Ditemukan (1)")
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari %")).text.startswith("Tidak ada kata")
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari pelabuhan")).text.startswith("Tidak ada yang")
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari")).text.startswith("Tulis kata yang dicari")
    status = (await office.writes("ani", TRIAGE_CHAT, "/status")).text
    assert status.startswith("Keadaan 09.00 WIB\nKasus: 2 belum diambil.")
    assert "Bertugas: Pita." in status
    duty = (await office.writes("ani", TRIAGE_CHAT, "/piket")).text
    assert duty.startswith("Piket sekarang\nmedsos: Pita")


async def test_the_state_tells_when_telegram_does_not_get_through(office: Office) -> None:
    office.services.board.hearing = lambda: "Telegram tidak bisa mengirim (502 & Bad Gateway)"
    said = await office.writes("ani", TRIAGE_CHAT, "/status")
    assert said.text.splitlines()[-1] == "⚠️ Telegram tidak bisa mengirim (502 & Bad Gateway)"
    assert office.refusals() == []


async def test_the_lists_show_no_number_of_a_citizen(office: Office) -> None:
    await office.comment("hubungi 0812-3456-7890 ya, jalan rusak parah")
    said = (await office.writes("ani", TRIAGE_CHAT, "/antrean")).text
    assert "#1 hubungi ****-****-**** ya, jalan rusak" in said
    assert "3456" not in (await office.writes("ani", TRIAGE_CHAT, "/cari hubungi")).text
    assert "3456" not in office.cards()[0].text, "what stands in public is not shown once more"
    office.world.dm(office.citizen, "hubungi 0812-3456-7890 ya, jalan rusak parah")
    await office.pump()
    assert "0812-3456-7890" in office.cards()[-1].text, "what was told in private is what people work with"


async def test_the_queue_keeps_a_secret(office: Office) -> None:
    await sensitive(office)
    said = (await office.writes("ani", TRIAGE_CHAT, "/antrean")).text
    assert "(isi hanya untuk pendamping)" in said


async def test_a_comment_is_brought_in_by_lapor(office: Office) -> None:
    brought = office.world.say(office.users["kori"], TRIAGE_CHAT, "titipan warga: drainase mampet")
    await office.pump()
    said = await office.writes("ani", TRIAGE_CHAT, "/lapor", brought)
    assert "Masuk sebagai #1. Kartunya ada di grup." in [m.text for m in office.seen(TRIAGE_CHAT)]
    again = await office.writes("ani", TRIAGE_CHAT, "/lapor", brought)
    assert again.text == "Sudah ada sebagai #1."
    assert said.text
    own = await office.writes("ani", TRIAGE_CHAT, "/lapor", office.cards()[-1])
    assert own.text.startswith("Itu pesan bot")
    assert (await office.writes("ani", TRIAGE_CHAT, "/lapor")).text.startswith(
        "Balas komentar warga dengan /lapor"
    )


async def test_templates_are_read_and_approved_one_by_one(office: Office) -> None:
    listed = await office.writes("kori", TRIAGE_CHAT, "/templat")
    assert "Jalan\n✅ Laporan diterima\n🕓 Jadwal baru\n✅ Tanya ruas" in listed.text
    shown = await office.writes("kori", TRIAGE_CHAT, "/templat ruas")
    assert "Halo Kak, ruas {ruas} kami cek." in shown.text
    assert not shown.buttons
    proposed = await office.writes("kori", TRIAGE_CHAT, "/templat jadwal")
    press = await office.press("kori", proposed, "Setujui templat")
    assert press.text == "Templat disetujui."
    assert not (await office.writes("kori", TRIAGE_CHAT, "/templat jadwal")).buttons
    assert (await office.writes("kori", TRIAGE_CHAT, "/templat zzz")).text.startswith("Tidak ada templat")
    assert (await office.writes("kori", TRIAGE_CHAT, "/templat setujui")).text == (
        "Tidak ada templat yang menunggu persetujuan."
    )


async def test_a_template_that_changed_under_the_thumb_is_not_approved(office: Office) -> None:
    proposed = await office.writes("kori", TRIAGE_CHAT, "/templat jadwal")
    short = proposed.button("Setujui templat")["callback_data"].split(":")[1]
    press = await office.press_raw(
        office.users["kori"], TRIAGE_CHAT, proposed.message_id, f"ta:{short}:{'0' * 8}"
    )
    assert press.text.startswith("Kartunya sudah berubah: templatnya berubah sejak dibaca")


async def test_the_help_lists_what_the_own_roles_open(office: Office) -> None:
    for who in TEAM:
        said = await office.writes(who, office.users[who].id, "/bantuan")
        assert ("/buka –" in said.text) is (who in {"kori", "koko", "pena"})
    assert office.refusals() == []


async def test_words_that_would_vanish_are_answered(office: Office) -> None:
    said = await office.writes("ani", office.users["ani"].id, "halo bot")
    assert said.text.startswith("Pesan ini tidak masuk ke mana-mana.")


async def test_an_answer_without_words_is_asked_for_again(office: Office) -> None:
    await new(office)
    await office.press("ani", office.cards()[-1], "Balas")
    await office.press("ani", office.cards()[-1], "Tulis")
    asked = office.seen(TRIAGE_CHAT)[-1]
    said = await office.writes("ani", TRIAGE_CHAT, "\u202e\u200b", asked)
    assert said.text == "Jawab dengan teks, ya."


async def test_a_group_that_moves_house_is_followed(office: Office) -> None:
    moved = office.world.migrate(office.crisis)
    await office.pump()
    await office.comment("katanya bansos dihapus, sebarkan")
    assert [m for m in office.seen(moved.id) if "Hoaks viral" in m.text]
    press = await office.press("kori", next(m for m in office.seen(moved.id) if m.buttons), "Saya tangani")
    assert press.text == "Terima kasih. Anda yang menangani."
    assert not [m for m in office.seen(CRISIS_CHAT) if "Hoaks viral" in m.text]
