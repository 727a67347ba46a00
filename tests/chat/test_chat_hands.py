"""What lies in whose chat while a crisis changes hands: nobody holds a button that is no longer theirs."""

import asyncio
from dataclasses import replace

import pytest
from chat_office import CRISIS_CHAT, DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import Slow, taken
from chat_steps import FACT, SOURCE, answered, approval, opened, run_state
from chat_town import COURSE
from telegram import Update

from bot.chat.handlers import presses
from bot.chat.handlers.presses import Presses
from bot.chat.step_posts import posting
from bot.chat.steps import draw_step
from bot.chat.words import crisis, steps
from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.people import PersonId, Zone
from bot.domain.playbook import After, Reaction
from bot.domain.step_run import Letter, Post, PostState
from bot.domain.step_state import StepState
from bot.domain.steps import CHANNELS, Answer, Approve, Ask, Checklist, Compose, Item, Publish
from bot.sandbox import Break, Fault
from bot.sandbox.model import Message
from bot.services.views_steps import StepView


def questions(office: Office, who: str) -> list[Message]:
    return [m for m in office.seen(office.users[who].id) if "Cek ke sumber resmi" in m.text]


async def test_a_question_moves_with_the_run_and_leaves_no_button_behind(office: Office) -> None:
    card = await opened(office)
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Ambil alih")
    assert card.text.endswith("Kini dikerjakan Kori. Anda tidak perlu apa-apa lagi.")
    assert not card.buttons
    moved = questions(office, "kori")[-1]
    await office.press("kori", moved, "Salah")
    assert "tautan sumber resminya" in office.last("kori").text.lower()
    await office.press("pita", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Ambil alih")
    assert questions(office, "pita")[-1].buttons
    assert not moved.buttons


async def test_a_line_that_was_asked_before_the_take_over_is_taken_from_nobody_else(office: Office) -> None:
    card = await opened(office)
    await office.press("pita", card, "Salah")
    asked = office.last("pita")
    await office.press("kori", next(m for m in office.seen(CRISIS_CHAT) if m.buttons), "Ambil alih")
    said = await office.writes("pita", office.users["pita"].id, SOURCE, reply_to=asked)
    assert "menunggu jawaban orang lain" in said.text
    form = await office.database.read.forms.get(RunId(1), "nilai", 1, PersonId("pita"))
    assert "sumber" not in dict(form)


async def test_a_reminder_takes_the_buttons_off_the_earlier_card(office: Office) -> None:
    await answered(office)
    first = approval(office, "kori")
    assert first.buttons
    await office.later(5)
    second = approval(office, "kori")
    assert second.message_id != first.message_id
    assert second.text.startswith("⏰ Pengingat")
    assert second.buttons
    assert not first.buttons
    assert FACT in first.text, "its words stay"
    await office.press("kori", second, "Setujui")
    assert office.refusals() == []


async def test_a_page_said_anew_leaves_one_button_per_person(office: Office) -> None:
    await office.comment("katanya bansos dihapus, sebarkan")
    for _ in range(20):
        await office.later(10)
    mine = [m for m in office.seen(office.users["pima"].id) if "Hoaks viral" in m.text]
    assert len(mine) > 1, "called again and again"
    assert [bool(m.buttons) for m in mine] == [False] * (len(mine) - 1) + [True]
    assert office.refusals() == []


async def test_an_earlier_card_that_was_deleted_holds_up_nothing(office: Office) -> None:
    await answered(office)
    office.world.delete(approval(office, "kori"))
    await office.later(5)
    assert approval(office, "kori").buttons
    assert [lane.state for lane in await office.database.read.outbox.health()] == []


async def test_an_earlier_approval_says_that_a_newer_one_has_come(office: Office) -> None:
    await answered(office)
    first = approval(office, "kori")
    await office.press("kori", first, "Kembalikan")
    await office.writes("kori", office.users["kori"].id, "Sebut sungainya.", reply_to=office.last("kori"))
    assert steps.OUTDATED in first.text
    assert not first.buttons


async def test_what_is_late_says_so_and_what_is_closed_waits_for_nobody(office: Office) -> None:
    await answered(office)
    assert "Ditunggu sampai 09.10 WIB." in approval(office, "kori").text
    assert "⏳ Setujui klarifikasi · Kori dan Koko · sampai 09.10" in incident(office).text
    await office.later(12)
    assert "Sudah lewat dari 09.10 WIB, dan tetap ditunggu." in approval(office, "kori").text
    assert "⏳ Setujui klarifikasi · Kori dan Koko · lewat dari 09.10" in incident(office).text
    await office.press("kori", incident(office), "Alarm palsu")
    await office.writes("kori", office.users["kori"].id, "Salah paham.", reply_to=office.last("kori"))
    assert "⏳" not in office.seen(CRISIS_CHAT)[0].text
    assert not any(m.buttons for m in office.seen(office.users["koko"].id) if "Minta persetujuan" in m.text)


async def test_a_late_answer_is_still_taken_where_the_playbook_has_gone_on(office: Office) -> None:
    ask = next(step for step in COURSE.steps if step.id == "nilai")
    patient = replace(ask, reactions={StepState.EXPIRED: Reaction(After.CONTINUE)})
    steps_ = tuple(patient if step is ask else step for step in COURSE.steps)
    office.services.incidents.book._definitions[COURSE.sha256] = replace(COURSE, steps=steps_)
    card = await opened(office)
    await office.later(11)
    assert await step_state(office) is StepState.EXPIRED
    assert "Sudah lewat dari 09.10 WIB, dan tetap ditunggu." in card.text
    await office.press("pita", card, "Salah")
    for value in (SOURCE, FACT):
        await office.writes("pita", office.users["pita"].id, value, reply_to=office.last("pita"))
    await office.press("pita", card, "Kirim jawaban")
    assert await step_state(office) is StepState.DONE
    assert card.text.endswith("Sudah dijawab Pita.")


async def test_a_step_that_stays_late_is_said_once_and_not_through_the_night(office: Office) -> None:
    await opened(office)
    for _ in range(30):
        await office.later(10)
    told = [m for m in office.seen(CRISIS_CHAT) if m.text.startswith("K-1 · Langkah “Cek ke")]
    assert len(told) == 1, "the ladder is loud; the step need not be"
    assert await step_state(office) is StepState.WAITING


async def step_state(office: Office) -> StepState:
    found = (await run_state(office)).step_run("nilai")
    assert found is not None
    return found.state


def incident(office: Office) -> Message:
    return next(m for m in office.seen(CRISIS_CHAT) if m.buttons)


async def test_what_comes_too_late_for_a_toast_is_said_in_the_pressers_own_chat(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await taken(office)
    press = office.world.press_raw(office.users["pita"], TRIAGE_CHAT, office.cards()[-1].message_id, "ct:1:2")
    [raw] = office.world.updates.peek()
    office.world.updates.clear()
    triage = Slow(office.database, office.services.team, office.clock, office.promises)
    triage.done = asyncio.Event()
    monkeypatch.setattr(presses, "_ANSWER_WITHIN_S", 0.01)
    presser = Presses(office.slowed(triage))
    working = asyncio.create_task(presser.on_press(Update.de_json(raw, office.bot), None))  # type: ignore[arg-type]  # unused
    async with asyncio.timeout(30):
        while not press.answers:  # noqa: ASYNC110 - the press is answered by itself
            await asyncio.sleep(0.01)
    group = len(office.seen(TRIAGE_CHAT))
    triage.done.set()
    await working
    assert (press.answers, press.text) == (1, "")
    assert office.last("pita").text.startswith("Sudah ditangani Ani")
    assert len(office.seen(TRIAGE_CHAT)) == group, "a refusal is not for the whole group"


async def test_words_may_be_as_long_as_their_channel_allows_and_a_reply_stays_short(office: Office) -> None:
    await answered(office)
    await office.press("koko", approval(office, "koko"), "Ubah teks 1")
    long = "Warga diminta tenang. " * 60
    assert 1000 < len(long.strip()) < 2200
    await office.writes("koko", office.users["koko"].id, long, reply_to=office.last("koko"))
    assert long.strip() in approval(office, "kori").text
    await office.press("koko", approval(office, "koko"), "Ubah teks 2")
    said = await office.writes("koko", office.users["koko"].id, long, reply_to=office.last("koko"))
    assert said.text.endswith("Paling panjang 1000 karakter.")
    await office.press("koko", approval(office, "koko"), "Ubah teks 1")
    said = await office.writes("koko", office.users["koko"].id, long * 2, reply_to=office.last("koko"))
    assert said.text.endswith("Paling panjang 2200 karakter."), "Instagram's own"


async def test_who_looks_for_an_unsure_reply_is_led_to_the_comment(office: Office) -> None:
    await answered(office)
    office.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=DISCUSSION, times=1))
    for who in ("kori", "koko"):
        await office.press(who, approval(office, who), "Setujui")
    task = [m for m in office.seen(office.users["pita"].id) if "Instagram" in m.text][-1]
    await office.press("pita", task, "Tidak jadi")
    asked = [m for m in office.seen(office.users["pita"].id) if "balasan ke-" in m.text][-1]
    assert "• balasan ke-1, Ratna · lihat: belum pasti" in asked.text
    links = [one["url"] for one in asked.raw.get("entities", []) if one["type"] == "text_link"]
    state = await run_state(office)
    found = state.step_run("balas")
    assert found is not None
    kept = await office.database.read.comments.get(CommentId(int(found.posts[0].channel)))
    assert kept is not None
    assert links == [kept.comment.link]


