"""Who is asked to look back, first by a card, then by a reminder; in the transaction that decided it."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain import review
from bot.domain.outgoing import Notice, Outgoing, redraws, to_person
from bot.domain.outgoing_steps import ReviewCard
from bot.domain.people import PersonId
from bot.domain.run_types import RunState
from bot.services.ports import Parts


async def ask(tx: Parts, state: RunState, people: Iterable[PersonId]) -> list[Outgoing]:
    """A card each; whoever has one already is reminded, with what still waits."""
    answered = {one.question for one in await tx.reports.answers(state.incident.id)}
    left = review.waiting(state, answered)
    said: list[Outgoing] = []
    for person in people if left else ():
        card = ReviewCard(state.incident.id, person)
        shown = await tx.outbox.card(redraws(card))
        incident = state.incident
        params: dict[str, object] = {"run": incident.id, "count": len(left), "drill": incident.drill}
        reminder = Notice(to_person(person), "review_late", params, shown.message_id if shown else 0)
        said.append(card if shown is None else reminder)
    return said


async def redraw(tx: Parts, state: RunState, cause: str, now: datetime) -> None:
    """The cards of everybody who was asked show something old."""
    prefix = f"review:{state.incident.id}:"
    for subject in await tx.outbox.cards_of(prefix):
        person = PersonId(subject.removeprefix(prefix))
        await tx.outbox.put(f"{cause}:review:{person}", ReviewCard(state.incident.id, person), now)
