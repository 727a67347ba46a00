"""A crisis in the services: every vote and every post is a row of the same transaction as what it decides."""

import sqlite3
from pathlib import Path

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import CHANNEL_CHAT, CrisisAgency

from bot.clock import FakeClock
from bot.domain.errors import NotAllowed, NotFound, PersonalData, RunRefused
from bot.domain.incident import Outcome, Paging, Phase, RunId
from bot.domain.outgoing import PublicReply, SendState, Timeline
from bot.domain.outgoing_steps import (
    OWN_CHANNEL,
    DrillPost,
    HandOverCard,
    PublicPost,
    ReleaseCard,
    RunReply,
    StepCard,
)
from bot.domain.people import PersonId
from bot.domain.step_run import PostState, Verdict
from bot.services.delivery import Impossible, Unsure
from bot.services.replies import ReplyPolicy
from bot.store.database import Database


@pytest.fixture
async def crisis(database: Database, clock: FakeClock) -> CrisisAgency:
    made = CrisisAgency(database, clock, ReplyPolicy(links=("example.go.id",)))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


async def test_a_crisis_from_the_question_to_the_last_reply(crisis: CrisisAgency) -> None:
    await crisis.gather(3)
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    letter = (await crisis.step("sikap", run)).letter
    assert letter is not None
    assert letter.text == (
        "Kabar itu keliru. masih kami pastikan. Sumber: menyusul. Belum jelas: belum kami ketahui."
    )
    assert (letter.unedited, letter.authors) == (True, ())
    await crisis.vote(run, "ratna")
    await crisis.settle()
    assert [one.chat_id for one in crisis.wire.sent if isinstance(one.what, PublicPost)] == [CHANNEL_CHAT]
    assert (await crisis.step("tayang", run)).post_on(OWN_CHANNEL).state is PostState.SENT  # type: ignore[union-attr]  # it is there
    await crisis.deeds.settle(
        crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, "https://instagram.com/p/1"
    )
    await crisis.later(3)
    assert len([one for one in crisis.wire.sent if isinstance(one.what, RunReply)]) == 3
    assert (await crisis.state_of_run(run)).phase is Phase.MONITORING
    story = await crisis.story(run)
    for what in ("opened", "acked", "answered", "composed", "approved", "published", "replied", "monitoring"):
        assert what in story


async def test_typed_facts_make_an_edited_text_whose_writer_does_not_approve(crisis: CrisisAgency) -> None:
    run = await crisis.acked("ratna")
    await crisis.answered(
        run, "ratna", choice="salah", fakta="Tidak ada tsunami", sumber="https://bmkg.go.id/a"
    )
    letter = (await crisis.step("sikap", run)).letter
    assert letter is not None
    assert "Tidak ada tsunami. Sumber: https://bmkg.go.id/a." in letter.text
    assert (letter.unedited, letter.authors) == (False, (PersonId("ratna"),))
    with pytest.raises(RunRefused, match="own_words"):
        await crisis.vote(run, "ratna")
    await crisis.vote(run, "dewi")
    assert (await crisis.step("setujui", run)).state.value == "waiting"


async def test_every_vote_and_answer_stands_in_the_journal_with_what_was_seen(
    crisis: CrisisAgency, database_path: Path
) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah", fakta="Kata Bu Siti aman")
    with pytest.raises(RunRefused, match="words_changed"):
        await crisis.vote(run, "ratna", seen="sikap:9")
    with sqlite3.connect(database_path) as reader:
        lines = [row[0] for row in reader.execute("SELECT canonical FROM journal")]
    assert any('"versions":"sikap:9"' in line and "words_changed" in line for line in lines)
    assert any('"choice":"salah"' in line for line in lines)
    assert not any("Bu Siti" in line for line in lines)