async def test_a_choice_too_long_for_its_button_is_read_in_full_above(office: Office) -> None:
    await opened(office)
    state = await run_state(office)
    run = state.step_run("nilai")
    long = "Ada rencana, tempat, atau waktu; bahaya sekarang juga"
    step = replace(state.playbook.steps[1], uses=Ask("Apa yang terbaca?", (("a", long), ("b", "Lirik lagu"))))
    assert run is not None
    playbook = replace(state.playbook, steps=(state.playbook.steps[0], step))
    view = StepView(
        replace(state, playbook=playbook), step, run, PersonId("pita"), {}, office.clock.now(), live=True
    )
    drawn = draw_step(view, Zone.WIB)
    assert f"1. {long}\n2. Lirik lagu" in drawn.text
    buttons = [button.text for row in drawn.keyboard for button in row]
    assert buttons == ["1. Ada rencana, tempat, atau wa…", "2. Lirik lagu"]


async def test_a_comment_that_is_gone_is_named_by_its_number(office: Office) -> None:
    await answered(office)
    state = await run_state(office)
    step = next(one for one in state.playbook.steps if isinstance(one.uses, Answer))
    run = state.step_run(step.id)
    assert run is not None
    post = Post("1", PostState.UNCERTAIN, office.clock.now())
    sent = replace(run, state=StepState.WAITING, posts=(post,), letter=Letter("Air aman.", "t", 1))
    view = StepView(state, step, sent, PersonId("pita"), {}, office.clock.now(), live=True)
    assert "balasan ke-1: belum pasti" in draw_step(view, Zone.WIB).text
    assert len(posting(view)) == 3


