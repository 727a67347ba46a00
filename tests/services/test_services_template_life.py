"""A good reply becomes a template: proposed by one, approved by another, counted, and looked at again."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from agency import CLOSED, PLAIN, Agency, approve_templates, short
from fakes import comment

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseId
from bot.domain.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    Outdated,
    OwnWords,
    PersonalData,
    UnusableTemplate,
    WrongState,
)
from bot.domain.outgoing import Notice, Prompt
from bot.domain.people import Zone
from bot.domain.template import Template
from bot.services.template_stale import SUBJECT, StaleTemplates

TITLE = "Jalan sudah dicek\nhttps://pu.example.go.id/jalan"
HOURS = WorkingHours(Zone.WIB, dict.fromkeys(tuple(Weekday)[:5], (time(7, 30), time(16, 0))))


async def answered(agency: Agency, words: str = "Halo Kak Warga, sudah kami cek.", **more: object) -> int:
    """A case whose reply, in Sari's own words, stands in public."""
    case = await agency.receive(comment("Kapan jalan diperbaiki?", **{"author": "tg:77", **more}))
    draft = await agency.replies.write(agency.tap("sari", case), words)
    await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    return case


async def proposed(agency: Agency, typed: str = TITLE, who: str = "sari", case: int = 0) -> Template:
    case = case or await answered(agency)
    draft = await agency.database.read.drafts.last(CaseId(case))
    assert draft is not None
    return await agency.template_life.propose(agency.tap(who, case, draft.id), typed)


async def notices(agency: Agency, what: str) -> list[Notice]:
    rows = [row.what for row in await agency.queued(Notice)]
    return [one for one in rows if isinstance(one, Notice) and one.what == what]


async def test_a_good_reply_is_proposed_and_nobody_may_use_it_yet(agency: Agency) -> None:
    case = await answered(agency)
    await agency.template_life.ask(await agency.on("sari", case))
    asked = (await agency.queued(Prompt))[-1].what
    assert isinstance(asked, Prompt)
    assert (asked.what, asked.purpose) == ("template_title", f"template:{case}:1")
    made = await proposed(agency, case=case)
    assert (made.id, made.version, made.owner) == ("obrolan/jalan-sudah-dicek", 1, "person:sari")
    assert made.text == "Halo Kak {nama}, sudah kami cek."
    assert made.valid_until == date(2027, 11, 23)
    told = await notices(agency, "template_proposed")
    assert [one.to for one in told] == ["person:ratna", "person:dewi"]
    name = agency.templates.shelf.short(made)
    with pytest.raises(UnusableTemplate):
        await agency.replies.use_template(await agency.on("sari", await agency.receive()), name)


async def test_another_approves_and_it_serves_from_then_on_also_after_a_restart(agency: Agency) -> None:
    made = await proposed(agency)
    name = agency.templates.shelf.short(made)
    with pytest.raises(NotAllowed):
        await agency.templates.approve(agency.tap("sari", 0), name, made.sha256[:8])
    await agency.templates.approve(agency.tap("ratna", 0), name, made.sha256[:8])
    again = Agency(agency.database, agency.clock, agency.policy)
    await again.template_life.load()
    case = await again.receive(comment("Jalannya?", author="tg:78"))
    draft = await again.replies.use_template(await again.on("sari", case), name)
    assert draft.text == "Halo Kak Warga, sudah kami cek."
    assert not draft.edited


async def test_nobody_approves_what_the_same_person_proposed(agency: Agency) -> None:
    made = await proposed(agency, who="ratna")
    name = agency.templates.shelf.short(made)
    with pytest.raises(OwnWords):
        await agency.templates.approve(agency.tap("ratna", 0), name, made.sha256[:8])
    assert await agency.templates.approve_all(agency.tap("ratna", 0)) == 0
    assert not (await line(agency, made)).usability.ok
    assert await agency.templates.approve_all(agency.tap("dewi", 0)) == 1
    assert (await line(agency, made)).usability.ok


async def line(agency: Agency, made: Template):  # type: ignore[no-untyped-def]  # a TemplateLine
    return next(one for one in await agency.templates.lines() if one.template == made)


async def test_a_new_version_waits_beside_the_approved_one(agency: Agency) -> None:
    first = await proposed(agency)
    shelf = agency.templates.shelf
    await agency.templates.approve(agency.tap("ratna", 0), shelf.short(first), first.sha256[:8])
    case = await answered(agency, "Halo Kak Warga, sudah dicek dan dicatat.", message="9")
    second = await proposed(agency, case=case)
    assert second.version == 2
    assert shelf.get(first.id) == first, "what is approved stays in use"
    other = await agency.receive(comment("Lagi?", author="tg:80", message="10"))
    with pytest.raises(UnusableTemplate):
        await agency.replies.use_template(await agency.on("sari", other), shelf.short(second))
    await agency.templates.approve(agency.tap("dewi", 0), shelf.short(second), second.sha256[:8])
    assert shelf.get(first.id) == second
    assert shelf.waiting() == ()


