"""One text for several citizens: who may join, what is approved, and each reply's own fate."""

import sqlite3
from dataclasses import replace

import pytest
from agency import CLOSED, Agency, Restarts, short
from fakes import comment, later, verdict

from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Platform
from bot.domain.errors import BadInput, CannotJoin, NotAllowed, NotFound, Outdated, TakenBy, WrongState
from bot.domain.outgoing import Notice, PublicReply, SendState, UncertainCard
from bot.domain.reply import ApprovedAs, Draft, DraftState
from bot.services.delivery import Impossible, Unsure

S = CaseStatus


async def shared(agency: Agency, more: int = 2) -> Draft:
    """Case 1 written by Sari, and so many others that get the same words: 2, 3, …"""
    draft = await agency.written()
    numbers = [str(await agency.receive(f"Kapan, ya? ({n})")) for n in range(more)]
    return await agency.widening.widen(agency.tap("sari", draft.id), " ".join(numbers))


async def submitted(agency: Agency, more: int = 2) -> Draft:
    draft = await shared(agency, more)
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.settle()
    return draft


async def approved(agency: Agency) -> Draft:
    draft = await submitted(agency)
    return await agency.approvals.approve(await agency.at("ratna", draft.id))


async def states(agency: Agency, last: int = 3) -> list[CaseStatus]:
    return [(await agency.case(number)).status for number in range(1, last + 1)]


async def edit(agency: Agency, case: int) -> None:
    old = (await agency.comments(case))[-1].comment
    await agency.receive(
        comment("Lain lagi", message=old.origin.message, author=old.author.key, at=later(60))
    )


async def test_one_approval_answers_all_of_the_list_each_once(agency: Agency) -> None:
    draft = await submitted(agency)
    view = await agency.desk.draft(draft.id)
    assert view is not None
    assert [kept.case_id for kept in view.others] == [2, 3]
    assert await states(agency) == [S.DRAFTED] * 3
    tap = await agency.at("ratna", draft.id)
    draft = await agency.approvals.approve(tap)
    assert (await agency.approvals.approve(tap)).approved_as is ApprovedAs.SET
    await agency.settle()
    assert await states(agency) == [S.ANSWERED] * 3
    assert (await agency.draft(draft.id)).state is DraftState.POSTED
    targets = [one.comment_id for one in draft.also]
    assert agency.wire.of(PublicReply) == [
        PublicReply(draft.id),
        *(PublicReply(draft.id, c) for c in targets),
    ]
    assert (await agency.actions(f"draft:{draft.id}")).count("post") == 3


async def test_a_comment_edited_before_the_approval_ends_the_whole_draft(agency: Agency) -> None:
    draft = await submitted(agency)
    seen = await agency.at("ratna", draft.id)
    await edit(agency, 2)
    with pytest.raises(WrongState):
        await agency.approvals.approve(seen)
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert await states(agency) == [S.ASSIGNED] * 3
    assert not await agency.queued(PublicReply)


async def test_a_comment_edited_between_approval_and_sending_is_left_out_alone(agency: Agency) -> None:
    draft = await approved(agency)
    await edit(agency, 2)
    await agency.settle()
    done = await agency.draft(draft.id)
    assert (done.state, done.left_out) == (DraftState.POSTED, (draft.also[0].comment_id,))
    assert await states(agency) == [S.ANSWERED, S.ASSIGNED, S.ANSWERED]
    assert await agency.state_of(PublicReply) == [SendState.SENT, SendState.DROPPED, SendState.SENT]
    assert any(isinstance(n, Notice) and n.what == "left_out" for n in agency.wire.of(Notice))
    again = await agency.replies.write(agency.tap("sari", 2), "Maksudnya begini.")
    assert again.id != draft.id


async def test_one_that_is_uncertain_over_a_restart_is_asked_about_and_the_others_stand(
    agency: Agency, restart: Restarts
) -> None:
    agency.wire.answers[PublicReply] = [Unsure("timeout")]
    draft = await approved(agency)
    await agency.settle()
    agency = await restart(agency)
    await agency.outbox.recover()
    await agency.settle()
    assert await states(agency) == [S.DRAFTED, S.ANSWERED, S.ANSWERED]
    assert (await agency.draft(draft.id)).state is DraftState.APPROVED
    row = next(row for row in await agency.queued(PublicReply) if row.state is SendState.UNCERTAIN)
    question, other = await agency.desk.uncertain(row.id), await agency.desk.case((await agency.case(2)).id)
    assert question is not None
    assert (question.case.id, question.text) == (1, draft.text)
    assert other is not None
    assert other.draft is not None
    assert (other.draft.state, other.unsent) == (DraftState.POSTED, "")
    await agency.receive(comment("Satu lagi", author=(await agency.comments(2))[0].comment.author.key))
    await agency.replies.write(agency.tap("sari", (await agency.case(2)).id), "Untuk Anda saja.")
    await agency.posting.mark_sent(agency.tap("sari", row.id, 1))
    await agency.settle()
    assert (await agency.draft(draft.id)).state is DraftState.POSTED
    assert (await agency.case(1)).status is S.ANSWERED
    assert "PublicReply" not in agency.wire.kinds()


