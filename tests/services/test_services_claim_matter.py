"""One rumour is one incident: copies of a claim count together, denials apart, another rumour by itself."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from agency import Agency, approve_templates
from crisis_agency import HOAX, CrisisAgency, minutes
from fakes import verdict

from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.comment import KeptComment
from bot.domain.expression_parser import parse
from bot.domain.incident import RunId
from bot.domain.people import PersonId
from bot.domain.playbook import Concurrency
from bot.domain.step_run import PostState, Verdict
from bot.domain.steps import Ask, Publish
from bot.domain.trigger import BurstTrigger, CommentTrigger, GroupBy, Triggers
from bot.services.triggers import Fired
from bot.store.comments import Comments
from classifiers.labels import Label

POISON = "racun: air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"
QUAKE = "racun: gempa besar akan datang nanti malam jam dua belas kata orang pintar di pasar"
DENIAL = "Ini hoaks: " + POISON
BY_CLAIM = replace(
    HOAX, triggers=Triggers(burst=BurstTrigger(Label.HOAX, 3, minutes(10), group_by=GroupBy.CLAIM))
)


@pytest.fixture
def crisis(agency: Agency) -> CrisisAgency:
    made = CrisisAgency(agency.database, agency.clock, agency.policy, (BY_CLAIM,))
    made.reads.known |= {"racun": verdict("hoax", topics=("air",))}
    made.fires()
    return made


async def noted(crisis: CrisisAgency, text: str) -> int:
    """A comment, and the claim that Sari notes from it."""
    case = await crisis.receive(text)
    claim = await crisis.register.deeds.report(crisis.tap("sari", 0), "", CaseId(case), "triage")
    assert claim is not None
    return claim.id


async def groups(crisis: CrisisAgency) -> list[str]:
    """The groups of the incidents that go on."""
    found = await crisis.database.read.runs.going_on()
    return [(await crisis.state_of_run(run.id)).incident.group_key for run in found]


async def test_copies_of_one_claim_open_one_incident_and_feed_it(crisis: CrisisAgency) -> None:
    claim = await noted(crisis, POISON)
    await crisis.receive(POISON)
    assert await groups(crisis) == []
    await crisis.receive(POISON)
    assert await groups(crisis) == [f"hoaks/claim:{claim}"]
    await crisis.receive(POISON)
    assert await groups(crisis) == [f"hoaks/claim:{claim}"]
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 4


async def test_a_burst_is_counted_until_it_opens_and_never_again_while_that_goes_on(
    crisis: CrisisAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the ten thousandth comment of a viral day would cost ten thousand times the first."""
    counted: list[int] = []
    plain = Comments.of_label

    async def counting(self: Comments, *given: Any) -> list[KeptComment]:
        found = await plain(self, *given)
        counted.append(len(found))
        return found

    monkeypatch.setattr(Comments, "of_label", counting)
    for _ in range(12):
        await crisis.receive(POISON)
    assert counted == [1, 2, 3]
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 12
    assert (await crisis.state_of_run()).triggers == 10


async def test_two_rumours_of_one_topic_are_two_matters(crisis: CrisisAgency) -> None:
    await noted(crisis, POISON)
    await noted(crisis, QUAKE)
    await crisis.receive(POISON)
    await crisis.receive(QUAKE)
    assert await groups(crisis) == [], "two and two are not three of one claim"
    await crisis.receive(QUAKE)
    assert await groups(crisis) == ["hoaks/claim:2"]


async def test_who_denies_opens_nothing_and_is_no_evidence(crisis: CrisisAgency) -> None:
    await noted(crisis, POISON)
    for _ in range(5):
        await crisis.receive(DENIAL)
    assert await groups(crisis) == []
    await crisis.receive(POISON)
    await crisis.receive(POISON)
    assert await groups(crisis) == ["hoaks/claim:1"]
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 3


