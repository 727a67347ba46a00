"""A person opens a playbook: a run of its own, unless the same matter is in somebody's hands already."""

from dataclasses import dataclass

from bot.domain.case import CaseId
from bot.domain.comment import KeptComment
from bot.domain.errors import NotFound
from bot.domain.incident import RunId
from bot.domain.playbook import Playbook
from bot.domain.run_types import RunState
from bot.domain.trigger import names_its_matter
from bot.services.claim_matter import told_in
from bot.services.ports import Parts
from bot.services.run_book import RunBook
from bot.services.tap import Tap
from bot.services.triggers import Fired, run_key


@dataclass(frozen=True, slots=True)
class ByHand:
    """What became of it. `joined`: nobody is called again, the comments belong to what goes on. `reopened`:
    they belong to what was closed a while ago, and the ladder begins anew.
    """

    run: RunId
    joined: bool = False
    reopened: bool = False


async def raise_case(book: RunBook, tx: Parts, playbook: Playbook, case: CaseId, tap: Tap) -> ByHand:
    """🚨 on a case: the run of its claim or topic where there is one, as a trigger would find it."""
    comments = await tx.comments.of_case(case)
    fired = Fired(await _key(tx, playbook, case, comments), f"manual case={case}", True, tuple(comments))
    state = await book.of_group(tx, fired.group_key)
    if not _takes(state, tap):
        kept = await tx.runs.of_case(playbook.id, case)
        state = book.read(kept) if kept is not None else None
    if state is None or not _takes(state, tap):
        return ByHand(await book.open(tx, playbook, fired, tap.person.id, tap.cause, drill=False))
    run = state.incident.id
    if await tx.journal.has(tap.cause, "run_Opened"):
        return ByHand(run)
    if await tx.journal.has(tap.cause, "run_TriggeredAgain"):
        return ByHand(run, joined=True)
    await book.feed(tx, state, fired, tap.person.id, tap.cause)
    return ByHand(run, joined=state.phase.going_on, reopened=not state.phase.going_on)


async def raise_alone(book: RunBook, tx: Parts, playbook: Playbook, tap: Tap) -> ByHand:
    """/krisis: nothing is known of the matter but who asked, and where."""
    fired = Fired(alone_key(playbook, tap), "manual case=-", True)
    going = await book.of_group(tx, fired.group_key)
    if going is not None and going.phase.going_on:
        return ByHand(going.incident.id)
    return ByHand(await book.open(tx, playbook, fired, tap.person.id, tap.cause, drill=False))


def alone_key(playbook: Playbook, tap: Tap) -> str:
    """The group of what is opened without a case."""
    return f"{playbook.id}/manual:{tap.cause}"


def _takes(state: RunState | None, tap: Tap) -> bool:
    return state is not None and (state.phase.going_on or state.may_reopen(tap.at))


async def _key(tx: Parts, playbook: Playbook, number: CaseId, comments: list[KeptComment]) -> str:
    case = await tx.cases.get(number)
    if case is None:
        raise NotFound("case", str(number))
    if comments:
        newest = comments[-1]
        told = (await told_in(tx, playbook, [newest])).get(newest.id)
        key = await run_key(tx, playbook, newest, case, told)
        if names_its_matter(key):
            return key
    return f"{playbook.id}/case:{number}"
