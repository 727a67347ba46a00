"""The agency's approved words: approved by their fingerprint, retired for good, expired on their day."""

from dataclasses import replace

import pytest
from agency import CLOSED, OPEN_TEXT, PLAIN, Agency, short, template

from bot.clock import FakeClock
from bot.domain.case import CaseId, CaseStatus, Panel
from bot.domain.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    Outdated,
    UnusableTemplate,
)
from bot.domain.reply import Draft
from bot.domain.template import TemplateUse, fingerprint
from bot.store.database import Database


async def use(agency: Agency, template: str, case: int = 0) -> Draft:
    case = case or await agency.receive()
    return await agency.replies.use_template(await agency.on("sari", case), template)


async def test_a_template_that_was_not_approved_changed_or_retired_is_refused(agency: Agency) -> None:
    case = await agency.receive()
    await agency.templates.retire(agency.tap("ratna", 0), short(PLAIN))
    with pytest.raises(UnusableTemplate) as refused:
        await use(agency, short(PLAIN), case)
    assert "tidak dipakai" in refused.value.why
    with pytest.raises(NotFound):
        await use(agency, "deadbeef", case)
    assert (await agency.case(case)).status is CaseStatus.NEW


async def test_a_template_retired_while_the_draft_was_written_is_not_submitted(agency: Agency) -> None:
    draft = await use(agency, short(PLAIN))
    await agency.templates.retire(agency.tap("ratna", 0), short(PLAIN))
    with pytest.raises(UnusableTemplate):
        await agency.approvals.submit(await agency.at("sari", draft.id))


async def test_a_template_past_its_date_is_shown_so_and_refused(agency: Agency) -> None:
    agency.clock.advance(400 * 86_400)
    with pytest.raises(UnusableTemplate):
        await use(agency, short(PLAIN))
    assert {line.usability.fitness for line in await agency.templates.lines()} == {"expired"}


async def test_approving_names_the_words_that_were_read(agency: Agency) -> None:
    with pytest.raises(Outdated):
        await agency.templates.approve(agency.tap("ratna", 0), short(PLAIN), "00000000")
    with pytest.raises(Outdated):
        await agency.templates.approve(agency.tap("ratna", 0), short(PLAIN), "")
    with pytest.raises(NotAllowed):
        await agency.templates.approve(agency.tap("sari", 0), short(PLAIN), PLAIN.sha256[:8])


async def test_a_retired_template_stays_retired_when_all_are_approved(agency: Agency) -> None:
    await agency.templates.retire(agency.tap("ratna", 0), short(PLAIN))
    assert await agency.templates.approve_all(agency.tap("ratna", 0)) == 0
    fitness = {line.template.id: line.usability.fitness for line in await agency.templates.lines()}
    assert fitness == {"jadwal": "approved", "terima-kasih": "approved", "sudah": "retired"}


async def test_a_template_that_names_its_approver_waits_for_that_person(agency: Agency) -> None:
    """Ratna is a coordinator as well: neither her press nor her "approve all" takes it from Dewi."""
    named = replace(PLAIN, approver="person:dewi")
    named = replace(named, sha256=fingerprint(named))
    assert named.sha256 != PLAIN.sha256
    asked = Agency(agency.database, agency.clock, agency.policy, templates_of=(CLOSED, OPEN_TEXT, named))
    with pytest.raises(BadInput, match="approver"):
        await asked.templates.approve(asked.tap("ratna", 0), short(named), named.sha256[:8])
    await asked.templates.approve_all(asked.tap("ratna", 0))
    lines = {line.template.id: line.usability.fitness for line in await asked.templates.lines()}
    assert lines["sudah"] == "changed"
    await asked.templates.approve(asked.tap("dewi", 0), short(named), named.sha256[:8])
    lines = {line.template.id: line.usability.fitness for line in await asked.templates.lines()}
    assert lines["sudah"] == "approved"


async def test_changed_words_are_said_to_have_changed(agency: Agency) -> None:
    changed = template("sudah", "Laporan Anda sudah kami teruskan.", version=2)
    newer = Agency(agency.database, agency.clock, agency.policy, templates_of=(CLOSED, OPEN_TEXT, changed))
    fitness = {line.template.id: line.usability.fitness for line in await newer.templates.lines()}
    assert fitness["sudah"] == "changed"
    assert await newer.templates.approve_all(newer.tap("ratna", 0)) == 1
    assert {line.usability.fitness for line in await newer.templates.lines()} == {"approved"}


async def test_the_best_templates_come_with_a_reason(agency: Agency) -> None:
    case = await agency.receive("Kapan jalan diperbaiki?")
    await agency.triage.open_panel(await agency.on("sari", case), Panel.REPLY)
    view = await agency.desk.case(case)
    assert view is not None
    assert [c.suggestion.template.id for c in view.templates] == ["jadwal", "sudah", "terima-kasih"]
    assert all("kata “jalan”" in c.suggestion.reason for c in view.templates)


async def test_what_only_a_playbook_says_is_never_offered_as_a_reply(
    agency: Agency, database: Database, clock: FakeClock
) -> None:
    announced = template("pengumuman", "Jalan ditutup sementara.", use=TemplateUse.PLAYBOOK)
    agency = Agency(database, clock, templates_of=(PLAIN, announced))
    case = await agency.receive()
    await agency.triage.open_panel(await agency.on("sari", case), Panel.REPLY)
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    offered = {choice.suggestion.template.id for choice in view.templates}
    assert offered
    assert "pengumuman" not in offered
