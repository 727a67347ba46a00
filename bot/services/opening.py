"""A trigger has fired: the run of its group is fed or opened again, or there is a new one."""

from datetime import datetime

from bot.domain.incident import RunId
from bot.domain.playbook import Playbook
from bot.services.ports import Parts
from bot.services.run_book import RunBook
from bot.services.triggers import Fired


async def open_or_feed(
    book: RunBook, tx: Parts, playbook: Playbook, fired: Fired, cause: str, now: datetime
) -> RunId | None:
    """In the caller's transaction; never an exercise. None where it suffices for neither."""
    state = await book.of_group(tx, fired.group_key)
    again = state is not None and not fired.anew and state.may_reopen(now)
    if state is None or not (state.phase.going_on or again):
        if not fired.opens:
            return None
        return await book.open(tx, playbook, fired, None, cause, drill=False)
    if not state.phase.going_on and not fired.opens:
        return None
    await book.feed(tx, state, fired, "bot", cause)
    return state.incident.id