async def test_personal_data_is_never_composed_into_public_words(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah", fakta="Hubungi 081234567890")
    assert (await crisis.step("sikap", run)).state.value == "waiting"
    assert "not_composed" in await crisis.story(run)
    with pytest.raises(PersonalData):
        await crisis.deeds.edit(crisis.tap("sari", run), "sikap", 1, 0, "Hubungi 081234567890")
    await crisis.deeds.edit(crisis.tap("sari", run), "sikap", 1, 0, "Kabar itu keliru.")
    assert (await crisis.step("setujui", run)).state.value == "waiting"


async def test_an_unapproved_template_says_nothing_until_a_person_writes(
    database: Database, clock: FakeClock
) -> None:
    crisis = CrisisAgency(database, clock, ReplyPolicy())
    await enrol_all(database, clock)
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    assert (await crisis.step("sikap", run)).note == "Hoaks/Sikap: Templat ini belum disetujui koordinator."
    await crisis.later(30)
    assert await crisis.queued(PublicPost) == []


async def test_only_the_permission_table_lets_people_vote(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    for name in ("joko", "sari", "tuti", "wawan"):
        with pytest.raises(NotAllowed):
            await crisis.vote(run, name)
    assert await crisis.queued(PublicPost) == []


async def test_the_same_press_delivered_twice_counts_once(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah", fakta="Aman")
    tap = crisis.tap("ratna", run, 0, "update:77")
    for _ in range(2):
        await crisis.deeds.vote(tap, "setujui", 1, Verdict.APPROVE, await crisis.seen(run), "")
    assert len((await crisis.step("setujui", run)).votes) == 1


async def test_a_post_that_nobody_knows_of_is_asked_about_and_not_repeated(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    crisis.wire.answers[PublicPost] = [Unsure("timeout")]
    await crisis.vote(run, "ratna")
    await crisis.settle()
    await crisis.later(30)
    assert len([one for one in crisis.wire.tried if isinstance(one.what, PublicPost)]) == 1
    post = (await crisis.step("tayang", run)).post_on(OWN_CHANNEL)
    assert post is not None
    assert post.state is PostState.UNCERTAIN
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, OWN_CHANNEL, PostState.QUEUED, "")
    await crisis.settle()
    assert len([one for one in crisis.wire.sent if isinstance(one.what, PublicPost)]) == 1


async def test_a_refused_post_waits_for_a_decision(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    crisis.wire.answers[PublicPost] = [Impossible("Forbidden: bot is not a member of the channel chat")]
    await crisis.vote(run, "ratna")
    await crisis.settle()
    assert "post_failed" in await crisis.story(run)
    assert (await crisis.step("tayang", run)).state.value == "waiting"


async def test_words_are_dropped_at_the_door_when_the_run_is_closed_first(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    await crisis.incidents.resolve(crisis.tap("dewi", run), "sudah selesai")
    await crisis.settle()
    assert await crisis.state_of(PublicPost) == [SendState.DROPPED]
    assert not [one for one in crisis.wire.sent if isinstance(one.what, PublicPost)]


async def test_a_comment_that_was_changed_since_the_approval_gets_no_reply(crisis: CrisisAgency) -> None:
    await crisis.gather(2)
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    first = (await crisis.database.read.runs.evidence(RunId(run)))[0]
    kept = await crisis.database.read.comments.get(first)
    assert kept is not None
    changed = kept.comment.__class__(
        kept.comment.origin, kept.comment.author, "Ternyata saya salah baca", kept.comment.written_at,
        crisis.clock.now(), 1,
    )  # fmt: skip
    await crisis.intake.receive(changed, crisis.cause())
    await crisis.settle()
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, "instagram", PostState.DROPPED, "")
    await crisis.later(3)
    assert len([one for one in crisis.wire.sent if isinstance(one.what, RunReply)]) == 1
    assert (await crisis.step("balas", run)).state.value == "done"


async def test_a_freeze_holds_every_other_word_until_a_person_lets_go(crisis: CrisisAgency) -> None:
    run = await crisis.open()
    async with crisis.database.transaction() as tx:
        await tx.outbox.put("other", PublicReply(1), crisis.clock.now())
    heads = await crisis.database.read.outbox.heads(crisis.clock.now())
    assert not [head for head in heads if head.recipient == "draft:1"]
    await crisis.incidents.resolve(crisis.tap("ratna", run), "reda")
    assert [one.what.person for one in await crisis.queued(ReleaseCard)] == ["ratna", "dewi"]  # type: ignore[union-attr]  # asked for
    await crisis.deeds.release(crisis.tap("ratna", run), "tahan")
    heads = await crisis.database.read.outbox.heads(crisis.clock.now())
    assert [head for head in heads if head.recipient == "draft:1"]


async def test_evidence_is_kept_masked_with_its_hash(crisis: CrisisAgency) -> None:
    await crisis.gather(1, "Telepon saya di 081234567890")
    run = await crisis.open()
    [kept] = await crisis.database.read.steps.snapshot(RunId(run))
    assert "081234567890" not in kept.text
    assert len(kept.sha256) == 64


async def test_what_turns_out_true_is_carried_on_by_another_playbook(crisis: CrisisAgency) -> None:
    await crisis.gather(2)
    run = await crisis.acked()
    await crisis.answered(run, choice="benar")
    state = await crisis.state_of_run(run)
    assert (state.outcome, state.carried_by) == (Outcome.HANDED_OFF, RunId(2))
    other = await crisis.state_of_run(2)
    assert (other.playbook.id, other.paging) == ("bencana", Paging.UNACKED)
    assert len(await crisis.database.read.runs.evidence(RunId(2))) == 2


async def test_two_runs_are_joined_and_the_other_gets_the_evidence(crisis: CrisisAgency) -> None:
    await crisis.gather(2)
    first = await crisis.acked()
    await crisis.answered(first, choice="benar")
    second = await crisis.open()
    await crisis.deeds.merge(crisis.tap("ratna", second), RunId(2), "sama")
    assert (await crisis.state_of_run(second)).carried_by == RunId(2)
    assert (await crisis.state_of_run(2)).triggers == 2


async def test_a_run_is_joined_only_to_one_that_goes_on_never_to_an_exercise(
    crisis: CrisisAgency,
) -> None:
    real, drill = await crisis.open(), await crisis.open(drill=True)
    for target in (drill, 99):
        with pytest.raises(NotFound):
            await crisis.deeds.merge(crisis.tap("ratna", real), RunId(target), "sama")
    await crisis.incidents.false_alarm(crisis.tap("ratna", drill), "selesai")
    other = await crisis.open(drill=True)
    with pytest.raises(NotFound):
        await crisis.deeds.merge(crisis.tap("ratna", other), RunId(drill), "sama")
    assert (await crisis.state_of_run(real)).phase is Phase.OPEN


async def test_a_run_changes_hands_by_consent(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    epoch = (await crisis.state_of_run(run)).epoch
    await crisis.deeds.offer_hand_over(crisis.tap("joko", run, epoch), PersonId("dewi"))
    assert [one.what.person for one in await crisis.queued(HandOverCard)] == ["dewi"]  # type: ignore[union-attr]  # asked for
    await crisis.deeds.answer_hand_over(crisis.tap("dewi", run, epoch), True)
    assert (await crisis.state_of_run(run)).owner == "dewi"
    cards = [one.what for one in await crisis.queued(StepCard)]
    assert [(c.step, c.person) for c in cards] == [("cek", "joko"), ("cek", "dewi")]  # type: ignore[union-attr]  # asked for


async def test_a_drill_runs_to_its_end_and_nothing_of_it_is_public(crisis: CrisisAgency) -> None:
    await crisis.gather(2)
    run = await crisis.acked(drill=True)
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    await crisis.settle()
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, "")
    await crisis.later(2)
    assert [one.chat_id for one in crisis.wire.sent if isinstance(one.what, DrillPost)]
    assert await crisis.queued(PublicPost) == await crisis.queued(RunReply) == []
    assert (await crisis.step("tayang", run)).state.value == "done"
    assert await crisis.database.read.steps.holds(RunId(run)) == []
    assert (await crisis.state_of_run(run)).incident.drill


async def test_an_approval_that_nobody_gives_reminds_then_calls_and_still_says_nothing(
    crisis: CrisisAgency,
) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.later(11)
    story = await crisis.story(run)
    assert story.count("reminded") == 2, "after three minutes and after nine"
    assert "step_expired" in story
    state = await crisis.state_of_run(run)
    assert (state.paging, state.owner, state.level) == (Paging.ACKED, PersonId("joko"), 1)
    assert await crisis.queued(PublicPost) == []
    assert any(one.what.what == "step_expired" for one in await crisis.queued(Timeline))  # type: ignore[union-attr]  # asked for
