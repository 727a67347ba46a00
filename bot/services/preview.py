"""A draft as the citizen will see it, before anybody is asked to approve it."""

from dataclasses import dataclass

from bot.domain.case import CaseId
from bot.domain.comment import Platform
from bot.domain.errors import BadInput, NotFound, Outdated, WrongState
from bot.domain.network import Network, length_on, room_on
from bot.domain.people import Action
from bot.domain.public_text import hosts, split, units
from bot.domain.reply import DraftId, DraftState
from bot.services import companions
from bot.services.people import Team
from bot.services.ports import Store
from bot.services.tap import Tap

_STILL_OPEN = frozenset({DraftState.WRITING, DraftState.WAITING})


@dataclass(frozen=True, slots=True)
class Preview:
    """`messages`: the exact text; several only where it is too long to be sent. `others`: how many more.

    `rooms`: of each platform outside to which it is copied, how long it is there and how long it may be.
    """

    case: CaseId
    messages: tuple[str, ...]
    units: int
    hosts: tuple[str, ...]
    place: Platform
    others: int
    rooms: tuple[tuple[Network, int, int], ...] = ()


class Previews:
    """Reads, changes nothing."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def of(self, tap: Tap) -> Preview:
        """For whoever may work on the draft. Raises a Refused."""
        read = self._store.read
        draft = await read.drafts.get(DraftId(tap.target))
        case = await read.cases.get(draft.case_id) if draft is not None else None
        comment = await read.comments.get(draft.comment_id) if draft is not None else None
        if draft is None or case is None or comment is None:
            raise NotFound("draft", str(tap.target))
        await companions.require(self._team, read, tap, case, Action.DRAFT)
        if draft.state not in _STILL_OPEN:
            raise WrongState(draft.state, draft.decided_by or "")
        if draft.version != tap.seen:
            raise Outdated(draft.state)
        if not draft.text:
            raise BadInput("slots_open")
        text = draft.text
        place = comment.comment.origin.platform
        networks = await read.reach.networks(draft)
        rooms = tuple((one, length_on(one, text), room_on(one)) for one in networks)
        return Preview(case.id, split(text), units(text), hosts(text), place, len(draft.also), rooms)
