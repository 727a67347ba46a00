"""A comment comes in: kept once, joined where it belongs, edited without losing what stood there."""

import asyncio

import pytest
from agency import Agency
from fakes import DISCUSSION, comment, later, verdict

from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Platform
from bot.domain.outgoing import CaseCard, DraftCard, Notice, Receipt
from bot.domain.priority import Urgency
from bot.domain.reply import DraftState
from bot.domain.search import Search, Term
from bot.services.intake import How

DM = {"platform": Platform.TELEGRAM_DM, "thread": "501"}


async def test_a_comment_opens_a_case_with_a_card_and_a_line_in_the_journal(agency: Agency) -> None:
    agency.reads.known["banjir"] = verdict("emergency", "complaint")
    received = await agency.intake.receive(comment("Tolong, banjir di rumah kami!"), "update:1")
    case = await agency.case(received.case)
    assert received.how is How.OPENED
    assert (case.status, case.version, case.priority.urgency) == (CaseStatus.NEW, 1, Urgency.EMERGENCY)
    assert case.verdict.labels == ("emergency", "complaint")
    assert await agency.actions(f"case:{case.id}") == ["receive"]
    assert [row.what for row in await agency.queued()] == [CaseCard(case.id, urgent=True)]
    assert agency.crisis.considered == [("Tolong, banjir di rumah kami!", case.id)]


@pytest.mark.parametrize(("seconds", "how"), [(0, How.JOINED), (20, How.JOINED), (21, How.OPENED)])
async def test_what_one_person_adds_within_twenty_seconds_is_one_matter(
    agency: Agency, seconds: int, how: How
) -> None:
    first = await agency.intake.receive(comment("Pak, jalannya"), "update:1")
    second = await agency.intake.receive(comment("rusak lagi", at=later(seconds)), "update:2")
    assert second.how is how
    assert (second.case == first.case) is (how is How.JOINED)
    assert (await agency.case(first.case)).comments == (2 if how is How.JOINED else 1)


async def test_another_person_thread_or_an_unknown_author_is_another_matter(agency: Agency) -> None:
    base = await agency.receive(comment("Satu"))
    others = [
        comment("Dua", author="tg:777"),
        comment("Tiga", thread=f"{DISCUSSION}/99"),
        comment("Empat", author=""),
        comment("Lima", author=""),
    ]
    cases = [await agency.receive(other) for other in others]
    assert len({base, *cases}) == 5


async def test_a_joined_message_adds_labels_and_leaves_a_thumb_on_its_way_valid(agency: Agency) -> None:
    agency.reads.known.update(jalan=verdict("question"), hoaks=verdict("hoax"))
    case = await agency.receive(comment("Kapan jalan diperbaiki?"))
    before = await agency.case(case)
    await agency.receive(comment("Apa benar hoaks?", at=later(5)))
    grown = await agency.case(case)
    assert grown.verdict.labels == ("question", "hoax")
    assert grown.priority.urgency is Urgency.HIGH
    assert grown.version == before.version


async def test_the_same_comment_twice_changes_nothing(agency: Agency) -> None:
    given = comment("Kapan?", message="70")
    first = await agency.intake.receive(given, "update:1")
    again = await agency.intake.receive(given, "update:2")
    assert (again.how, again.case) == (How.KNOWN, first.case)
    assert len(await agency.comments(first.case)) == 1
    assert len(await agency.queued()) == 1
    assert await agency.actions(f"case:{first.case}") == ["receive"]


async def test_two_receives_of_one_comment_at_the_same_time_make_one_case(agency: Agency) -> None:
    given = comment("Kapan?", message="70")
    found = await asyncio.gather(*(agency.intake.receive(given, f"update:{n}") for n in range(20)))
    assert sorted(f.how for f in found) == [How.KNOWN] * 19 + [How.OPENED]
    assert len({f.case for f in found}) == 1