def test_every_channel_has_a_name_that_people_use() -> None:
    assert [name for name in CHANNELS if steps.channel(name) == name] == ["radio"]


@pytest.mark.parametrize(
    ("uses", "how", "said"),
    [
        (Ask("?"), StepState.DONE, "Sudah dijawab Budi."),
        (Approve(), StepState.DONE, "Disetujui Budi."),
        (Compose("t"), StepState.DONE, "Teksnya disusun Budi."),
        (Checklist((Item("a", "A"),)), StepState.DONE, "Selesai, dikerjakan Budi."),
        (Approve(), StepState.RETURNED, "Dikembalikan Budi untuk diperbaiki."),
        (Approve(), StepState.REJECTED, "Ditolak Budi."),
        (Checklist((Item("a", "A"),)), StepState.SKIPPED, "Dilewati Budi."),
        (Ask("?"), StepState.EXPIRED, "Waktunya habis."),
    ],
)
def test_a_card_says_how_its_step_ended_and_by_whom(uses: Ask, how: StepState, said: str) -> None:
    assert steps.ended(uses, how, "Budi") == said
    assert steps.ended(uses, how, "") == f"{steps.ENDED[how]}."


def test_words_that_are_out_say_no_more_than_that() -> None:
    assert steps.ended(Publish(("radio",)), StepState.DONE, "Budi") == "Sudah tayang."


def test_whoever_may_close_reads_what_is_still_open() -> None:
    assert crisis.propose([]).startswith("Semua langkah selesai")
    assert crisis.propose(["“Cek”", "“Tulis”"]).startswith("Masih terbuka: “Cek” dan “Tulis”. Tekan 🏁")
