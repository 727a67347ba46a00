"""Many say the same: one card, one answer, and each citizen's own matter behind it."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from agency import Agency, Restarts, approve_templates, enrol_all
from fakes import comment, later, verdict

from bot.clock import FakeClock
from bot.domain.case import CaseId, CaseStatus, CloseReason
from bot.domain.cluster import Apart, Tally, is_worth_telling
from bot.domain.comment import Comment, Origin
from bot.domain.errors import BadInput, CannotJoin, NotAllowed, NotFound
from bot.domain.outgoing import CaseCard, Notice, PublicReply
from bot.domain.priority import Urgency
from bot.domain.reply import ApprovedAs, Draft, DraftState
from bot.services.views import CaseView
from bot.store.database import Database

S = CaseStatus
DAYS = timedelta(days=3)
RUMOUR = (
    "Info dari grup sebelah bendungan Jatigede sudah retak dan akan jebol malam ini, "
    "semua warga hilir segera mengungsi ke balai desa"
)
COPIES = (
    f"Fwd: {RUMOUR} 🙏🙏",
    RUMOUR.upper(),
    RUMOUR.replace("sudah", "udah").replace("retak", "reetak"),
    f"assalamualaikum min {RUMOUR} mohon infonya",
)


@pytest.fixture
async def town(database: Database, clock: FakeClock) -> Agency:
    """An agency in which copies join."""
    agency = Agency(database, clock, same_within=DAYS)
    await enrol_all(database, clock)
    await approve_templates(agency)
    return agency


async def view(town: Agency, case: int) -> CaseView:
    found = await town.desk.case(CaseId(case))
    assert found is not None
    return found


async def tally(town: Agency, case: int) -> Tally:
    found = (await view(town, case)).cluster.tally
    assert found is not None
    return found


async def spread(town: Agency, copies: int = len(COPIES)) -> int:
    """The rumour and some of its copies, each by another account, half a minute apart."""
    first = await town.receive(RUMOUR, at=later(0))
    for number in range(copies):
        await town.receive(COPIES[number % len(COPIES)], at=later(30 * (number + 1)))
    return first


async def cards(town: Agency) -> set[int]:
    """Of which cases a card stands in the group."""
    await town.settle()
    return {what.case for what in town.wire.of(CaseCard)}


async def queue(town: Agency) -> list[int]:
    return [line.case.id for line in (await town.triage.queue(town.tap("sari", 0))).lines]


async def replied(town: Agency, lead: int) -> Draft:
    """The lead's answer, for all, approved and posted."""
    draft = await town.replies.write(town.tap("sari", lead), "Bendungan aman. Sumber: BBWS.")
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    draft = await town.approvals.approve(await town.at("ratna", draft.id))
    for _ in range(3):
        await town.settle()
    return draft


async def test_copies_of_many_people_are_one_card_that_counts_them(town: Agency) -> None:
    lead = await spread(town)
    assert await cards(town) == {lead}
    assert await queue(town) == [lead]
    told = await tally(town, lead)
    assert (told.comments, told.accounts, told.members, told.waiting) == (5, 5, 4, 4)
    assert (told.first, told.peak) == (later(0), 2)
    assert 0.85 < told.share <= 1.0
    assert "cluster_join" in await town.actions(f"case:{lead + 1}")
    assert (await view(town, lead + 1)).cluster.behind == lead


async def test_one_account_that_says_it_again_and_again_is_counted_as_one(town: Agency) -> None:
    await town.receive(RUMOUR, author="tg:1", at=later(0))
    for number in (1, 2, 3):
        await town.receive(RUMOUR, author="tg:1", at=later(600 * number))
    assert ((await tally(town, 1)).comments, (await tally(town, 1)).accounts) == (4, 1)


async def test_what_only_looks_like_it_is_offered_and_has_its_own_card(town: Agency) -> None:
    lead = await town.receive(RUMOUR)
    other = await town.receive(RUMOUR.replace("Jatigede", "Kedungombo"))
    assert await cards(town) == {lead, other}
    offers = (await view(town, other)).cluster.offers
    assert [(near.lead, near.why) for near in offers] == [(lead, Apart.WORD)]
    assert (await view(town, lead)).cluster.tally is None