async def test_killed_while_one_of_them_was_sent_only_that_one_is_unsure(
    agency: Agency, restart: Restarts
) -> None:
    await approved(agency)
    second = (await agency.queued(PublicReply))[1]
    async with agency.database.transaction() as tx:
        await tx.outbox.take(second.id, agency.clock.now())
    agency = await restart(agency)
    await agency.outbox.recover()
    await agency.settle()
    assert await agency.state_of(PublicReply) == [SendState.SENT, SendState.UNCERTAIN, SendState.SENT]
    assert len(agency.wire.of(UncertainCard)) == 1
    assert await states(agency) == [S.ANSWERED, S.DRAFTED, S.ANSWERED]


async def test_one_that_is_refused_for_good_may_be_given_up_alone(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Impossible("message to be replied not found")]
    draft = await approved(agency)
    await agency.settle()
    await agency.triage.release(await agency.on("sari", 1))
    assert await states(agency) == [S.NEW, S.ANSWERED, S.ANSWERED]
    assert (await agency.draft(draft.id)).state is DraftState.POSTED


@pytest.mark.parametrize("how", ["return", "reject", "withdraw", "withdraw_other", "expire"])
async def test_without_an_approval_all_of_them_are_open_again(agency: Agency, how: str) -> None:
    draft = await submitted(agency)
    if how == "return":
        await agency.approvals.return_(await agency.at("ratna", draft.id), "Kurang jelas.")
    elif how == "reject":
        await agency.approvals.reject(await agency.at("ratna", draft.id))
    elif how == "expire":
        for _ in agency.policy.approval.levels:
            agency.clock.advance(31 * 60)
            for timer in await agency.database.read.timers.open(f"draft:{draft.id}"):
                async with agency.database.transaction() as tx:
                    await agency.approvals.expire(timer, tx)
    else:
        await agency.triage.release(await agency.on("sari", 1 if how == "withdraw" else 2))
    open_now = await states(agency)
    assert set(open_now) <= {S.ASSIGNED, S.NEW}
    assert open_now.count(S.NEW) == (1 if how.startswith("withdraw") else 0)
    assert (await agency.draft(draft.id)).state not in {DraftState.WAITING, DraftState.APPROVED}
    assert await agency.database.read.drafts.live((await agency.case(3)).id) is None


async def test_a_case_leaves_while_it_is_written_and_the_rest_goes_on(agency: Agency) -> None:
    draft = await shared(agency)
    with pytest.raises(WrongState):
        await agency.replies.write(agency.tap("sari", 2), "Sendiri saja.")
    await agency.triage.close(await agency.on("sari", 2), CloseReason.DUPLICATE)
    left = await agency.draft(draft.id)
    assert ([one.case_id for one in left.also], left.version) == ([3], draft.version + 1)
    with pytest.raises(Outdated):
        await agency.approvals.submit(agency.tap("sari", draft.id, draft.version))


async def test_the_name_goes_from_the_salutation(agency: Agency) -> None:
    case = await agency.receive(comment("Kapan?"))
    draft = await agency.replies.use_template(await agency.on("sari", case), short(CLOSED))
    with pytest.raises(BadInput):
        await agency.widening.ask(await agency.at("sari", draft.id))
    draft = await agency.replies.fill_date(await agency.at("sari", draft.id), 0)
    draft = await agency.replies.fill_choice(await agency.at("sari", draft.id), 0)
    draft = await agency.replies.fill_text(
        await agency.at("sari", draft.id), "https://pu.example.go.id/jalan"
    )
    assert draft.text.startswith("Halo Warga,")
    other = await agency.receive("Saya juga mau tahu.")
    wide = await agency.widening.widen(agency.tap("sari", draft.id), f"#{other}")
    assert wide.text == draft.text.replace("Halo Warga,", "Halo,")
    assert not wide.edited
    view = await agency.desk.case((await agency.case(case)).id)
    assert view is not None
    assert not view.can_send_now
    with pytest.raises(WrongState):
        await agency.approvals.send_now(await agency.at("sari", wide.id))


async def test_a_name_that_a_person_typed_is_not_sent_to_others(agency: Agency) -> None:
    case = await agency.receive(comment("Kapan?"))
    draft = await agency.replies.write(agency.tap("sari", case), "Halo Warga, besok, ya.")
    other = await agency.receive("Saya juga.")
    with pytest.raises(CannotJoin) as refused:
        await agency.widening.widen(agency.tap("sari", draft.id), str(other))
    assert refused.value.why == "name"
    assert (await agency.case(other)).status is S.NEW