async def test_an_edit_is_a_new_revision_and_the_old_words_stay(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    edited = await agency.intake.receive(comment("Airnya mati lagi!", message="70", at=later(60)), "update:9")
    kept = await agency.comments(case)
    assert edited.how is How.REVISED
    assert [(k.comment.text, k.comment.revision) for k in kept] == [
        ("Airnya mati", 0),
        ("Airnya mati lagi!", 1),
    ]
    assert kept[1].comment.context == "Jadwal layanan"
    assert (await agency.case(case)).comments == 1


@pytest.mark.parametrize("submitted", [False, True])
async def test_an_edit_makes_the_draft_stale_and_tells_its_writer(agency: Agency, submitted: bool) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    draft = await agency.replies.write(agency.tap("sari", case), "Petugas sedang ke sana, ya.")
    if submitted:
        draft = await agency.approvals.submit(await agency.at("sari", draft.id))
        await agency.settle()
    await agency.receive(comment("Bukan air, listrik!", message="70", at=later(9)))
    assert (await agency.draft(draft.id)).state is DraftState.STALE
    assert (await agency.case(case)).status is CaseStatus.ASSIGNED
    assert [n.to for n in await whats(agency, Notice) if n.what == "draft_stale"] == ["person:sari"]
    await agency.settle()
    asked = {c.person for c in await whats(agency, DraftCard)}
    assert asked == ({"ratna", "dewi"} if submitted else set())


async def whats(agency: Agency, kind: type) -> list:
    return [row.what for row in await agency.queued(kind)]


async def test_no_card_of_a_stale_draft_goes_to_its_author(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70"))
    draft = await agency.replies.write(agency.tap("ratna", case), "Petugas sedang ke sana, ya.")
    await agency.approvals.submit(await agency.at("ratna", draft.id))
    await agency.settle()
    await agency.receive(comment("Bukan air, listrik!", message="70", at=later(9)))
    await agency.settle()
    assert {c.person for c in await whats(agency, DraftCard)} == {"dewi"}


async def test_an_edit_without_its_thread_is_a_revision_where_the_comment_stood(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya mati", message="70", thread=f"{DISCUSSION}/10"))
    edit = comment("Airnya mati, Pak", message="70", thread=f"{DISCUSSION}/0", at=later(60))
    assert (await agency.intake.receive(edit, agency.cause())).how is How.REVISED
    again = comment("Airnya mati, Pak!", message="70", thread=f"{DISCUSSION}/10", at=later(90))
    assert (await agency.intake.receive(again, agency.cause())).how is How.REVISED
    kept = [(one.comment.revision, one.comment.origin.thread) for one in await agency.comments(case)]
    assert kept == [(number, f"{DISCUSSION}/10") for number in range(3)]
    assert (await agency.case(case)).comments == 1


@pytest.mark.parametrize(
    "other",
    [
        {"message": "71", "thread": f"{DISCUSSION}/0"},
        {"message": "70", "thread": f"{DISCUSSION}0/0"},
        {"message": "70", "thread": "-100/0"},
        {"message": "70", "thread": f"{DISCUSSION}/11"},
    ],
    ids=["another message", "a longer chat number", "another chat", "another thread"],
)
async def test_a_message_of_elsewhere_is_no_revision(agency: Agency, other: dict[str, str]) -> None:
    await agency.receive(comment("Airnya mati", message="70", thread=f"{DISCUSSION}/10"))
    found = await agency.intake.receive(comment("Lain lagi", author="tg:9", **other), agency.cause())
    assert found.how is How.OPENED


async def test_an_edit_of_another_comment_leaves_the_draft_alone(agency: Agency) -> None:
    case = await agency.receive(comment("Airnya", message="70"))
    await agency.receive(comment("mati", message="71", at=later(3)))
    draft = await agency.replies.write(agency.tap("sari", case), "Petugas sedang ke sana, ya.")
    await agency.receive(comment("Air PAM-nya", message="70", at=later(9)))
    assert (await agency.draft(draft.id)).state is DraftState.WRITING


async def test_a_failing_classifier_loses_no_comment(agency: Agency) -> None:
    agency.reads.known["jalan"] = RuntimeError("model gone")
    case = await agency.case(await agency.receive("Kapan jalan diperbaiki?"))
    assert case.verdict.error == "RuntimeError"
    assert case.priority.urgency is Urgency.HIGH
    assert case.priority.reasons == ("unclassified",)
    assert (await agency.comments(case.id))[0].comment.text == "Kapan jalan diperbaiki?"


async def test_a_fault_on_the_crisis_side_keeps_nothing_so_that_the_update_is_tried_again(
    agency: Agency,
) -> None:
    agency.crisis.error = RuntimeError("no roster")
    with pytest.raises(RuntimeError, match="no roster"):
        await agency.receive(comment("Banjir!", message="70"))
    assert await agency.queued() == []
    agency.crisis.error = None
    received = await agency.intake.receive(comment("Banjir!", message="70"), "update:1")
    assert received.how is How.OPENED


async def test_a_picture_alone_is_kept_without_asking_the_classifier(agency: Agency) -> None:
    case = await agency.receive("  ")
    assert agency.reads.read_texts == []
    assert (await agency.case(case)).verdict.model == "none"


async def test_a_private_message_is_receipted_once_and_follow_ups_join_however_late(agency: Agency) -> None:
    first = await agency.receive(comment("Bu, KTP saya hilang", message="1", **DM))
    agency.clock.advance(86_400)
    late = await agency.intake.receive(
        comment("Jadi bagaimana?", message="2", at=later(86_400), **DM), "update:2"
    )
    assert (late.how, late.case) == (How.JOINED, first)
    assert await whats(agency, Receipt) == [Receipt(first, 1)]


async def test_a_follow_up_of_a_closed_matter_is_a_new_one(agency: Agency) -> None:
    first = await agency.receive(comment("Bu, KTP saya hilang", message="1", **DM))
    await agency.triage.close(await agency.on("sari", first), CloseReason.NO_REPLY_NEEDED)
    assert await agency.receive(comment("Satu lagi", message="2", at=later(5), **DM)) != first


@pytest.mark.parametrize("found", [verdict("emergency"), verdict("complaint", topics=["bunuh-diri"])])
async def test_no_receipt_where_a_life_may_be_at_stake(agency: Agency, found: object) -> None:
    agency.reads.known["tolong"] = found
    case = await agency.case(await agency.receive(comment("tolong", message="1", **DM)))
    assert await whats(agency, Receipt) == []
    assert case.priority.urgency is Urgency.EMERGENCY


async def test_a_sensitive_case_is_marked_stays_marked_and_is_not_found_by_search(agency: Agency) -> None:
    agency.reads.known["mati saja"] = verdict("complaint", topics=["bunuh-diri"])
    case = await agency.receive(comment("Capek, ingin mati saja"))
    await agency.receive(comment("maaf", at=later(5)))
    assert (await agency.case(case)).sensitive
    found = await agency.searching.find(agency.tap("sari", 0), Search((Term("mati"),)))
    assert found.lines == ()
    assert len((await agency.triage.queue(agency.tap("sari", 0))).lines) == 1


@pytest.mark.parametrize("text", ["rusak \ud83d", "\udc00 jalan", "a\ud83d\ude00b", "\ud83d"])
async def test_lone_surrogates_are_kept_as_one_comment(agency: Agency, text: str) -> None:
    given = comment(text, message="7\ud800", author="csv:\udfff", thread="\ud800", platform=Platform.CSV)
    first = await agency.intake.receive(given, "update:1")
    again = await agency.intake.receive(given, "update:2")
    assert (first.how, again.how) == (How.OPENED, How.KNOWN)
    kept = (await agency.comments(first.case))[0].comment
    assert kept.text.encode() == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


async def test_an_answered_case_needs_a_person_again_when_the_citizen_writes_on(agency: Agency) -> None:
    draft = await agency.approved()
    await agency.settle()
    case = await agency.case(draft.case_id)
    assert case.status is CaseStatus.ANSWERED
    first = (await agency.comments(case.id))[0].comment
    await agency.receive(comment("Tapi kapan?", author=first.author.key, at=later(10)))
    again = await agency.case(case.id)
    assert (again.status, again.assignee, again.answered_at) == (CaseStatus.ASSIGNED, "sari", None)
    assert again.version > case.version