async def test_a_denial_is_counted_apart(town: Agency) -> None:
    lead = await spread(town, 1)
    denial = await town.receive(f"Tidak benar: {RUMOUR}")
    assert denial in await cards(town)
    assert ((await tally(town, lead)).comments, (await tally(town, lead)).denials) == (2, 1)


async def test_a_short_text_joins_only_the_very_same_under_the_same_post(town: Agency) -> None:
    first = await town.receive("Kapan cair?")
    same = await town.receive("KAPAN CAIRRR?")
    alike = await town.receive("Kapan cair min pkh?")
    elsewhere = await town.receive(replace(comment("Kapan cair?", author="tg:77"), origin=_elsewhere()))
    assert await cards(town) == {first, alike, elsewhere}
    assert (await view(town, same)).cluster.behind == first


def _elsewhere() -> Origin:
    return replace(comment("x").origin, thread="-1003:999", message="424242")


def _more(before: Comment, text: str, at: datetime) -> Comment:
    """The same person, a few seconds after."""
    soon = before.written_at + timedelta(seconds=5)
    origin = replace(before.origin, message="9001")
    return replace(before, origin=origin, text=text, written_at=soon, received_at=at)


async def test_words_about_a_life_never_stand_behind_a_card(town: Agency) -> None:
    town.reads.known["Jatigede"] = verdict("emergency", topics=("bunuh-diri",))
    await spread(town, 2)
    assert await cards(town) == {1, 2, 3}
    assert (await view(town, 1)).cluster.tally is None


async def test_a_cry_for_help_has_its_own_card_unless_it_is_the_very_same(town: Agency) -> None:
    town.reads.known["Jatigede"] = verdict("emergency")
    town.reads.known["JATIGEDE"] = verdict("emergency")
    lead = await town.receive(RUMOUR)
    near = await town.receive(f"Fwd: {RUMOUR.replace('segera', 'harus')}")
    same = await town.receive(RUMOUR.upper())
    assert await cards(town) == {lead, near}
    assert (await view(town, same)).cluster.behind == lead
    assert (await tally(town, lead)).comments == 3


async def test_a_person_joins_and_another_undoes_it(town: Agency) -> None:
    lead = await town.receive(RUMOUR)
    other = await town.receive(RUMOUR.replace("Jatigede", "Kedungombo"))
    tap = await town.on("sari", other)
    await town.clusters.join(tap, CaseId(lead))
    await town.clusters.join(tap, CaseId(lead))  # delivered twice
    assert (await town.actions(f"case:{other}")).count("cluster_join") == 1
    assert await queue(town) == [lead]
    assert (await tally(town, lead)).comments == 2
    await town.clusters.split(await town.on("joko", lead), CaseId(other))
    assert sorted(await queue(town)) == [lead, other]
    assert (await view(town, lead)).cluster.tally is None
    assert [near.lead for near in (await view(town, other)).cluster.offers] == [lead]  # the way back


async def test_what_came_along_with_a_case_leaves_with_it(town: Agency) -> None:
    lead = await spread(town, 1)
    other = await town.receive(RUMOUR.replace("Jatigede", "Kedungombo"))
    await town.receive(RUMOUR.replace("Jatigede", "Kedungombo").upper())
    await town.clusters.join(await town.on("sari", other), CaseId(lead))
    assert (await tally(town, lead)).comments == 4
    await town.clusters.split(await town.on("sari", lead), CaseId(other))
    assert ((await tally(town, lead)).comments, (await tally(town, other)).comments) == (2, 2)


async def test_who_was_split_off_is_what_later_copies_join(town: Agency) -> None:
    lead = await spread(town, 1)
    await town.clusters.split(await town.on("sari", lead), CaseId(lead + 1))
    again = await town.receive(COPIES[0])
    assert (await view(town, again)).cluster.behind == lead + 1


async def test_who_may_not_join_or_split(town: Agency) -> None:
    lead = await spread(town, 1)
    other = await town.receive(RUMOUR.replace("Jatigede", "Kedungombo"))
    for name in ("wawan", "tuti"):
        with pytest.raises(NotAllowed):
            await town.clusters.join(await town.on(name, other), CaseId(lead))
        with pytest.raises(NotAllowed):
            await town.clusters.split(await town.on(name, lead), CaseId(lead + 1))
    with pytest.raises(NotFound):
        await town.clusters.split(await town.on("sari", lead), CaseId(other))
    with pytest.raises(CannotJoin):
        await town.clusters.join(await town.on("sari", other), CaseId(other))
    await town.triage.close(await town.on("sari", lead), CloseReason.SPAM)
    with pytest.raises(CannotJoin):
        await town.clusters.join(await town.on("sari", other), CaseId(lead))


