"""How far a comment goes moves its case up: replies of others under it, figures of a file."""

from dataclasses import replace
from datetime import timedelta

import pytest
from agency import Agency
from fakes import DISCUSSION, comment, verdict

from bot.domain.case import CloseReason
from bot.domain.comment import Platform
from bot.domain.outgoing import CaseCard
from bot.domain.priority import Urgency
from bot.domain.reach import Reach
from classifiers.labels import Label

THREAD = f"{DISCUSSION}/10"
ASK = "Apakah pasar pindah bulan depan?"


@pytest.fixture(autouse=True)
def known(agency: Agency) -> None:
    agency.reads.known |= {
        "pasar": verdict("question"),
        "ikut": verdict(),
        "promo": verdict("spam"),
        "menyerah": verdict("emergency", topics=("bunuh-diri",)),
    }


async def answer(agency: Agency, to: str, author: str, words: str = "ikut bertanya") -> int:
    said = comment(f"{words} {author}", author=author, thread=THREAD)
    return await agency.receive(replace(said, answers=to))


async def test_a_question_that_others_answer_is_looked_at_sooner(agency: Agency) -> None:
    case = await agency.receive(comment(ASK, author="tg:1", message="77"))
    for person in (2, 3, 4, 5):
        await answer(agency, "77", f"tg:{person}")
    await answer(agency, "77", "tg:5", "ikut lagi")
    await answer(agency, "77", "tg:1", "ikut sendiri")
    await answer(agency, "77", "", "ikut tanpa nama")
    await answer(agency, "99", "tg:6", "ikut lain")
    before = await agency.case(case)
    assert before.priority.urgency is Urgency.NORMAL, "four of them, and neither the writer nor a nobody"
    await answer(agency, "77", "tg:6")
    after = await agency.case(case)
    assert (after.priority.urgency, after.priority.reasons) == (
        Urgency.HIGH, ("label:question", "replied:5"),
    )  # fmt: skip
    assert after.version == before.version, "a thumb on its way is not refused"
    assert CaseCard(after.id) in [row.what for row in await agency.queued(CaseCard)]
    for person in range(7, 11):
        await answer(agency, "77", f"tg:{person}")
    assert (await agency.case(case)).priority == after.priority
    await answer(agency, "77", "tg:11")
    assert "replied:10" in (await agency.case(case)).priority.reasons, (
        "told again when they are twice as many"
    )
    assert (await agency.case(case)).priority.urgency is Urgency.HIGH


async def test_the_same_reply_twice_is_one_and_an_edit_answers_whom_it_answered(agency: Agency) -> None:
    case = await agency.receive(comment(ASK, author="tg:1", message="77"))
    first = replace(comment("ikut", author="tg:2", thread=THREAD), answers="77")
    await agency.receive(first)
    await agency.receive(first)
    await agency.receive(replace(first, text="ikut bertanya", answers=""))
    for person in (3, 4, 5):
        await answer(agency, "77", f"tg:{person}")
    assert (await agency.case(case)).priority.urgency is Urgency.NORMAL
    await answer(agency, "77", "tg:6")
    assert (await agency.case(case)).priority.urgency is Urgency.HIGH


async def test_what_is_done_or_secret_is_left_alone(agency: Agency) -> None:
    done = await agency.receive(comment(ASK, author="tg:1", message="77"))
    await agency.triage.close(await agency.on("sari", done), CloseReason.NO_REPLY_NEEDED)
    secret = await agency.receive(comment("saya menyerah", author="tg:9", message="78"))
    before = [await agency.case(done), await agency.case(secret)]
    for person in range(2, 9):
        await answer(agency, "77", f"tg:{person}")
        await answer(agency, "78", f"tg:{person}", "ikut sedih")
    assert [await agency.case(done), await agency.case(secret)] == before


async def test_replies_to_one_of_many_who_say_the_same_count_for_their_card(agency: Agency) -> None:
    town = Agency(agency.database, agency.clock, same_within=timedelta(days=1))
    town.reads.known = agency.reads.known
    words = "Apakah benar pasar lama di tengah kota pindah bulan depan ke pinggir sungai?"
    lead = await town.receive(comment(words, author="tg:1", message="71"))
    behind = await town.receive(comment(words, author="tg:2", message="72"))
    for person in range(3, 8):
        await answer(town, "72", f"tg:{person}")
    assert "replied:5" in (await town.case(lead)).priority.reasons
    assert (await town.case(behind)).priority.urgency is Urgency.NORMAL


async def test_a_file_that_tells_how_many_saw_it_moves_it_up_and_a_newer_file_too(agency: Agency) -> None:
    quiet = replace(comment(ASK, platform=Platform.CSV, message="a"), reach=Reach(seen=900))
    case = await agency.receive(quiet)
    assert (await agency.case(case)).priority.urgency is Urgency.NORMAL
    await agency.receive(replace(quiet, reach=Reach(seen=800)))
    await agency.receive(replace(quiet, reach=Reach(seen=15_000, reacted=3)))
    now = await agency.case(case)
    assert (now.priority.urgency, now.priority.reasons) == (Urgency.HIGH, ("label:question", "seen:15000"))
    (kept,) = await agency.database.read.comments.of_case(now.id)
    assert kept.comment.reach == Reach(15_000, 3)
    await agency.receive(replace(quiet, text=f"{ASK} Tolong dijawab", reach=Reach(seen=100)))
    assert "seen:15000" in (await agency.case(case)).priority.reasons, "it was seen so often before the edit"
    loud = replace(comment("promo pulsa", platform=Platform.CSV, author="csv:b"), reach=Reach(reacted=500))
    assert (await agency.case(await agency.receive(loud))).priority.urgency is Urgency.NORMAL


async def test_who_corrects_the_labels_does_not_lose_how_far_it_went(agency: Agency) -> None:
    case = await agency.receive(replace(comment(ASK, platform=Platform.CSV), reach=Reach(seen=15_000)))
    await agency.triage.toggle_label(await agency.on("sari", case), Label.COMPLAINT)
    now = (await agency.case(case)).priority
    assert (now.urgency, now.reasons[-1]) == (Urgency.HIGH, "seen:15000")
