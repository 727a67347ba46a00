"""Who may read and answer somebody at risk: those to whom the playbook gave the words, and nobody else."""

from dataclasses import replace
from datetime import datetime

from bot.domain.case import Case, CaseId
from bot.domain.errors import NotNamed
from bot.domain.outgoing import DraftCard, Notice, Original, redraws, to_person
from bot.domain.people import Action, PersonId
from bot.domain.reply import Draft
from bot.services.people import Team
from bot.services.ports import Parts
from bot.services.tap import Tap


async def require(team: Team, tx: Parts, tap: Tap, case: Case, action: Action) -> None:
    """Where a life is at risk it is being named that gives the right, not a role; else the table decides.

    Raises NotNamed, NotAllowed.
    """
    if not case.sensitive:
        await team.require(tap.person, action)
    elif tap.person.id not in await tx.cases.companions(case.id):
        raise NotNamed


async def require_any(team: Team, tx: Parts, tap: Tap, case: Case, action: Action) -> None:
    """For what shows no words of the citizen: the named people may, and whom the table allows."""
    if not case.sensitive or tap.person.id not in await tx.cases.companions(case.id):
        await team.require(tap.person, action)


async def require_to_close(team: Team, tx: Parts, tap: Tap, case: Case) -> None:
    """Nobody who has not read somebody at risk closes the case; where nobody is named, the table decides.

    Raises NotNamed, NotAllowed.
    """
    named = await tx.cases.companions(case.id) if case.sensitive else {}
    if not named:
        await team.require(tap.person, Action.CLOSE)
    elif tap.person.id not in named:
        raise NotNamed


async def require_to_fold(team: Team, tx: Parts, tap: Tap, case: Case) -> None:
    """A panel is closed by those who may open one; where a life is at risk, by the named people and by
    whoever opened it, so that nobody else takes the buttons from under their thumb.

    Raises NotNamed, NotAllowed.
    """
    named = await tx.cases.companions(case.id) if case.sensitive else {}
    if tap.person.id in named:
        return
    await team.require(tap.person, Action.OPEN_INCIDENT)
    if named and tap.person.id != case.panel_by:
        raise NotNamed


async def tell(
    tx: Parts, case: Case, notice: Notice, cause: str, now: datetime, *, but: PersonId | None = None
) -> None:
    """To each of the named people, in their own chat; not to the one who did it."""
    for person in await tx.cases.companions(case.id):
        if person == but:
            continue
        await tx.outbox.put(f"{cause}:{notice.what}:{person}", replace(notice, to=to_person(person)), now)


async def redraw(tx: Parts, draft: Draft, cause: str, now: datetime) -> None:
    """The cards of a private draft where they stand, with its writer and with who reads it; the originals."""
    if not draft.private:
        return
    named = await tx.cases.companions(draft.case_id)
    shown = await tx.outbox.cards_of(f"draft:{draft.id}:")
    for person in (PersonId(subject.rsplit(":", 1)[1]) for subject in shown):
        if person not in named:
            continue
        await tx.outbox.put(f"{cause}:private:{draft.version}:{person}", DraftCard(draft.id, person), now)
    await _redraw_originals(tx, draft.case_id, cause, now)


async def redraw_last(tx: Parts, case: Case, cause: str, now: datetime) -> None:
    """The same after a change of the case: the cards carry its version."""
    if not case.sensitive:
        return
    draft = await tx.drafts.last(case.id)
    if draft is not None and draft.private:
        await redraw(tx, draft, cause, now)
    else:
        await _redraw_originals(tx, case.id, cause, now)


async def _redraw_originals(tx: Parts, case: CaseId, cause: str, now: datetime) -> None:
    """The newest with each of them; what stands further up is told to be old."""
    comment = (await tx.comments.of_case(case))[-1].id
    for person in await tx.cases.companions(case):
        subject = redraws(Original(case, person, comment))
        if await tx.outbox.card(subject) is not None:
            await tx.outbox.put(f"{cause}:{subject}", Original(case, person, comment), now)
