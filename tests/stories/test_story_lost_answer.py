"""Telegram's answer is lost on the way: a public reply is never sent twice, and a person is asked."""

import pytest
from story_town import Town, labels

from bot.domain.case import CaseId, CaseStatus
from bot.sandbox import Break, Fault, Message

ANSWER = "Perbaikan jalan dimulai Senin depan, Kak."


async def waiting(town: Town) -> tuple[Message, Message, Message]:
    """A comment with its card and the draft as Sekar sees it."""
    comment = await town.comment("Hasan", "Kapan jalan depan pasar diperbaiki?")
    card = town.card("Kapan jalan depan pasar")
    return comment, card, await town.submitted("laras", card, ANSWER)


def breaks(town: Town, kind: Break, **more: object) -> Fault:
    """The next public message meets this."""
    fault = Fault(kind, "sendMessage", chat_id=town.discussion.id, times=1, seconds_slow=0.05, **more)
    return town.sandbox.faults.add(fault)


@pytest.mark.parametrize("kind", [Break.RESET_AFTER, Break.TIMEOUT_AFTER])
async def test_an_unsure_reply_stands_once_and_a_person_says_that_it_does(town: Town, kind: Break) -> None:
    _, card, draft = await waiting(town)
    breaks(town, kind)
    await town.press("sekar", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]
    question = town.card("Belum pasti terkirim", ANSWER)
    assert labels(question) == ["🔁 Kirim ulang", "☑️ Sudah terkirim"]
    assert "Belum pasti balasannya sampai" in card.text
    await town.later(hours=3)
    await town.stop()
    await town.start()
    assert len(town.public()) == 1
    status = await town.say("laras", "/status")
    assert any(
        "1 belum pasti sampai" in m.text and m.reply_to == status.message_id for m in town.seen(town.triage)
    )

    again = question.button("Kirim ulang")["callback_data"]
    await town.press("laras", question, "Sudah terkirim")
    assert "dipastikan sudah terkirim oleh Laras" in question.text
    assert card.text.startswith("✅ #1 · Dijawab")
    await town.forged(town.people["yoga"], question, again)
    assert len(town.public()) == 1


async def test_a_person_looked_and_it_is_not_there_so_it_is_sent_again(town: Town) -> None:
    _, card, draft = await waiting(town)
    breaks(town, Break.RESET_AFTER)
    await town.press("sekar", draft, "Setujui")
    town.world.delete(town.public()[0])  # what stood there is gone; the bot cannot know
    await town.press("laras", town.card("Belum pasti terkirim"), "Kirim ulang")
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert card.text.startswith("✅ #1 · Dijawab")


async def test_what_surely_failed_before_it_left_is_tried_again_without_a_question(town: Town) -> None:
    _, card, draft = await waiting(town)
    breaks(town, Break.FLOOD, retry_after=7)
    await town.press("sekar", draft, "Setujui")
    assert not town.public()
    await town.later(seconds=6)
    assert not town.public()
    await town.later(seconds=2)
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert not town.seen(town.triage, "Belum pasti")
    assert card.text.startswith("✅ #1 · Dijawab")


async def test_while_telegram_is_out_of_reach_the_reply_waits_and_goes_once(town: Town) -> None:
    _, card, draft = await waiting(town)
    breaks(town, Break.FLOOD, retry_after=7)
    await town.press("sekar", draft, "Setujui")
    await town.cut()
    await town.later(minutes=3)
    assert not town.public()
    await town.mend()
    await town.later(minutes=3)
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert not town.seen(town.triage, "Belum pasti")
    assert card.text.startswith("✅ #1 · Dijawab")


@pytest.mark.parametrize("kind", [Break.RESET_BEFORE, Break.ERROR_500, Break.BAD_GATEWAY])
async def test_what_cannot_be_told_from_a_lost_answer_is_asked_about_too(town: Town, kind: Break) -> None:
    _, card, draft = await waiting(town)
    breaks(town, kind)
    await town.press("sekar", draft, "Setujui")
    assert not town.public()
    await town.press("laras", town.card("Belum pasti terkirim"), "Kirim ulang")
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert card.text.startswith("✅ #1 · Dijawab")


async def test_the_citizen_deletes_the_comment_and_the_reply_is_never_sent_loose(town: Town) -> None:
    comment, card, draft = await waiting(town)
    town.world.delete(comment)
    await town.press("sekar", draft, "Setujui")
    assert not town.public()
    question = town.card("Gagal terkirim", ANSWER, button="Kirim ulang")
    assert "Balasan gagal dikirim" in card.text
    await town.press("laras", question, "Kirim ulang")
    assert not town.public()
    assert town.card("Gagal terkirim", button="Sudah terkirim")


