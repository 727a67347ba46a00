"""Somebody left the team's group and the bot did not hear of it: what they press lets nothing out."""

import pytest
from story_town import Town

from bot.sandbox import Break, Fault, Message
from bot.sandbox.model import Member, Status

QUESTION = "Kapan jalan depan pasar diperbaiki?"
ANSWER = "Senin depan, Kak."


@pytest.fixture
async def town(town: Town) -> Town:
    """Sekar has approved the templates, and that is long enough ago for Telegram to be asked again."""
    await town.later(minutes=6)
    return town


def slips_away(town: Town, key: str, status: Status = Status.LEFT) -> None:
    """Out of the group, and no update tells of it: the bot was away, or no administrator then."""
    town.triage.members[town.people[key].id] = Member(status)


async def asked(town: Town, text: str = QUESTION) -> Message:
    await town.comment("Hasan", text)
    return await town.submitted("laras", town.card(text), ANSWER)


def lookups(town: Town) -> int:
    return sum(1 for call in town.sandbox.calls if call.method == "getChatMember")


async def suspended(town: Town) -> set[str]:
    return {link.person for link in await town.read.people.links() if link.suspended}


@pytest.mark.parametrize("status", [Status.LEFT, Status.KICKED])
async def test_who_has_left_approves_nothing_and_is_told_kindly(town: Town, status: Status) -> None:
    draft = await asked(town)
    slips_away(town, "sekar", status)
    press = await town.press("sekar", draft, "Setujui")
    assert press.alert
    assert press.text.startswith("Anda tidak ada di grup tim, jadi akses Anda dihentikan.")
    assert not town.public()
    assert await suspended(town) == {"sekar"}
    assert town.card("Sekar keluar dari grup, jadi aksesnya dihentikan.")
    assert await town.deeds("person:sekar") == ["invite", "enrol", "suspend"]
    assert "denied" in await town.deeds("draft:1")
    again = await town.press("sekar", draft, "Setujui")
    assert again.text.startswith("Akun ini belum terdaftar di tim.")
    await town.press("tirta", town.one(town.people["tirta"], ANSWER, button="Setujui"), "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]


async def test_who_never_came_in_is_asked_to_and_keeps_what_they_have(settle) -> None:
    town: Town = await settle()
    del town.triage.members[town.people["sekar"].id]
    await town.start()
    await town.gather()
    draft = await asked(town)
    for _ in range(2):
        press = await town.press("sekar", draft, "Setujui")
        assert press.text.startswith("Anda belum ada di grup tim.")
    assert not town.public()
    assert await suspended(town) == set()
    assert town.card("Sekar belum ada di grup ini")
    assert not town.seen(town.triage, "keluar dari grup")
    assert await town.deeds("not_inside:sekar") == ["not_inside"], "the group hears it once"
    town.triage.members[town.people["sekar"].id] = Member(Status.MEMBER)
    press = await town.press("sekar", draft, "Setujui")
    assert press.text == "Disetujui. Balasan dikirim."
    slips_away(town, "sekar")
    await town.later(minutes=6)
    press = await town.press("sekar", await asked(town, "Kapan lampu jalan menyala?"), "Setujui")
    assert "akses Anda dihentikan" in press.text, "from then on a going is a leaving"
    assert await suspended(town) == {"sekar"}


async def test_who_has_left_does_not_lift_the_lock(town: Town) -> None:
    await town.say("yoga", "/kunci")
    await town.say("sekar", "/buka")
    slips_away(town, "tirta")
    button = town.card("meminta kunci dibuka", button="Buka kembali")
    press = await town.press("tirta", button, "Buka kembali")
    assert press.text.startswith("Anda tidak ada di grup tim")
    assert await town.read.people.public_lock() is not None
    await town.dm(town.people["sekar"], "/buka")
    slips_away(town, "sekar")
    await town.later(minutes=6)
    await town.dm(town.people["sekar"], "/buka")
    assert town.one(town.people["sekar"], "Anda tidak ada di grup tim")
    assert await suspended(town) == {"sekar", "tirta"}


async def test_whoever_left_may_still_stop_everything(town: Town) -> None:
    """A lock too many is soon lifted; a lock too few is not."""
    slips_away(town, "yoga")
    await town.dm(town.people["yoga"], "/kunci")
    assert await town.read.people.public_lock() is not None


async def test_a_yes_is_believed_for_five_minutes_and_not_over_a_restart(town: Town) -> None:
    before = lookups(town)
    await town.press("sekar", await asked(town), "Setujui")
    await town.press("sekar", await asked(town, "Kapan lampu jalan menyala?"), "Setujui")
    assert lookups(town) == before + 1
    await town.later(minutes=5)
    await town.press("sekar", await asked(town, "Kapan pasar dibuka lagi?"), "Setujui")
    assert lookups(town) == before + 2
    draft = await asked(town, "Kapan taman dibuka lagi?")
    await town.stop()
    await town.start()
    slips_away(town, "sekar")
    press = await town.press("sekar", draft, "Setujui")
    assert press.text.startswith("Anda tidak ada di grup tim")
    assert len(town.public()) == 3


@pytest.mark.parametrize("kind", [Break.ERROR_500, Break.RESET_BEFORE, Break.SLOW])
async def test_where_telegram_cannot_say_the_last_known_state_decides_and_it_is_written_down(
    town: Town, kind: Break
) -> None:
    draft = await asked(town)
    town.sandbox.faults.add(Fault(kind, "getChatMember", times=1, seconds_slow=6))
    await town.press("sekar", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]
    line = (await town.journal("person:sekar"))[-1]
    assert (line["actor"], line["action"]) == ("bot", "membership_unknown")
    assert "approve" in str(line)
    assert await suspended(town) == set()


async def test_somebody_of_whom_a_leaving_was_heard_stays_out_also_when_telegram_cannot_say(
    town: Town,
) -> None:
    draft = await asked(town)
    town.world.leave(town.triage, town.people["sekar"])
    await town.settled()
    town.sandbox.faults.add(Fault(Break.ERROR_500, "getChatMember"))
    press = await town.press("sekar", draft, "Setujui")
    assert "belum terdaftar" in press.text
    assert not town.public()


async def test_a_group_that_cannot_be_found_says_nothing_about_people(town: Town) -> None:
    """A wrong number in the settings must not put the whole team out."""
    draft = await asked(town)
    town.triage.members[town.world.bot.id] = Member(Status.KICKED)
    await town.press("sekar", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert await suspended(town) == set()


async def test_who_has_left_sends_no_unsure_reply_again_not_even_with_a_kept_button(town: Town) -> None:
    draft = await asked(town)
    town.sandbox.faults.add(Fault(Break.RESET_BEFORE, "sendMessage", chat_id=town.discussion.id, times=1))
    await town.press("sekar", draft, "Setujui")
    question = town.card("Belum pasti terkirim")
    kept = question.button("Kirim ulang")["callback_data"]
    slips_away(town, "yoga")
    press = await town.forged(town.people["yoga"], town.seen(town.people["yoga"])[-1], kept)
    assert press.text.startswith("Anda tidak ada di grup tim")
    assert not town.public()
    await town.press("laras", question, "Kirim ulang")
    assert [reply.text for reply in town.public()] == [ANSWER]


async def test_to_somebody_at_risk_nothing_goes_on_the_word_of_one_who_left(town: Town) -> None:
    wulan = town.citizens["Wulan"]
    await town.dm(
        wulan, "Aku capek banget, rasanya gak sanggup hidup begini terus. Pengen mengakhiri semuanya"
    )
    laras = town.people["laras"]
    await town.press("laras", town.one(laras, "hanya untuk pendamping"), "Balas")
    card = town.one(laras, "Draf balasan untuk warga")
    await town.press("laras", card, "Tulis")
    await town.answer("laras", "Kami di sini bersamamu.", town.private("laras"))
    await town.press("laras", card, "Ajukan")
    slips_away(town, "sekar")
    await town.press("sekar", town.one(town.people["sekar"], "Mohon dibaca"), "Setujui")
    assert not town.seen(wulan)
    assert await suspended(town) == {"sekar"}