async def test_comments_that_belong_to_no_claim_count_together_as_before(crisis: CrisisAgency) -> None:
    for text in ("racun satu", "racun dua", "racun tiga"):
        await crisis.receive(text)
    assert await groups(crisis) == ["hoaks/label:hoax/topic:"]


async def test_a_claim_noted_while_the_incident_goes_on_stays_with_it(crisis: CrisisAgency) -> None:
    for text in (POISON, "racun dua", "racun tiga"):
        await crisis.receive(text)
    assert await groups(crisis) == ["hoaks/label:hoax/topic:"]
    await crisis.register.deeds.report(crisis.tap("sari", 0), "", CaseId(1), "triage")
    for _ in range(4):
        await crisis.receive(POISON)
    assert await groups(crisis) == ["hoaks/label:hoax/topic:"], "nobody is called twice for one rumour"
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 7


async def test_copies_that_came_before_anybody_knew_are_gathered(crisis: CrisisAgency) -> None:
    for _ in range(2):
        await crisis.receive(POISON)
    await noted(crisis, POISON)
    tally = await crisis.database.read.claim_links.tally(1, crisis.clock.now())  # type: ignore[arg-type]  # the first claim
    assert tally.tells == 3
    await crisis.receive(POISON)
    assert await groups(crisis) == ["hoaks/label:hoax/topic:"], "the third had opened it before the claim was"
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 4


async def test_what_a_person_puts_to_the_claim_is_counted_in_the_incident(crisis: CrisisAgency) -> None:
    await noted(crisis, POISON)
    for _ in range(2):
        await crisis.receive(POISON)
    other = await crisis.receive("racun di air ledeng katanya")
    before = len(await crisis.database.read.runs.evidence(RunId(1)))
    await crisis.register.links.join(crisis.tap("sari", 1), CaseId(other))
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == before + 1

    counted = await crisis.database.read.steps.count_evidence(RunId(1), None)
    comment = (await crisis.comments(other))[-1].id
    await crisis.register.links.turn(crisis.tap("sari", 1), comment)
    assert await crisis.database.read.steps.count_evidence(RunId(1), None) == counted - 1


async def test_a_burst_of_complaints_is_one_matter_whatever_its_comments_tell(agency: Agency) -> None:
    water = replace(
        HOAX, triggers=Triggers(burst=BurstTrigger(Label.COMPLAINT, 3, minutes(10), group_by=GroupBy.CLAIM))
    )
    crisis = CrisisAgency(agency.database, agency.clock, agency.policy, (water,))
    crisis.reads.known |= {"racun": verdict("hoax", "complaint"), "mati": verdict("complaint")}
    crisis.fires()
    await noted(crisis, POISON)
    await crisis.receive("air mati")
    await crisis.receive("air mati lagi")
    assert await groups(crisis) == ["hoaks/label:complaint/topic:"]


LEAK = replace(
    HOAX,
    triggers=Triggers(
        comment=CommentTrigger(Label.HOAX, ("kebocoran-data",), 0.95),
        burst=BurstTrigger(Label.COMPLAINT, 3, minutes(30), ("kebocoran-data",), GroupBy.TOPIC),
    ),
    concurrency=Concurrency(GroupBy.TOPIC),
)


async def test_one_claim_of_a_leak_opens_it_and_complaints_join(agency: Agency) -> None:
    crisis = CrisisAgency(agency.database, agency.clock, agency.policy, (LEAK,))
    crisis.reads.known |= {
        "dijual": verdict("hoax", topics=("kebocoran-data",)),
        "NIK": verdict("complaint", topics=("kebocoran-data",)),
    }
    crisis.fires()
    await crisis.receive("NIK saya tersebar")
    assert await groups(crisis) == [], "one complaint is no leak yet"
    await crisis.receive("data penduduk kota dijual di forum")
    (opened,) = await groups(crisis)
    assert opened.endswith("topic:kebocoran-data")
    await crisis.receive("NIK kami juga tersebar")
    assert await groups(crisis) == [opened]
    assert len(await crisis.database.read.runs.evidence(RunId(1))) == 2


