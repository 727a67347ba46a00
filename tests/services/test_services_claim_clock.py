"""The clock of a claim: which words in public set it right, and which stand there and set nothing right."""

from dataclasses import replace

import pytest
from agency import PLAIN, Agency, approve_templates, short, template
from fakes import verdict

from bot.domain.case import Panel
from bot.domain.claim import Claim, ClaimId
from bot.domain.reply import Draft

RUMOUR = "Awas air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"
DENIAL = "Ini hoaks: " + RUMOUR
SOURCE = "https://pdam.contoh.go.id/uji"
RIGHT = template("air-aman", "Air kota aman menurut hasil uji pagi ini. Lihat laman PDAM.", topics=("air",))
THANKS = template("terima", "Terima kasih sudah menulis kepada kami.", topics=("air",))
HANDS = template("bukan-kami", "Urusan air minum ditangani PDAM.", hands_over="PDAM", topics=("air",))


@pytest.fixture
async def office(agency: Agency) -> Agency:
    """A rumour was noted, and a coordinator stands behind its finding."""
    made = Agency(agency.database, agency.clock, agency.policy, (PLAIN, RIGHT, THANKS, HANDS))
    made.reads.known |= {"racun": verdict("hoax", topics=("air",))}
    await approve_templates(made)
    deeds = made.register.deeds
    claim = await deeds.report(made.tap("sari", 0), RUMOUR, None, "triage")
    assert claim is not None
    await deeds.answer(made.tap("sari", claim.id, 1), "finding", "false", f"Hasil uji baik {SOURCE}")
    await deeds.confirm(made.tap("ratna", claim.id, 2))
    return made


async def claim_of(office: Agency) -> Claim:
    found = await office.database.read.claims.get(ClaimId(1))
    assert found is not None
    return found


async def chosen(office: Agency) -> None:
    claim = await claim_of(office)
    await office.register.deeds.choose_template(office.tap("sari", 1, claim.version), short(RIGHT))


async def posted(office: Agency, draft: Draft) -> None:
    waiting = await office.approvals.submit(await office.at("sari", draft.id))
    await office.approvals.approve(await office.at("ratna", waiting.id))
    await office.settle()
    assert (await office.draft(draft.id)).posted_at is not None


async def replied(office: Agency, words: str, to: str = RUMOUR) -> None:
    case = await office.receive(to)
    await posted(office, await office.replies.write(office.tap("sari", case), words))


async def with_templates(office: Agency, *names: str) -> None:
    case = await office.receive(RUMOUR)
    draft = await office.replies.use_template(await office.on("sari", case), names[0])
    for one in names[1:]:
        draft = await office.replies.snippets.add(await office.at("sari", draft.id), one)
    await posted(office, draft)


@pytest.mark.parametrize(
    ("words", "stops"),
    [
        ("Terima kasih, kami cek dulu ya.", False),
        ("Airnya aman, ini hasil ujinya.", False),
        (f"Airnya aman, hasil ujinya ada di {SOURCE}.", True),
        (f"Airnya aman, lihat {SOURCE}/", True),
        (f"Airnya aman, lihat {SOURCE}-lama", False),
    ],
)
async def test_words_of_ones_own_set_it_right_by_naming_a_source_of_the_finding(
    office: Agency, words: str, stops: bool
) -> None:
    await replied(office, words)
    assert ((await claim_of(office)).took is not None) is stops


async def test_the_chosen_template_sets_it_right_wherever_it_stands_in_the_reply(office: Agency) -> None:
    await chosen(office)
    await with_templates(office, short(THANKS))
    await replied(office, f"Airnya aman, lihat {SOURCE}")
    assert (await claim_of(office)).took is None, "other words were chosen to clarify it"
    await with_templates(office, short(THANKS), short(RIGHT))
    assert (await claim_of(office)).took is not None


async def test_saying_who_is_in_charge_sets_nothing_right(office: Agency) -> None:
    case = await office.receive(RUMOUR)
    await office.triage.open_panel(await office.on("sari", case), Panel.REFER)
    draft = await office.replies.use_template(await office.on("sari", case), short(HANDS))
    async with office.database.transaction() as tx:
        claim = await tx.claims.get(ClaimId(1))
        assert claim is not None
        await tx.claims.save(replace(claim, template=HANDS.id))
    await posted(office, draft)
    assert (await claim_of(office)).took is None


async def test_an_answer_to_somebody_who_denies_the_rumour_sets_nothing_right(office: Agency) -> None:
    await replied(office, f"Benar, Kak, airnya aman: {SOURCE}", to=DENIAL)
    assert (await claim_of(office)).took is None
    await replied(office, f"Airnya aman: {SOURCE}")
    assert (await claim_of(office)).took is not None