async def test_one_approval_names_the_count_and_answers_each_in_its_own_place(town: Agency) -> None:
    lead = await spread(town)
    draft = await town.replies.write(town.tap("sari", lead), "Bendungan aman. Sumber: BBWS.")
    tap = await town.at("sari", draft.id)
    draft = await town.answering.answer_all(tap)
    assert (await town.answering.answer_all(tap)).id == draft.id  # delivered twice
    assert len(draft.targets) == 5
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    draft = await town.approvals.approve(await town.at("ratna", draft.id))
    assert draft.approved_as is ApprovedAs.SET
    for _ in range(3):
        await town.settle()
    assert len(town.wire.of(PublicReply)) == 5
    assert [(await town.case(number)).status for number in range(lead, lead + 5)] == [S.ANSWERED] * 5
    assert await cards(town) == {lead}


async def test_the_replies_of_one_approval_leave_at_a_pace(town: Agency) -> None:
    lead = await spread(town)
    draft = await town.replies.write(town.tap("sari", lead), "Bendungan aman.")
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    await town.approvals.approve(await town.at("ratna", draft.id))
    for _ in range(80):
        await town.outbox.drain()
        town.clock.advance(0.5)
    left = [one.at for one in town.wire.sent if isinstance(one.what, PublicReply)]
    assert len(left) == 5
    assert all(after - before >= 3.5 for before, after in pairwise(left))


async def test_who_writes_more_while_it_is_decided_is_left_out_alone(town: Agency) -> None:
    lead = await spread(town)
    draft = await town.replies.write(town.tap("sari", lead), "Bendungan aman.")
    draft = await town.answering.answer_all(await town.at("sari", draft.id))
    draft = await town.approvals.submit(await town.at("sari", draft.id))
    writer = (await town.comments(lead + 1))[0].comment
    await town.receive(_more(writer, "Rumah saya di hilir!", town.clock.now()))
    await town.approvals.approve(await town.at("ratna", draft.id))
    for _ in range(3):
        await town.settle()
    assert len(town.wire.of(PublicReply)) == 4
    assert (await town.case(lead + 1)).status is S.ASSIGNED
    assert lead + 1 in await cards(town)  # what else they wrote is for a card of their own
    assert any(isinstance(one, Notice) and one.what == "left_out" for one in town.wire.of(Notice))


async def test_who_asks_after_the_answer_is_told_of_and_gets_it_after_another_approval(town: Agency) -> None:
    lead = await spread(town, 2)
    answer = await replied(town, lead)
    for number in range(3):
        await town.receive(COPIES[number], at=later(7200 + number))
    told = [one for one in town.wire.of(Notice) if isinstance(one, Notice) and one.what == "asked_again"]
    await town.settle()
    told = [one for one in town.wire.of(Notice) if isinstance(one, Notice) and one.what == "asked_again"]
    assert [one.params["of"] for one in told] == [1]
    assert (await tally(town, lead)).waiting == 3
    assert len(await queue(town)) == 1  # one line for the three
    tap = await town.on("joko", lead)
    draft = await town.answering.answer_rest(tap)
    assert (draft.state, draft.text, len(draft.targets)) == (DraftState.WAITING, answer.text, 3)
    assert set(draft.authors) >= {"sari", "joko"}
    with pytest.raises(BadInput):
        await town.answering.answer_rest(await town.on("sari", lead))  # they wait with the first press
    await town.approvals.approve(await town.at("ratna", draft.id))
    for _ in range(3):
        await town.settle()
    assert len(town.wire.of(PublicReply)) == 6
    assert (await tally(town, lead)).waiting == 0


