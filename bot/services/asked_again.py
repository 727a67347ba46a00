"""Somebody asks what was answered already: the card far up changes without a sound."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.cluster import is_worth_telling
from bot.domain.outgoing import TRIAGE, Notice
from bot.services.ports import Parts

_MOST_ASKED_AGAIN = 700
"""So many who ask after the answer are counted with each of them: the group was told at 625, and the card
tells the rest."""


async def tell(tx: Parts, lead: Case, cause: str, now: datetime) -> None:
    """The group hears of the first, then ever more rarely."""
    waiting = len(await tx.clusters.unanswered(lead.id, _MOST_ASKED_AGAIN))
    if waiting == _MOST_ASKED_AGAIN or not is_worth_telling(waiting):
        return
    card = await tx.outbox.card(f"case:{lead.id}")
    params: dict[str, object] = {"case": lead.id, "of": waiting}
    again = Notice(TRIAGE, "asked_again", params, card.message_id if card is not None else 0)
    await tx.outbox.put(f"{cause}:asked_again", again, now)