async def test_a_lost_answer_about_a_card_only_repeats_the_card(town: Town) -> None:
    town.sandbox.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=town.triage.id, times=1))
    await town.comment("Hasan", "Kapan jalan depan pasar diperbaiki?")
    await town.later(minutes=1)
    cards = town.seen(town.triage, "Kapan jalan depan pasar")
    assert 1 <= len(cards) <= 2
    await town.press("laras", cards[-1], "Ambil")
    assert "ditangani Laras" in cards[-1].text


async def test_a_token_that_is_refused_for_a_while_costs_no_message(town: Town) -> None:
    town.sandbox.faults.add(Fault(Break.UNAUTHORIZED, "sendMessage"))
    await town.comment("Hasan", "Kapan jalan depan pasar diperbaiki?")
    await town.later(minutes=3)
    assert not town.seen(town.triage, "Kapan jalan depan pasar")
    town.sandbox.faults.clear()
    await town.later(minutes=2)
    card = town.card("Kapan jalan depan pasar")
    draft = await town.submitted("laras", card, ANSWER)
    breaks(town, Break.UNAUTHORIZED)
    await town.press("sekar", draft, "Setujui")
    assert not town.public()
    await town.later(minutes=2)
    assert [reply.text for reply in town.public()] == [ANSWER]
    assert not town.seen(town.triage, "Gagal terkirim")
    assert card.text.startswith("✅ #1 · Dijawab")


async def test_when_the_citizen_then_writes_of_a_life_at_risk_the_question_is_closed_too(town: Town) -> None:
    comment, card, draft = await waiting(town)
    breaks(town, Break.RESET_AFTER)
    await town.press("sekar", draft, "Setujui")
    question = town.card("Belum pasti terkirim", ANSWER)
    assert "depan pasar" in question.text
    town.world.edit(
        comment, "Aku capek banget, rasanya gak sanggup hidup begini terus. Pengen mengakhiri semuanya"
    )
    await town.settled()
    assert "Isi pesan hanya dikirim kepada dua pendamping." in card.text
    for secret in ("Hasan", "depan pasar", "capek", ANSWER):
        assert secret not in question.text
    for secret in ("Hasan", "depan pasar", "capek"):
        assert secret not in draft.text
    assert labels(question) == ["🚫 Tidak terkirim", "☑️ Sudah terkirim"]
    await town.press("sekar", question, "Sudah terkirim")
    assert "dipastikan sudah terkirim oleh Sekar" in question.text


async def edited_while_unsure(town: Town) -> tuple[Message, Message]:
    """The citizen changes the comment while nobody knows whether the reply stands: card and question."""
    comment, card, draft = await waiting(town)
    breaks(town, Break.RESET_AFTER)
    await town.press("sekar", draft, "Setujui")
    town.world.edit(comment, "Kapan jalan depan pasar diperbaiki? Dan lampunya?")
    await town.settled()
    return card, town.card("Belum pasti terkirim", ANSWER)


async def test_new_words_of_the_citizen_do_not_hide_the_doubt(town: Town) -> None:
    card, question = await edited_while_unsure(town)
    assert "Balasan sebelumnya belum pasti sampai" in card.text
    assert town.one(town.people["laras"], "Belum pasti balasan itu sudah sampai")
    assert "tidak berlaku dan tidak dikirim ulang" in question.text
    assert labels(question) == ["🚫 Tidak terkirim", "☑️ Sudah terkirim"]
    await town.write("laras", card, "Senin depan jalannya, lampunya Rabu.")
    assert "Balasan sebelumnya belum pasti sampai" in card.text, "whoever writes anew has to know"
    await town.press("yoga", question, "Sudah terkirim")
    assert "belum pasti" not in card.text


async def test_words_that_no_longer_answer_are_never_sent_again_and_nobody_is_told_so(town: Town) -> None:
    card, question = await edited_while_unsure(town)
    town.world.delete(town.public()[0])
    old = question.button("Tidak terkirim")["callback_data"]
    press = await town.press("yoga", question, "Tidak terkirim")
    assert press.text.startswith("Dicatat tidak terkirim.")
    assert not town.public()
    assert "tidak jadi dikirim" in question.text or "dibatalkan oleh Yoga" in question.text
    assert "belum pasti" not in card.text
    assert await town.deeds("outgoing:" + old.split(":")[1]) == ["uncertain", "not_resent"]
    again = await town.forged(town.people["laras"], question, old)
    assert "Dikirim ulang" not in again.text
    assert not town.public()


async def test_that_the_old_reply_stands_does_not_take_the_case_from_under_a_new_one(town: Town) -> None:
    card, question = await edited_while_unsure(town)
    draft = await town.submitted("laras", card, "Senin depan jalannya, lampunya Rabu.")
    await town.press("yoga", question, "Sudah terkirim")
    case = await town.read.cases.get(CaseId(1))
    assert case is not None
    assert case.status is CaseStatus.DRAFTED
    await town.press("sekar", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER, "Senin depan jalannya, lampunya Rabu."]
    assert card.text.startswith("✅ #1 · Dijawab")