async def test_words_that_name_the_first_citizen_go_to_nobody_else(town: Agency) -> None:
    lead = await spread(town, 1)
    named = replace((await town.comments(lead))[0].comment.author, name="Ratna Sari")
    assert named.name
    draft = await town.replies.write(town.tap("sari", lead), "Warga, bendungan aman.")
    with pytest.raises(CannotJoin):
        await town.answering.answer_all(await town.at("sari", draft.id))


async def test_closing_the_card_closes_what_stands_behind_it_and_the_next_copy_is_seen(town: Agency) -> None:
    lead = await spread(town)
    await town.triage.close(await town.on("sari", lead), CloseReason.NO_REPLY_NEEDED)
    assert [(await town.case(number)).status for number in range(lead, lead + 5)] == [S.CLOSED] * 5
    assert await queue(town) == []
    again = await town.receive(COPIES[0])
    assert again in await cards(town)
    assert await queue(town) == [again]
    next_one = await town.receive(COPIES[1])
    assert await queue(town) == [again]
    assert (await view(town, next_one)).cluster.behind == again


async def test_a_lead_that_turns_out_to_be_about_a_life_lets_the_others_go(town: Agency) -> None:
    lead = await spread(town, 2)
    writer = (await town.comments(lead))[0].comment
    town.reads.known["mati saja"] = verdict("emergency", topics=("bunuh-diri",))
    await town.receive(_more(writer, "saya ingin mati saja", town.clock.now()))
    assert await cards(town) == {lead, lead + 1, lead + 2}
    assert sorted(await queue(town)) == [lead, lead + 1, lead + 2]


async def test_one_that_edits_its_words_has_its_own_card(town: Agency) -> None:
    lead = await spread(town, 2)
    writer = (await town.comments(lead + 1))[0].comment
    await town.receive(replace(writer, text="Maaf, sudah jelas. Terima kasih."))
    assert await cards(town) == {lead, lead + 1}


async def test_after_a_restart_what_came_before_is_known(town: Agency, restart: Restarts) -> None:
    lead = await spread(town, 1)
    again = await restart(town)
    before = await again.receive(COPIES[2])
    assert before in await queue(again)  # nothing is known yet, and nothing is lost by that
    await again.clusters.load()
    after = await again.receive(COPIES[3])
    assert (await view(again, after)).cluster.behind in {lead, before}


async def test_only_within_its_time_and_not_at_all_where_it_is_switched_off(
    town: Agency, agency: Agency, clock: FakeClock
) -> None:
    lead = await spread(town, 1)
    clock.advance(DAYS.total_seconds() + 60)
    late = await town.receive(COPIES[0], at=clock.now())
    assert sorted(await queue(town)) == [lead, late]
    other = await agency.receive(COPIES[1])
    assert other in await queue(agency)


@pytest.mark.parametrize(
    ("waiting", "told"), [(1, True), (2, False), (5, True), (10, False), (25, True), (50, False), (125, True)]
)
def test_the_group_hears_of_later_askers_ever_more_rarely(waiting: int, told: bool) -> None:
    assert is_worth_telling(waiting) is told


async def test_who_says_the_same_again_does_not_wait_beside_the_card_where_that_stands(
    town: Agency,
) -> None:
    first = await town.receive(RUMOUR, author="tg:1", at=later(0))
    await town.receive(f"{RUMOUR} 🙏", author="tg:1", at=later(600))
    other = await town.receive("Kapan jalan diperbaiki?", author="tg:1", at=later(1200))
    assert (await view(town, first)).writer.waiting == (other,)


async def test_what_many_say_within_the_hour_is_needed_sooner_and_only_once(town: Agency) -> None:
    lead = await spread(town, 9)
    assert (await town.case(lead)).priority.urgency is Urgency.NORMAL
    await town.receive(f"{RUMOUR} !!", at=later(600))
    found = (await town.case(lead)).priority
    assert (found.urgency, found.reasons[-1]) == (Urgency.HIGH, "grows:10")
    for number in range(3):
        await town.receive(f"{RUMOUR} !!" + "?" * number, at=later(700 + number))
    assert (await town.case(lead)).priority == found


async def test_slow_copies_raise_nothing(town: Agency, clock: FakeClock) -> None:
    lead = await town.receive(RUMOUR)
    for number in range(12):
        clock.advance(600)
        await town.receive(COPIES[number % len(COPIES)])
    assert (await town.case(lead)).priority.urgency is Urgency.NORMAL