SURE = tuple(
    replace(step, uses=replace(step.uses, correct_when=parse("steps.cek.choice == 'salah'")))
    if isinstance(step.uses, Publish)
    else step
    for step in BY_CLAIM.steps
)


@pytest.mark.parametrize(("choice", "corrected"), [("salah", True), ("belum", False)])
async def test_a_holding_statement_leaves_the_clock_of_its_claim_running(
    agency: Agency, choice: str, corrected: bool
) -> None:
    asking = replace(SURE[2], uses=Ask("Benar?", (("salah", "Salah"), ("belum", "Belum"))))
    steps = (*SURE[:2], asking, *SURE[4:])
    playbook = replace(BY_CLAIM, steps=steps)
    crisis = CrisisAgency(agency.database, agency.clock, agency.policy, (playbook,))
    await approve_templates(crisis)
    claim = await noted(crisis, POISON)
    deeds = crisis.register.deeds
    await deeds.answer(
        crisis.tap("sari", claim, 1), "finding", "false", "Hasil uji baik https://pdam.contoh.go.id/uji"
    )
    await deeds.confirm(crisis.tap("ratna", claim, 2))
    fired = Fired(f"hoaks/claim:{claim}", "manual case=-", True, ())
    async with crisis.database.transaction() as tx:
        run = await crisis.book.open(tx, playbook, fired, PersonId("ratna"), crisis.cause(), drill=False)
    await crisis.incidents.acknowledge(crisis.tap("joko", run, 1))
    await crisis.answered(run, choice=choice)
    await crisis.vote(run, "dewi")
    await crisis.settle()
    kept = await crisis.database.read.claims.get(ClaimId(claim))
    assert kept is not None
    assert (kept.corrected_at is not None) is corrected
    told = await crisis.story(run)
    assert ("published" in told, "holding_posted" in told) == (corrected, not corrected)


@pytest.mark.parametrize("named", [True, False], ids=["of its claim", "of its case"])
async def test_a_post_made_by_hand_stops_the_clock_of_its_claim(agency: Agency, named: bool) -> None:
    """The channel is one that the bot cannot reach: whoever posted there says so."""
    steps = tuple(
        replace(one, uses=Publish(("instagram",))) if one.id == "tayang" else one
        for one in HOAX.steps
        if one.id not in {"balas", "alih"}
    )
    playbook = replace(BY_CLAIM, steps=steps)
    crisis = CrisisAgency(agency.database, agency.clock, agency.policy, (playbook,))
    await approve_templates(crisis)
    claim = await noted(crisis, POISON)
    finding = "Hasil uji baik https://pdam.contoh.go.id/uji"
    await crisis.register.deeds.answer(crisis.tap("sari", claim, 1), "finding", "false", finding)
    await crisis.register.deeds.confirm(crisis.tap("ratna", claim, 2))
    evidence = await crisis.database.read.comments.of_case(CaseId(1))
    fired = Fired(f"hoaks/claim:{claim}" if named else "hoaks/case:1", "manual case=1", True, tuple(evidence))
    async with crisis.database.transaction() as tx:
        run = await crisis.book.open(tx, playbook, fired, PersonId("ratna"), crisis.cause(), drill=False)
    await crisis.incidents.acknowledge(crisis.tap("joko", run, 1))
    await crisis.answered(run, choice="salah")
    await crisis.deeds.vote(crisis.tap("dewi", run), "setujui", 1, Verdict.APPROVE, "sikap:1", "")
    assert (await corrected(crisis, claim)) is None
    link = "https://instagram.com/p/abc"
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, link)
    assert (await corrected(crisis, claim)) == crisis.clock.now()


async def corrected(crisis: CrisisAgency, claim: int) -> datetime | None:
    kept = await crisis.database.read.claims.get(ClaimId(claim))
    assert kept is not None
    return kept.corrected_at
