"""Quiet hours: what may wait for the morning arrives without a sound. It is never held back."""

from bot.domain.outgoing import DraftCard, Notice, Prompt, Queued, recipient
from bot.domain.people import PersonId
from bot.domain.priority import Urgency
from bot.services.oncall import OnCall
from bot.services.ports import Clock, Store

_PERSON = "person:"
_WAKES = ("care_", "no_companion", "playbook_notify", "lost_place")
"""About a life at risk, an incident, or a bot that hears nothing. Pages have a rule of their own."""


class Hush:
    """Looks at the reader's own clock at the moment of sending."""

    def __init__(self, store: Store, oncall: OnCall, clock: Clock) -> None:
        self._store = store
        self._oncall = oncall
        self._clock = clock

    async def covers(self, queued: Queued) -> bool:
        """Whether this message makes no sound: its reader sleeps, and it is nothing urgent."""
        whose = recipient(queued.what)
        if not whose.startswith(_PERSON) or not await self._may_wait(queued):
            return False
        person = PersonId(whose.removeprefix(_PERSON))
        return await self._oncall.asleep(person, self._clock.now())

    async def _may_wait(self, queued: Queued) -> bool:
        match queued.what:
            case Notice(what=what):
                return not what.startswith(_WAKES)
            case Prompt():
                return True
            case DraftCard(draft):
                kept = await self._store.read.drafts.get(draft)
                case = await self._store.read.cases.get(kept.case_id) if kept is not None else None
                return case is None or not (case.sensitive or case.priority.urgency is Urgency.EMERGENCY)
            case _:
                return False