async def test_a_declined_proposal_is_gone_and_the_approved_one_cannot_be_declined(agency: Agency) -> None:
    made = await proposed(agency)
    life, shelf = agency.template_life, agency.templates.shelf
    with pytest.raises(NotAllowed):
        await life.decline(agency.tap("sari", 0), shelf.short(made), made.sha256[:8])
    with pytest.raises(Outdated):
        await life.decline(agency.tap("ratna", 0), shelf.short(made), "00000000")
    with pytest.raises(Outdated):
        await life.decline(agency.tap("ratna", 0), short(PLAIN), PLAIN.sha256[:8])
    await life.decline(agency.tap("ratna", 0), shelf.short(made), made.sha256[:8])
    assert shelf.get(made.id) is None
    with pytest.raises(NotFound):
        await life.decline(agency.tap("ratna", 0), shelf.short(made), made.sha256[:8])
    assert await agency.actions(f"template:{made.id}") == ["template_proposed", "template_declined"]
    kept = await proposed(agency, case=await answered(agency, message="9"))
    await agency.templates.approve(agency.tap("ratna", 0), shelf.short(kept), kept.sha256[:8])
    with pytest.raises(Outdated):
        await life.decline(agency.tap("ratna", 0), shelf.short(kept), kept.sha256[:8])


async def test_what_is_no_good_reply_is_refused(agency: Agency) -> None:
    life = agency.template_life
    fresh = await agency.receive()
    with pytest.raises(WrongState):
        await life.ask(await agency.on("sari", fresh))
    with pytest.raises(NotFound):
        await life.ask(agency.tap("sari", 99))
    with pytest.raises(NotAllowed):
        await life.ask(await agency.on("tuti", fresh))
    case = await answered(agency)
    with pytest.raises(Outdated):
        await life.ask(agency.tap("sari", case, 99))
    with pytest.raises(WrongState):
        await life.propose(agency.tap("sari", case, 99), TITLE)
    with pytest.raises(BadInput, match="template_title_taken"):
        await proposed(agency, f"{PLAIN.title}\nhttps://a.example.go.id", case=case)
    await approve_templates(agency)
    plain = await agency.receive(comment("Halo?", author="tg:90", message="20"))
    draft = await agency.replies.use_template(await agency.on("sari", plain), short(PLAIN))
    await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    with pytest.raises(BadInput, match="template_already"):
        await life.ask(await agency.on("sari", plain))


async def test_the_same_answer_delivered_twice_proposes_once(agency: Agency) -> None:
    case = await answered(agency)
    tap = agency.tap("sari", case, 1)
    made = await agency.template_life.propose(tap, TITLE)
    await agency.template_life.propose(tap, TITLE)
    assert await agency.database.read.own_templates.version(made.id) == 1


async def test_personal_data_never_becomes_a_template(agency: Agency) -> None:
    case = await answered(agency)
    async with agency.database.transaction() as tx:
        draft = await tx.drafts.last(CaseId(case))
        assert draft is not None
        await tx.drafts.save(replace(draft, text="Halo Kak, hubungi 0812-3456-7890."))
    with pytest.raises(PersonalData):
        await proposed(agency, case=case)


async def test_uses_edits_and_questions_soon_after_are_counted_for_every_template_of_a_reply(
    agency: Agency,
) -> None:
    await approve_templates(agency)
    case = await agency.receive(comment("Kapan?", author="tg:5", message="1"))
    draft = await agency.replies.use_template(await agency.on("sari", case), short(PLAIN))
    draft = await agency.replies.snippets.add(await agency.at("sari", draft.id), short(CLOSED))
    draft = await agency.replies.fill_date(await agency.at("sari", draft.id), 1)
    draft = await agency.replies.fill_choice(await agency.at("sari", draft.id), 0)
    draft = await agency.replies.fill_text(await agency.at("sari", draft.id), "https://pu.example.go.id/a")
    await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    life = agency.template_life
    assert (await life.figures(PLAIN)).used == 0, "counted once it stands in public"
    await agency.settle()
    for one in (PLAIN, CLOSED):
        found = await life.figures(one)
        assert (found.used, found.edited, found.again) == (1, 0, 0)
    agency.clock.advance(2 * 86_400)
    await agency.receive(comment("Masih rusak", author="tg:5", message="2", at=agency.clock.now()))
    await agency.receive(comment("Sama", author="tg:6", message="3", at=agency.clock.now()))
    assert (await life.figures(PLAIN)).again == 1
    agency.clock.advance(100 * 86_400)
    assert (await life.figures(PLAIN)).used == 0, "of the last ninety days"


def stale_of(agency: Agency) -> StaleTemplates:
    return StaleTemplates(agency.database, agency.templates, agency.duty, HOURS, agency.clock)


async def test_owners_hear_once_a_week_what_ends_and_what_nobody_uses(agency: Agency) -> None:
    made = await proposed(agency)
    await agency.templates.approve_all(agency.tap("ratna", 0))
    note = stale_of(agency)
    await note.plan()
    (timer,) = await agency.database.read.timers.open(SUBJECT)
    async with agency.database.transaction() as tx:
        agency.clock.advance((timer.due_at - agency.clock.now()).total_seconds())
        await note.fire(timer, tx)
        await tx.timers.done(timer, "fired")
    assert await notices(agency, "stale_templates") == [], "all is well"
    agency.clock.advance(timedelta(days=182).total_seconds())
    (timer,) = await agency.database.read.timers.open(SUBJECT)
    async with agency.database.transaction() as tx:
        await note.fire(timer, tx)
        await tx.timers.done(timer, "fired")
    told = await notices(agency, "stale_templates")
    listed = {title for one in told for title, _ in one.params["unused"]}  # type: ignore[attr-defined]  # pairs
    assert listed == {made.title}
    ends = {title for one in told for title, _ in one.params["ending"]}  # type: ignore[attr-defined]  # pairs
    assert ends == {one.title for one in agency.templates_of}
    assert {one.to for one in told} == {"triage"}, "nobody answers for them in this small agency"
    assert len(await agency.database.read.timers.open(SUBJECT)) == 1