async def test_who_may_not_join_and_that_then_nobody_does(agency: Agency) -> None:
    agency.reads.known = {
        "gelap": verdict(topics=["bunuh-diri"]), "tolong": verdict("emergency"),
    }  # fmt: skip
    draft = await agency.written()
    fine = await agency.receive("Saya juga mau tahu.")
    gone, dark, alarm = (
        await agency.receive("a"),
        await agency.receive("gelap"),
        await agency.receive("tolong"),
    )
    await agency.triage.close(await agency.on("sari", gone), CloseReason.SPAM)
    taken = await agency.receive("b")
    await agency.triage.take(await agency.on("budi", taken))
    own = await agency.written()
    for number, why in ((gone, "closed"), (dark, "sensitive"), (alarm, "emergency"), (taken, "taken"),
                        (own.case_id, "drafted")):  # fmt: skip
        with pytest.raises(CannotJoin) as refused:
            await agency.widening.widen(agency.tap("sari", draft.id), f"{fine} {number}")
        assert (refused.value.case, refused.value.why) == (number, why)
    for text in ("", "dua belas", "1", "12 0", " ".join(map(str, range(50, 90)))):
        with pytest.raises(BadInput):
            await agency.widening.widen(agency.tap("sari", draft.id), text)
    with pytest.raises(NotFound):
        await agency.widening.widen(agency.tap("sari", draft.id), f"{fine} 999")
    with pytest.raises(TakenBy):
        await agency.widening.widen(agency.tap("budi", draft.id), str(fine))
    with pytest.raises(NotAllowed):
        await agency.widening.ask(await agency.at("tuti", draft.id))
    assert (await agency.case(fine)).status is S.NEW
    assert not (await agency.draft(draft.id)).also


async def test_despair_in_one_of_them_stops_the_words_before_and_only_there_after(agency: Agency) -> None:
    agency.reads.known = {"gelap": verdict(topics=["bunuh-diri"])}
    draft = await approved(agency)
    author = (await agency.comments(2))[0].comment
    await agency.receive(comment("gelap", author=author.author.key, at=author.written_at))
    await agency.settle()
    assert (await agency.draft(draft.id)).left_out == (draft.also[0].comment_id,)
    assert await states(agency) == [S.ANSWERED, S.NEW, S.ANSWERED], "it waits for the named people"
    told = [n.what for n in agency.wire.of(Notice) if isinstance(n, Notice)]
    assert "left_out_to_care" in told, "nobody is asked to read a card that shows no words"
    assert "left_out" not in told


async def test_also_where_a_person_posts_by_hand(agency: Agency) -> None:
    draft = await agency.written()
    other = await agency.receive(comment("Kapan?", platform=Platform.CSV, thread="berkas"))
    draft = await agency.widening.widen(agency.tap("sari", draft.id), str(other))
    read = agency.addresses
    assert await read.chat_of(f"draft:{draft.id}:{draft.also[0].comment_id}") == 0
    assert await read.chat_of(f"draft:{draft.id}") != 0


async def test_the_store_itself_keeps_a_case_in_one_living_draft(agency: Agency) -> None:
    first, second = await shared(agency), await agency.written()
    with pytest.raises(sqlite3.IntegrityError):
        await kept(agency, replace(second, also=first.also))
    with pytest.raises(sqlite3.IntegrityError):
        await kept(agency, replace(first, also=(*first.also, *second.targets)))
    assert not (await agency.draft(second.id)).also


async def kept(agency: Agency, draft: Draft) -> None:
    async with agency.database.transaction() as tx:
        await tx.drafts.save(draft)


async def test_behind_the_lock_one_of_them_is_taken_back_and_the_others_go_when_it_opens(
    agency: Agency,
) -> None:
    await agency.team.lock(agency.tap("joko", 0))
    draft = await approved(agency)
    await agency.triage.release(await agency.on("sari", 2))
    await agency.team.unlock(agency.tap("ratna", 0))
    await agency.team.unlock(agency.tap("dewi", 0))
    await agency.settle()
    assert await states(agency) == [S.ANSWERED, S.NEW, S.ANSWERED]
    assert await agency.state_of(PublicReply) == [SendState.SENT, SendState.DROPPED, SendState.SENT]
    assert (await agency.draft(draft.id)).state is DraftState.POSTED


async def test_despair_of_one_before_the_approval_stops_the_words_for_all(agency: Agency) -> None:
    agency.reads.known = {"gelap": verdict(topics=["bunuh-diri"])}
    draft = await submitted(agency)
    author = (await agency.comments(3))[0].comment
    await agency.receive(comment("gelap", author=author.author.key, at=author.written_at))
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert await states(agency) == [S.ASSIGNED, S.ASSIGNED, S.NEW], "it waits for the named people"
    view = await agency.desk.draft(draft.id)
    assert view is not None
    assert view.others == ()
